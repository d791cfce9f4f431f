import type { VerificationStatus } from '../query/verification-status.ts';

/** What a badge says, and in which colour. */
export interface Badge {
  readonly left: string;
  readonly right: string;
  readonly colour: 'brightgreen' | 'red' | 'orange' | 'lightgrey';
}

const byStatus: Readonly<Record<VerificationStatus, Pick<Badge, 'right' | 'colour'>>> = {
  never: { right: 'unknown', colour: 'lightgrey' },
  success: { right: 'verified', colour: 'brightgreen' },
  stale: { right: 'changed', colour: 'orange' },
  failed: { right: 'failed', colour: 'red' },
  failed_pending: { right: 'failed (pending)', colour: 'red' },
};

/** How the names on a pact's badge are shown. */
export interface BadgeNames {
  /** The only side to name. */
  readonly only?: 'consumer' | 'provider' | undefined;
  readonly initials?: boolean;
  readonly consumerTag?: string;
  readonly providerTag?: string;
}

/** The badge of a pact (api.md §7). */
export function pactBadge(
  pair: { readonly consumer: string; readonly provider: string },
  status: VerificationStatus,
  names: BadgeNames = {},
): Badge {
  const shown = (name: string, tag: string | undefined) =>
    `${names.initials ? initialsOf(name) : name.toLowerCase()}${tag === undefined ? '' : ` (${tag})`}`;
  const sides = [
    ...(names.only === 'provider' ? [] : [shown(pair.consumer, names.consumerTag)]),
    ...(names.only === 'consumer' ? [] : [shown(pair.provider, names.providerTag)]),
  ];
  return { left: `${sides.join('/')} pact`, ...byStatus[status] };
}

/** The first letters of the words of a name, in lower case; a single word stays whole (api.md §7). */
function initialsOf(name: string): string {
  const words = name.split(/[ _-]/).filter((word) => word !== '');
  const parts = words.length > 1 ? words : name.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  if (parts.length < 2) return name.toLowerCase();
  return parts
    .map((part) => part[0] ?? '')
    .join('')
    .toLowerCase();
}

/** The badge for something that is not there: `version not found`. */
export function missingBadge(what: string, found: 'not found' | 'unknown' = 'not found'): Badge {
  return { left: what, right: found, colour: 'lightgrey' };
}

/** The badge that says whether something may be deployed (api.md §7). */
export function deployableBadge(left: string, right: string, deployable: boolean | null): Badge {
  return { left, right, colour: deployable ? 'brightgreen' : 'red' };
}

/** The badge that says whether something fits the main branches (api.md §7). */
export function mergeableBadge(left: string, deployable: boolean | null): Badge {
  if (deployable === null) return { left, right: 'unknown', colour: 'lightgrey' };
  return deployable
    ? { left, right: 'success', colour: 'brightgreen' }
    : { left, right: 'failed', colour: 'red' };
}
