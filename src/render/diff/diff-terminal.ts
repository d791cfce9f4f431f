import type { InteractionDiff, PactDiff } from '../../query/diff.ts';
import { type Change, judgementOf } from '../../query/diff-change.ts';
import {
  briefly,
  countWords,
  givenWords,
  isEmpty,
  mayBreak,
  reasonWords,
  verdictWords,
  visible,
} from './diff-words.ts';

/** Colours a text for a terminal. */
export interface DiffPaint {
  /** What may break the provider. */
  readonly alarm: (text: string) => string;
  /** What cannot. */
  readonly calm: (text: string) => string;
  /** What matters less. */
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

const plainly = (text: string): string => text;

/** Leaves texts as they are. */
export const noPaint: DiffPaint = { alarm: plainly, calm: plainly, faint: plainly, strong: plainly };

/**
 * The difference for a terminal: verdict, then one paragraph for each interaction that differs and one line for each
 * change, `!` where it may break the provider. Says the same without colours. Ends with a line break.
 */
export function renderDiffText(diff: PactDiff, paint: DiffPaint = noPaint): string {
  const hue = diff.verdict === 'may-break' ? paint.alarm : paint.calm;
  const lines = [`${paint.strong(hue(verdictWords(diff)))} ${countWords(diff)}`];
  if (isEmpty(diff)) return `${lines.join('\n')}\n`;
  if (diff.document.length > 0) lines.push('', '~ the pact itself', ...changeLines(diff.document, paint));
  for (const interaction of diff.interactions) lines.push('', ...interactionLines(interaction, paint));
  const states = [
    ...stateLines('needs', diff.newStates),
    ...stateLines('no longer needs', diff.unneededStates),
  ];
  if (states.length > 0) lines.push('', ...states);
  return `${lines.join('\n')}\n`;
}

const signs: Readonly<Record<InteractionDiff['change'], string>> = { added: '+', removed: '-', changed: '~' };

function interactionLines(interaction: InteractionDiff, paint: DiffPaint): readonly string[] {
  const hue = mayBreak(interaction.changes) ? paint.alarm : paint.calm;
  const name = paint.strong(visible(interaction.description) || '(no description)');
  const given = visible(givenWords(interaction));
  const head = [hue(signs[interaction.change]), name, ...(given ? [paint.faint(given)] : [])].join(' ');
  return [head, ...changeLines(interaction.changes, paint)];
}

function changeLines(changes: readonly Change[], paint: DiffPaint): readonly string[] {
  return changes.map((change) => {
    const { mayBreak: alarming, effect } = judgementOf(change);
    const hue = alarming ? paint.alarm : paint.calm;
    const why = paint.faint(reasonWords[change.reason]);
    const what = change.path === '$' ? '' : `${visible(change.path)}: ${visible(valueWords(change))}  `;
    const word = effect === 'nothing' ? '' : `${hue(effect)}: `;
    return `    ${hue(alarming ? '!' : '·')} ${what}${word}${why}`;
  });
}

function valueWords({ before, after }: Change): string {
  if (after === undefined) return `was ${before === undefined ? 'nothing' : briefly(before, 60)}`;
  return before === undefined
    ? `now ${briefly(after, 60)}`
    : `${briefly(before, 60)} → ${briefly(after, 60)}`;
}

function stateLines(verb: string, names: readonly string[]): readonly string[] {
  return names.length > 0 ? [`The pact ${verb} the provider states: ${names.map(visible).join(', ')}.`] : [];
}
