import { isJsonArray, isJsonObject, JsonNumber, type JsonObject, type JsonValue } from '../domain/json.ts';
import { canonicalText, isInteger, sameJson, sameNumber, typeOf } from './diff-json.ts';
import type { Rule } from './diff-rules.ts';

/** What is expected of a value: an example, and the rule (if any) that decides which values will do. */
export interface Expectation {
  readonly example: JsonValue;
  readonly rule: Rule | undefined;
  /** Whether the rule was made for a place around this one: then its bounds do not apply here. */
  readonly inherited: boolean;
}

/** How a second expectation relates to a first: by the values that it admits. */
export type Relation = 'same' | 'looser' | 'tighter' | 'other';

/** How `after` relates to `before`. When in doubt, `other`. */
export function relate(before: Expectation, after: Expectation): Relation {
  return relation(admits(after, before), admits(before, after));
}

/** The relation of two that admit each other, or not. */
export function relation(admitsAll: boolean, admittedByAll: boolean): Relation {
  if (admitsAll) return admittedByAll ? 'same' : 'looser';
  return admittedByAll ? 'tighter' : 'other';
}

/** Whether `wide` admits every value that `narrow` does; false when that cannot be told. */
function admits(wide: Expectation, narrow: Expectation): boolean {
  const kind = containerKind(wide.example);
  if (kind !== containerKind(narrow.example)) return false;
  if (kind === 'array') return arrayAdmits(lengths(wide), lengths(narrow));
  if (kind === 'object') return objectAdmits(keysRule(wide), keysRule(narrow));
  const one = (w: JsonObject, n: JsonObject) =>
    scalarAdmits({ matcher: w, example: wide.example }, { matcher: n, example: narrow.example });
  const [ours, theirs] = [valueMatchersOf(wide), valueMatchersOf(narrow)];
  const anyOf = (rule: Rule | undefined) => rule?.combine === 'OR';
  const byOne = (w: JsonObject) =>
    anyOf(narrow.rule) ? theirs.every((n) => one(w, n)) : theirs.some((n) => one(w, n));
  if (!anyOf(wide.rule)) return ours.every(byOne);
  if (!anyOf(narrow.rule)) return ours.some(byOne);
  return theirs.every((n) => ours.some((w) => one(w, n)));
}

function containerKind(value: JsonValue): 'array' | 'object' | 'scalar' {
  if (isJsonArray(value)) return 'array';
  return isJsonObject(value) ? 'object' : 'scalar';
}

const exactly: JsonObject = new Map([['match', 'equality']]);

function matchersOf({ rule }: Expectation): readonly JsonObject[] {
  return rule && rule.matchers.length > 0 ? rule.matchers : [exactly];
}

/** What matchers for arrays and objects mean for the values inside: those of `eachValue`, otherwise nothing. */
function valueMatchersOf(expectation: Expectation): readonly JsonObject[] {
  return matchersOf(expectation).flatMap((matcher) => {
    const name = String(matcher.get('match'));
    const rules = matcher.get('rules');
    if (/^eachValue$/i.test(name) && isJsonArray(rules)) return rules.filter(isJsonObject);
    return containerMatchers.test(name) ? [exactly] : [matcher];
  });
}

interface Sample {
  readonly matcher: JsonObject;
  readonly example: JsonValue;
}

/** Matchers of texts, and of numbers. */
const textual = ['regex', 'include', 'date', 'time', 'datetime', 'semver'];
const numeric = ['number', 'integer', 'decimal'];

/** What these say is about the values inside, not about the array or object they stand at. */
const indifferent: ReadonlySet<string> = new Set(['type', 'boolean', ...textual, ...numeric]);

/** Matchers for arrays and objects, which do not reach into what lies inside. */
const containerMatchers = /^(values|each(Key|Value)|arrayContains|.*IgnoreOrder)$/i;

function scalarAdmits(wide: Sample, narrow: Sample): boolean {
  const [w, n] = [wide.matcher.get('match'), narrow.matcher.get('match')];
  if (n === 'equality') return admitsExample(wide, narrow.example);
  if (w === 'type') return typeOf(wide.example) === typeAdmitted(narrow);
  if (n === 'type') {
    const type = typeOf(narrow.example);
    return (w === 'number' && type === 'number') || (w === 'boolean' && type === 'boolean');
  }
  if (w === 'number' && numeric.includes(String(n))) return true;
  if (w === 'statusCode' && n === 'statusCode')
    return statusesOf(narrow).every((s) => statusesOf(wide).includes(s));
  return canonicalText(wide.matcher) === canonicalText(narrow.matcher);
}

/** The one type of all values that are matched, if there is one. */
function typeAdmitted({ matcher, example }: Sample): string | undefined {
  const name = String(matcher.get('match'));
  if (name === 'type') return typeOf(example);
  if (numeric.includes(name)) return 'number';
  if (name === 'null') return 'null';
  return textual.includes(name) && typeof example === 'string' ? 'string' : undefined;
}

/**
 * Whether this one value is admitted. Of a matcher that is not understood, only its own example surely is; so with
 * regular expressions, which are not run: a pact's may be made to run for ever.
 */
