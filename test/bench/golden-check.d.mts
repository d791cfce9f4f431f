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

/** Compares all answers of one recorded history. */
export function checkHistory(gitpact: Gitpact, history: unknown): Iterable<Outcome>;
