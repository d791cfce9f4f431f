/** Where something lies below the base: segments as they are, not encoded, and what its file is called in a site. */
export interface Address {
  readonly segments: readonly string[];
  /** `.html` unless told. */
  readonly extension?: '.html' | '.svg';
}