function admitsExample(wide: Sample, value: JsonValue): boolean {
  const name = wide.matcher.get('match');
  if (name === 'equality') return sameScalar(wide.example, value);
  if (name === 'type') return typeOf(wide.example) === typeOf(value);
  if (name === 'number') return value instanceof JsonNumber;
  if (name === 'integer') return value instanceof JsonNumber && isInteger(value);
  if (name === 'decimal') return value instanceof JsonNumber && !isInteger(value);
  if (name === 'boolean') return typeof value === 'boolean';
  if (name === 'null') return value === null;
  if (name === 'statusCode') return statusesOf(wide).includes(Number(textOf(value)));
  if (name === 'include' && textOf(value).includes(String(wide.matcher.get('value')))) return true;
  return typeof name === 'string' && sameScalar(wide.example, value);
}

/** `1` and `1.0` are two values, `1.0` and `1.00` are one. */
function sameScalar(a: JsonValue, b: JsonValue): boolean {
  if (a instanceof JsonNumber && b instanceof JsonNumber)
    return sameNumber(a, b) && isInteger(a) === isInteger(b);
  return sameJson(a, b);
}

function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : canonicalText(value);
}

const statusRanges: Readonly<Record<string, readonly [number, number]>> = {
  info: [100, 199],
  success: [200, 299],
  redirect: [300, 399],
  clientError: [400, 499],
  serverError: [500, 599],
  nonError: [100, 399],
  error: [400, 599],
};

function statusesOf({ matcher, example }: Sample): readonly number[] {
  const status = matcher.get('status');
  if (isJsonArray(status)) return status.map((one) => Number(textOf(one)));
  const [low, high] = statusRanges[String(status)] ?? [Number(textOf(example)), Number(textOf(example))];
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

/** The lengths an array may have; `special` names a matcher that has its own idea of items. */
interface Lengths {
  readonly min: number;
  readonly max: number;
  /** Whether only the array's own length will do, and items are compared one by one. */
  readonly exact: boolean;
  readonly special?: string;
}

/** Whether the items beyond the example's length, or short of it, are judged by the example's first. */
export function isElastic(expectation: Expectation): boolean {
  const { exact, special } = lengths(expectation);
  return !exact && special === undefined;
}

/** Whether the array is compared by a matcher with its own idea of items, such as `arrayContains`. */
export function isSpecial(expectation: Expectation): boolean {
  return lengths(expectation).special !== undefined;
}

function lengths(expectation: Expectation): Lengths {
  const { example, rule, inherited } = expectation;
  const own = isJsonArray(example) ? example.length : 0;
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  for (const matcher of matchersOf(expectation)) {
    const name = String(matcher.get('match'));
    if (name === 'equality' || (inherited && containerMatchers.test(name))) {
      return { min: own, max: own, exact: true };
    }
    if (!(indifferent.has(name) || name === 'notEmpty') || rule?.combine === 'OR') {
      return { min, max, exact: false, special: rule?.text ?? '' };
    }
    if (name === 'notEmpty') min = Math.max(min, 1);
    if (inherited) continue;
    min = Math.max(min, bound(matcher.get('min')) ?? 0);
    max = Math.min(max, bound(matcher.get('max')) ?? max);
  }
  return { min, max, exact: false };
}

function bound(value: JsonValue | undefined): number | undefined {
  return value instanceof JsonNumber ? Number(value.literal) : undefined;
}

function arrayAdmits(wide: Lengths, narrow: Lengths): boolean {
  if (wide.special !== undefined || narrow.special !== undefined) return wide.special === narrow.special;
  if (wide.exact && !narrow.exact) return false;
  return wide.min <= narrow.min && wide.max >= narrow.max;
}

/** The rule of an object, if it asks something beyond the members: bounds, that it is not empty, other keys. */
function keysRule({ rule, inherited }: Expectation): Rule | undefined {
  const asks = (matcher: JsonObject) => {
    const name = String(matcher.get('match'));
    if (inherited && containerMatchers.test(name)) return false;
    return !indifferent.has(name) || (!inherited && (matcher.has('min') || matcher.has('max')));
  };
  return rule?.matchers.some(asks) ? rule : undefined;
}

/** Whether the object is one of arbitrary keys, where only the values (or the form of the keys) are compared. */
export function hasFreeKeys({ rule, inherited }: Expectation): boolean {
  const frees = (matcher: JsonObject) => /^(values|each(Key|Value))$/i.test(String(matcher.get('match')));
  return !inherited && (rule?.matchers.some(frees) ?? false);
}

/** Without a rule, an object of the expected members may be empty or have any others. */
function objectAdmits(wide: Rule | undefined, narrow: Rule | undefined): boolean {
  if (wide) return wide.text === narrow?.text;
  const narrows = (matcher: JsonObject) => {
    const name = String(matcher.get('match'));
    return indifferent.has(name) || name === 'equality' || name === 'notEmpty';
  };
  return narrow?.matchers.every(narrows) ?? true;
}
