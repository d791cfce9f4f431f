import { escapeHidden } from '../../../domain/hidden-characters.ts';
import type { Verdict } from '../../../query/matrix/matrix.ts';
import type { Clearance, PacticipantStatus } from '../../../query/status.ts';
import { reasonNotice } from '../../words/reasons.ts';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import type { Markup } from '../page.ts';
import { type MarkedState, State } from '../state.tsx';

/** Whether the head of a main branch could go to an environment now: its mark, its words, and what they mean. */
export const promotions: Readonly<
  Record<Verdict, readonly [state: MarkedState, words: string, means: string]>
> = {
  yes: ['verified', 'can be promoted', 'It works with everything that is there.'],
  no: ['failed', 'would break', 'Something that is there does not work with it.'],
  unknown: ['unverified', 'not verified', 'Nobody has verified it with everything that is there.'],
};

/** The environments a pacticipant's head is not in, by whether it could go there. */
export function openClearances({ clearances }: PacticipantStatus): readonly Clearance[] {
  return clearances.filter(({ isThere }) => !isThere);
}

/** How many promotions there could be, are not to be, and are unknown; what none is of is left out. */
export function PromotionCounts({ of }: { readonly of: readonly PacticipantStatus[] }): Markup {
  const all = of.flatMap(openClearances);
  const counts = (Object.keys(promotions) as Verdict[]).map((verdict) => ({
    verdict,
    count: all.filter((clearance) => clearance.verdict === verdict).length,
  }));
  return (
    <ul class="summary" aria-label="What could be promoted now">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ verdict, count }) => {
          const [state, words, means] = promotions[verdict];
          return (
            <li>
              <State of={state} words={`${count} ${words}`} title={means} />
            </li>
          );
        })}
      {all.length === 0 && <li class="quiet">Every head of a main branch is everywhere.</li>}
    </ul>
  );
}

/** Whether the head could go there, with the question behind it; that it is there, when it is. */
export function Promotion({
  clearance: { verdict, isThere, obstacles, environment },
  name,
  version,
  mainBranch,
  links,
}: {
  readonly clearance: Clearance;
  readonly name: string;
  readonly version: string;
  readonly mainBranch: string | undefined;
  readonly links: PageLinks;
}): Markup {
  if (isThere) {
    return (
      <div>
        <small class="quiet" title={`The head, ${version}, is here.`}>
          up to date
        </small>
      </div>
    );
  }
  const [state, words, means] = promotions[verdict];
  const answer = mainBranch === undefined ? undefined : links.deployAnswer(name, mainBranch, environment);
  const why = obstacles.map((obstacle) => escapeHidden(reasonNotice(obstacle).text));
  return (
    <div>
      <Go to={links.deploy({ pacticipant: name, version, environment }) ?? answer}>
        <State of={state} words={words} title={[`${version}: ${means}`, ...why].join('\n')} />
      </Go>
    </div>
  );
}
