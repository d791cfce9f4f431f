import type { Part } from '../../../query/diff-part.ts';
import type { SentPart } from '../../../query/interaction-parts.ts';
import { generatorWords } from '../../words/generators.ts';
import { type RuleWords, ruleWords } from '../../words/matching-rules.ts';
import type { Markup } from '../page.ts';
import { BodyText } from './json-text.tsx';
import { curlCommand, inLine, requestLine, statusLine } from './request-line.ts';

/** One thing that is sent: its first line, headers or metadata, body, and what may differ from the example. */
export function SentPartView({ sent: { role, part } }: { readonly sent: SentPart }): Markup {
  const isHttp = role === 'request' || role === 'response';
  return (
    <div class={`sent ${role}`}>
      <h4>{titles[role]}</h4>
      {isHttp ? (
        <p class="first-line">
          <code>{role === 'request' ? requestLine(part) : statusLine(part)}</code>
        </p>
      ) : (
        ''
      )}
      <Fields part={part} name={isHttp ? 'Headers' : 'Metadata'} />
      <Body part={part} name={isHttp ? 'body' : 'content'} />
      <Words title="What may differ from this example" words={[...part.rules.values()].map(ruleWords)} />
      <Words title="What is made anew each time" words={generatorWords(part.generators)} />
      {role === 'request' ? (
        <details class="curl">
          <summary>As cURL</summary>
          <pre data-copies="Copy as cURL" tabindex={0}>
            {curlCommand(part)}
          </pre>
        </details>
      ) : (
        ''
      )}
    </div>
  );
}

const titles: Readonly<Record<SentPart['role'], string>> = {
  request: 'Request',
  response: 'Response',
  message: 'Message',
  answer: 'Answer',
};

function Fields({ part, name }: { readonly part: Part; readonly name: string }): Markup | '' {
  if (part.fields.size === 0) return '';
  return (
    <dl class="facts fields" aria-label={name}>
      {[...part.fields.values()].map((field) => (
        <>
          <dt>
            <code>{field.name}</code>
          </dt>
          <dd>
            <code>{inLine(field.value)}</code>
          </dd>
        </>
      ))}
    </dl>
  );
}

function Body({ part, name }: { readonly part: Part; readonly name: string }): Markup {
  const { body } = part;
  if (body === undefined) return <p class="quiet">Any {name}: the contract does not say.</p>;
  const type = contentTypeOf(part);
  const isText = typeof body.value === 'string' && !/\bjson\b/i.test(type);
  return (
    <>
      {type === '' ? '' : <p class="quiet">Content of type {type}</p>}
      {body.value === null ? <p>No {name}.</p> : <BodyText value={body.value} isText={isText} />}
      {body.rest.size > 0 ? (
        <p class="quiet">{[...body.rest].map(([key, value]) => `${key}: ${inLine(value)}`).join(', ')}</p>
      ) : (
        ''
      )}
    </>
  );
}

function contentTypeOf({ body, fields }: Part): string {
  const told = body?.contentType ?? fields.get('content-type')?.value ?? fields.get('contentType')?.value;
  return told === undefined ? '' : inLine(told);
}

function Words({
  title,
  words,
}: {
  readonly title: string;
  readonly words: readonly RuleWords[];
}): Markup | '' {
  if (words.length === 0) return '';
  return (
    <>
      <h4>{title}</h4>
      <ul class="rules">
        {words.map(({ about, says }) => (
          <li>
            <strong>{about}</strong>: {says}
          </li>
        ))}
      </ul>
    </>
  );
}
