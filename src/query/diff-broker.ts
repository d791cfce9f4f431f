import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  type JsonObject,
  type JsonValue,
  prettyJson,
} from '../domain/json.ts';
import { byCodePoint } from '../domain/names.ts';
import { rubyNumber, sortedJson, unorderedKey } from '../domain/pact-sha.ts';
import { unifiedDiff } from './diff-lines.ts';

/** What differs between two values; where one of a replaced pair is missing, that side had nothing there. */
type Difference =
  | { readonly kind: 'replaced'; readonly before?: JsonValue; readonly after?: JsonValue }
  | { readonly kind: 'members'; readonly members: ReadonlyMap<string, Difference> }
  /** Undefined stands for items that are the same. */
  | { readonly kind: 'items'; readonly items: readonly (Difference | undefined)[] };

type Side = 'before' | 'after';

/**
 * The difference of two pacts in the very text of the Pact Broker (api.md §6), without a final line break; empty
 * when it finds none. Keys and interactions are sorted and `_id`s ignored. Only members that differ are shown,
 * arrays item by item with `... ` for one that is the same, and three lines of context around each change (which is
 * why closing braces may be missing at the end). Its oddities are kept: members that only `after` has are not seen,
 * `1` equals `1.0`, empty objects and arrays span two lines, and the last item of an array bears a comma where its
 * end does not follow as context.
 */
export function brokerDiff(before: JsonValue, after: JsonValue): string {
  const difference = differenceOf(sortedContent(before), sortedContent(after));
  if (!difference) return '';
  const lines = unifiedDiff(sideLines(difference, 'before'), sideLines(difference, 'after'));
  return lines.replaceAll(/,(\n\s*\])/g, '$1');
}

function sortedContent(pact: JsonValue): JsonValue {
  if (!isJsonObject(pact)) return sorted(pact);
  const content = new Map(pact);
  for (const key of ['interactions', 'messages']) {
    const items = content.get(key);
    if (isJsonArray(items)) content.set(key, items.map(withoutId));
  }
  const unordered = unorderedKey(pact);
  const items = content.get(unordered);
  if (isJsonArray(items)) {
    const texts = items.map((item) => ({ item, text: sortedJson(item) }));
    content.set(
      unordered,
      texts.sort((a, b) => byCodePoint(a.text, b.text)).map(({ item }) => item),
    );
  }
  return sorted(content);
}

function withoutId(item: JsonValue): JsonValue {
  if (!isJsonObject(item)) return item;
  const bare = new Map(item);
  bare.delete('_id');
  return bare;
}

/** Keys in byte order, numbers as Ruby writes them. */
function sorted(value: JsonValue): JsonValue {
  if (value instanceof JsonNumber) return new JsonNumber(rubyNumber(value));
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const members = [...value].sort(([a], [b]) => byCodePoint(a, b));
  return new Map(members.map(([key, member]) => [key, sorted(member)]));
}

function differenceOf(before: JsonValue, after: JsonValue | undefined): Difference | undefined {
  if (after === undefined) return { kind: 'replaced', before };
  if (isJsonObject(before) && isJsonObject(after)) return differingMembers(before, after);
  if (isJsonArray(before) && isJsonArray(after)) return differingItems(before, after);
  return same(before, after) ? undefined : { kind: 'replaced', before, after };
}

function differingMembers(before: JsonObject, after: JsonObject): Difference | undefined {
  const members = new Map<string, Difference>();
  for (const [key, member] of before) {
    const difference = differenceOf(member, after.get(key));
    if (difference) members.set(key, difference);
  }
  return members.size > 0 ? { kind: 'members', members } : undefined;
}

function differingItems(before: readonly JsonValue[], after: readonly JsonValue[]): Difference | undefined {
  const items = before.map((item, index) => differenceOf(item, after[index]));
  for (const added of after.slice(before.length)) items.push({ kind: 'replaced', after: added });
  return items.some((item) => item) ? { kind: 'items', items } : undefined;
}

function same(before: JsonValue, after: JsonValue): boolean {
  if (!(before instanceof JsonNumber && after instanceof JsonNumber)) return before === after;
  return before.literal === after.literal || sameQuantity(before.literal, after.literal);
}

/** As Ruby compares numbers: integers exactly, also with the integer that a float stands for. */
function sameQuantity(a: string, b: string): boolean {
  const isFloat = (literal: string) => /[.e]/.test(literal);
  if (isFloat(a) && isFloat(b)) return Number(a) === Number(b);
  const [float, integer] = isFloat(a) ? [a, b] : [b, a];
  return isFloat(float) && Number.isInteger(Number(float)) && BigInt(Number(float)) === BigInt(integer);
}

function sideLines(difference: Difference, side: Side): readonly string[] {
  return sideText(difference, side, '')
    .replaceAll(/\{\s*\}/g, '{\n  }')
    .replaceAll(/\[\s*\]/g, '[\n  ]')
    .replaceAll(/\n\s*\]/g, ',$&')
    .split('\n');
}

function sideText(difference: Difference, side: Side, indent: string): string {
  const deeper = `${indent}  `;
  const lines: string[] = [];
  if (difference.kind === 'replaced') return prettyJson(difference[side] ?? null, indent);
  if (difference.kind === 'items') {
    for (const item of difference.items) {
      if (!item) lines.push(`${deeper}... `);
      else if (isThere(item, side)) lines.push(deeper + sideText(item, side, deeper));
    }
    return `[\n${lines.join(',\n')}\n${indent}]`;
  }
  for (const [key, member] of difference.members) {
    if (isThere(member, side)) {
      lines.push(`${deeper}${JSON.stringify(key)}: ${sideText(member, side, deeper)}`);
    }
  }
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

function isThere(difference: Difference, side: Side): boolean {
  return difference.kind !== 'replaced' || difference[side] !== undefined;
}
