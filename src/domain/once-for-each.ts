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

/** How much longer than a text what is made of it may be in memory is not known; so many characters of texts are kept. */
const mostCharacters = 1_000_000;

/**
 * The function, remembering what it made of the texts it was asked about last, a million characters of them. For what is
 * never changed: version after version publishes the same contract.
 */
export function onceForText<V>(compute: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  let characters = 0;
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) {
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const made = compute(text);
    known.set(text, made);
    characters += text.length;
    for (const oldest of known.keys()) {
      if (characters <= mostCharacters) break;
      known.delete(oldest);
      characters -= oldest.length;
    }
    return made;
  };
}
