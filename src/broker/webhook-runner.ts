import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import {
  type Asking,
  claimDue,
  dueFrom,
  isDue,
  type Made,
  recordAttempts,
  takeRange,
} from '../decide/deliveries.ts';
import type { Claimant, Delivery } from '../domain/delivery.ts';
import { GitpactError } from '../domain/failure.ts';
import type { CommitId, Instant } from '../domain/names.ts';
import type { Webhook } from '../domain/records.ts';
import type { Folder } from '../domain/tree.ts';
import { cursorIn, movesIn, openDeliveries } from '../format/deliveries.ts';
import { snapshotOf } from '../format/snapshot.ts';
import { occasions } from '../query/deliveries.ts';
import { eventsBetween } from '../query/history-events.ts';
import type { Links } from '../render/hal/links.ts';
import { contextLine, exchangeLog, wentWell } from '../render/webhook-log.ts';
import { deliveryOf } from '../render/webhook-parameters.ts';
import type { Store } from '../store/port.ts';
import type { Broker } from './broker.ts';
import { changesIn, type Passage, type Range, walk } from './walk.ts';
import { execute, type WebhookWorld } from './webhook-execution.ts';

/** What a runner works on, and how. */
export interface RunnerOptions {
  /** The contracts. */
  readonly broker: Broker;
  /** Where deliveries are kept: {@link deliveriesRef} of the same repository. */
  readonly deliveries: Store;
  readonly links: Links;
  readonly world: WebhookWorld;
  /** After how many seconds a failed delivery is tried again, try by try. */
  readonly schedule: readonly number[];
  /** Lets the history of the deliveries begin anew: now and then, since nobody looks at it. */
  readonly forget?: () => Promise<void>;
  /** Told of every try. */
  readonly tell?: (delivery: Delivery, webhook: Webhook | undefined) => void;
}

/** The ref beside a branch of contracts that what became of its events is kept in. */
export function deliveriesRef(branch: string): string {
  return `refs/gitpact/webhooks/${branch.replace(/^refs\//, '')}`;
}

/** How many are claimed, sent at a time, and for how long they are nobody else's, in milliseconds. */
const [batch, together, lease] = [16, 4, 120_000];

/** How many commits without anything to send may pass before the cursor is moved all the same. */
const mostBehind = 500;

/** After how many moves of the cursor the history of the deliveries is forgotten. */
export const movesKept = 200;

/** Where the first run begins, without a cursor: with the commits of so many milliseconds before it. */
const firstLook = 24 * 3_600_000;

/**
 * Turns commits into requests and sends them. Several runners may be at it at once, in any number of processes and machines:
 * the store of deliveries moves by compare-and-swap, so each range and each delivery has one owner at a time. Requests are
 * sent at least once: what a runner was at when it was killed, another sends again under the same id.
 */
