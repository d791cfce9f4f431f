import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonAt } from '../domain/json.ts';
import type { Change, Reason } from './diff-change.ts';
import { canonicalText, itemPath, keysOf, memberPath, sameJson, sides } from './diff-json.ts';
import { type PactInteraction, stateKeys, statesOf, stateText } from './diff-pairing.ts';
import { type Part, type PartShape, partOf } from './diff-part.ts';
import { judged, requestChanges } from './diff-request.ts';
import { expectationChanges } from './diff-response.ts';

/** What changed between two selves of an interaction. */
export function interactionChanges(before: PactInteraction, after: PactInteraction): readonly Change[] {
  if (sameJson(before.json, after.json)) return [];
  return [...labelChanges(before, after), ...contentChanges(before, after), ...restChanges(before, after)];
}

function labelChanges(before: PactInteraction, after: PactInteraction): readonly Change[] {
  const changes: Change[] = [];
  if (before.description !== after.description) {
    const { kind } = after;
    changes.push({
      ...sides('$.description', before.json.get('description'), after.json.get('description')),
      reason: kind === 'http' ? 'description-changed' : 'message-renamed',
    });
  }
  const [was, is] = [statesOf(before.json), statesOf(after.json)];
  if (was.map(stateText).join() !== is.map(stateText).join()) {
    changes.push({ path: '$.providerStates', before: was, after: is, reason: 'state-changed' });
  } else {
    changes.push(...rewrittenParams(was, is));
  }
  const [waited, waits] = [before.json.get('pending') === true, after.json.get('pending') === true];
  if (waited !== waits) {
    const reason: Reason = waits ? 'pending-begun' : 'pending-ended';
    changes.push({ ...sides('$.pending', before.json.get('pending'), after.json.get('pending')), reason });
  }
  return changes;
}

/** Of states that are the same, the numbers among their parameters that are written otherwise. */
function rewrittenParams(was: readonly JsonValue[], is: readonly JsonValue[]): readonly Change[] {
  return is.flatMap((state, i) => {
    const path = memberPath(itemPath('$.providerStates', i), 'params');
    const [old, now] = [jsonAt(was[i], 'params'), jsonAt(state, 'params')];
    return isJsonObject(old) && isJsonObject(now) ? judged(old, now, path, 'state-changed') : [];
  });
}

/** What the parts are made of; what is not listed for a kind falls to {@link restChanges}. */
const partKeys: Readonly<Record<PactInteraction['kind'], readonly string[]>> = {
  http: ['request', 'response'],
  message: ['contents', 'metadata', 'metaData', 'matchingRules', 'generators'],
  'sync-message': ['request', 'response'],
};

function contentChanges(before: PactInteraction, after: PactInteraction): readonly Change[] {
  if (after.kind === 'message') return expectationChanges(messageOf(before), messageOf(after));
  const part = (interaction: PactInteraction, key: string, json: JsonValue | undefined) =>
    partOf(isJsonObject(json) ? json : new Map(), `$.${key}`, shapeOf(interaction));
  const request = (interaction: PactInteraction) =>
    part(interaction, 'request', interaction.json.get('request'));
  const changes = [...requestChanges(request(before), request(after))];
  if (after.kind === 'http') {
    const response = (interaction: PactInteraction) =>
      part(interaction, 'response', interaction.json.get('response'));
    return [...changes, ...expectationChanges(response(before), response(after))];
  }
  return [...changes, ...answerChanges(before, after)];
}

/** The answers to a message, one by one; how many there are matters. */
function answerChanges(before: PactInteraction, after: PactInteraction): readonly Change[] {
  const [was, is] = [answersOf(before.json), answersOf(after.json)];
  return Array.from({ length: Math.max(was.length, is.length) }, (_, i): readonly Change[] => {
    const path = itemPath('$.response', i);
    const [old, now] = [was[i], is[i]];
    if (!isJsonObject(old) || !isJsonObject(now)) return judged(old, now, path, 'length-changed');
    return expectationChanges(partOf(old, path, shapeOf(before)), partOf(now, path, shapeOf(after)));
  }).flat();
}

/** What answers a message: several parts, one, or none. */
export function answersOf(interaction: JsonObject): readonly JsonValue[] {
  const answers = interaction.get('response');
  if (isJsonArray(answers)) return answers;
  return answers === undefined || answers === null ? [] : [answers];
}

/** A message, whose parts lie beside its description. */
export function messageOf(message: PactInteraction): Part {
  const own = [...message.json].filter(([key]) => partKeys.message.includes(key));
  return partOf(new Map(own), '$', shapeOf(message));
}

/** Version 4 gives interactions a type, and wraps bodies. */
export function shapeOf({ kind, json }: PactInteraction): PartShape {
  const wrapped = typeof json.get('type') === 'string';
  if (kind === 'http') return { fields: ['headers'], body: 'body', wrapped };
  return { fields: ['metadata', 'metaData'], body: 'contents', wrapped };
}

const labels: readonly string[] = ['_id', 'key', 'description', 'pending', 'type', ...stateKeys];
const comments: readonly string[] = ['comments', 'interactionMarkup'];

function restChanges(before: PactInteraction, after: PactInteraction): readonly Change[] {
  const changes: Change[] = [];
  for (const key of keysOf(before.json, after.json)) {
    if (labels.includes(key) || partKeys[after.kind].includes(key)) continue;
    const reason = comments.includes(key)
      ? 'not-verified'
      : key === 'pluginConfiguration'
        ? 'plugin-changed'
        : 'other-part-changed';
    const [was, is] = [before.json.get(key), after.json.get(key)];
    changes.push(...judged(was, is, memberPath('$', key), reason));
  }
  return changes;
}

/** The provider states of an interaction as texts for people: a name, and parameters in parentheses. */
export function stateNames(interaction: JsonObject): readonly string[] {
  return statesOf(interaction).map((state) => {
    const name = isJsonObject(state) ? state.get('name') : state;
    const params = jsonAt(state, 'params');
    const told = typeof name === 'string' ? name : canonicalText(name ?? state);
    return isJsonObject(params) && params.size > 0 ? `${told} ${canonicalText(params)}` : told;
  });
}
