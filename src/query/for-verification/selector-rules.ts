import type { Snapshot } from '../../domain/snapshot.ts';
import { findEnvironment } from '../asked.ts';

/** Which consumer versions' pacts a provider wants; a body element that passed {@link complaintsAboutSelector}. */
export interface ConsumerVersionSelector {
  readonly mainBranch?: true;
  /** `true`: the heads of all branches. */
  readonly branch?: string | true;
  readonly matchingBranch?: true;
  /** The branch to take for a consumer that does not have `branch`. */
  readonly fallbackBranch?: string;
  readonly tag?: string;
  readonly latest?: boolean;
  /** The tag to take when no pact is the latest of `tag`. */
  readonly fallbackTag?: string;
  readonly deployed?: true;
  readonly released?: true;
  readonly deployedOrReleased?: true;
  readonly environment?: string;
  readonly consumer?: string;
}

type Key = keyof ConsumerVersionSelector;
type Raw = Readonly<Record<string, unknown>>;

const text = (value: unknown) =>
  isEmpty(value) ? 'must be filled' : typeof value === 'string' ? undefined : 'must be a string';

const truth = (value: unknown) =>
  isEmpty(value) ? 'must be filled' : value === true ? undefined : 'must be one of: true';

/** What a key's value must be, in the order of the Pact Broker's complaints; undefined when it is that. */
const typeRules: readonly (readonly [key: Key, problem: (value: unknown) => string | undefined])[] = [
  ['mainBranch', truth],
  ['tag', text],
  [
    'branch',
    (value) =>
      isEmpty(value)
        ? 'must be filled'
        : typeof value === 'string' || value === true
          ? undefined
          : 'must be a string or branch must be equal to true',
  ],
  ['matchingBranch', truth],
  [
    'latest',
    (value) =>
      isEmpty(value)
        ? 'must be filled'
        : typeof value === 'boolean'
          ? undefined
          : 'must be one of: true, false',
  ],
  ['fallbackTag', text],
  ['fallbackBranch', text],
  ['consumer', text],
  ['deployed', truth],
  ['released', truth],
  ['deployedOrReleased', truth],
  ['environment', text],
];

interface Rule {
  /** The keys whose types must be right for the rule to be looked at. */
  readonly keys: readonly Key[];
  readonly complaint: (selector: ConsumerVersionSelector, context: Context) => string | false | undefined;
}

interface Context {
  readonly now: Snapshot;
  readonly hasProviderBranch: boolean;
}

const choosing: readonly Key[] = [
  'mainBranch',
  'tag',
  'branch',
  'environment',
  'matchingBranch',
  'deployed',
  'released',
  'deployedOrReleased',
  'latest',
];
const byHistory: readonly Key[] = [
  'branch',
  'fallbackBranch',
  'fallbackTag',
  'latest',
  'mainBranch',
  'matchingBranch',
  'tag',
];
const byPlace: readonly Key[] = ['deployed', 'deployedOrReleased', 'environment', 'released'];

