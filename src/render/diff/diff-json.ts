import { JsonNumber, type JsonValue, jsonOf } from '../../domain/json.ts';
import type { InteractionDiff, PactDiff } from '../../query/diff.ts';
import { type Change, judgementOf } from '../../query/diff-change.ts';
import type { GeneratedValue } from '../../query/diff-generated.ts';

/**
 * The difference for programs. The shape is stable: members may be added, none changed or removed.
 *
 * ```
 * { "verdict": "may-break" | "cannot-break",
 *   "unchanged": number of interactions,
 *   "interactions": [ { "change": "added" | "removed" | "changed", "kind": "http" | "message" | "sync-message",
 *                       "description", "providerStates": [text], "places": { "before"?, "after"? },
 *                       "changes": [ { "path", "reason", "effect", "mayBreak", "before"?, "after"?, "sameNumber"? } ] } ],
 *   "document": [ change ],
 *   "newProviderStates": [name], "unneededProviderStates": [name],
 *   "generated"?: [ { "interaction": description, "path", "kind", "before", "after" } ] }
 * ```
 *
 * Paths are JSON paths from the interaction, or from the pact under `document`; `before` and `after` are the values
 * as they stand in the pacts, numbers included. `generated` is there when it was looked for.
 */
export function renderDiffJson(diff: PactDiff, generated?: readonly GeneratedValue[]): JsonValue {
  return new Map<string, JsonValue>([
    ['verdict', diff.verdict],
    ['unchanged', new JsonNumber(String(diff.unchanged))],
    ['interactions', diff.interactions.map(interactionJson)],
    ['document', diff.document.map(changeJson)],
    ['newProviderStates', diff.newStates],
    ['unneededProviderStates', diff.unneededStates],
    ...(generated ? [['generated', generated.map(generatedJson)] as const] : []),
  ]);
}

function generatedJson({ interaction, path, kind, before, after }: GeneratedValue): JsonValue {
  return new Map<string, JsonValue>([
    ['interaction', interaction],
    ['path', path],
    ['kind', kind],
    ['before', before],
    ['after', after],
  ]);
}

function interactionJson(interaction: InteractionDiff): JsonValue {
  const { change, kind, description, states, places, changes } = interaction;
  return new Map<string, JsonValue>([
    ['change', change],
    ['kind', kind],
    ['description', description],
    ['providerStates', states],
    ['places', jsonOf(places)],
    ['changes', changes.map(changeJson)],
  ]);
}

function changeJson(change: Change): JsonValue {
  const { effect, mayBreak } = judgementOf(change);
  const json = new Map<string, JsonValue>([
    ['path', change.path],
    ['reason', change.reason],
    ['effect', effect],
    ['mayBreak', mayBreak],
  ]);
  if (change.before !== undefined) json.set('before', change.before);
  if (change.after !== undefined) json.set('after', change.after);
  if (change.sameNumber) json.set('sameNumber', true);
  return json;
}
