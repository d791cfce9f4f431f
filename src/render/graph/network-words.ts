import { type Network, type NetworkState, networkStates } from '../../query/network.ts';

/** Each state as a mark of one column and in words, so that it is never told by colour alone. */
export const stateMarks: Readonly<Record<NetworkState, { readonly mark: string; readonly word: string }>> = {
  verified: { mark: '✓', word: 'verified' },
  failed: { mark: '✗', word: 'verification failed' },
  unverified: { mark: '?', word: 'never verified' },
  changed: { mark: '~', word: 'changed since it was verified' },
};

/** How many integrations are in each state that occurs, the worst state first. */
export function stateCounts(
  network: Network,
): readonly { readonly state: NetworkState; readonly count: number }[] {
  return networkStates
    .map((state) => ({ state, count: network.edges.filter((edge) => edge.state === state).length }))
    .filter(({ count }) => count > 0);
}

/** What a limit left out, as a sentence; undefined when that is nothing. */
export function leftOutText({ leftOut: { pacticipants, integrations } }: Network): string | undefined {
  if (pacticipants === 0 && integrations === 0) return undefined;
  return `Not shown: ${counted(pacticipants, 'pacticipant')} and ${counted(integrations, 'integration')}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
