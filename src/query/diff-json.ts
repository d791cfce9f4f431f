import { isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../domain/json.ts';
import { sortedJson } from '../domain/pact-sha.ts';

/** A place where two JSON values differ; a missing side means that nothing is there. */
export interface JsonDifference {
  readonly path: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** The JSON path of a member of what lies at `path`: `$.a`, `$['a b']`. */
export function memberPath(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}['${key.replaceAll(/['\\]/g, '\\$&')}']`;
}

/** The JSON path of an item of the array at `path`: `$[0]`. */
export function itemPath(path: string, index: number): string {
  return `${path}[${index}]`;
}

/** A text that is equal for values that differ in nothing but the order of keys; numbers count as written. */
export function canonicalText(value: JsonValue): string {
  return sortedJson(value, (number) => number.literal);
}

/** A text that is equal for values that differ in nothing but the order of keys and how their numbers are written. */
export function numericText(value: JsonValue): string {
  return sortedJson(value, (number) => quantity(number.literal));
}

/** Whether two values (or absences) are the same but for the order of keys; numbers count as written. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isJsonObject(a)) {
    if (!isJsonObject(b) || a.size !== b.size) return false;
    for (const [key, member] of a) if (!sameJson(member, b.get(key))) return false;
    return true;
  }
  if (isJsonArray(a)) {
    return isJsonArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]));
  }
  return a === b || sameScalar(a, b);
}

/** Every place where the two differ, as deep inside as possible; arrays item by item. */
export function jsonDifferences(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): readonly JsonDifference[] {
  const found: JsonDifference[] = [];
  collect(before, after, path, found);
  return found;
}

function collect(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  found: JsonDifference[],
): void {
  if (before === after) return;
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of keysOf(before, after)) {
      collect(before.get(key), after.get(key), memberPath(path, key), found);
    }
  } else if (isJsonArray(before) && isJsonArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i += 1) {
      collect(before[i], after[i], itemPath(path, i), found);
    }
  } else if (!sameScalar(before, after)) {
    found.push(sides(path, before, after));
  }
}

/** The difference at `path`, without the keys of absent sides. */
export function sides(
  path: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): JsonDifference {
  return { path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** The keys of both maps, each once: those of the first in its order, then what only the second has. */
export function keysOf<K>(a: ReadonlyMap<K, unknown>, b: ReadonlyMap<K, unknown>): ReadonlySet<K> {
  return new Set([...a.keys(), ...b.keys()]);
}

function sameScalar(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a instanceof JsonNumber && b instanceof JsonNumber) return a.literal === b.literal;
  return a === b;
}

/** The JSON type of a value, as messages name it. */
export function typeOf(value: JsonValue): 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' {
  if (value === null) return 'null';
  if (value instanceof JsonNumber) return 'number';
  if (isJsonArray(value)) return 'array';
  if (isJsonObject(value)) return 'object';
  return typeof value === 'string' ? 'string' : 'boolean';
}

/** Whether this is a number written as an integer: verifiers tell `1` from `1.0`. */
export function isInteger(value: JsonValue): boolean {
  return value instanceof JsonNumber && !/[.eE]/.test(value.literal);
}

/** Whether two values are numbers of the same quantity, exactly, however they are written. */
export function sameNumber(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (!(a instanceof JsonNumber && b instanceof JsonNumber)) return false;
  if (isInteger(a) && isInteger(b)) return a.literal.replace('-0', '0') === b.literal.replace('-0', '0');
  return quantity(a.literal) === quantity(b.literal);
}

/** A text that is equal for literals of the same quantity: its significant digits and their power of ten. */
function quantity(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}
