import { GitpactError } from '../domain/failure.ts';
import { type CanIDeployQuestion, canIDeploy } from '../query/can-i-deploy.ts';
import type { MatrixAnswer, Verdict } from '../query/matrix/matrix.ts';
import type { Commit } from '../store/port.ts';
import type { Broker } from './broker.ts';

/**
 * So many of the newest commits are looked at each: a change in them is found for certain. One takes about a millisecond
 * with the git program, some without.
 */
const lookedAtOneByOne = 10_000;

/** The commit that turned an answer into what it is, and what was answered before it. */
export interface Turn {
  readonly commit: Commit;
  /** `none` where the question could not be asked yet: a pacticipant or environment it names did not exist. */
  readonly before: Verdict | 'none';
  readonly answer: MatrixAnswer;
}

/**
 * Finds the commit at which the verdict of a question became what it is now (or was at `at`). Looks at the newest ten
 * thousand commits one by one; before them in growing steps until the verdict is another, and then halves: there, a verdict
 * that changed there and back between two looks is not noticed. `oneByOne` is that number of commits.
 * @returns undefined when the verdict was never another.
 * @throws GitpactError as the question does.
 */
export async function whyAnswered(
  broker: Broker,
  question: CanIDeployQuestion,
  at?: string,
  oneByOne = lookedAtOneByOne,
): Promise<Turn | undefined> {
  const from = at === undefined ? undefined : await broker.store.resolve(at);
  const answer = await broker.ask((now) => canIDeploy(now, question), from);
  const commits = await broker.store.history(from === undefined ? {} : { from });
  const verdictAt = (index: number) => verdictIn(broker, question, commits[index] as Commit);
  let same = 0;
  let other: { index: number; verdict: Turn['before'] } | undefined;
  for (let step = 1; !other && same < commits.length - 1; step *= same < oneByOne ? 1 : 2) {
    const index = Math.min(same + step, commits.length - 1);
    const verdict = await verdictAt(index);
    if (verdict === answer.verdict) same = index;
    else other = { index, verdict };
  }
  if (!other) return undefined;
  while (other.index - same > 1) {
    const index = Math.floor((same + other.index) / 2);
    const verdict = await verdictAt(index);
    if (verdict === answer.verdict) same = index;
    else other = { index, verdict };
  }
  return { commit: commits[same] as Commit, before: other.verdict, answer };
}

async function verdictIn(
  broker: Broker,
  question: CanIDeployQuestion,
  commit: Commit,
): Promise<Turn['before']> {
  try {
    return await broker.ask((now) => canIDeploy(now, question).verdict, commit.id);
  } catch (error) {
    if (error instanceof GitpactError && (error.code === 'bad-request' || error.code === 'not-a-store'))
      return 'none';
    throw error;
  }
}
