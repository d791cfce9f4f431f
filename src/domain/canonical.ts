import { GitpactError } from './failure.ts';
import {
  compactJson,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  parseJson,
  plainOf,
  prettyJson,
} from './json.ts';
import { byCodePoint } from './names.ts';
import { onceForEach } from './once-for-each.ts';
import { unorderedKey } from './pact-sha.ts';

/** A pact in the form it is stored in: the same bytes for the same contract, and what it takes to undo that. */
export interface CanonicalPact {
  /**
   * Pretty JSON with a final newline: every object's keys in code point order, the interactions (or messages) in the
   * order of their compact text, numbers as they were written.
   */
  readonly text: string;
  /**
   * How the submitted order differs, as compact JSON; undefined when it does not. A list of
   * `[permutation, places]`: `permutation[i]` is the canonical index of the container's i-th submitted member, and
   * `places` are the containers (arrays and objects, counted in the order their text begins, the root 0) it holds
   * for, each as the distance from the one before.
   */
  readonly arrangement?: string;
}

type Permutation = readonly number[];
type Container = JsonObject | JsonArray;
/** The submitted order of every container that had another than the canonical one. */
type Arrangement = Map<Container, Permutation>;

/** The stored form of a pact, or of any JSON that was submitted as one. See {@link arrangedPact} for the way back. */
export function canonicalPact(submitted: JsonValue): CanonicalPact {
  return isJsonObject(submitted) ? canonicalOfObject(submitted) : canonicalOf(submitted);
}

const canonicalOfObject = onceForEach<JsonObject, CanonicalPact>(canonicalOf);

function canonicalOf(submitted: JsonValue): CanonicalPact {
  const arrangement: Arrangement = new Map();
  const canonical = isJsonObject(submitted)
    ? canonicalObject(submitted, unorderedKey(submitted), arrangement)
    : canonicalValue(submitted, arrangement);
  const text = `${prettyJson(canonical)}\n`;
  if (arrangement.size === 0) return { text };
  return { text, arrangement: arrangementText(canonical, arrangement) };
}

/**
 * The pact as it was submitted: the same keys, items and number literals in the same order.
 * @throws GitpactError `bad-json` when one of the two is not JSON, `store-damaged` when they do not fit.
 */
export function arrangedPact(text: string, arrangement?: string): JsonValue {
  const canonical = parseJson(text, 'The stored pact');
  if (arrangement === undefined) return canonical;
  const permutations = permutationsIn(arrangement);
  let place = 0;
  const arranged = (value: JsonValue): JsonValue => {
    if (!isJsonArray(value) && !isJsonObject(value)) return value;
    const permutation = permutations.get(place);
    place += 1;
    if (isJsonArray(value)) return permuted(value.map(arranged), permutation);
    return new Map(
      permuted(
        [...value].map(([key, member]) => [key, arranged(member)] as const),
        permutation,
      ),
    );
  };
  const submitted = arranged(canonical);
  for (const claimed of permutations.keys()) if (claimed >= place) throw misfit();
  return submitted;
}

function canonicalObject(
  object: JsonObject,
  unordered: string | undefined,
  arrangement: Arrangement,
): JsonObject {
  const order = sortingOrder([...object.keys()]);
  const members = [...object];
  const canonical = new Map(
    inOrder(members, order).map(([key, member]) => [
      key,
      key === unordered && isJsonArray(member)
        ? canonicalItems(member, arrangement)
        : canonicalValue(member, arrangement),
    ]),
  );
  note(arrangement, canonical, order);
  return canonical;
}

function canonicalValue(value: JsonValue, arrangement: Arrangement): JsonValue {
  if (isJsonArray(value)) return value.map((item) => canonicalValue(item, arrangement));
  return isJsonObject(value) ? canonicalObject(value, undefined, arrangement) : value;
}

function canonicalItems(items: JsonArray, arrangement: Arrangement): JsonArray {
  const canonical = items.map((item) => canonicalValue(item, arrangement));
  const order = sortingOrder(canonical.map((item) => compactJson(item)));
  const sorted = inOrder(canonical, order);
  note(arrangement, sorted, order);
  return sorted;
}

/** The indices of the texts in the order of the texts; equal ones as they come. */
function sortingOrder(texts: readonly string[]): Permutation {
  return texts
    .map((text, index) => ({ text, index }))
    .sort((a, b) => byCodePoint(a.text, b.text))
    .map(({ index }) => index);
}

function inOrder<T>(members: readonly T[], order: Permutation): T[] {
  return order.map((index) => members[index] as T);
}

function note(arrangement: Arrangement, canonical: Container, order: Permutation): void {
  if (order.every((submitted, index) => submitted === index)) return;
  const permutation = new Array<number>(order.length);
  order.forEach((submitted, index) => {
    permutation[submitted] = index;
  });
  arrangement.set(canonical, permutation);
}

function arrangementText(canonical: JsonValue, arrangement: Arrangement): string {
  const groups = new Map<
    string,
    { readonly permutation: Permutation; readonly places: number[]; last: number }
  >();
  let place = 0;
  const visit = (value: JsonValue): void => {
    if (!isJsonArray(value) && !isJsonObject(value)) return;
    const permutation = arrangement.get(value);
    if (permutation) {
      const key = permutation.join();
      const group = groups.get(key) ?? { permutation, places: [], last: 0 };
      groups.set(key, group);
      group.places.push(place - group.last);
      group.last = place;
    }
    place += 1;
    for (const member of value.values()) visit(member);
  };
  visit(canonical);
  return JSON.stringify([...groups.values()].map(({ permutation, places }) => [permutation, places]));
}

function permutationsIn(arrangement: string): Map<number, Permutation> {
  const groups = plainOf(parseJson(arrangement, 'The recorded order of a pact'));
  const permutations = new Map<number, Permutation>();
  if (!Array.isArray(groups)) throw misfit();
  for (const group of groups as readonly unknown[]) {
    if (!Array.isArray(group) || group.length !== 2) throw misfit();
    const [permutation, places] = group as readonly unknown[];
    if (!areIndices(permutation) || !areIndices(places)) throw misfit();
    let place = 0;
    for (const distance of places) {
      place += distance;
      permutations.set(place, permutation);
    }
  }
  return permutations;
}

function areIndices(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

function permuted<T>(members: readonly T[], permutation: Permutation | undefined): readonly T[] {
  if (!permutation) return members;
  if (permutation.length !== members.length || new Set(permutation).size !== members.length) throw misfit();
  return permutation.map((index) => {
    const member = members[index];
    if (member === undefined) throw misfit();
    return member;
  });
}

function misfit(): GitpactError {
  return new GitpactError('store-damaged', 'The recorded order of a pact does not fit its content.', {
    hint: 'Run gitpact fsck to find what else is damaged.',
  });
}
