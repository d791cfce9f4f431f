import type { Store } from '../../src/store/port.ts';

/** How one recorded answer and ours compare. */
export interface Outcome {
  readonly asked: string;
  readonly differences: readonly {
    readonly what: string;
    readonly recorded: unknown;
    readonly ours: unknown;
  }[];
  /** Names of the deviations that touch the answer. */
  readonly deviations: readonly string[];
}

/** gitpact's own functions by name, from `src` or `dist`. */
export type Gitpact = Readonly<Record<string, unknown>>;

/** Compares all answers of one recorded history, played on the store that is opened with the clock of the history. */
export function checkHistory(
  gitpact: Gitpact,
  openStore: (clock: () => Date) => Store | Promise<Store>,
  history: unknown,
): AsyncIterable<Outcome>;
