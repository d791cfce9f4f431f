import { Broker } from '../broker/broker.ts';
import type { Instant } from '../domain/names.ts';
import type { Exchange } from './exchange.ts';
import { recordOf } from './recording.ts';

/** What the sender of a write is told that is safe here, and not yet in the repository (RFC 7234 §5.5). */
const waits =
  '199 - "The contract repository cannot be reached; this is kept here, and written when it can be again"';

/** The broker, noting down every moment its clock tells. */
export function withWitness(broker: Broker, moments: Instant[]): Broker {
  return new Broker(broker.store, () => {
    const { now } = broker;
    moments.push(now);
    return new Date(now);
  });
}

/**
 * Answers, and puts what then waits for the remote onto the disk before anybody is told; be it that only a part of what
 * was asked for could be done. @throws GitpactError `disk-failed`
 */
export async function durable(
  x: Exchange,
  moments: readonly Instant[],
  answer: () => Promise<Response>,
): Promise<Response> {
  const { queue } = x.options;
  if (!queue) return answer();
  try {
    const response = await answer();
    if (x.queued.length > 0) response.headers.append('warning', waits);
    return response;
  } finally {
    if (x.queued.length > 0) {
      const body = Buffer.from(await x.bytes()).toString('base64');
      await queue.keep(recordOf(x.request, x.path + x.query, body), moments, x.queued);
    }
  }
}
