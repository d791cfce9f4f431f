import { byCodePoint } from '../../domain/names.ts';
import type { Environment, Version } from '../../domain/records.ts';

/** By which criterion a consumer version was chosen. */
export type Criterion =
  | { readonly kind: 'latest' }
  /** `insteadOf`: the tag that was asked for and not found. */
  | { readonly kind: 'latest-tagged'; readonly tag: string; readonly insteadOf?: string }
  /** `byDefault`: nobody asked, the default selectors did. */
  | { readonly kind: 'main-branch'; readonly branch: string; readonly byDefault?: true }
  /** `insteadOf`: the branch that was asked for and does not exist. */
  | { readonly kind: 'branch'; readonly branch: string; readonly insteadOf?: string }
  | { readonly kind: 'every-branch'; readonly branch: string }
  | { readonly kind: 'tagged'; readonly tag: string }
  /** `named`: the environment was asked for by name. */
  | {
      readonly kind: 'deployed' | 'released' | 'environment';
      readonly environment: Environment;
      readonly named: boolean;
    };

/** A criterion and the consumer version it chose. */
export type AppliedSelector = Criterion & {
  readonly version: Version;
  /** The only consumer asked for. */
  readonly consumer?: string;
};

/** The order in which selectors are told (selectors.md §4.4). */
export function bySelectorOrder(a: AppliedSelector, b: AppliedSelector): number {
  return rankOf(a) - rankOf(b) || byNames(namesOf(a), namesOf(b)) || a.version.order - b.version.order;
}

/**
 * The order in which metadata tells them: the same, but of those for one tag of every consumer, which do not compare in
 * the Pact Broker and so change places each time they are sorted, the newest version comes first.
 */
export function byMetadataOrder(a: AppliedSelector, b: AppliedSelector): number {
  const changesPlaces = a.kind === 'tagged' && a.consumer === undefined;
  const byVersion = a.version.order - b.version.order;
  return rankOf(a) - rankOf(b) || byNames(namesOf(a), namesOf(b)) || (changesPlaces ? -byVersion : byVersion);
}

const ranks = { latest: 0, branch: 1, 'latest-tagged': 2, tagged: 3, deployed: 4, released: 5 } as const;

function rankOf(selector: AppliedSelector): number {
  if (selector.kind in ranks) return ranks[selector.kind as keyof typeof ranks];
  return selector.consumer === undefined ? 7 : 6;
}

/** By which names selectors of one rank are told. */
function namesOf(selector: AppliedSelector): readonly string[] {
  switch (selector.kind) {
    case 'branch':
      return [selector.branch];
    case 'latest-tagged':
      return [selector.insteadOf ?? selector.tag];
    case 'tagged':
      return [selector.tag, selector.consumer ?? ''];
    case 'deployed':
    case 'released':
      return [selector.environment.production ? 'production' : 'before', selector.environment.name];
    case 'latest':
      return [];
    default:
      return [selector.consumer ?? ''];
  }
}

function byNames(a: readonly string[], b: readonly string[]): number {
  return a.map((name, place) => byCodePoint(name, b[place] ?? '')).find((order) => order !== 0) ?? 0;
}
