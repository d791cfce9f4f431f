import type { NetworkState } from '../query/network.ts';

/** Colours what stands for a state, or matters less; marks and words say the same without. */
export type StatePaint = Readonly<Record<NetworkState | 'faint', (text: string) => string>>;
