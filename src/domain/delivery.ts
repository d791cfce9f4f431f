import type { CommitId, Instant, PacticipantName, PactSha, VersionNumber } from './names.ts';

/** Who sends a delivery just now. */
export interface Claimant {
  /** One run of one process, random. */
  readonly run: string;
  readonly host: string;
  readonly process: number;
}

/** One try to send a delivery. */
export interface Attempt {
  readonly at: Instant;
  readonly success: boolean;
  /** Of the answer; absent where there was none. */
  readonly status?: number;
  /** What was sent and what came back, without secrets. */
  readonly log: string;
}

/** How a delivery stands, in the Pact Broker's words (webhooks.md §5.1). */
export type DeliveryStatus = 'not_run' | 'retrying' | 'success' | 'failure';

/** A request that an event triggered: what the Pact Broker calls a triggered webhook (webhooks.md §4.3). */
export interface Delivery {
  /** Follows from the event and the webhook, so that every attempt, by whomever, carries the same. */
  readonly id: string;
  /** The uuid of the webhook. */
  readonly webhook: string;
  readonly event: string;
  /** The commit the event lies in. */
  readonly commit: CommitId;
  readonly triggeredAt: Instant;
  readonly consumer: PacticipantName;
  readonly consumerVersion: VersionNumber;
  readonly provider: PacticipantName;
  readonly sha: PactSha;
  /** The number of the result that triggered it, if one did. */
  readonly result?: number;
  /** What stands for `${pactbroker.NAME}`, by NAME. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly attempts: readonly Attempt[];
  readonly status: DeliveryStatus;
  /** When to try next; absent when that is over. */
  readonly dueAt?: Instant;
  /** Who is at it, and until when nobody else is to be. */
  readonly claim?: { readonly by: Claimant; readonly until: Instant };
}
