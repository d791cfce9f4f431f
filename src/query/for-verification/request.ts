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

/** Keys of the request whose texts say which element they are about. */
const selectorsKey = 'consumerVersionSelectors';

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
  const {
    providerVersionBranch: branch,
    providerVersionTags: tags = [],
    includePendingStatus: pending,
  } = body;
  const { includeWipPactsSince: since, consumerVersionSelectors: selectors = [] } = body;
  const complaints: Complaint[] = [];
  const complain = (where: string, text: string | undefined) => {
    if (text !== undefined) complaints.push({ where, text });
  };
  const branchText = typeof branch === 'string' ? branch : undefined;
  for (const complaint of complaintsAboutSelectors(now, selectors, branchText !== undefined)) {
    complain(selectorsKey, complaint);
  }
  complain('providerVersionBranch', whyNotABranch(body));
  if (tags !== null && !Array.isArray(tags)) complain('providerVersionTags', 'must be an array');
  if (pending === null) complain('includePendingStatus', 'must be filled');
  else if (pending !== undefined && typeof pending !== 'boolean') {
    complain('includePendingStatus', 'must be one of: true, false');
  }
  const sinceInstant = since === undefined ? undefined : parseSince(since);
  if (since !== undefined && !sinceInstant) complain('includeWipPactsSince', 'must be a date');
  if (complaints.length > 0) return { complaints };
  return {
    request: {
      provider,
      selectors: selectors as readonly ConsumerVersionSelector[],
      ...(branchText === undefined ? {} : { providerVersionBranch: branchText }),
      providerVersionTags: textsIn(tags),
      includePendingStatus: pending !== false,
      ...(sinceInstant ? { includeWipPactsSince: sinceInstant } : {}),
    },
  };
}

/**
 * Reads the query of the deprecated `GET …/for-verification`, already split into nested values (selectors.md §1.2).
 * Complaints have the keys of the query. @throws NotLoaded
 */
export function parseVerificationQuery(
  now: Snapshot,
  provider: PacticipantName,
  query: Readonly<Record<string, unknown>>,
): ParsedRequest {
  const selectors = query.consumer_version_selectors ?? [];
  const pending = query.include_pending_status;
  const complaints = (Array.isArray(selectors) ? selectors : []).flatMap((selector, index): Complaint[] =>
    isObject(selector) && selector.tag
      ? []
      : [{ where: 'consumer_version_selectors', text: `tag is missing (at index ${index})` }],
  );
  if (pending !== undefined && pending !== 'true' && pending !== 'false') {
    complaints.push({ where: 'include_pending_status', text: 'must be one of: true, false' });
  }
  const parsed = parseVerificationRequest(now, provider, {
    consumerVersionSelectors: Array.isArray(selectors) ? selectors.map(selectorInQuery) : selectors,
    ...(query.provider_version_tags === undefined
      ? {}
      : { providerVersionTags: query.provider_version_tags }),
    ...(query.provider_version_branch === undefined
      ? {}
      : { providerVersionBranch: query.provider_version_branch }),
    includePendingStatus: pending !== 'false',
    ...(query.include_wip_pacts_since === undefined
      ? {}
      : { includeWipPactsSince: query.include_wip_pacts_since }),
  });
  if (complaints.length === 0 && 'request' in parsed) return parsed;
  const others = 'complaints' in parsed ? parsed.complaints : [];
  return {
    complaints: [
      ...complaints,
      ...others
        .map(({ where, text }) => ({
          where: where.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
          text,
        }))
        .filter(({ where }) => complaints.every((complaint) => complaint.where !== where)),
    ],
  };
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
  if (!Array.isArray(selectors)) return ['must be an array'];
  return selectors.flatMap((selector, index) => {
    const texts = isObject(selector) ? complaintsAboutSelector(now, selector, hasBranch) : ['must be a hash'];
    return texts.map((text) => `${text} (at index ${index})`);
  });
}

function whyNotABranch(body: Readonly<Record<string, unknown>>): string | undefined {
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

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
