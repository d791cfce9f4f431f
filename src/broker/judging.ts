import { fileDifferences } from '../decide/file-differences.ts';
import { neededFor } from '../decide/policy-needs.ts';
import { type Breach, judge, nothingStands, type Standing, standingIn } from '../decide/standing.ts';
import { gather, nodeAt } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import type { Store } from '../store/port.ts';
import type { World } from '../store/world.ts';
import { type Signer, signersOf } from './signers.ts';
import { type Passage, type Range, type Step, walk } from './walk.ts';

/** One commit, judged by the policy that was in force before it. */
export interface Verdict<T> {
  readonly step: Step;
  /** Who made it; undefined where no policy was in force, so that nobody looked. */
  readonly signer: Signer | undefined;
  readonly breaches: readonly Breach[];
  /** What is in force after it. */
  readonly standing: Standing;
  /** Whether another machine, with other keys in its keyring, may come to another standing. */
  readonly isUncertain: boolean;
  /** What `look` made of it. */
  readonly looked: T;
}

/** What a walk is to be judged by, and what to look for on the way. */
interface Trial<T> {
  readonly world: Pick<World, 'env'>;
  /** What stood before the first commit. */
  readonly start: Standing;
  /** @throws NotLoaded */
  readonly look: (passage: Passage) => T;
}

/** A commit that waits to be judged. */
interface Case<T> {
  readonly passage: Passage;
  readonly looked: T;
}

/** How many commits are judged together: their signatures are checked in one go. */
const bench = 512;

/**
 * Judges the commits of a range one after another, oldest first. Costs what they changed.
 * @throws GitpactError `commit-missing`
 */
export async function* judged<T>(
  store: Store,
  range: Range,
  { world, start, look }: Trial<T>,
): AsyncGenerator<Verdict<T>> {
  let last: Pick<Verdict<T>, 'standing' | 'isUncertain'> = { standing: start, isUncertain: false };
  const waiting: Case<T>[] = [];
  const cases = walk(store, range, (passage) => ({ passage: prepared(passage), looked: look(passage) }));
  for await (const { derived } of cases) {
    if (derived) waiting.push(derived);
    if (waiting.length < bench) continue;
    for await (last of sentences(store, waiting.splice(0), world, last)) yield last as Verdict<T>;
  }
  for await (const verdict of sentences(store, waiting, world, last)) yield verdict;
}

async function* sentences<T>(
  store: Store,
  cases: readonly Case<T>[],
  world: Pick<World, 'env'>,
  { standing: start, isUncertain: wasUncertain }: Pick<Verdict<T>, 'standing' | 'isUncertain'>,
): AsyncGenerator<Verdict<T>> {
  const [first] = cases;
  const begins = first && start === nothingStands;
  let standing = begins
    ? await store.read(() => standingIn(first.passage.before), first.passage.step.id)
    : start;
  let isUncertain = wasUncertain;
  const isWatched = standing !== nothingStands || cases.some(({ passage }) => speaksOfPolicy(passage));
  const steps = cases.map(({ passage }) => passage.step);
  const signers = isWatched ? await signersOf(steps, world) : [];
  for (const [index, { passage, looked }] of cases.entries()) {
    const { step, before, after } = passage;
    const signer = signers[index];
    if (!signer) {
      yield { step, signer, breaches: [], standing, isUncertain, looked };
      continue;
    }
    const stood = standing;
    const found = await store.read(() => judge(before, after, signer, stood), step.id);
    standing = found.standing;
    isUncertain ||= found.breaches.length > 0 && signer.isUncertain;
    const judgedBy = stood.policy === undefined ? undefined : signer;
    yield { step, signer: judgedBy, breaches: found.breaches, standing, isUncertain, looked };
  }
}

/** Loads with what many commits need what each will be judged by. @throws NotLoaded */
function prepared(passage: Passage): Passage {
  if (speaksOfPolicy(passage)) {
    gather(fileDifferences(passage.before, passage.after), (one) => neededFor(one, () => undefined));
  }
  return passage;
}

/** Whether there is a policy before or after it. @throws NotLoaded */
function speaksOfPolicy({ before, after }: Passage): boolean {
  return [before, after].some((root) => nodeAt(root, paths.policy) !== undefined);
}
