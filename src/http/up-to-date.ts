import { setTimeout as sleep } from 'node:timers/promises';
import { GitpactError } from '../domain/failure.ts';
import type { Exchange } from './exchange.ts';

/** For how many milliseconds a no waits for the host to say what is new. */
const patience = 3_000;

/**
 * Answers. Where the answer is a no — something is not there, or may not be deployed — and others have written since the
 * contract repository was looked at, it is answered anew: what another server acknowledged must not be denied here.
 */
export async function upToDate(x: Exchange, answer: () => Promise<Response>): Promise<Response> {
  const commit = await x.commit().catch(() => undefined);
  try {
    const response = await answer();
    if (!x.isNo || !(await hasMoved(x, commit))) return response;
  } catch (error) {
    if (!isNo(x, error) || !(await hasMoved(x, commit))) throw error;
  }
  return answer();
}

async function hasMoved(x: Exchange, from: string | undefined): Promise<boolean> {
  if (x.outage) return false;
  const newest = x.newestCommit().then((commit) => commit !== from);
  return Promise.race([newest, sleep(patience, false, { ref: false })]).catch(() => false);
}

/** Whether something that is in the repository by now may make it a yes. */
function isNo({ request }: Exchange, error: unknown): boolean {
  if (!(error instanceof GitpactError)) return false;
  return error.kind === 'missing' || (error.code === 'bad-request' && request.method === 'GET');
}
