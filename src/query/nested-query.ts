import { GitpactError } from '../domain/failure.ts';

/** A value in a nested query: a text, a list or named values. */
export type Nested = string | null | readonly Nested[] | { readonly [key: string]: Nested };

type Values = Map<string, Slot>;
type Slot = string | null | Slot[] | Values;

const deepest = 20;
const most = 2_000;

/**
 * Reads a query by the rules of Rack: `a[]=1` adds to a list, `a[b]=1` names a value, `a[][b]=1` begins a new element
 * where the last has a `b` already (matrix.md §3.1).
 * @throws GitpactError `bad-request` when a key is used in two ways, is too deep, or there are too many.
 */
export function parseNestedQuery(query: string): { readonly [key: string]: Nested } {
  const values: Values = new Map();
  const pairs = query
    .replace(/^\?/, '')
    .split('&')
    .filter((pair) => pair !== '');
  if (pairs.length > most) throw badQuery(`has more than ${most} parameters`);
  for (const pair of pairs) {
    const [key = '', ...rest] = pair.split('=');
    place(values, decoded(key), rest.length === 0 ? null : decoded(rest.join('=')), 0);
  }
  return plain(values) as { readonly [key: string]: Nested };
}

/** Decodes a form-encoded text; what is no encoding stays as it is. */
function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function badQuery(problem: string): GitpactError {
  return new GitpactError('bad-request', `The query ${problem}.`, {
    hint: 'See the documentation of the resource for its parameters.',
  });
}

function place(values: Values, name: string, value: string | null, depth: number): void {
  if (depth > deepest) throw badQuery('is nested too deeply');
  const match = /^[[\]]*([^[\]]+)\]*(.*)$/s.exec(name);
  const [, key, after] = match ?? [undefined, undefined, ''];
  if (key === undefined || after === undefined) return;
  if (after === '' || after === '[') {
    values.set(key, value);
    return;
  }
  if (after === '[]') {
    listAt(values, key).push(value);
    return;
  }
  const child = /^\[\]\[([^[\]]+)\]$/.exec(after)?.[1] ?? /^\[\](.+)$/s.exec(after)?.[1];
  if (child === undefined) {
    place(valuesAt(values, key), after, value, depth + 1);
    return;
  }
  const list = listAt(values, key);
  const last = list.at(-1);
  if (last instanceof Map && !last.has(firstKey(child))) place(last, child, value, depth + 1);
  else {
    const made: Values = new Map();
    place(made, child, value, depth + 1);
    list.push(made);
  }
}

function firstKey(name: string): string {
  return /[^[\]]+/.exec(name)?.[0] ?? name;
}

function listAt(values: Values, key: string): Slot[] {
  const there = values.get(key) ?? [];
  if (!Array.isArray(there)) throw badQuery(`uses "${key}" in two ways`);
  values.set(key, there);
  return there;
}

function valuesAt(values: Values, key: string): Values {
  const there = values.get(key) ?? new Map<string, Slot>();
  if (!(there instanceof Map)) throw badQuery(`uses "${key}" in two ways`);
  values.set(key, there);
  return there;
}

function plain(slot: Slot): Nested {
  if (Array.isArray(slot)) return slot.map(plain);
  if (!(slot instanceof Map)) return slot;
  const object: Record<string, Nested> = Object.create(null);
  for (const [key, value] of slot) object[key] = plain(value);
  return object;
}
