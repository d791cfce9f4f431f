import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../domain/json.ts';
import { byCodePoint } from '../domain/names.ts';
import { canonicalText, memberPath } from './diff-json.ts';

/** What a rule is about: `body` also stands for the contents of a message. */
export type RuleCategory = 'body' | 'header' | 'metadata' | 'status' | 'other';

/** The matchers for one place, in one form for all versions of the specification. */
export interface Rule {
  /** The JSON path of the rule's definition in its interaction. */
  readonly at: string;
  readonly category: RuleCategory;
  /** What it applies to: a path expression such as `$.items[*].id`, or the name of a header. */
  readonly target: string;
  readonly combine: 'AND' | 'OR';
  readonly matchers: readonly JsonObject[];
  readonly raw: JsonValue;
  /** Equal for rules that say the same. */
  readonly text: string;
}

/** The rules of a request, response or message, by {@link ruleKey}. */
export type Rules = ReadonlyMap<string, Rule>;

/** Names a rule within its part. */
export function ruleKey(category: RuleCategory, target: string): string {
  return `${category} ${category === 'header' ? target.toLowerCase() : target}`;
}

/** Reads matching rules of any version; `at` is their JSON path. */
export function rulesIn(matchingRules: JsonValue | undefined, at: string): Rules {
  const rules = new Map<string, Rule>();
  if (!isJsonObject(matchingRules)) return rules;
  for (const [key, member] of matchingRules) {
    const place = memberPath(at, key);
    if (key.startsWith('$')) add(rules, oldTarget(key), member, place);
    else if (isJsonObject(member)) addCategory(rules, key, member, place);
    else add(rules, ['other', key], member, place);
  }
  return rules;
}

/** Version 2 has one path over all of the message: `$.body.id`, `$.headers.Accept`. */
function oldTarget(path: string): readonly [RuleCategory, string] {
  const [, part = '', rest = ''] = /^\$(?:\.|\[['"])(\w+)(?:['"]\])?(.*)$/s.exec(path) ?? [];
  if (part === 'body') return ['body', `$${rest}`];
  if (part === 'headers' || part === 'header') return ['header', firstName(rest)];
  if (part === 'metadata' || part === 'metaData') return ['metadata', firstName(rest)];
  return part === 'status' ? ['status', '$'] : ['other', path];
}

const categories: Readonly<Record<string, RuleCategory>> = {
  body: 'body',
  content: 'body',
  contents: 'body',
  header: 'header',
  headers: 'header',
  metadata: 'metadata',
  status: 'status',
};

/** What a category of rules or generators is about, by its name in any version of the specification. */
export function categoryOf(name: string): RuleCategory {
  return (Object.hasOwn(categories, name) ? categories[name] : undefined) ?? 'other';
}

function addCategory(rules: Map<string, Rule>, name: string, members: JsonObject, at: string): void {
  const category = categoryOf(name);
  if (members.has('matchers')) {
    add(rules, [category, category === 'other' ? name : '$'], members, at);
    return;
  }
  for (const [key, member] of members) {
    const target = category === 'metadata' || category === 'header' ? firstName(key) : key;
    add(rules, [category, category === 'other' ? `${name} ${key}` : target], member, memberPath(at, key));
  }
}

/** The first name of a path, or the text itself: `$.X-Id[0]`, `$['X-Id']` and `X-Id` all name the same header. */
function firstName(path: string): string {
  const [, quoted, plain] = /^\$?(?:\[['"](.*?)['"]\]|\.([^.[]+))/s.exec(path) ?? [];
  return quoted ?? plain ?? path;
}

function add(
  rules: Map<string, Rule>,
  [category, target]: readonly [RuleCategory, string],
  raw: JsonValue,
  at: string,
): void {
  const rule = isJsonObject(raw) ? raw : new Map<string, JsonValue>();
  const listed = rule.get('matchers');
  if (isJsonArray(listed) && listed.length === 0) return;
  const matchers = (isJsonArray(listed) ? listed : [raw]).map(completed);
  const combine = rule.get('combine') === 'OR' && matchers.length > 1 ? 'OR' : 'AND';
  const texts = matchers.map(canonicalText).sort(byCodePoint);
  const text = JSON.stringify([combine, ...texts]);
  rules.set(ruleKey(category, target), { at, category, target, combine, matchers, raw, text });
}

/** Adds the name of the matcher where version 2 left it out, and uses one name for each. */
function completed(matcher: JsonValue): JsonObject {
  if (!isJsonObject(matcher)) return new Map([['match', matcher]]);
  const name = matcher.get('match');
  if (name === 'timestamp' || name === 'datetime') return dated(matcher, 'datetime', name);
  if (name === 'date' || name === 'time') return dated(matcher, name, name);
  if (typeof name === 'string') return matcher;
  if (matcher.has('regex')) return new Map([['match', 'regex'], ...matcher]);
  if (matcher.has('min') || matcher.has('max')) return new Map([['match', 'type'], ...matcher]);
  return matcher;
}

/** Dates bear their format under `format` or under their own name. */
function dated(matcher: JsonObject, name: string, formerly: string): JsonObject {
  return new Map([
    ['match', name],
    ['format', matcher.get('format') ?? matcher.get(formerly) ?? null],
  ]);
}
