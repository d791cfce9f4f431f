import type { Rule, Rules } from './diff-rules.ts';

/** A step of a path expression; `*` is any member or item, `[*]` any item. */
type Step = string | { readonly any: 'item' | 'anything' };

interface Branch {
  rule?: Rule;
  readonly named: Map<string, Branch>;
  anything?: Branch;
  item?: Branch;
}

/** What is known of the rules for a place: the best that applies so far, and those that may apply further inside. */
export interface RuleState {
  /** The rule that decides here: of those for this place or one around it, the most specific. */
  readonly best: Rule | undefined;
  /** Whether {@link best} was made for a place around this one. */
  readonly inherited: boolean;
  readonly weight: number;
  readonly depth: number;
  readonly open: readonly Reach[];
}

/** How far an expression has been followed, and the weight of its steps so far. */
interface Reach {
  readonly branch: Branch;
  readonly weight: number;
}

/** The state at the root of a body under these rules. */
export function rootState(rules: Rules): RuleState {
  const trunk: Branch = { named: new Map() };
  for (const rule of rules.values()) {
    if (rule.category === 'body') grow(trunk, stepsOf(rule.target)).rule = rule;
  }
  return withBest({
    best: undefined,
    inherited: false,
    weight: 0,
    depth: 1,
    open: [{ branch: trunk, weight: 2 }],
  });
}

/**
 * The state at a member (`key` a text) or item (`key` its index). Rules weigh as in Pact's own verifiers: the
 * product of 2 for every exact step and 1 for every wildcard, times the length of the expression.
 */
export function stepInto(state: RuleState, key: string | number): RuleState {
  const { best, weight, depth } = state;
  if (state.open.length === 0 && (state.inherited || !best)) return state;
  const open: Reach[] = [];
  for (const { branch, weight: steps } of state.open) {
    const named = branch.named.get(String(key));
    if (named) open.push({ branch: named, weight: steps * 2 });
    if (branch.anything) open.push({ branch: branch.anything, weight: steps });
    if (branch.item && typeof key === 'number') open.push({ branch: branch.item, weight: steps });
  }
  return withBest({ best, inherited: best !== undefined, weight, depth: depth + 1, open });
}

function withBest(state: RuleState): RuleState {
  let { best, inherited, weight } = state;
  for (const { branch, weight: steps } of state.open) {
    const total = steps * state.depth;
    if (branch.rule && (total > weight || (total === weight && branch.rule.target > (best?.target ?? '')))) {
      best = branch.rule;
      weight = total;
      inherited = false;
    }
  }
  return best === state.best ? state : { best, inherited, weight, depth: state.depth, open: state.open };
}

function grow(trunk: Branch, steps: readonly Step[]): Branch {
  let branch = trunk;
  for (const step of steps) {
    if (typeof step !== 'string') {
      branch = branch[step.any] ??= { named: new Map() };
      continue;
    }
    let next = branch.named.get(step);
    if (!next) {
      next = { named: new Map() };
      branch.named.set(step, next);
    }
    branch = next;
  }
  return branch;
}

const step = /\.\*|\[\*\]|\[(\d+)\]|\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]|\.([^.[]+)/gs;

function stepsOf(expression: string): readonly Step[] {
  return [...expression.matchAll(step)].map(([text, index, single, double, plain]): Step => {
    if (text === '.*') return { any: 'anything' };
    if (text === '[*]') return { any: 'item' };
    return index ?? plain ?? (single ?? double ?? '').replaceAll(/\\(.)/gs, '$1');
  });
}
