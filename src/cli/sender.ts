import type { Broker } from '../broker/broker.ts';
import { WebhookLoop } from '../broker/webhook-loop.ts';
import { WebhookRunner } from '../broker/webhook-runner.ts';
import type { Settings } from '../domain/records.ts';
import type { AppOptions } from '../http/settings.ts';
import { Links } from '../render/hal/links.ts';
import type { Store } from '../store/port.ts';
import type { Arguments } from './arguments.ts';
import { forgetDeliveries } from './session.ts';
import { retrySchedule, webhookRules, webhookWorld } from './webhook-settings.ts';
import type { World } from './world.ts';

/** What a server sends webhooks of, and where it keeps what became of them. */
interface Surroundings {
  /** The contracts as they are committed: what waits in a queue has not happened yet. */
  readonly opened: Broker;
  readonly deliveries: Store;
  readonly settings: Settings;
  readonly options: AppOptions;
}

/** Sends the webhooks of a server, in the background: no request waits for it. */
export class Sender {
  readonly #world: World;
  readonly #given: Arguments;
  readonly #surroundings: Surroundings;
  #loop: WebhookLoop | undefined;

  constructor(world: World, given: Arguments, surroundings: Surroundings) {
    this.#world = world;
    this.#given = given;
    this.#surroundings = surroundings;
  }

  /** @param url where the server listens, for links where no other base URL is told */
  start(url: string): void {
    const { opened, deliveries, settings, options } = this.#surroundings;
    const [base = url] = options.baseUrls ?? [];
    const runner = new WebhookRunner({
      broker: opened,
      deliveries,
      links: new Links(base),
      world: webhookWorld(this.#world, this.#given, webhookRules(this.#given, settings), () => opened.now),
      schedule: retrySchedule(this.#given, settings),
      forget: () => forgetDeliveries(this.#world, this.#given, opened),
      tell: ({ id, webhook, event, attempts }) =>
        options.log?.info({ delivery: id, webhook, event, status: attempts.at(-1)?.status ?? null }),
    });
    this.#loop = new WebhookLoop(runner, opened, {
      poll: Number(this.#given.text('poll')) * 1_000,
      now: this.#world.now,
      failed: (error) => options.log?.error({ err: error }),
    });
  }

  /** Says that something was written. */
  wake(): void {
    this.#loop?.wake();
  }

  /** Lets what is being sent end. */
  async stop(): Promise<void> {
    await this.#loop?.stop();
  }
}
