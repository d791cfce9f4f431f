import type { Instant } from '../../domain/names.ts';
import { brokerMetrics as measure } from '../../query/broker-metrics.ts';
import { timeText } from '../../render/hal/document.ts';
import { answering, type Resource } from '../resource.ts';

/** Moments in the Pact Broker's form, and null for none. */
function span({ first, last, ...counts }: { readonly first?: Instant; readonly last?: Instant }) {
  return { ...counts, first: first ? timeText(first) : null, last: last ? timeText(last) : null };
}

/** What is stored, counted (api.md §11). */
export const brokerMetrics: readonly Resource[] = [
  {
    path: '/metrics',
    GET: answering(async (x) => {
      const metrics = await x.ask(measure);
      return x.document({
        ...metrics,
        pactPublications: span(metrics.pactPublications),
        verificationResults: span(metrics.verificationResults),
      });
    }),
  },
];
