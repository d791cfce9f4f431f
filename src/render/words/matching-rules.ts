import {
  compactJson,
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
} from '../../domain/json.ts';
import { type Rule, rulesIn } from '../../query/diff-rules.ts';
import { andList } from './lists.ts';

/** A matching rule in words: what it is about, and what will do there. */
export interface RuleWords {
  readonly about: string;
  readonly says: string;
}

/** A matching rule in words; matchers of later versions of the specification are told as they are written. */
export function ruleWords(rule: Rule): RuleWords {
  const joint = rule.combine === 'OR' ? ' or ' : ' and ';
  return { about: aboutWords(rule.category, rule.target), says: rule.matchers.map(matcherWords).join(joint) };
}

/** What a rule or a generator is about: `items › each › id`, `the header Location`, `the query parameter page`. */
export function aboutWords(category: Rule['category'], target: string): string {
  switch (category) {
    case 'body':
      return target === '$' ? 'the whole body' : placeWords(target);
    case 'header':
      return `the header ${target}`;
    case 'metadata':
      return `the metadata ${target}`;
    case 'status':
      return 'the status';
    case 'other':
      return target.replace(/^(?:\$\.)?path$/, 'the path').replace(/^query (?=.)/s, 'the query parameter ');
  }
}

/** A path expression for people: `$.items[*].id` is `items › each › id`. */
function placeWords(path: string): string {
  const steps = [...path.matchAll(/\[['"](.*?)['"]\]|\[(\*|\d+)\]|\.([^.[]+)/gs)].map(
    ([, quoted, index, name]) => quoted ?? name ?? (index === '*' ? 'each' : `no. ${Number(index) + 1}`),
  );
  const words = steps.map((step) => (step === '*' ? 'each' : step)).join(' › ');
  return path.startsWith('$') && words !== '' ? words : path;
}

const plain: Readonly<Record<string, string>> = {
  equality: 'exactly this value',
  type: 'any value of this type',
  number: 'any number',
  integer: 'any whole number',
  decimal: 'any number with decimals',
  boolean: 'true or false',
  null: 'null',
  notEmpty: 'anything that is not empty',
  semver: 'a semantic version, such as 1.2.3',
  values: 'any keys, with values like this one',
};

function matcherWords(matcher: JsonObject): string {
  const name = matcher.get('match');
  const words = typeof name === 'string' ? named(name, matcher) : undefined;
  return words ?? compactJson(matcher);
}

function named(name: string, matcher: JsonObject): string | undefined {
  const told = (key: string) => textOf(matcher.get(key));
  switch (name) {
    case 'type':
      return lengthWords(matcher) ?? plain.type;
    case 'regex':
      return `text that fits the expression ${told('regex')}`;
    case 'include':
      return `text that contains “${told('value')}”`;
    case 'date':
      return `a date in the form ${told('format')}`;
    case 'time':
      return `a time in the form ${told('format')}`;
    case 'datetime':
      return `a date and time in the form ${told('format')}`;
    case 'contentType':
      return `content of the type ${told('value')}`;
    case 'statusCode':
      return statusWords(matcher.get('status'));
    case 'arrayContains':
      return variantsWords(matcher.get('variants'));
    case 'eachKey':
      return `an object where each key is ${innerWords(matcher)}`;
    case 'eachValue':
      return `an object or array where each value is ${innerWords(matcher)}`;
    default:
      return Object.hasOwn(plain, name) ? plain[name] : undefined;
  }
}

/** The items that must be somewhere in an array, each with what may differ in it. */
function variantsWords(variants: JsonValue | undefined): string {
  const items = isJsonArray(variants) ? variants.filter(isJsonObject) : [];
  const words = items.map((variant, index) => {
    const told = variant.get('index');
    const place = told instanceof JsonNumber ? Number(told.literal) : index;
    const rules = [...rulesIn(new Map([['body', variant.get('rules') ?? null]]), '$').values()].map(
      ruleWords,
    );
    const differing = rules.map(({ about, says }) => `${about}: ${says}`).join(', ');
    return `no. ${place + 1} of the example${differing === '' ? '' : ` (${differing})`}`;
  });
  return words.length === 0
    ? 'an array that contains the items of the example somewhere'
    : `an array that contains, wherever and among others, ${andList(words)}`;
}

function innerWords(matcher: JsonObject): string {
  const rules = matcher.get('rules');
  const inner = isJsonArray(rules) ? rules.filter(isJsonObject).map(matcherWords) : [];
  return inner.length === 0 ? 'like the example' : inner.join(' and ');
}

function lengthWords(matcher: JsonObject): string | undefined {
  const [min, max] = [matcher.get('min'), matcher.get('max')];
  if (min === undefined && max === undefined) return undefined;
  const bounds =
    max === undefined
      ? `at least ${textOf(min)}`
      : min === undefined
        ? `at most ${textOf(max)}`
        : `${textOf(min)} to ${textOf(max)}`;
  const counted = textOf(max ?? min);
  return `an array of ${bounds} ${counted === '1' ? 'item' : 'items'} like this one`;
}

const statusClasses: Readonly<Record<string, string>> = {
  info: 'any status from 100 to 199',
  success: 'any status from 200 to 299',
  redirect: 'any status from 300 to 399',
  clientError: 'any status from 400 to 499',
  serverError: 'any status from 500 to 599',
  nonError: 'any status below 400',
  error: 'any status of 400 or more',
};

function statusWords(status: JsonValue | undefined): string {
  if (isJsonArray(status)) return `one of the statuses ${status.map(textOf).join(', ')}`;
  const isClass = typeof status === 'string' && Object.hasOwn(statusClasses, status);
  return (isClass ? statusClasses[status] : undefined) ?? `the status ${textOf(status)}`;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : value === undefined ? '…' : compactJson(value);
}
