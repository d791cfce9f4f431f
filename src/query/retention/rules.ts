import type { Complaint } from '../../domain/failure.ts';

/** Which versions a clean-up keeps: all its members must hold (ui.md §8.1). */
export interface KeepSelector {
  readonly pacticipant?: string;
  /** With a tag or branch the newest of it (a branch's head), else the pacticipant's newest version. */
  readonly latest?: boolean;
  /** `true` for any. */
  readonly tag?: string | true;
  /** `true` for any. */
  readonly branch?: string | true;
  readonly mainBranch?: boolean;
  /** Deployed or released there now. */
  readonly environment?: string;
  readonly deployed?: boolean;
  readonly released?: boolean;
  /** Made this many days ago or later, by date. */
  readonly maxAge?: number;
}

/** Which branches a clean-up keeps beside the main ones. */
export interface KeepBranchSelector {
  readonly pacticipant?: string;
  readonly branch?: string;
  /** Had a version this many days ago or later, by date. */
  readonly maxAge?: number;
}

/** What a clean-up keeps, and how much it deletes at most. */
export interface RetentionRules {
  readonly versions: readonly KeepSelector[];
  /** Empty: no branch is deleted. */
  readonly branches: readonly KeepBranchSelector[];
  readonly versionLimit: number;
  readonly branchLimit: number;
}

/** The Pact Broker's keep-selectors for versions. */
export const usualVersionSelectors: readonly KeepSelector[] = [
  { tag: true, latest: true },
  { branch: true, latest: true },
  { latest: true },
  { deployed: true },
  { released: true },
  { maxAge: 90 },
];

/** The Pact Broker's keep-selectors for branches. */
export const usualBranchSelectors: readonly KeepBranchSelector[] = [{ maxAge: 90 }];

type Check = (value: unknown) => string | undefined;

const text: Check = (value) =>
  typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text that is not blank';
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const textOrAny: Check = (value) => (value === true ? undefined : text(value) && 'must be a name or true');
const days: Check = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'must be a whole number of days';

const versionFields: Readonly<Record<string, Check>> = {
  pacticipant: text,
  latest: flag,
  tag: textOrAny,
  branch: textOrAny,
  mainBranch: flag,
  environment: text,
  deployed: flag,
  released: flag,
  maxAge: days,
};

const branchFields: Readonly<Record<string, Check>> = { pacticipant: text, branch: text, maxAge: days };

/** Selectors, or every complaint about them; `where` counts from 1. */
export type ParsedSelectors<T> =
  | { readonly selectors: readonly T[] }
  | { readonly complaints: readonly Complaint[] };

/** Reads selectors for versions from JSON: a list of objects, names as the Pact Broker's (`max_age`) or ours (`maxAge`). */
export function parseKeepSelectors(value: unknown): ParsedSelectors<KeepSelector> {
  const parsed = parse<KeepSelector>(value, versionFields);
  if ('selectors' in parsed && parsed.selectors.length === 0) {
    return { complaints: [{ where: '', text: 'You must specify which versions to keep' }] };
  }
  return parsed;
}

/** Reads selectors for branches from JSON; an empty list or null keeps all branches. */
export function parseKeepBranchSelectors(value: unknown): ParsedSelectors<KeepBranchSelector> {
  return parse(value ?? [], branchFields);
}

function parse<T>(value: unknown, fields: Readonly<Record<string, Check>>): ParsedSelectors<T> {
  if (!Array.isArray(value)) return { complaints: [{ where: '', text: 'must be a list of selectors' }] };
  const items: readonly unknown[] = value;
  const complaints = items.flatMap((item, index) => complaintsAbout(item, fields, `${index + 1}`));
  return complaints.length > 0
    ? { complaints }
    : { selectors: items.map((item) => Object.fromEntries(membersOf(item as object)) as T) };
}

function complaintsAbout(
  item: unknown,
  fields: Readonly<Record<string, Check>>,
  where: string,
): readonly Complaint[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return [{ where, text: 'must be an object' }];
  }
  const members = Object.entries(item);
  if (members.length === 0) return [{ where, text: 'is empty: it would keep everything' }];
  if (members.every(([, value]) => value === false)) {
    return [{ where, text: 'asks for nothing: it would keep everything' }];
  }
  return members.flatMap(([written, value]) => {
    const name = ourName(written);
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const problem = check ? check(value) : `is not known here (there are ${Object.keys(fields).join(', ')})`;
    return problem === undefined ? [] : [{ where: `${where}.${written}`, text: problem }];
  });
}

function membersOf(item: object): [name: string, value: unknown][] {
  return Object.entries(item).map(([name, value]) => [ourName(name), value]);
}

function ourName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
