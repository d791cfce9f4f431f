import { escapeHidden } from '../../../domain/hidden-characters.ts';
import type { MatrixAnswer, Verdict } from '../../../query/matrix/matrix.ts';
import type { Reason } from '../../../query/matrix/reasons.ts';
import { reasonNotice } from '../../words/reasons.ts';
import type { Markup } from '../page.ts';
import { type MarkedState, State } from '../state.tsx';

const verdictStates: Readonly<Record<Verdict, MarkedState>> = {
  yes: 'verified',
  no: 'failed',
  unknown: 'unverified',
};

/** The verdict in large, with a sentence that says what was asked. */
export function VerdictBanner({
  answer,
  sentences,
}: {
  readonly answer: MatrixAnswer;
  readonly sentences: Readonly<Record<Verdict, string>>;
}): Markup {
  const { verdict, counts } = answer;
  const ignored = counts.ignored === undefined ? '' : `, ${counts.ignored} ignored`;
  return (
    <div class={`verdict ${verdictStates[verdict]}`} role="status">
      <p>
        <State of={verdictStates[verdict]} words={escapeHidden(sentences[verdict])} title="" />
      </p>
      <p>
        {counts.success} passed, {counts.failed} failed, {counts.unknown} without a result{ignored}
      </p>
    </div>
  );
}

const noticeStates = { warning: 'changed', error: 'failed', success: 'verified' } as const;

/** That nobody has verified something is no failure. */
function stateOf(reason: Reason): MarkedState {
  return reason.kind === 'no-verified-pact' ? 'unverified' : noticeStates[reasonNotice(reason).type];
}

/** What decides comes before what is only to be known. */
const isWarning = (reason: Reason) => Number(stateOf(reason) === 'changed');

/** Why the answer is what it is, a sentence for each reason; warnings last. */
export function Reasons({ answer }: { readonly answer: MatrixAnswer }): Markup {
  const reasons = answer.reasons.toSorted((a, b) => isWarning(a) - isWarning(b));
  return (
    <ul class="reasons">
      {reasons.map((reason) => (
        <li>
          <State
            of={stateOf(reason)}
            words={escapeHidden(reasonNotice(reason).text.replace(/^WARN: /, ''))}
            title=""
          />
        </li>
      ))}
    </ul>
  );
}

/** What is wrong with a question; nothing where nothing is. */
export function Complaints({ of }: { readonly of: readonly string[] }): Markup | null {
  if (of.length === 0) return null;
  return (
    <div class="problem" role="alert">
      <p>This cannot be answered:</p>
      <ul>
        {of.map((text) => (
          <li>{escapeHidden(text)}</li>
        ))}
      </ul>
    </div>
  );
}
