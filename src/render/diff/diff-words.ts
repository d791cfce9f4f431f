import { escapeHidden } from '../../domain/hidden-characters.ts';
import { compactJson, type JsonValue } from '../../domain/json.ts';
import type { InteractionDiff, PactDiff } from '../../query/diff.ts';
import { type Change, judgementOf, type Reason } from '../../query/diff-change.ts';

/** Each reason as a sentence that tells why. */
export const reasonWords: Readonly<Record<Reason, string>> = {
  'interaction-added': 'The provider has not been asked this before.',
  'interaction-removed': 'The consumer no longer asks this.',
  'request-changed': 'The provider receives something else.',
  'request-generator-changed': 'The provider receives a value that is made in another way.',
  'request-rule-changed': 'Rules for requests are only applied by the mock, not when verifying.',
  'expectation-added': 'The consumer needs something more.',
  'expectation-removed': 'The consumer no longer needs this.',
  'status-changed': 'The consumer expects another status.',
  'value-changed': 'The consumer expects another value.',
  'type-changed': 'The consumer expects a value of another type.',
  'number-kind-changed': 'The same number, but verifiers tell integers from decimals.',
  'number-rewritten': 'The same number, written otherwise.',
  'length-changed': 'The list is compared with its length, which changed.',
  'object-emptied': 'Some verifiers take an empty object to mean that there must be nothing in it.',
  'example-changed': 'Only an example: the rule decides what will do.',
  'rule-loosened': 'Everything that was good enough still is.',
  'rule-tightened': 'Not everything that was good enough still is.',
  'rule-changed': 'Another rule decides what will do.',
  'rule-reworded': 'The rule says the same as before.',
  'response-generator-changed': 'Generators for responses are only used by the mock, not when verifying.',
  'encoding-changed': 'The same content, encoded otherwise.',
  'state-changed': 'The provider starts from another state.',
  'description-changed': 'Only the description changed.',
  'message-renamed': 'The description is how a verifier asks for the message.',
  'pending-begun': 'A pending interaction cannot fail the verification.',
  'pending-ended': 'The interaction is no longer pending, so it can fail the verification.',
  'specification-changed': 'Another version of the pact specification compares by other rules.',
  'plugin-changed': 'A plugin may compare in another way.',
  'other-part-changed': 'A part that gitpact does not know changed.',
  'not-verified': 'No verifier looks at this.',
};

/** What to do about values that look generated. */
export const generatedAdvice = 'These values look generated; give fixed examples, or matchers with examples';

/** The verdict as a sentence. */
export function verdictWords(diff: PactDiff): string {
  if (isEmpty(diff)) return 'Nothing changed.';
  return diff.verdict === 'may-break' ? 'May break the provider.' : 'Cannot break the provider.';
}

/** How many interactions were added, removed, changed and not: `1 added, 2 changed, 14 unchanged`. */
export function countWords(diff: PactDiff): string {
  const count = (change: InteractionDiff['change']) =>
    diff.interactions.filter((interaction) => interaction.change === change).length;
  const counts = [
    [count('added'), 'added'],
    [count('removed'), 'removed'],
    [count('changed'), 'changed'],
    [diff.unchanged, 'unchanged'],
  ] as const;
  const told = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return told.length > 0 ? `Interactions: ${told.join(', ')}.` : 'No interactions.';
}

/** Whether there is no difference at all. */
export function isEmpty(diff: PactDiff): boolean {
  return diff.interactions.length === 0 && diff.document.length === 0;
}

/** Whether one of these may break the provider. */
export function mayBreak(changes: readonly Change[]): boolean {
  return changes.some((change) => judgementOf(change).mayBreak);
}

/** The provider states an interaction starts from, in words; empty without any. */
export function givenWords(interaction: InteractionDiff): string {
  return interaction.states.length > 0 ? `given ${interaction.states.join(' and ')}` : '';
}

/** A value on one line, at most this many characters of it. */
export function briefly(value: JsonValue, length: number): string {
  const text = [...compactJson(value)];
  return text.length > length ? `${text.slice(0, length - 1).join('')}…` : text.join('');
}

/** Makes hidden characters visible, so that a name from a pact cannot move the cursor or break a line. */
export function visible(text: string): string {
  return escapeHidden(text);
}
