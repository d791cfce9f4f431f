import { answering, type Resource } from './resource.ts';
import type { AppOptions } from './settings.ts';

const buckets = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000] as const;

/** What the server did since it started, for Prometheus. */
export class Counters {
  readonly #requests = new Map<string, number>();
  readonly #buckets = new Array<number>(buckets.length).fill(0);
  #count = 0;
  #milliseconds = 0;

  /** Counts one answered request. */
  count(method: string, status: number, milliseconds: number): void {
    const labels = `method="${/^[A-Z]{3,7}$/.test(method) ? method : 'other'}",status="${status}"`;
    this.#requests.set(labels, (this.#requests.get(labels) ?? 0) + 1);
    this.#count += 1;
    this.#milliseconds += milliseconds;
    buckets.forEach((most, index) => {
      if (milliseconds <= most) this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    });
  }

  /** The text form of Prometheus. */
  text(version: string): string {
    const seconds = (milliseconds: number) => String(milliseconds / 1000);
    return [
      '# TYPE gitpact_info gauge',
      `gitpact_info{version="${version}"} 1`,
      '# HELP gitpact_http_requests_total Requests answered.',
      '# TYPE gitpact_http_requests_total counter',
      ...[...this.#requests].map(([labels, count]) => `gitpact_http_requests_total{${labels}} ${count}`),
      '# HELP gitpact_http_request_duration_seconds How long requests took to answer.',
      '# TYPE gitpact_http_request_duration_seconds histogram',
      ...buckets.map(
        (most, index) =>
          `gitpact_http_request_duration_seconds_bucket{le="${seconds(most)}"} ${this.#buckets[index]}`,
      ),
      `gitpact_http_request_duration_seconds_bucket{le="+Inf"} ${this.#count}`,
      `gitpact_http_request_duration_seconds_sum ${seconds(this.#milliseconds)}`,
      `gitpact_http_request_duration_seconds_count ${this.#count}`,
      '',
    ].join('\n');
  }

  /** `/-/metrics`; the Pact Broker's own `/metrics` counts what is stored. */
  resource({ version = '' }: AppOptions): Resource {
    return {
      path: '/-/metrics',
      types: ['text/plain', 'application/openmetrics-text'],
      GET: answering((x) => x.text(this.text(version))),
    };
  }
}
