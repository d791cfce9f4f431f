/** One thing that is wrong with a store: where, in a sentence, and whether it is derived and can be made anew. */
export interface Finding {
  readonly path: string;
  readonly text: string;
  readonly derived: boolean;
}
