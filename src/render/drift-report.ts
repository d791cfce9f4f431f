import { type JsonValue, prettyJson } from '../domain/json.ts';
import { diffPacts } from '../query/diff.ts';
import { likelyGenerated } from '../query/diff-generated.ts';
import { type ComparedVersion, type Drift, hasDrifted, type PactDrift } from '../query/drift.ts';
import { generatedText } from './diff/diff-generated-text.ts';
import { renderDiffJson } from './diff/diff-json.ts';
import { type DiffPaint, renderDiffText } from './diff/diff-terminal.ts';

/** What came of comparing, for a terminal: a line or paragraph for each pact, then what it means. Ends with a line break. */
export function driftText(drift: Drift, paint: DiffPaint): string {
  const versionOf = (pact: { readonly consumer: string }) =>
    drift.compared.find(({ consumer }) => consumer === pact.consumer);
  const pacts = drift.pacts.map((pact) => pactText(pact, versionOf(pact), paint));
  const unwritten = drift.unwritten.map((pact) => {
    const version = versionOf(pact)?.version ?? '';
    return `- Version ${version} of ${pact.consumer} has published a pact with ${pact.provider}, too, for which there is no file.\n`;
  });
  return [...pacts, ...unwritten, `${conclusion(drift, paint)}\n`].join('');
}

function pactText(pact: PactDrift, compared: ComparedVersion | undefined, paint: DiffPaint): string {
  const { consumer, provider, state, published, written } = pact;
  const which = `The pact of ${consumer} with ${provider}`;
  const where = versionWords(compared);
  if (state === 'same') return `${paint.calm('✓')} ${which} is the one published for ${where}.\n`;
  if (published === undefined) return `${paint.alarm('✗')} ${which} was never published for ${where}.\n`;
  const advice = generatedText(likelyGenerated(published, written));
  const diff = renderDiffText(diffPacts(published, written), paint);
  return `${paint.alarm('✗')} ${which} is another than the one published for ${where}:\n\n${diff}${advice && `\n${advice}`}\n`;
}

function versionWords(compared: ComparedVersion | undefined): string {
  if (compared?.version === undefined) return 'that version, which nobody has published';
  const head = compared.branch === undefined ? '' : `, the head of branch ${compared.branch}`;
  return `version ${compared.version}${head}`;
}

function conclusion(drift: Drift, paint: DiffPaint): string {
  const drifted = drift.pacts.filter(({ state }) => state !== 'same').length;
  if (!hasDrifted(drift)) return paint.calm('Nothing has drifted.');
  const count = drift.pacts.length;
  return paint.alarm(
    `${drifted} of ${count} ${count === 1 ? 'pact is' : 'pacts are'} not what was published.`,
  );
}

/**
 * The same for programs, as text. The shape is stable: members may be added, none changed or removed.
 *
 * ```
 * { "drifted": boolean,
 *   "compared": [ { "consumer", "version": number or null when it was never published, "branch"? } ],
 *   "pacts": [ { "consumer", "provider", "state": "same" | "different" | "unpublished", "diff"? } ],
 *   "unwritten": [ { "consumer", "provider" } ] }
 * ```
 *
 * `diff` is as `gitpact diff --output json --generated` prints it.
 */
export function driftJson(drift: Drift): string {
  const document = new Map<string, JsonValue>([
    ['drifted', hasDrifted(drift)],
    [
      'compared',
      drift.compared.map(
        ({ consumer, version, branch }) =>
          new Map<string, JsonValue>([
            ['consumer', consumer],
            ['version', version ?? null],
            ...(branch === undefined ? [] : [['branch', branch] as const]),
          ]),
      ),
    ],
    ['pacts', drift.pacts.map(pactJson)],
    [
      'unwritten',
      drift.unwritten.map(
        ({ consumer, provider }) =>
          new Map<string, JsonValue>([
            ['consumer', consumer],
            ['provider', provider],
          ]),
      ),
    ],
  ]);
  return prettyJson(document);
}

function pactJson({ consumer, provider, state, published, written }: PactDrift): JsonValue {
  return new Map<string, JsonValue>([
    ['consumer', consumer],
    ['provider', provider],
    ['state', state],
    ...(published === undefined
      ? []
      : [
          [
            'diff',
            renderDiffJson(diffPacts(published, written), likelyGenerated(published, written)),
          ] as const,
        ]),
  ]);
}
