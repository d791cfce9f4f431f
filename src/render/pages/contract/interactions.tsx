import type { PactInteraction } from '../../../query/diff-pairing.ts';
import { Foldable } from '../foldable.tsx';
import type { Markup } from '../page.ts';
import { BriefStates, descriptionOf } from './given.tsx';
import { InteractionView } from './interaction.tsx';

/** From how many interactions on each is folded, and the list of them is its own index. */
const many = 20;

/** The interactions of a contract: few are shown with an index, many folded. */
export function Interactions({
  of,
  consumer,
  provider,
}: {
  readonly of: readonly PactInteraction[];
  readonly consumer: string;
  readonly provider: string;
}): Markup {
  const isOpen = of.length <= many;
  return (
    <section aria-labelledby="interactions-title">
      <h2 id="interactions-title">{of.length === 1 ? '1 interaction' : `${of.length} interactions`}</h2>
      <p>
        What <bdi>{consumer}</bdi> expects of <bdi>{provider}</bdi>. The examples are what the tests of{' '}
        <bdi>{consumer}</bdi> used.
      </p>
      {isOpen && of.length > 2 && <Index of={of} />}
      {of.length > 2 && <Foldable what="interaction" placeholder="a description, path or field" />}
      {of.map((interaction, index) => (
        <InteractionView interaction={interaction} number={index + 1} isOpen={isOpen} />
      ))}
    </section>
  );
}

function Index({ of }: { readonly of: readonly PactInteraction[] }): Markup {
  return (
    <ol class="contents">
      {of.map((interaction, index) => (
        <li>
          <a href={`#interaction-${index + 1}`}>
            <bdi>{descriptionOf(interaction)}</bdi>
            {interaction.states.length > 0 && ', '}
            <BriefStates of={interaction} />
          </a>
        </li>
      ))}
    </ol>
  );
}
