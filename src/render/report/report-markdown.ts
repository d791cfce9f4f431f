import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { ContractChange, ContractReport, ReportedVersion } from '../../query/contract-report.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../../query/matrix/reduce.ts';
import { renderDiffMarkdown } from '../diff/diff-markdown.ts';
import { networkMermaid } from '../graph/mermaid.ts';
import { codeCell, inlineCode, shortened } from '../markdown-code.ts';
import { markdownText } from '../markdown-text.ts';
import { reasonNotices } from '../words/reasons.ts';
import { changeCounts, changeWords, mayBreakProvider, verdictWord, versionWords } from './report-words.ts';

/** How many bytes GitHub shows of the summary of a step. */
const mostBytes = 1024 * 1024;

/** How many rows a table has at the most, and how many environments are told of. */
const mostRows = 100;

/** What is kept free for the words about what was cut: three names of 200 characters, and some more. */
const reserve = 4_000;

/**
 * The report for a pull request or a job summary, in GitHub's Markdown: what changed, whom it concerns, whether it can be
 * merged and deployed, and a graph. Names are shown as code or with everything escaped that could be markup. Never longer
 * than a job summary may be: what is too much is left out, and that is said.
 */
export function reportMarkdown(report: ContractReport): string {
  const parts: readonly Part[] = [
    { name: 'the changes', text: changesTable(report) },
    { name: 'whether it can be merged', text: answerPart('Can it be merged?', report.canMerge) },
    ...report.canDeploy.slice(0, mostRows).map(({ environment, answer }) => ({
      name: `whether it can be deployed to ${code(environment)}`,
      text: answerPart(`Can it be deployed to ${code(environment)}?`, answer),
    })),
    { name: 'the graph', text: graph(report) },
    ...report.contracts
      .filter(({ state }) => state !== 'same')
      .map((change) => ({
        name: `the details of the contract with ${code(change.provider)}`,
        text: details(change),
      })),
  ];
  return fitted(head(report), parts);
}

interface Part {
  readonly name: string;
  /** Ends with a line break; empty when there is nothing to tell. */
  readonly text: string;
}

/** The head with as many parts as there is room for, in order; a smaller one may still fit after one that does not. */
function fitted(head: string, parts: readonly Part[]): string {
  let room = mostBytes - reserve - bytesOf(head);
  const kept: string[] = [head];
  const cut: string[] = [];
  for (const { name, text } of parts) {
    const bytes = bytesOf(text) + 1;
    if (text === '') continue;
    if (bytes > room) {
      cut.push(name);
      continue;
    }
    room -= bytes;
    kept.push(text);
  }
  if (cut.length > 0) {
    const more = cut.length > 3 ? ` and ${cut.length - 3} more parts` : '';
    kept.push(`✂️ Cut, to fit into a job summary: ${cut.slice(0, 3).join(', ')}${more}.\n`);
  }
  return kept.join('\n');
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function head(report: ContractReport): string {
  const { pacticipant, subject, base, canMerge, canDeploy } = report;
  const alarm = report.contracts.some(mayBreakProvider) ? '⚠️' : '✅';
  const row = (question: string, mark: string, words: string) => `| ${question} | ${mark} ${words} |`;
  const verdict = ({ verdict: key }: MatrixAnswer) => verdictWord[key];
  const left = canDeploy.length - mostRows;
  return [
    `## Contracts of ${code(pacticipant)} ${versionWords(subject, code)}`,
    '',
    comparedWords(subject, base),
    '',
    '| | |',
    '|---|---|',
    row('Contract changes', alarm, changeCounts(report)),
    row('Can it be merged?', verdict(canMerge).mark, verdict(canMerge).word),
    ...canDeploy
      .slice(0, mostRows)
      .map(({ environment, answer }) =>
        row(`Can it be deployed to ${codeCell(environment)}?`, verdict(answer).mark, verdict(answer).word),
      ),
    ...(left > 0 ? [row(`… and ${left} more environments`, '', '')] : []),
    '',
  ].join('\n');
}

function comparedWords(subject: ReportedVersion, base: ReportedVersion | undefined): string {
  if (!base) return 'There is nothing to compare with: every contract is new.';
  if (base.number === subject.number) return 'It is the version to compare with itself: nothing has changed.';
  return `Compared with ${versionWords(base, code)}.`;
}

/** A name as code outside of a table, where a bar needs no backslash. */
function code(name: string): string {
  return inlineCode(shortened(escapeHidden(name)));
}

function changesTable({ contracts }: ContractReport): string {
  if (contracts.length === 0) return '';
  const rows = contracts.slice(0, mostRows).map((change) => {
    const live = change.live.map(
      ({ environment, version }) => `${codeCell(environment)} (${codeCell(version)})`,
    );
    const shown = live.length > 10 ? [...live.slice(0, 10), `${live.length - 10} more`] : live;
    const mark = mayBreakProvider(change) ? '⚠️' : '✅';
    return `| ${mark} | ${codeCell(change.provider)} | ${changeWords(change)} | ${shown.join(', ')} |`;
  });
  return [
    '### Who is affected',
    '',
    '| | Provider | Contract | Deployed or released in |',
    '|---|---|---|---|',
    ...rows,
    ...rest(contracts.length - mostRows, 'contracts'),
    '',
  ].join('\n');
}

function answerPart(title: string, answer: MatrixAnswer): string {
  const { mark, word } = verdictWord[answer.verdict];
  const notices = reasonNotices(answer);
  const rows = answer.rows.slice(0, mostRows).map(rowOf);
  return [
    `### ${title} ${mark} ${word}`,
    '',
    ...notices.slice(0, mostRows).map(({ text }) => `- ${markdownText(text)}`),
    ...rest(notices.length - mostRows, 'reasons'),
    '',
    ...(rows.length === 0
      ? []
      : [
          '| Consumer | Version | Provider | Version | Verified? |',
          '|---|---|---|---|---|',
          ...rows,
          ...rest(answer.rows.length - mostRows, 'rows'),
          '',
        ]),
  ].join('\n');
}

function rowOf(row: MatrixRow): string {
  const success = successOf(row);
  const said = success === null ? '❔ not yet' : success ? '✅ yes' : '❌ failed';
  const provider = row.providerVersion ? codeCell(row.providerVersion.number) : '';
  return `| ${codeCell(row.consumer)} | ${codeCell(row.consumerVersion.number)} | ${codeCell(row.provider)} | ${provider} | ${said} |`;
}

function rest(count: number, what: string): readonly string[] {
  return count > 0 ? ['', `… and ${count} more ${what}.`] : [];
}

function graph({ network, pacticipant }: ContractReport): string {
  if (network.edges.length === 0) return '';
  return [
    `### Neighbours of ${code(pacticipant)}, as their main branches stand`,
    '',
    '```mermaid',
    `${networkMermaid(network)}\`\`\``,
    '',
  ].join('\n');
}

function details(change: ContractChange): string {
  const title = `### The contract with ${code(change.provider)}: ${changeWords(change)}`;
  return change.diff ? `${title}\n\n${renderDiffMarkdown(change.diff)}` : '';
}
