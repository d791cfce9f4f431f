import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { ContractChange, ContractReport } from '../../query/contract-report.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { renderDiffText } from '../diff/diff-terminal.ts';
import { reasonNotices } from '../words/reasons.ts';
import { changeWords } from './report-words.ts';

/** A test case: what it is called, and the elements in it. */
interface Case {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly content: readonly string[];
}

/** How many characters of a contract's difference are shown. */
const mostText = 60_000;

/**
 * The report as JUnit XML, which every CI can show: a suite of the contract changes, which pass and tell what changed, and
 * one of the questions whether it can be merged and deployed, which fail for no and are skipped while it is not verified.
 */
export function reportJunit(report: ContractReport): string {
  const { pacticipant, subject, contracts, canMerge, canDeploy } = report;
  const classname = `${pacticipant} ${subject.number}`;
  const suites = [
    suite('contract changes', classname, contracts.map(changeCase)),
    suite('can it be merged and deployed', classname, [
      answerCase('can be merged', canMerge),
      ...canDeploy.map(({ environment, answer }) => answerCase(`can be deployed to ${environment}`, answer)),
    ]),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="gitpact">\n${suites.join('')}</testsuites>\n`;
}

function suite(name: string, classname: string, cases: readonly Case[]): string {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}"`;
  const lines = cases.map(
    (one) =>
      `    <testcase classname="${attribute(classname)}" name="${attribute(one.name)}">\n${one.content
        .map((element) => `      ${element}\n`)
        .join('')}    </testcase>\n`,
  );
  return `  <testsuite name="${attribute(name)}" ${counts}>\n${lines.join('')}  </testsuite>\n`;
}

function changeCase(change: ContractChange): Case {
  const said = change.diff ? renderDiffText(change.diff) : '';
  const shown = said.length > mostText ? `${said.slice(0, mostText).toWellFormed()}\n… cut\n` : said;
  return {
    name: `the contract with ${change.provider}: ${changeWords(change)}`,
    outcome: 'passed',
    content: shown === '' ? [] : [`<system-out>${escaped(shown)}</system-out>`],
  };
}

function answerCase(name: string, answer: MatrixAnswer): Case {
  const reasons = reasonNotices(answer).map(({ text }) => text);
  const message = attribute(reasons[0] ?? '');
  if (answer.verdict === 'yes') return { name, outcome: 'passed', content: [] };
  if (answer.verdict === 'unknown') {
    return { name, outcome: 'skipped', content: [`<skipped message="${message}"/>`] };
  }
  const content = [`<failure message="${message}">${escaped(reasons.join('\n'))}</failure>`];
  return { name, outcome: 'failed', content };
}

/** Text for an element of XML 1.0: characters that it may not hold are shown as their escapes. */
function escaped(text: string): string {
  return escapeHidden(text, '\t\n')
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .toWellFormed()
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text for an attribute, which keeps line ends and tabs only as references. */
function attribute(text: string): string {
  return escaped(text).replace(/[\t\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
