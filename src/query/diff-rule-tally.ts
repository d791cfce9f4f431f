import type { Change, Reason } from './diff-change.ts';
import { keysOf, sides } from './diff-json.ts';
import type { Relation } from './diff-looseness.ts';
import { type Rule, type Rules, ruleKey } from './diff-rules.ts';

/** What became of a rule at a place: how the expectation there changed, or that the place itself went or came. */
type Outcome = 'went' | 'came' | Relation;

/** From what matters least to what matters most. */
const outcomes: readonly Outcome[] = ['went', 'came', 'same', 'looser', 'tighter', 'other'];

const reasonOf: Readonly<Record<Outcome, Reason>> = {
  went: 'expectation-removed',
  came: 'expectation-added',
  same: 'rule-reworded',
  looser: 'rule-loosened',
  tighter: 'rule-tightened',
  other: 'rule-changed',
};

/** Collects, over all places of a response, what the rules that changed mean there. */
export class RuleTally {
  private readonly before: Rules;
  private readonly after: Rules;
  private readonly worst = new Map<string, Outcome>();
  private readonly changed: ReadonlySet<string>;

  constructor(before: Rules, after: Rules) {
    this.before = before;
    this.after = after;
    const keys = [...keysOf(before, after)];
    this.changed = new Set(keys.filter((key) => before.get(key)?.text !== after.get(key)?.text));
  }

  /** Whether no rule changed, so that there is nothing to collect. */
  get isIdle(): boolean {
    return this.changed.size === 0;
  }

  /** A place that is expected on both sides, the rules that decide there, and how its expectation changed. */
  kept(before: Rule | undefined, after: Rule | undefined, relation: Relation): void {
    this.note(before, relation);
    this.note(after, relation);
  }

  /** A place that is no longer expected, and the rule that decided there. */
  went(rule: Rule | undefined): void {
    this.note(rule, 'went');
  }

  /** A place that is newly expected, and the rule that decides there. */
  came(rule: Rule | undefined): void {
    this.note(rule, 'came');
  }

  /** The changed rules, each judged by its worst outcome; one that decided nowhere is not understood. */
  changes(): readonly Change[] {
    return [...this.changed].map((key) => {
      const [before, after] = [this.before.get(key), this.after.get(key)];
      const at = after?.at ?? before?.at ?? '$';
      return { ...sides(at, before?.raw, after?.raw), reason: reasonOf[this.worst.get(key) ?? 'other'] };
    });
  }

  private note(rule: Rule | undefined, outcome: Outcome): void {
    if (!rule) return;
    const key = ruleKey(rule.category, rule.target);
    if (!this.changed.has(key)) return;
    const known = this.worst.get(key);
    if (!known || outcomes.indexOf(outcome) > outcomes.indexOf(known)) this.worst.set(key, outcome);
  }
}
