import { GitpactError } from '../domain/failure.ts';
import { parseJsonFile } from '../format/reading.ts';
import { parseYaml } from '../format/yaml.ts';

/** The text of a file before a change, after it, and as it is in force; null where there is none. */
interface Texts {
  readonly base: string | null;
  readonly theirs: string | null;
  readonly ours: string | null;
}

type Plain = Readonly<Record<string, unknown>>;

/** Records of which people write one part each; every other file is one thing. */
const inParts =
  /^(pacticipants|environments|deployments|webhooks)\/|^gitpact\.yaml$|\/integration\.json$|^results\/last\.json$/;

/**
 * The text in force with what a change did to it: of a record, field by field and entry by entry, so that what somebody
 * else had put beside it is not taken along. What cannot be read is taken as it is. YAML becomes JSON, which YAML is, too.
 */
export function withChange(path: string, { base, theirs, ours }: Texts): string | null {
  if (theirs === null || base === ours || !inParts.test(path)) return theirs;
  const [was, is, now] = [base, theirs, ours].map((text) => (text === null ? undefined : plain(path, text)));
  const isRecord = (value: unknown) => isPlain(value) || Array.isArray(value);
  if ((base !== null && !isRecord(was)) || !isRecord(is) || (ours !== null && !isRecord(now))) return theirs;
  return `${JSON.stringify(merge(was, is, now ?? bareOf(is)), null, 2)}\n`;
}

function plain(path: string, text: string): unknown {
  try {
    return path.endsWith('.yaml') ? parseYaml(path, text) : parseJsonFile(path, text);
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a record is without the entries of its lists: who it is. */
function bareOf(value: unknown): unknown {
  if (!isPlain(value)) return [];
  return Object.fromEntries(Object.entries(value).filter(([, field]) => !Array.isArray(field)));
}

function merge(base: unknown, theirs: unknown, ours: unknown): unknown {
  if (isSame(base, theirs)) return ours;
  if (Array.isArray(theirs)) return mergedList(listOf(base), theirs, listOf(ours));
  if (!isPlain(theirs) || !isPlain(ours)) return theirs;
  const was = isPlain(base) ? base : {};
  const fields = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  const merged = fields.map((field) => [field, mergedField(was[field], theirs[field], ours[field])]);
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined));
}

/** A list that is left out when it is empty is a list nevertheless. */
function mergedField(base: unknown, theirs: unknown, ours: unknown): unknown {
  if (theirs === undefined && Array.isArray(base)) {
    const left = mergedList(base, [], listOf(ours));
    return left.length === 0 ? undefined : left;
  }
  return merge(base, theirs, ours);
}

function mergedList(
  base: readonly unknown[],
  theirs: readonly unknown[],
  ours: readonly unknown[],
): readonly unknown[] {
  const [was, is, now] = [base, theirs, ours].map(byKey) as [Keyed, Keyed, Keyed];
  const onlyOurs = [...now].filter(([key]) => !was.has(key) && !is.has(key));
  const rest = [...is].flatMap(([key, item]) => {
    if (!was.has(key)) return [item];
    return now.has(key) ? [merge(was.get(key), item, now.get(key))] : [];
  });
  return [...onlyOurs.map(([, item]) => item), ...rest];
}

type Keyed = ReadonlyMap<string, unknown>;

/** Entries by what tells them apart: the uuid, the provider and revision, or the name. */
function byKey(items: readonly unknown[]): Keyed {
  return new Map(
    items.map((item) => {
      if (!isPlain(item)) return [JSON.stringify(item), item];
      const { uuid, provider, revision, name } = item;
      const key = uuid ?? (provider === undefined ? name : [provider, revision]) ?? item;
      return [JSON.stringify(key), item];
    }),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
