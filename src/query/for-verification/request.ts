import type { Complaint } from '../../domain/failure.ts';
import { type Instant, instant, type PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { type ConsumerVersionSelector, complaintsAboutSelector } from './selector-rules.ts';

/** Which pacts a provider asks to verify (selectors.md §1.1). */
export interface VerificationRequest {
  readonly provider: PacticipantName;
  /** None: the default selectors (selectors.md §3). */
  readonly selectors: readonly ConsumerVersionSelector[];
  /** The branch of the provider version that verifies; decides what is pending. May be empty. */
  readonly providerVersionBranch?: string;
  /** Its tags; they count only without a branch. */
  readonly providerVersionTags: readonly string[];
  readonly includePendingStatus: boolean;
  /** Adds heads of branches and tags published after this instant that were not verified yet. */
  readonly includeWipPactsSince?: Instant;
}

/** A request, or every complaint about it. */
export type ParsedRequest =
  | { readonly request: VerificationRequest }
  | { readonly complaints: readonly Complaint[] };

type Body = Readonly<Record<string, unknown>>;

/**
 * Reads the JSON body of `POST …/for-verification`; complaints are in the Pact Broker's words, by key (selectors.md §1.3,
 * §2.2). @throws NotLoaded
 */
export function parseVerificationRequest(
  now: Snapshot,
  provider: PacticipantName,
  body: unknown,
): ParsedRequest {
  if (!isObject(body)) return { complaints: [{ where: '', text: 'must be an object' }] };
  const complaints = complaintsAbout(now, body);
  if (complaints.length > 0) return { complaints };
  const { providerVersionBranch: branch, providerVersionTags: tags, includeWipPactsSince: since } = body;
  const sinceInstant = parseSince(since);
  return {
    request: {
      provider,
      selectors: (body.consumerVersionSelectors ?? []) as readonly ConsumerVersionSelector[],
      ...(typeof branch === 'string' ? { providerVersionBranch: branch } : {}),
      providerVersionTags: textsIn(tags),
      includePendingStatus: body.includePendingStatus !== false,
      ...(sinceInstant ? { includeWipPactsSince: sinceInstant } : {}),
    },
  };
}

function complaintsAbout(now: Snapshot, body: Body): readonly Complaint[] {
  const { providerVersionTags: tags, includePendingStatus: pending, includeWipPactsSince: since } = body;
  const hasBranch = typeof body.providerVersionBranch === 'string';
  const selectors = complaintsAboutSelectors(now, body.consumerVersionSelectors, hasBranch);
  const complaints: (readonly [where: string, text: string | undefined | false])[] = [
    ...selectors.map((text) => ['consumerVersionSelectors', text] as const),
    ['providerVersionBranch', whyNotABranch(body)],
    [
      'providerVersionTags',
      tags !== undefined && tags !== null && !Array.isArray(tags) && 'must be an array',
    ],
    ['includePendingStatus', whyNotAFlag(pending)],
    ['includeWipPactsSince', since !== undefined && !parseSince(since) && 'must be a date'],
  ];
  return complaints.flatMap(([where, text]) => (text ? [{ where, text }] : []));
}

function whyNotAFlag(value: unknown): string | undefined {
  if (value === null) return 'must be filled';
  return value === undefined || typeof value === 'boolean' ? undefined : 'must be one of: true, false';
}

/**
 * Reads the query of the deprecated `GET …/for-verification`, already split into nested values (selectors.md §1.2).
 * Complaints have the keys of the query. @throws NotLoaded
 */
export function parseVerificationQuery(now: Snapshot, provider: PacticipantName, query: Body): ParsedRequest {
  const pending = query.include_pending_status;
  const selectors = query.consumer_version_selectors;
  const parsed = parseVerificationRequest(now, provider, {
    ...(selectors === undefined ? {} : { consumerVersionSelectors: selectorsInQuery(selectors) }),
    ...renamed(query, 'provider_version_tags', 'providerVersionTags'),
    ...renamed(query, 'provider_version_branch', 'providerVersionBranch'),
    ...renamed(query, 'include_wip_pacts_since', 'includeWipPactsSince'),
    includePendingStatus: pending !== 'false',
  });
  const own = complaintsAboutQuery(selectors, pending);
  if (own.length === 0 && 'request' in parsed) return parsed;
  const others = 'complaints' in parsed ? parsed.complaints.map(inSnakeCase) : [];
  const isNew = ({ where }: Complaint) => own.every((complaint) => complaint.where !== where);
  return { complaints: [...own, ...others.filter(isNew)] };
}

function complaintsAboutQuery(selectors: unknown, pending: unknown): readonly Complaint[] {
  const tagless = (Array.isArray(selectors) ? selectors : []).flatMap((selector, index) =>
    isObject(selector) && selector.tag ? [] : [`tag is missing (at index ${index})`],
  );
  const isFlag = pending === undefined || pending === 'true' || pending === 'false';
  return [
    ...tagless.map((text) => ({ where: 'consumer_version_selectors', text })),
    ...(isFlag ? [] : [{ where: 'include_pending_status', text: 'must be one of: true, false' }]),
  ];
}

function selectorsInQuery(selectors: unknown): unknown {
  return Array.isArray(selectors) ? selectors.map(selectorInQuery) : selectors;
}

function renamed(query: Body, from: string, to: string): Body {
  return query[from] === undefined ? {} : { [to]: query[from] };
}

function inSnakeCase({ where, text }: Complaint): Complaint {
  return { where: where.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), text };
}

function selectorInQuery(selector: unknown): unknown {
  if (!isObject(selector)) return selector;
  const { latest, fallback_tag: fallbackTag, ...rest } = selector;
  return {
    ...rest,
    ...(latest === undefined ? {} : { latest: latest === 'true' }),
    ...(fallbackTag === undefined ? {} : { fallbackTag }),
  };
}

function complaintsAboutSelectors(now: Snapshot, selectors: unknown, hasBranch: boolean): readonly string[] {
  if (selectors === undefined) return [];
  if (!Array.isArray(selectors)) return ['must be an array'];
  return selectors.flatMap((selector, index) => {
    const texts = isObject(selector) ? complaintsAboutSelector(now, selector, hasBranch) : ['must be a hash'];
    return texts.map((text) => `${text} (at index ${index})`);
  });
}

function whyNotABranch(body: Body): string | undefined {
  const { providerVersionBranch: branch, providerVersionTags: tags, includePendingStatus: pending } = body;
  if (branch === undefined || branch === null) return undefined;
  if (typeof branch !== 'string') return 'must be a string';
  if (branch !== '') return branch.trim() === '' ? 'cannot be blank' : undefined;
  const matters = pending === true || body.includeWipPactsSince !== undefined;
  if (!matters || textsIn(tags).length > 0) return undefined;
  return 'when pending or WIP pacts are enabled and there are no tags provided, the provider version branch must not be an empty string, as it is used in the calculations for WIP/pending. A value must be provided (recommended), or it must not be set at all.';
}

/** A date (midnight UTC) or date-time (UTC unless it says otherwise). */
function parseSince(since: unknown): Instant | undefined {
  if (typeof since !== 'string' || !/^\d{4}-\d\d-\d\d/.test(since)) return undefined;
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(since) || !/[T ]/.test(since) ? since : `${since}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? undefined : instant(date);
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
