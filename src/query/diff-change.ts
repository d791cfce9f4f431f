import type { JsonValue } from '../domain/json.ts';

/**
 * What a change asks of the provider: `nothing`, less than before (`relaxes`), more than before (`adds`), something
 * else than before (`changes`), or a whole interaction less (`removes`).
 */
export type Effect = 'nothing' | 'relaxes' | 'adds' | 'changes' | 'removes';

/** What a reason means for the provider that passed the verification of the pact before the change. */
export interface Judgement {
  readonly effect: Effect;
  /** Whether the same provider may fail the verification now. False is a promise; true is a possibility. */
  readonly mayBreak: boolean;
}

const harmless = { effect: 'nothing', mayBreak: false } as const;
const relaxing = { effect: 'relaxes', mayBreak: false } as const;
const adding = { effect: 'adds', mayBreak: true } as const;
const changing = { effect: 'changes', mayBreak: true } as const;

/**
 * Why a change is judged as it is, seen from the provider. A verifier sends the example request of an interaction
 * and compares the answer with the example response through the response's matching rules; for messages it asks for
 * the message of that description and compares it the same way. From that follows:
 *
 * | changed | judged | because |
 * |---|---|---|
 * | an interaction, new | adds | the provider has not been asked this before |
 * | an interaction, gone | removes, safe | one question less |
 * | request: method, path, query, headers, body, generators | changes | the provider receives something else; even less may be too little |
 * | request: matching rules | nothing | only the consumer's mock applies them; the example is what is sent |
 * | response: header, field or body no longer expected | relaxes | whatever else the provider answers is ignored |
 * | response: header, field or body newly expected | adds | the provider may not give it |
 * | response: status, value or type of an exact expectation | changes | the old answer no longer matches |
 * | response: length of an array without a rule | changes | such arrays are compared with their length |
 * | response: an object without any field left | changes | some verifiers take `{}` to mean "and nothing else" |
 * | response: an example that only shows what a rule admits | nothing | the rule decides, not the example |
 * | response: a rule that admits all it did, and more | relaxes | every old answer still matches |
 * | response: a rule that admits less, or something else | changes | an old answer may not match |
 * | response: generators | nothing | only the consumer's mock applies them |
 * | provider state or its parameters | changes | the provider starts from another state |
 * | description, HTTP or plugin | nothing | it is a label |
 * | description, message | changes | it is how the verifier asks the provider for the message |
 * | pending, begun / ended | relaxes / changes | a pending interaction cannot fail a verification |
 * | version of the pact specification, plugins, anything unknown | changes | it may be compared by other rules |
 * | other metadata, names, comments, keys | nothing | no verifier reads them |
 *
 * One assumption is made where verifiers are laxer than their documentation: a value that a regular expression, date
 * or time matched next to a text example is a text.
 */
export const reasons = {
  'interaction-added': adding,
  'interaction-removed': { effect: 'removes', mayBreak: false },
  'request-changed': changing,
  'request-generator-changed': changing,
  'request-rule-changed': harmless,
  'expectation-added': adding,
  'expectation-removed': relaxing,
  'status-changed': changing,
  'value-changed': changing,
  'type-changed': changing,
  'number-kind-changed': changing,
  'number-rewritten': harmless,
  'length-changed': changing,
  'object-emptied': changing,
  'example-changed': harmless,
  'rule-loosened': relaxing,
  'rule-tightened': changing,
  'rule-changed': changing,
  'rule-reworded': harmless,
  'response-generator-changed': harmless,
  'encoding-changed': harmless,
  'state-changed': changing,
  'description-changed': harmless,
  'message-renamed': changing,
  'pending-begun': relaxing,
  'pending-ended': changing,
  'specification-changed': changing,
  'plugin-changed': changing,
  'other-part-changed': changing,
  'not-verified': harmless,
} as const satisfies Record<string, Judgement>;

/** Why a change is judged as it is; see {@link reasons}. */
export type Reason = keyof typeof reasons;

/** One difference, and what it means for the provider. */
export interface Change {
  /** Where, as a JSON path from the interaction (or, outside of interactions, from the pact): `$.response.body.id`. */
  readonly path: string;
  readonly reason: Reason;
  /** What was there; absent when nothing was. */
  readonly before?: JsonValue;
  /** What is there now; absent when nothing is. */
  readonly after?: JsonValue;
  /** Both are the same number, written otherwise, such as `1` and `1.0`. */
  readonly sameNumber?: true;
}

/** How a change is judged. */
export function judgementOf(change: Change): Judgement {
  return reasons[change.reason];
}
