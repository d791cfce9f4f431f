import { GitpactError } from '../domain/failure.ts';
import { type JsonValue, parseJson, plainOf } from '../domain/json.ts';
import { onceForText } from '../domain/once-for-each.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import type { BodyLimits } from './settings.ts';

/** How deeply a request body may be nested. */
const deepest = 500;

/**
 * The bytes of a request's body.
 * @throws GitpactError `body-too-large`, `body-too-slow`
 */
export async function readBytes(request: Request, limits: BodyLimits): Promise<Uint8Array> {
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(slow()), limits.time);
  });
  try {
    while (true) {
      const { done, value } = await Promise.race([reader.read(), tooSlow]);
      if (done) break;
      size += value.byteLength;
      if (size > limits.size) throw large(limits.size);
      chunks.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

function large(limit: number): GitpactError {
  return new GitpactError('body-too-large', `The request body is larger than ${limit} bytes.`, {
    hint: 'Send less at once, or start the server with a higher --max-body.',
  });
}

function slow(): GitpactError {
  return new GitpactError('body-too-slow', 'The request body did not arrive in time.', {
    hint: 'Send the request again.',
  });
}

/** The text of a body as a JSON value. @throws GitpactError `bad-json` */
export function jsonIn(bytes: Uint8Array): JsonValue {
  return parseJson(decodeUtf8(bytes, 'Request body'), 'The request body', deepest);
}

/** As {@link jsonIn}, for pacts: version after version sends the same. @throws GitpactError `bad-json` */
export function pactIn(bytes: Uint8Array): JsonValue {
  return pactOf(decodeUtf8(bytes, 'Request body'));
}

const pactOf = onceForText((text) => parseJson(text, 'The request body', deepest));

/** The text of a body as plain values. @throws GitpactError `bad-json` */
export function plainIn(bytes: Uint8Array): unknown {
  return plainOf(jsonIn(bytes));
}
