import { aboutRelation } from '../hal/relations.ts';
import { Go } from './go.tsx';
import { type Frame, type Markup, page } from './page.ts';

interface Model {
  readonly relation: string;
  readonly text: string | undefined;
}

/** `/doc/REL`: what a relation of the API means (api.md §4). */
export const relationPage = page<Model>({
  path: '/doc/:rel',
  question: (_now, { segment }) => ({ relation: segment('rel'), text: aboutRelation(segment('rel')) }),
  title: ({ relation }) => `pb:${relation}`,
  component: Relation,
});

function Relation({
  model: { relation, text = 'No documentation exists for this relation yet.' },
  frame,
}: {
  readonly model: Model;
  readonly frame: Frame;
}): Markup {
  return (
    <>
      <h1>
        <code>pb:{relation}</code>
      </h1>
      <p>{text}</p>
      {relation === 'webhooks' && (
        <>
          <h2 id="whitelist">What webhooks may call</h2>
          <p>
            Every public host, by POST and https, unless whoever runs the server allows something else:{' '}
            <code>
              gitpact serve --webhook-host ci.example.com --webhook-scheme http --webhook-method PUT
            </code>
            . What the receiver answers is told only where its host is allowed by name.
          </p>
        </>
      )}
      <p>
        <Go to={frame.links.api()}>Look for it in the API browser</Go>
      </p>
    </>
  );
}
