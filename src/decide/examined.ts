import type { Located } from './fact.ts';
import type { Finding } from './finding.ts';

/** A text that a file should have instead of its own; undefined: the file should not be. */
export interface Correction {
  readonly path: string;
  readonly text: string | undefined;
}

/** What one file says, what is wrong with it by itself, and its canonical form where it has another. */
export interface Examined {
  readonly findings: readonly Finding[];
  readonly corrections: readonly Correction[];
  readonly fact?: Located;
  /** The canonical text of the part that gitpact knows, when there is more in the file. */
  readonly knownPart?: string;
}
