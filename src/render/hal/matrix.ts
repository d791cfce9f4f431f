import { byCodePoint } from '../../domain/names.ts';
import type { Environment, VerificationResult, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import type { MatrixRow } from '../../query/matrix/reduce.ts';
import { reasonNotices } from '../words/reasons.ts';
import { type HalDocument, timeText } from './document.ts';
import { environmentSummary } from './environment.ts';
import type { Links } from './links.ts';
import { metadataSegment } from './metadata.ts';
import { pactLink } from './pact.ts';
import { branchVersions } from './version.ts';

/** The words of an answer that a Pact Broker would say, too: clients show them as they are. */
function brokerNotices(answer: MatrixAnswer) {
  return reasonNotices(answer)
    .filter(({ origin }) => origin === 'broker')
    .map(({ type, text }) => ({ type, text }));
}

/** The answer of the matrix; unlike elsewhere, what is not there is told as null (matrix.md §2). @throws NotLoaded */
export function matrixDocument(links: Links, now: Snapshot, answer: MatrixAnswer): HalDocument {
  const { counts, deployable } = answer;
  const notices = brokerNotices(answer);
  return {
    summary: {
      deployable,
      reason: notices.map(({ text }) => text).join('\n'),
      success: counts.success,
      failed: counts.failed,
      unknown: counts.unknown,
      ignored: counts.ignored,
    },
    notices,
    matrix: gather(
      [
        ...answer.rows.map((row) => [row, false] as const),
        ...answer.ignoredRows.map((row) => [row, true] as const),
      ],
      ([row, ignored]) => rowDocument(links, now, row, ignored),
    ),
  };
}

/** Where the result of a row can be had; it has one. */
export function resultAddress(
  links: Links,
  { consumer, consumerVersion }: MatrixRow,
  result: VerificationResult,
): string {
  const metadata = metadataSegment(consumer, { consumerVersion: consumerVersion.number });
  return links.verificationResult(result, metadata);
}

function rowDocument(links: Links, now: Snapshot, row: MatrixRow, ignored: boolean): HalDocument {
  const { consumer, provider, result, publication } = row;
  return {
    consumer: side(links, now, consumer, row.consumerVersion),
    provider: side(links, now, provider, row.providerVersion),
    pact: { createdAt: timeText(publication.createdAt), _links: { self: pactLink(links, row) } },
    verificationResult: result
      ? {
          success: result.success,
          verifiedAt: timeText(result.createdAt),
          _links: {
            self: { href: resultAddress(links, row, result) },
          },
        }
      : null,
    ignored: ignored ? true : undefined,
  };
}

function side(links: Links, now: Snapshot, name: string, version: Version | undefined): HalDocument {
  return {
    name,
    version: version ? versionInRow(links, now, version) : null,
    _links: { self: { href: links.pacticipant(name) } },
  };
}

function versionInRow(links: Links, now: Snapshot, version: Version): HalDocument {
  const { pacticipant, number, branches, tags } = version;
  const memberships = branchVersions(links, now, version);
  return {
    number,
    branch: branches.at(-1)?.name ?? null,
    branches: memberships,
    branchVersions: memberships,
    environments: environmentsSince(now, version).map((environment) =>
      environmentSummary(links, environment),
    ),
    _links: { self: { href: links.version(pacticipant, number) } },
    tags: gather(tags, ({ name }) => ({
      name,
      latest: now.tag(pacticipant, name)?.latest === number,
      _links: { self: { href: links.tag(pacticipant, number, name) } },
    })),
  };
}

/** The environments a version is in now, in the order in which it got there. */
function environmentsSince(now: Snapshot, { pacticipant, number }: Version): readonly Environment[] {
  return gather(now.environments(), (environment) =>
    now
      .presences(environment.name)
      .filter((presence) => presence.pacticipant === pacticipant && presence.version === number)
      .map(({ createdAt }) => ({ environment, since: createdAt }))
      .slice(0, 1),
  )
    .flat()
    .sort((a, b) => byCodePoint(a.since, b.since))
    .map(({ environment }) => environment);
}

const columns = ['CONSUMER', 'C_VERSION', 'REVISION', 'PROVIDER', 'P_VERSION', 'NUMBER', 'SUCCESS'];

/** The answer as a text table, the verdict and its reasons (matrix.md §2). */
export function matrixText(answer: MatrixAnswer): string {
  const rows = [...answer.rows, ...answer.ignoredRows].map((row) => [
    row.consumer,
    row.consumerVersion.number,
    String(row.publication.revision),
    row.provider,
    row.providerVersion?.number ?? '',
    row.result ? String(row.result.number) : '',
    row.result ? String(row.result.success) : '',
  ]);
  const table = rows.length === 0 ? 'No data.' : textTable(columns, rows);
  const reason = brokerNotices(answer)
    .map(({ text }) => text)
    .join('\n');
  return `${table}\n\nDeployable: ${answer.deployable ?? 'nil'}\nReason: ${reason}\n`;
}

/** A table with `|` between its columns, as the Pact Broker prints them. */
export function textTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ');
  const rule = widths.map((width) => '-'.repeat(width)).join('-|-');
  return [line(titles), rule, ...rows.map(line)].join('\n');
}
