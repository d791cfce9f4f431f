import { terminalTable } from './terminal-table.ts';

/** What came of one interaction. */
export interface VerifiedInteraction {
  readonly interactionId: string;
  readonly description: string;
  readonly success: boolean;
  readonly mismatches: readonly Readonly<Record<string, unknown>>[];
}

/** What came of one pact. */
export interface VerifiedPact {
  readonly consumer: string;
  readonly consumerVersion: string;
  readonly provider: string;
  readonly sha: string;
  /** Why it was verified, in words. */
  readonly why: string;
  /** Its failure does not fail the build. */
  readonly pending: boolean;
  readonly wip: boolean;
  readonly success: boolean;
  readonly interactions: readonly VerifiedInteraction[];
}

/** A table of the pacts, each followed by its interactions and what is wrong with them. */
export function verificationText(pacts: readonly VerifiedPact[]): string {
  const rows = pacts.flatMap((pact) => [
    [pact.consumer, pact.consumerVersion, pact.why, outcome(pact.success, pact.pending)],
    ...pact.interactions.map(({ description, success }) => [
      '',
      '',
      `  ${description}`,
      outcome(success, pact.pending),
    ]),
  ]);
  const mismatches = pacts.flatMap((pact) =>
    pact.interactions
      .filter(({ success }) => !success)
      .map(
        ({ description, mismatches }) =>
          `\n${pact.consumer} ${pact.consumerVersion}: ${description}\n${mismatches.map((one) => `  ${mismatchText(one)}\n`).join('')}`,
      ),
  );
  return `${terminalTable(['CONSUMER', 'VERSION', 'WHY / INTERACTION', 'RESULT'], rows)}\n${mismatches.join('')}`;
}

function outcome(success: boolean, pending: boolean): string {
  if (success) return 'passed';
  return pending ? 'failed (pending)' : 'failed';
}

function mismatchText(mismatch: Readonly<Record<string, unknown>>): string {
  const { path, mismatch: text, description, type } = mismatch;
  const said = text ?? description ?? type ?? JSON.stringify(mismatch);
  return typeof path === 'string' ? `${path}: ${said}` : String(said);
}

/** The report in the XML form of JUnit, which build servers show; a pending failure counts as skipped. */
export function verificationJunit(pacts: readonly VerifiedPact[]): string {
  const suites = pacts.map((pact) => {
    const failed = pact.interactions.filter(({ success }) => !success).length;
    const [failures, skipped] = pact.pending ? [0, failed] : [failed, 0];
    const name = `${pact.consumer} ${pact.consumerVersion} and ${pact.provider}`;
    const cases = pact.interactions.map((one) => testCase(pact, one)).join('');
    return `  <testsuite name="${xml(name)}" tests="${pact.interactions.length}" failures="${failures}" skipped="${skipped}">\n${cases}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function testCase(pact: VerifiedPact, { description, success, mismatches }: VerifiedInteraction): string {
  const open = `    <testcase classname="${xml(`${pact.consumer}.${pact.provider}`)}" name="${xml(description)}"`;
  if (success) return `${open}/>\n`;
  const text = xml(mismatches.map(mismatchText).join('\n'));
  const told = pact.pending
    ? `<skipped message="failed, but is pending: ${text}"/>`
    : `<failure message="verification failed">${text}</failure>`;
  return `${open}>${told}</testcase>\n`;
}

function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/[&<>"]/g, (character) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[character]};`);
}
