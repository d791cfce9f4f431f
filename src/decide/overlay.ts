/** A file that is in force in place of the one that lies in the commit. */
export interface Held {
  /** Null where no file is in force. */
  readonly text: string | null;
  /** The e-mail address of the committer whose change was refused last. */
  readonly against: string;
}

/** Files by path. */
export type Overlay = ReadonlyMap<string, Held>;
