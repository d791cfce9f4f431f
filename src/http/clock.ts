/**
 * A clock that never tells the same moment twice: a millisecond later than the last one where that is needed. So the
 * order of what one server records is always told by the moments alone.
 */
export function risingClock(now: () => Date): () => Date {
  let last = 0;
  return () => {
    last = Math.max(now().getTime(), last + 1);
    return new Date(last);
  };
}
