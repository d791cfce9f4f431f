import { gather } from '../domain/tree.ts';

/** Two answers that do not need each other, so that one round loads what both of them need. @throws NotLoaded */
export function both<A, B>(first: () => A, second: () => B): readonly [A, B] {
  const [a, b] = gather<() => A | B, A | B>([first, second], (ask) => ask());
  return [a as A, b as B];
}
