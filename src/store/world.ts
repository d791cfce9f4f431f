/** What the store needs of the world around it; all of it comes in from outside. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly clock: () => Date;
  /** From [0, 1). */
  readonly random: () => number;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Takes a line for whoever looks on: what is slow, what was repaired. */
  readonly log: (line: string) => void;
}
