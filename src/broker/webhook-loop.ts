import { passedOn } from '../store/passed-on.ts';
import type { Store } from '../store/port.ts';
import type { Broker } from './broker.ts';
import type { WebhookRunner } from './webhook-runner.ts';

/** How a loop goes about it; times are in milliseconds. */
interface LoopOptions {
  /** How often to look for what others committed. */
  readonly poll: number;
  readonly now: () => Date;
  /** Told what went wrong; the loop goes on. */
  readonly failed: (error: unknown) => void;
}

/** How long to wait after a write for others of the same moment, in milliseconds. */
const pause = 200;

/** How often to look where no webhook is enabled. */
const idlePoll = 60_000;

/** Runs webhooks for as long as a process lives: after each write of its own, now and then, and when something is due. */
export class WebhookLoop {
  readonly #runner: WebhookRunner;
  readonly #broker: Broker;
  readonly #options: LoopOptions;
  readonly #running: Promise<void>;
  #isStopping = false;
  #isAwake = false;
  #rouse: () => void = () => undefined;

  constructor(runner: WebhookRunner, broker: Broker, options: LoopOptions) {
    this.#runner = runner;
    this.#broker = broker;
    this.#options = options;
    this.#running = this.#run();
  }

  /** Says that something was written. */
  wake(): void {
    this.#isAwake = true;
    this.#rouse();
  }

  /** Lets what is under way end. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#runner.stop();
    this.#rouse();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#isAwake = false;
      let wait = this.#options.poll;
      try {
        await this.#runner.run();
        wait = await this.#untilNext();
      } catch (error) {
        this.#options.failed(error);
      }
      await this.#sleep(wait);
      if (this.#isAwake && !this.#isStopping) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #untilNext(): Promise<number> {
    const due = await this.#runner.nextDue();
    const isWaiting = await this.#broker.ask((now) => now.webhooks().some(({ enabled }) => enabled));
    const poll = isWaiting ? this.#options.poll : Math.max(idlePoll, this.#options.poll);
    if (due === undefined) return poll;
    return Math.min(poll, Math.max(0, Date.parse(due) - this.#options.now().getTime()));
  }

  async #sleep(milliseconds: number): Promise<void> {
    if (this.#isAwake || this.#isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#rouse = () => undefined;
  }
}

/** The store, which tells of every write that is in. */
export function telling(store: Store, written: () => void): Store {
  return passedOn(store, {
    transact: async (intent, decide) => {
      const outcome = await store.transact(intent, decide);
      written();
      return outcome;
    },
  });
}
