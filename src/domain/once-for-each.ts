/**
 * The function, computing once for each object it is asked about, as long as anybody holds that. For what is never changed:
 * a decision that runs again, on more of the store or after a lost race, then has what it had.
 */
export function onceForEach<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}