export class WebhookRunner {
  readonly #options: RunnerOptions;
  readonly #self: Claimant = { run: randomUUID(), host: hostname(), process: process.pid };
  /** Up to where there was nothing to send, if that is further than the cursor tells. */
  #idle:
    | { readonly cursor: CommitId | undefined; readonly commit: CommitId; readonly passed: number }
    | undefined;
  #isStopping = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Takes in all that was committed, and sends all that is due. Returns the deliveries as they stand after their tries. */
  async run(): Promise<readonly Delivery[]> {
    const tried: Delivery[] = [];
    await this.catchUp();
    for (;;) {
      const sent = await this.#sendSome();
      tried.push(...sent);
      if (sent.length === 0 || this.#isStopping) return tried;
    }
  }

  /** Lets the batch that is under way end, and begins no other. */
  stop(): void {
    this.#isStopping = true;
  }

  /** When the next delivery is due that is to be tried again; undefined where there is none. */
  async nextDue(): Promise<Instant | undefined> {
    const open = await this.#options.deliveries.read(openDeliveries);
    return open.flatMap((delivery) => dueFrom(delivery, this.#asking()) ?? []).sort()[0];
  }

  /** Makes deliveries of the events since the cursor. */
  async catchUp(): Promise<void> {
    const { broker, deliveries } = this.#options;
    for (;;) {
      const to = await broker.store.tip(true);
      const cursor = await deliveries.read(cursorIn);
      const from = this.#idle?.cursor === cursor && this.#idle ? this.#idle.commit : cursor;
      if (to === undefined || from === to || this.#isStopping) return;
      if (await this.#takeKnown(cursor, from ?? (await this.#beginning()), to)) return;
    }
  }

  /** The deliveries that the commits since the cursor would make, and those that are due; nothing is written or sent. */
  async preview(since?: CommitId): Promise<readonly Delivery[]> {
    const { broker, deliveries } = this.#options;
    const until = await broker.store.tip(true);
    const from = since ?? (await deliveries.read(cursorIn)) ?? (await this.#beginning());
    const asking = this.#asking();
    const due = (await deliveries.read(openDeliveries)).filter((delivery) => isDue(delivery, asking));
    const found: Delivery[] = [];
    if (until !== undefined && until !== from) {
      const range = { until, ...(from === undefined ? {} : { since: from }) };
      for await (const { derived = [] } of this.#walk(range)) found.push(...derived);
    }
    return [...due, ...found];
  }

  /** Puts the cursor to the newest commit: what happened before is not sent. */
  async skip(): Promise<void> {
    const { broker, deliveries } = this.#options;
    const to = await broker.store.tip(true);
    if (to === undefined) return;
    await deliveries.transact({ title: 'Skip events' }, (root) =>
      takeRange(root, { from: cursorIn(root), to, deliveries: [] }),
    );
  }

  /** As {@link #takeRange}; where the history was rewritten under the cursor, begins as if there were none. */
  async #takeKnown(cursor: CommitId | undefined, from: CommitId | undefined, to: CommitId): Promise<boolean> {
    try {
      return await this.#takeRange(cursor, from, to);
    } catch (error) {
      if (!(error instanceof GitpactError) || error.code !== 'commit-missing') throw error;
      return this.#takeRange(cursor, await this.#beginning(), to);
    }
  }

  /** @returns false when another runner was faster, and it is to be looked again */
  async #takeRange(cursor: CommitId | undefined, from: CommitId | undefined, to: CommitId): Promise<boolean> {
    const range = { until: to, ...(from === undefined ? {} : { since: from }) };
    let [before, found, passed]: [CommitId | undefined, Delivery[], number] = [
      cursor,
      [],
      this.#passed(cursor),
    ];
    let last: CommitId | undefined;
    for await (const { step, derived = [] } of this.#walk(range)) {
      found.push(...derived);
      last = step.id;
      passed += 1;
      if (found.length < batch && passed < mostBehind) continue;
      if (!(await this.#take(before, step.id, found))) return false;
      [before, found, passed] = [step.id, [], 0];
      if (this.#isStopping) return true;
    }
    if (found.length > 0 && last !== undefined) return this.#take(before, last, found);
    this.#idle = { cursor: before, commit: to, passed };
    return true;
  }

  #walk(range: Range) {
    return walk(this.#options.broker.store, range, (passage) => this.#derive(passage), isAnyoneWaiting);
  }

  #passed(cursor: CommitId | undefined): number {
    return this.#idle?.cursor === cursor ? (this.#idle?.passed ?? 0) : 0;
  }

  async #take(from: CommitId | undefined, to: CommitId, deliveries: readonly Delivery[]): Promise<boolean> {
    const title = `Take in ${deliveries.length} deliveries up to ${to.slice(0, 8)}`;
    const outcome = await this.#options.deliveries.transact({ title }, (root) =>
      takeRange(root, { from, to, deliveries }),
    );
    this.#idle = undefined;
    if (outcome === 'taken' && (await this.#options.deliveries.read(movesIn)) % movesKept === 0) {
      await this.#options.forget?.();
    }
    return outcome === 'taken';
  }

  /** What a commit makes to be sent. */
  #derive(passage: Passage): readonly Delivery[] {
    const [was, now] = [snapshotOf(passage.before), snapshotOf(passage.after)];
    const found = occasions(was, now, eventsBetween(was, now, changesIn(passage)));
    return found.map((occasion) => deliveryOf(now, this.#options.links, occasion, passage.step.id));
  }

  #asking(): Asking {
    return { at: this.#options.world.now(), lease, isGone: isGoneHere(this.#self) };
  }

  /** The newest commit that is older than what the first run looks at. */
  async #beginning(): Promise<CommitId | undefined> {
    const { broker, world } = this.#options;
    const date = new Date(Date.parse(world.now()) - firstLook).toISOString();
    return broker.store.resolve(date).catch(() => undefined);
  }

  /** Claims a batch of what is due, sends it, and records how that went. */
  async #sendSome(): Promise<readonly Delivery[]> {
    const { deliveries, schedule } = this.#options;
    if (this.#isStopping) return [];
    const claiming = { ...this.#asking(), by: this.#self, most: batch };
    const isAnyDue = await deliveries.read((root) =>
      openDeliveries(root).some((delivery) => isDue(delivery, claiming)),
    );
    if (!isAnyDue) return [];
    const claimed = await deliveries.transact({ title: 'Send deliveries' }, (root) =>
      claimDue(root, claiming),
    );
    const made = await inParallel(claimed, together, (delivery) => this.#try(delivery));
    return deliveries.transact({ title: 'Record deliveries' }, (root) =>
      recordAttempts(root, made, schedule),
    );
  }

  async #try(delivery: Delivery): Promise<Made> {
    const { broker, world, links, schedule, tell } = this.#options;
    const { id, parameters, attempts } = delivery;
    const webhook = await broker.ask((now) => now.webhook(delivery.webhook));
    const context = contextLine(links, delivery, world.now());
    if (!webhook) {
      const log = `${context}[${world.now()}] ERROR: Webhook ${delivery.webhook} is deleted\n`;
      return { id, attempt: { at: world.now(), success: false, log }, isFinal: true };
    }
    const { uuid, request } = webhook;
    const exchange = await execute(world, { uuid, request, parameters, delivery: id });
    const success = wentWell(exchange.reply);
    const attempt = {
      at: world.now(),
      success,
      ...('status' in exchange.reply ? { status: exchange.reply.status } : {}),
      log: shortened(context + exchangeLog(links, exchange, endOf(success, attempts.length, schedule))),
    };
    tell?.({ ...delivery, attempts: [...attempts, attempt] }, webhook);
    return { id, attempt, isFinal: false };
  }
}

function isAnyoneWaiting(root: Folder): boolean {
  return snapshotOf(root)
    .webhooks()
    .some(({ enabled }) => enabled);
}

/** The last line of a log, in the words of webhooks.md §5.4. */
function endOf(success: boolean, before: number, schedule: readonly number[]): string {
  if (success) return 'Successfully executed webhook';
  const delay = schedule[before];
  if (delay !== undefined) return `Retrying webhook in ${delay} seconds`;
  return `Webhook execution failed after ${before + 1} attempts`;
}

/** The largest log of a try that is kept, in characters. */
const longestLog = 16_384;

function shortened(log: string): string {
  return log.length <= longestLog ? log : `${log.slice(0, longestLog)}…\n`;
}

/** Tells whether a claimant of this machine has ended; of another machine only its lease tells. */
function isGoneHere(self: Claimant): (claimant: Claimant) => boolean {
  return ({ run, host, process: id }) => {
    if (run === self.run || host !== self.host) return false;
    if (id === self.process) return true;
    try {
      process.kill(id, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ESRCH';
    }
  };
}

async function inParallel<A, B>(
  items: readonly A[],
  most: number,
  work: (item: A) => Promise<B>,
): Promise<readonly B[]> {
  const results: B[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as A);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return results;
}
