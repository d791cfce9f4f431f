import { GitpactError } from './failure.ts';

/**
 * The text of these bytes. `what` names them in the complaint, which is in the Pact Broker's words (domain.md §5.4):
 * `Request body`, `pacts/foo-bar.json`.
 * @throws GitpactError `bad-json` when they are not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const before = [...validPrefix(bytes)];
    throw new GitpactError(
      'bad-json',
      `${what} has a non UTF-8 character at char ${before.length + 1} and cannot be parsed as JSON. ` +
        `Fragment preceding invalid character is: '${before.slice(-100).join('')}'`,
      { hint: 'JSON is always UTF-8: save it in that encoding.', cause },
    );
  }
}

/** The whole characters before the first invalid byte. */
function validPrefix(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (begins(bytes, middle) === undefined) bad = middle;
    else good = middle;
  }
  return begins(bytes, good) ?? '';
}

/** The whole characters in the first `length` bytes; undefined when an invalid byte is among them. */
function begins(bytes: Uint8Array, length: number): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes.subarray(0, length), { stream: true });
  } catch {
    return undefined;
  }
}
