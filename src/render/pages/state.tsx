import type { VerificationStatus } from '../../query/verification-status.ts';
import type { Markup } from './page.ts';

/** How something stands, as pages show it. */
export type MarkedState = 'verified' | 'failed' | 'unverified' | 'changed' | 'pending';

/** The words of the states, the worst first. */
export const stateWords: Readonly<Record<MarkedState, string>> = {
  failed: 'failed',
  unverified: 'not verified',
  changed: 'changed since',
  pending: 'failed, pending',
  verified: 'verified',
};

/** What each state means, for the legend and for who hovers. */
export const stateMeanings: Readonly<Record<MarkedState, string>> = {
  failed: 'The provider’s newest result for this contract failed.',
  unverified: 'No provider version has a result for this contract yet.',
  changed: 'The contract has changed since it was last verified.',
  pending: 'It failed, but the contract is pending for the provider: that does not fail its build.',
  verified: 'The provider’s newest result for this contract passed.',
};

/** The shapes of the states, in a square of 16; the stylesheet has them, too. */
const shapes: Readonly<Record<MarkedState, string>> = {
  failed:
    'M5 1h6l4 4v6l-4 4H5l-4-4V5zM5.2 6.6 6.6 8 5.2 9.4l1.4 1.4L8 9.4l1.4 1.4 1.4-1.4L9.4 8l1.4-1.4-1.4-1.4L8 6.6 6.6 5.2z',
  unverified: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3z',
  changed: 'M8 1.5 15.5 14.5H.5zM7 6v4h2V6zm0 5v2h2v-2z',
  pending: 'M8 .5 15.5 8 8 15.5.5 8zM7 4.5v4h2v-4zm0 5v2h2v-2z',
  verified: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zM4 8.2l3 3 5-5.3-1.4-1.3L7 8.5 5.4 6.8z',
};

/** The state of a verification, as pages show it. */
export function markedState(status: VerificationStatus): MarkedState {
  switch (status) {
    case 'never':
      return 'unverified';
    case 'success':
      return 'verified';
    case 'stale':
      return 'changed';
    case 'failed':
      return 'failed';
    case 'failed_pending':
      return 'pending';
  }
}

/** A state: its colour, its shape (from the stylesheet), and its word (or other words for it). */
export function State({
  of,
  words,
  title,
}: {
  readonly of: MarkedState;
  readonly words?: string;
  /** What is said of it to who hovers; empty for nothing. */
  readonly title?: string | undefined;
}): Markup {
  return (
    <span class={`state ${of}`} title={(title ?? stateMeanings[of]) || undefined}>
      {words ?? stateWords[of]}
    </span>
  );
}

/** The shapes of the states, once in a page that draws with them. */
export function StateShapes(): Markup {
  return (
    <svg class="shapes" width="0" height="0" aria-hidden="true">
      {Object.entries(shapes).map(([state, path]) => (
        <symbol id={`state-${state}`} viewBox="0 0 16 16">
          <path fill-rule="evenodd" d={path} />
        </symbol>
      ))}
    </svg>
  );
}
