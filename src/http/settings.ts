import type { Logger } from 'pino';
import type { ProxyOf } from '../broker/webhook-proxy.ts';
import type { CommitId, Instant } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import type { WebhookRules } from '../query/webhook-rules.ts';
import type { Intent } from '../render/words/intents.ts';
import type { Access } from './auth.ts';
import type { RecordedWrite } from './recording.ts';
import type { Secrets } from './secrets.ts';

/** How much of a request is read before it is refused. */
export interface BodyLimits {
  /** In bytes; more is answered with 413. */
  readonly size: number;
  /** In milliseconds; slower is answered with 408. */
  readonly time: number;
}

/** Writes that wait for a remote to be back. */
export interface Queue {
  readonly store: { isQueued(intent: Intent): boolean };
  /** Puts a write that the store let wait onto the disk; `moments` is what the clock told while it was made. */
  keep(write: RecordedWrite, moments: readonly Instant[], intents: readonly Intent[]): Promise<void>;
}

/** Where the deliveries of webhooks are read. */
export interface Deliveries {
  read<T>(question: (root: Folder) => T): Promise<T>;
}

/** What an app can be told; everything has a sensible default. */
export interface AppOptions {
  /** Where clients reach this server, for links; several where they reach it by several names (api.md §1.1). */
  readonly baseUrls?: readonly string[];
  /** Who may do what; without it, everybody may do everything. */
  readonly access?: Access;
  readonly limits?: BodyLimits;
  /** Where requests and failures are logged; nowhere without it. */
  readonly log?: Logger;
  /** Where the secrets of webhooks are kept; without it, they are dropped. */
  readonly secrets?: Secrets;
  /** The proxies that webhooks are tried out through; none without it. */
  readonly webhookProxy?: ProxyOf;
  /** Variables of this machine that webhooks may send to listed hosts, as `${env:NAME}`; none without it. */
  readonly webhookSecrets?: { readonly env: Readonly<Record<string, string | undefined>> };
  /** What became of the requests that events triggered; none are told of without it. */
  readonly deliveries?: Deliveries;
  /** After how many seconds a delivery that failed is tried again, try by try. */
  readonly retrySchedule?: readonly number[];
  /** What webhooks may do. */
  readonly webhooks?: WebhookRules;
  /** Where writes are kept that wait for a remote to be back; without it, they are refused meanwhile. */
  readonly queue?: Queue;
  /** The shields server that badges are redirected to; `https://img.shields.io` without it. */
  readonly shieldsUrl?: string;
  /** Makes pages to be written into files instead: these are all files there will be. */
  readonly site?: { readonly files: ReadonlySet<string>; readonly commit: CommitId };
  /** The version told in `x-pact-broker-version`, and to `/-/metrics`. */
  readonly version?: string;
}

/** Five times the largest pact there should be, and half a minute. */
export const usualLimits: BodyLimits = { size: 50 * 1024 * 1024, time: 30_000 };
