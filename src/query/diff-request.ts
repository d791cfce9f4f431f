import { isJsonArray, isJsonObject, type JsonValue } from '../domain/json.ts';
import type { Change, Reason } from './diff-change.ts';
import {
  isInteger,
  itemPath,
  jsonDifferences,
  keysOf,
  memberPath,
  sameJson,
  sameNumber,
  sides,
} from './diff-json.ts';
import type { Part } from './diff-part.ts';

/**
 * What changed in what the provider receives: method, path, query, headers, contents and generators all matter, and
 * less may matter as much as more; matching rules do not (see the table at {@link reasons}). The order of query
 * parameters, the case of the method and of header names mean nothing.
 */
export function requestChanges(before: Part, after: Part): readonly Change[] {
  return [
    ...lineChanges(before, after),
    ...fieldChanges(before, after),
    ...bodyChanges(before, after),
    ...judged(before.rawRules, after.rawRules, `${after.path}.matchingRules`, 'request-rule-changed'),
    ...judged(before.generators, after.generators, `${after.path}.generators`, 'request-generator-changed'),
  ];
}

function lineChanges(before: Part, after: Part): readonly Change[] {
  const changes: Change[] = [];
  for (const key of keysOf(before.rest, after.rest)) {
    const [was, is] = [before.rest.get(key), after.rest.get(key)];
    const path = memberPath(after.path, key);
    if (key === 'method' && upperCase(was) === upperCase(is)) continue;
    if (key === 'query') changes.push(...queryChanges(was, is, path));
    else changes.push(...judged(was, is, path, 'request-changed'));
  }
  return changes;
}

function upperCase(method: JsonValue | undefined): JsonValue | undefined {
  return typeof method === 'string' ? method.toUpperCase() : method;
}

function queryChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): readonly Change[] {
  const [was, is] = [parametersOf(before), parametersOf(after)];
  return [...keysOf(was, is)].flatMap((name) =>
    parameterChanges(was.get(name) ?? [], is.get(name) ?? [], memberPath(path, name)),
  );
}

function parameterChanges(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  path: string,
): readonly Change[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, i) =>
    judged(before[i], after[i], itemPath(path, i), 'request-changed'),
  ).flat();
}

/** The values of each parameter: from a query string (until version 2), or from an object. */
function parametersOf(query: JsonValue | undefined): ReadonlyMap<string, readonly JsonValue[]> {
  const parameters = new Map<string, JsonValue[]>();
  const add = (name: string, value: JsonValue) => {
    const known = parameters.get(name);
    if (known) known.push(value);
    else parameters.set(name, [value]);
  };
  if (typeof query === 'string') {
    for (const [name, value] of new URLSearchParams(query)) add(name, value);
  } else if (isJsonObject(query)) {
    for (const [name, value] of query) for (const one of isJsonArray(value) ? value : [value]) add(name, one);
  } else if (query !== undefined && query !== null) {
    add('', query);
  }
  return parameters;
}

function fieldChanges(before: Part, after: Part): readonly Change[] {
  const changes: Change[] = [];
  for (const key of keysOf(before.fields, after.fields)) {
    const [was, is] = [before.fields.get(key), after.fields.get(key)];
    if (sameJson(was?.value, is?.value)) continue;
    changes.push({
      ...sides(is?.path ?? was?.path ?? after.path, was?.raw, is?.raw),
      reason: 'request-changed',
    });
  }
  return changes;
}

function bodyChanges(before: Part, after: Part): readonly Change[] {
  const [was, is] = [before.body, after.body];
  const { path, holder } = is ?? was ?? { path: after.path, holder: after.path };
  return [
    ...judged(was?.contentType, is?.contentType, `${holder}.contentType`, 'request-changed'),
    ...judged(was?.value, is?.value, path, 'request-changed'),
    ...(was && is ? judged(was.rest, is.rest, holder, 'request-changed') : []),
  ];
}

/** Every difference of the two, all for this reason; a number merely rewritten means nothing. */
export function judged(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
  reason: Reason,
): readonly Change[] {
  return jsonDifferences(before, after, path).map((difference): Change => {
    const { before: was, after: is } = difference;
    if (was === undefined || is === undefined || !sameNumber(was, is)) return { ...difference, reason };
    const rewritten = isInteger(was) === isInteger(is);
    return { ...difference, reason: rewritten ? 'number-rewritten' : reason, sameNumber: true };
  });
}
