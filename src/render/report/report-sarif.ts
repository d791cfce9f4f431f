import { type JsonValue, jsonOf, prettyJson } from '../../domain/json.ts';
import type { PacticipantName } from '../../domain/names.ts';
import { paths } from '../../format/paths.ts';
import type { ContractChange, ContractReport } from '../../query/contract-report.ts';
import { type Change, judgementOf, type Reason } from '../../query/diff-change.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { briefly, reasonWords, visible } from '../diff/diff-words.ts';
import { reasonNotices } from '../words/reasons.ts';

/** GitHub shows no more results of a run than this. */
const mostResults = 5_000;

/** The rule that an answer other than yes breaks. */
const compatibility = 'not-compatible';

/**
 * The report in SARIF 2.1.0, for code scanning: a result for each change of a contract, a warning where it may break the
 * provider, and one for each place it cannot be merged or deployed to. Where it is: the file of the contract in the contract
 * repository, and the path within it. Changes that may break come first; of more than 5,000 results the rest is left out,
 * and `properties.leftOut` says how many.
 */
export function reportSarif(report: ContractReport, programVersion: string): string {
  const { pacticipant, contracts, canMerge, canDeploy } = report;
  const answers = [
    ...answerResults(pacticipant, 'Can it be merged?', canMerge),
    ...canDeploy.flatMap(({ environment, answer }) =>
      answerResults(pacticipant, `Can it be deployed to ${environment}?`, answer),
    ),
  ];
  const changes = contracts.flatMap((change) => changeResults(pacticipant, change));
  const alarming = changes.filter(({ level }) => level === 'warning');
  const all = [...answers, ...alarming, ...changes.filter(({ level }) => level !== 'warning')];
  const results = all.slice(0, mostResults);
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))];
  return prettyJson(
    jsonOf({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'gitpact',
              semanticVersion: programVersion,
              rules: rules.map((id) => ({ id, shortDescription: { text: ruleWords(id) } })),
            },
          },
          columnKind: 'utf16CodeUnits',
          originalUriBaseIds: {
            CONTRACTS: { description: { text: 'The contract repository' } },
          },
          results: results.map((result) => ({ ...result, ruleIndex: rules.indexOf(result.ruleId) })),
          properties: { leftOut: all.length - results.length },
        },
      ],
    }),
  );
}

interface Result {
  readonly ruleId: Reason | typeof compatibility;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: { readonly text: string };
  readonly locations: readonly unknown[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function ruleWords(id: Result['ruleId']): string {
  return id === compatibility ? 'It must fit what it is merged or deployed with.' : reasonWords[id];
}

function answerResults(pacticipant: PacticipantName, question: string, answer: MatrixAnswer): Result[] {
  if (answer.verdict === 'yes') return [];
  const reasons = reasonNotices(answer).map(({ text }) => visible(text));
  return [
    {
      ruleId: compatibility,
      level: answer.verdict === 'no' ? 'error' : 'warning',
      message: { text: [`${visible(question)} ${answer.verdict}`, ...reasons].join('\n') },
      locations: [location(paths.pacticipant(pacticipant), pacticipant)],
      partialFingerprints: { 'gitpact/v1': JSON.stringify([pacticipant, question]) },
    },
  ];
}

function changeResults(consumer: PacticipantName, { provider, sha, diff }: ContractChange): Result[] {
  const uri = paths.content(consumer, provider, sha);
  const result = (change: Change, name: string): Result => {
    const where = [consumer, provider, name, change.path].map(visible);
    return {
      ruleId: change.reason,
      level: judgementOf(change).mayBreak ? 'warning' : 'note',
      message: {
        text: `${where.slice(0, 2).join(' → ')}: ${where.slice(2).join(' ')}${valueWords(change)}. ${reasonWords[change.reason]}`,
      },
      locations: [location(uri, where.join('/'))],
      partialFingerprints: {
        'gitpact/v1': JSON.stringify([consumer, provider, name, change.path, change.reason]),
      },
    };
  };
  return [
    ...(diff?.document ?? []).map((change) => result(change, 'the pact itself')),
    ...(diff?.interactions ?? []).flatMap(({ description, changes }) =>
      changes.map((change) => result(change, description)),
    ),
  ];
}

function valueWords({ path, before, after }: Change): string {
  if (path === '$') return after === undefined ? ' removed' : ' added';
  const words = (value: JsonValue | undefined) => (value === undefined ? 'nothing' : briefly(value, 80));
  return `: ${visible(words(before))} → ${visible(words(after))}`;
}

/** A file of the contract repository, and a place in what it holds. */
function location(path: string, fullyQualifiedName: string): unknown {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'CONTRACTS' },
      region: { startLine: 1 },
    },
    logicalLocations: [{ fullyQualifiedName }],
  };
}