/** What the keys must be to each other, in order (selectors.md §2.2). */
const rules: readonly Rule[] = [
  {
    keys: ['consumer'],
    complaint: ({ consumer }) => consumer?.trim() === '' && 'consumer cannot be blank',
  },
  {
    keys: choosing,
    complaint: (selector) =>
      !choosing.some((key) => selector[key]) &&
      'must specify a value for environment or tag or branch, or specify mainBranch=true, matchingBranch=true, latest=true, deployed=true, released=true or deployedOrReleased=true',
  },
  {
    keys: ['mainBranch'],
    complaint: (selector) =>
      selector.mainBranch &&
      othersThan(selector, ['mainBranch', 'consumer', 'latest']) &&
      'cannot specify mainBranch=true with any other criteria apart from consumer',
  },
  {
    keys: ['mainBranch', 'latest'],
    complaint: ({ mainBranch, latest }) =>
      mainBranch && latest === false && 'cannot specify mainBranch=true with latest=false',
  },
  {
    keys: ['matchingBranch'],
    complaint: (selector) =>
      selector.matchingBranch &&
      othersThan(selector, ['matchingBranch', 'consumer']) &&
      'cannot specify matchingBranch=true with any other criteria apart from consumer',
  },
  {
    keys: ['matchingBranch'],
    complaint: ({ matchingBranch }, { hasProviderBranch }) =>
      matchingBranch &&
      !hasProviderBranch &&
      'the providerVersionBranch must be specified when the selector matchingBranch=true is used',
  },
  {
    keys: ['tag', 'branch'],
    complaint: ({ tag, branch }) => tag && branch && 'cannot specify both a tag and a branch',
  },
  { keys: [...byHistory, ...byPlace], complaint: historyWithPlace },
  {
    keys: ['fallbackTag', 'latest'],
    complaint: ({ fallbackTag, latest }) =>
      fallbackTag && !latest && 'fallbackTag can only be set if latest is true',
  },
  {
    keys: ['fallbackTag', 'tag'],
    complaint: ({ fallbackTag, tag }) =>
      fallbackTag && !tag && 'a tag must be specified when a fallbackTag is specified',
  },
  {
    keys: ['fallbackBranch', 'branch'],
    complaint: ({ fallbackBranch, branch }) =>
      fallbackBranch && !branch && 'a branch must be specified when a fallbackBranch is specified',
  },
  {
    keys: ['fallbackBranch', 'latest'],
    complaint: ({ fallbackBranch, latest }) =>
      fallbackBranch && latest === false && 'fallbackBranch can only be set if latest is true',
  },
  {
    keys: ['branch', 'latest'],
    complaint: ({ branch, latest }) =>
      branch && latest === false && 'cannot specify a branch with latest=false',
  },
  {
    keys: ['environment'],
    complaint: ({ environment }, { now }) =>
      environment !== undefined &&
      !findEnvironment(now, environment) &&
      `environment with name '${environment}' does not exist`,
  },
  exclusive('deployed', 'released'),
  exclusive('deployed', 'deployedOrReleased'),
  exclusive('released', 'deployedOrReleased'),
];

/** Everything wrong with one selector, in the Pact Broker's words and order (selectors.md §2.2). @throws NotLoaded */
export function complaintsAboutSelector(
  now: Snapshot,
  raw: Raw,
  hasProviderBranch: boolean,
): readonly string[] {
  const complaints: string[] = [];
  const mistyped = new Set<Key>();
  for (const [key, problem] of typeRules) {
    const complaint = raw[key] === undefined ? undefined : problem(raw[key]);
    if (complaint === undefined) continue;
    mistyped.add(key);
    complaints.push(`${key} ${complaint}`);
  }
  for (const { keys, complaint } of rules) {
    if (keys.some((key) => mistyped.has(key))) continue;
    const found = complaint(raw as ConsumerVersionSelector, { now, hasProviderBranch });
    if (found) complaints.push(found);
  }
  return complaints;
}

function historyWithPlace(selector: ConsumerVersionSelector): string | false {
  const given = (keys: readonly Key[]) => keys.filter((key) => selector[key]);
  const [history, place] = [given(byHistory), given(byPlace)];
  if (history.length === 0 || place.length === 0) return false;
  const fields = (keys: readonly Key[]) => `the field${keys.length > 1 ? 's' : ''} ${keys.join('/')}`;
  return `cannot specify ${fields(history)} with ${fields(place)}`;
}

function exclusive(one: Key, other: Key): Rule {
  return {
    keys: [one, other],
    complaint: (selector) =>
      Boolean(selector[one] && selector[other]) && `cannot specify both ${one}=true and ${other}=true`,
  };
}

function othersThan(selector: ConsumerVersionSelector, allowed: readonly Key[]): boolean {
  return typeRules.some(([key]) => !allowed.includes(key) && selector[key]);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '';
}
