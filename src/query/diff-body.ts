import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
} from '../domain/json.ts';
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
  typeOf,
} from './diff-json.ts';
import {
  type Expectation,
  hasFreeKeys,
  isElastic,
  isSpecial,
  type Relation,
  relate,
} from './diff-looseness.ts';
import { type RuleState, rootState, stepInto } from './diff-rule-search.ts';
import type { RuleTally } from './diff-rule-tally.ts';
import type { Rules } from './diff-rules.ts';

/** One side of a place in a body: what is expected there. */
interface Spot {
  readonly value: JsonValue;
  readonly state: RuleState;
}

/**
 * What changed in an expected body, place by place. Every place is judged by the rule that decides there; how each
 * changed rule fared is noted in `tally`.
 */
export function expectedBodyChanges(
  before: { readonly value: JsonValue; readonly rules: Rules },
  after: { readonly value: JsonValue; readonly rules: Rules },
  path: string,
  tally: RuleTally,
): readonly Change[] {
  const walk = new BodyWalk(tally);
  walk.both(
    { value: before.value, state: rootState(before.rules) },
    { value: after.value, state: rootState(after.rules) },
    path,
  );
  return walk.changes;
}

/** The change of a value that both sides expect; undefined when it is the same. */
export function valueChange(
  before: JsonValue,
  after: JsonValue,
  relation: Relation,
  path: string,
): Change | undefined {
  if (sameJson(before, after)) return undefined;
  const numbers = sameNumber(before, after);
  const reason = valueReason(before, after, relation, numbers);
  return { ...sides(path, before, after), ...(numbers && { sameNumber: true }), reason };
}

function valueReason(before: JsonValue, after: JsonValue, relation: Relation, numbers: boolean): Reason {
  if (numbers && isInteger(before) === isInteger(after)) return 'number-rewritten';
  if (relation === 'same') return 'example-changed';
  if (relation === 'looser') return 'rule-loosened';
  if (typeOf(before) !== typeOf(after)) return 'type-changed';
  if (numbers) return 'number-kind-changed';
  return relation === 'tighter' ? 'rule-tightened' : 'value-changed';
}

class BodyWalk {
  readonly changes: Change[] = [];
  private readonly tally: RuleTally;

  constructor(tally: RuleTally) {
    this.tally = tally;
  }

  both(before: Spot, after: Spot, path: string): void {
    if (isUntouched(before, after)) return;
    const [was, is] = [expectationAt(before), expectationAt(after)];
    const relation = relate(was, is);
    this.tally.kept(was.rule, is.rule, relation);
    if (isJsonObject(before.value) && isJsonObject(after.value)) {
      this.members({ ...before, value: before.value }, { ...after, value: after.value }, path);
    } else if (isJsonArray(before.value) && isJsonArray(after.value)) {
      this.items({ ...before, value: before.value }, { ...after, value: after.value }, path);
    } else {
      const change = valueChange(before.value, after.value, relation, path);
      if (change) this.changes.push(change);
      if (typeOf(before.value) !== typeOf(after.value)) this.replaced(before, after);
    }
  }

  private members(
    before: Spot & { value: JsonObject },
    after: Spot & { value: JsonObject },
    path: string,
  ): void {
    const free = hasFreeKeys(expectationAt(before)) && hasFreeKeys(expectationAt(after));
    for (const key of keysOf(before.value, after.value)) {
      const [was, is] = [
        inside(before, key, before.value.get(key)),
        inside(after, key, after.value.get(key)),
      ];
      const place = memberPath(path, key);
      if (was && is) this.both(was, is, place);
      else if (free) this.exampleOf(was ?? firstMember(before), is ?? firstMember(after), place, was, is);
      else this.oneSided(was, is, place);
    }
    if (!free && before.value.size > 0 && after.value.size === 0) {
      this.changes.push({ ...sides(path, before.value, after.value), reason: 'object-emptied' });
    }
  }

  private items(before: Spot & { value: JsonArray }, after: Spot & { value: JsonArray }, path: string): void {
    const [was, is] = [expectationAt(before), expectationAt(after)];
    if (isSpecial(was) || isSpecial(is)) {
      for (const difference of jsonDifferences(before.value, after.value, path)) {
        this.changes.push({ ...difference, reason: 'value-changed' });
      }
      return;
    }
    const at = (spot: Spot & { value: JsonArray }, i: number) => inside(spot, i, spot.value[i]);
    for (let i = 0; i < Math.max(before.value.length, after.value.length); i += 1) {
      const [old, now] = [at(before, i), at(after, i)];
      const place = itemPath(path, i);
      if (old && now) this.both(old, now, place);
      else if (!isElastic(is)) this.lengthChanged(old, now, place);
      else
        this.exampleOf(old ?? (isElastic(was) ? at(before, 0) : now), now ?? at(after, 0), place, old, now);
    }
  }

  /** An example came or went where rules judge all by one: it is compared with the one that stands for it. */
  private exampleOf(
    old: Spot | undefined,
    now: Spot | undefined,
    path: string,
    was: Spot | undefined,
    is: Spot | undefined,
  ): void {
    if (!old || !now) {
      this.oneSided(was, is, path);
      return;
    }
    this.changes.push({ ...sides(path, was?.value, is?.value), reason: 'example-changed' });
    this.both(old, now, path);
  }

  private lengthChanged(was: Spot | undefined, is: Spot | undefined, path: string): void {
    this.changes.push({ ...sides(path, was?.value, is?.value), reason: 'length-changed' });
    this.replaced(was, is);
  }

  private oneSided(was: Spot | undefined, is: Spot | undefined, path: string): void {
    const reason = is ? 'expectation-added' : 'expectation-removed';
    this.changes.push({ ...sides(path, was?.value, is?.value), reason });
    this.replaced(was, is);
  }

  /** Notes the rules that decide in what went and in what came. */
  private replaced(was: Spot | undefined, is: Spot | undefined): void {
    if (this.tally.isIdle) return;
    if (was) this.visit(was, (spot) => this.tally.went(spot.state.best));
    if (is) this.visit(is, (spot) => this.tally.came(spot.state.best));
  }

  private visit(spot: Spot, note: (spot: Spot) => void): void {
    note(spot);
    if (!isJsonArray(spot.value) && !isJsonObject(spot.value)) return;
    for (const [key, value] of spot.value.entries()) {
      this.visit({ value, state: stepInto(spot.state, key) }, note);
    }
  }
}

/** Whether a value that holds no others is the same, and so is the rule that decides. */
function isUntouched(before: Spot, after: Spot): boolean {
  const [was, is] = [before.state, after.state];
  if (was.best?.text !== is.best?.text || was.best?.target !== is.best?.target) return false;
  if (isJsonObject(before.value) || isJsonArray(before.value)) return false;
  return sameJson(before.value, after.value);
}

function expectationAt({ value, state }: Spot): Expectation {
  return { example: value, rule: state.best, inherited: state.inherited };
}

function inside(spot: Spot, key: string | number, value: JsonValue | undefined): Spot | undefined {
  return value === undefined ? undefined : { value, state: stepInto(spot.state, key) };
}

function firstMember(spot: Spot & { value: JsonObject }): Spot | undefined {
  for (const [key, value] of spot.value) return inside(spot, key, value);
  return undefined;
}
