import { prettyJson } from '../../domain/json.ts';
import type { InteractionDiff, PactDiff } from '../../query/diff.ts';
import { type Change, judgementOf } from '../../query/diff-change.ts';
import type { GeneratedValue } from '../../query/diff-generated.ts';
import { codeCell, inlineCode, longestRun, shortened } from '../markdown-code.ts';
import {
  briefly,
  countWords,
  generatedAdvice,
  givenWords,
  isEmpty,
  mayBreak,
  reasonWords,
  verdictWords,
  visible,
} from './diff-words.ts';

/** How many changes the table shows; those that may break the provider come first. */
const maxRows = 50;

/** How many characters of details are shown; the hosts' limit for a comment is 65,536. */
const maxDetails = 30_000;

/**
 * The difference for a pull request, in GitHub's Markdown: a line with the verdict, a table of the changes, and
 * details to unfold. What comes from pacts is shown as code, so that it cannot mention people or become markup.
 * Never longer than a comment may be; ends with a line break.
 */
export function renderDiffMarkdown(diff: PactDiff, generated: readonly GeneratedValue[] = []): string {
  const icon = diff.verdict === 'may-break' ? '⚠️' : '✅';
  const head = `${icon} **${verdictWords(diff)}** ${countWords(diff)}\n`;
  if (isEmpty(diff)) return head;
  return [head, table(diff), states(diff), advice(generated), details(diff)]
    .filter((part) => part !== '')
    .join('\n');
}

interface Row {
  readonly name: string;
  readonly change: Change;
}

function table(diff: PactDiff): string {
  const rows: Row[] = diff.document.map((change) => ({ name: 'the pact itself', change }));
  for (const interaction of diff.interactions) {
    const name = codeCell(titleOf(interaction));
    for (const change of interaction.changes) rows.push({ name, change });
  }
  const alarming = ({ change }: Row) => (judgementOf(change).mayBreak ? 0 : 1);
  const shown = rows.toSorted((a, b) => alarming(a) - alarming(b)).slice(0, maxRows);
  const more = rows.length - shown.length;
  const lines = ['| | Interaction | Where | Change | For the provider |', '|---|---|---|---|---|'];
  for (const { name, change } of shown) lines.push(rowOf(name, change));
  return `${lines.join('\n')}\n${more > 0 ? `\n… and ${more} more changes.\n` : ''}`;
}

function rowOf(name: string, change: Change): string {
  const { effect, mayBreak: alarming } = judgementOf(change);
  const where = change.path === '$' ? '' : codeCell(change.path);
  const word = effect === 'nothing' ? 'no effect' : `**${effect}**`;
  const why = `${word}: ${reasonWords[change.reason]}`;
  return `| ${alarming ? '⚠️' : '✅'} | ${name} | ${where} | ${valueCell(change)} | ${why} |`;
}

function valueCell({ path, before, after }: Change): string {
  if (path === '$') return after === undefined ? 'removed' : 'added';
  if (after === undefined) return before === undefined ? '' : `${codeCell(briefly(before, 80))} removed`;
  return before === undefined
    ? `${codeCell(briefly(after, 80))} added`
    : `${codeCell(briefly(before, 80))} → ${codeCell(briefly(after, 80))}`;
}

function titleOf(interaction: InteractionDiff): string {
  const given = givenWords(interaction);
  const name = interaction.description || '(no description)';
  return given ? `${name} (${given})` : name;
}

function states(diff: PactDiff): string {
  const list = (names: readonly string[]) => {
    const shown = names.slice(0, 20).map((name) => inlineCode(shortened(visible(name))));
    return shown.join(', ') + (names.length > 20 ? ' …' : '');
  };
  const lines: string[] = [];
  if (diff.newStates.length > 0) lines.push(`New provider states: ${list(diff.newStates)}\n`);
  if (diff.unneededStates.length > 0) {
    lines.push(`Provider states no longer needed: ${list(diff.unneededStates)}\n`);
  }
  return lines.join('\n');
}

/** Values that look generated, with the cure. */
function advice(generated: readonly GeneratedValue[]): string {
  if (generated.length === 0) return '';
  const lines = generated
    .slice(0, 20)
    .map(
      ({ interaction, path, kind }) => `- ${codeCell(interaction)}: ${codeCell(path)} looks like a ${kind}`,
    );
  const more = generated.length > 20 ? ['- …'] : [];
  return `${generatedAdvice}:\n\n${[...lines, ...more].join('\n')}\n`;
}

function details(diff: PactDiff): string {
  const parts: string[] = [];
  let room = maxDetails;
  for (const interaction of diff.interactions) {
    const part = detailsOf(interaction);
    room -= part.length;
    if (room < 0) break;
    parts.push(part);
  }
  const more = diff.interactions.length - parts.length;
  if (more > 0) parts.push(`The details of ${more} more interactions are too long to show.\n`);
  return parts.join('\n');
}

function detailsOf(interaction: InteractionDiff): string {
  const title = escapeHtml(shortened(visible(titleOf(interaction))));
  const icon = mayBreak(interaction.changes) ? '⚠️' : '✅';
  const text = interaction.changes.map(changeText).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const head = `<details><summary>${icon} ${interaction.change}: <code>${title}</code></summary>`;
  return `${head}\n\n${fence}diff\n${text}\n${fence}\n\n</details>\n`;
}

function changeText({ path, before, after }: Change): string {
  const side = (sign: string, value: Change['before']) =>
    value === undefined
      ? []
      : prettyJson(value)
          .split('\n')
          .map((line) => `${sign} ${visible(line)}`);
  return [`# ${visible(path)}`, ...side('-', before), ...side('+', after)].join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
