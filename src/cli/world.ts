import type { StoreOptions } from '../store/open.ts';
import type { Store } from '../store/port.ts';

/** Everything a command needs of the process it runs in; tests hand in their own. */
export interface World {
  /** The arguments after the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Writes to standard output. */
  readonly out: (text: string) => void;
  /** Writes to standard error. */
  readonly err: (text: string) => void;
  readonly now: () => Date;
  /** The width of the terminal in characters; infinite without one. */
  readonly columns: number;
  /** Whether colours may be used. */
  readonly colour: boolean;
  /** Opens contract repositories in place of the store, as the calls of a batch share them. Nobody closes those. */
  readonly openStore?: (options: StoreOptions) => Promise<Store>;
  /** Shows a line on the terminal in place of the one before; undefined takes it away. Missing without a terminal. */
  readonly status?: (line: string | undefined) => void;
  /** Runs another call of gitpact in this process. */
  readonly call?: (world: World) => Promise<ExitCode>;
  /** Hands on the signals that would end the process, until the function it returns is called. */
  readonly onSignal?: (handle: (signal: NodeJS.Signals) => void) => () => void;
}

/** What a command ends with: done or yes, no, asked wrongly, nobody knows yet, the world failed, a bug of ours. */
export const exitCodes = { yes: 0, no: 1, usage: 2, unknown: 3, outside: 4, bug: 70 } as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
