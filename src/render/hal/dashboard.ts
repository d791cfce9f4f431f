import { byCodePoint } from '../../domain/names.ts';
import type { DashboardRow, VersionStanding } from '../../query/dashboard.ts';
import { type HalDocument, timeText } from './document.ts';
import type { Links } from './links.ts';
import { pactLink } from './pact.ts';

/** Pacts that matter and how they stand; what is not there is told as null (api.md §8). */
export function dashboardDocument(links: Links, rows: readonly DashboardRow[]): HalDocument {
  return { items: rows.map((row) => item(links, row)) };
}

function item(links: Links, row: DashboardRow): HalDocument {
  const { pact, result, provider } = row;
  const href = pactLink(links, pact);
  return {
    consumer: {
      name: pact.consumer,
      version: {
        ...standing(row.consumer),
        _links: { self: { href: links.version(pact.consumer, pact.consumerVersion.number) } },
      },
      _links: { self: { href: links.pacticipant(pact.consumer) } },
    },
    provider: {
      name: pact.provider,
      version: provider ? standing(provider) : null,
      _links: { self: { href: links.pacticipant(pact.provider) } },
    },
    pact: { createdAt: timeText(pact.publication.createdAt), _links: { self: href } },
    pactTags: tags(links, row.consumer),
    latestVerificationResult: result
      ? {
          success: result.success,
          verifiedAt: timeText(result.createdAt),
          _links: { self: { href: `${href.href}/verification-results/latest` } },
        }
      : null,
    latestVerificationResultTags: provider ? tags(links, provider) : [],
    verificationStatus: row.status,
    webhookStatus: 'none',
    latestWebhookExecution: null,
    _links: {
      'pb:webhook-status': {
        title: `Status of webhooks for ${pact.consumer}/${pact.provider} pact`,
        href: `${links.pair(pact)}/webhooks/status`,
      },
    },
  };
}

function standing({ version, headBranches }: VersionStanding) {
  return {
    number: version.number,
    branch: headBranches.at(-1) ?? null,
    headBranchNames: headBranches,
  };
}

function tags(links: Links, { version, latestTags }: VersionStanding) {
  return latestTags.toSorted(byCodePoint).map((name) => ({
    name,
    latest: true,
    _links: { self: { href: links.tag(version.pacticipant, version.number, name) } },
  }));
}

/** The same rows as cells of a text table. */
export function dashboardCells(rows: readonly DashboardRow[]): readonly (readonly string[])[] {
  return rows.map(({ pact, consumer, provider, result }) => [
    pact.consumer,
    pact.consumerVersion.number,
    consumer.latestTags.toSorted(byCodePoint).join(', '),
    pact.provider,
    provider?.version.number ?? '',
    provider?.latestTags.join(', ') ?? '',
    result ? String(result.success) : '',
  ]);
}
