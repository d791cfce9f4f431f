import { type Network, type NetworkNode, type NetworkState, networkStates } from '../../query/network.ts';
import { elided } from '../elided.ts';

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

/** A number with its noun: `1 integration`, `2 integrations`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a picture shows of a pacticipant: its name and, of an environment, its versions there; long texts are cut. */
export function nodeLines({ name, live }: NetworkNode): readonly string[] {
  const versions = live?.length === 0 ? ['not there'] : (live ?? []).slice(0, 3);
  const more = live && live.length > 3 ? [`and ${live.length - 3} more`] : [];
  return [name, ...versions, ...more].map((line) => elided(line, 40));
}
