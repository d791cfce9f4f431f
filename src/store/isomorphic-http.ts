import type { GitHttpResponse, HttpClient } from 'isomorphic-git/http/web';

/**
 * The http client for isomorphic-git: the one it has for fetch, except that a host without a HEAD seems to have one.
 * isomorphic-git would not store what it fetched from a host whose HEAD leads to no commit.
 */
export const http: HttpClient = {
  request: async (request) => {
    const { default: web } = await import('isomorphic-git/http/web');
    const isLook = request.url.includes('/info/refs?');
    const response = await (isLook ? inTime(web.request(request)) : web.request(request));
    const after = response.headers?.['retry-after'];
    if (response.statusCode >= 400 && after !== undefined) throw await refusalUntil(response, after);
    if (response.statusCode !== 200 || !request.url.endsWith('/info/refs?service=git-upload-pack')) {
      return response;
    }
    return { ...response, body: asBody(withHead(await bytesOf(response.body))) };
  },
};

/** What a host refuses until later; the error isomorphic-git would make of it does not say when. */
async function refusalUntil(response: GitHttpResponse, after: string): Promise<Error> {
  const { statusCode, statusMessage, body } = response;
  const said = (await bytesOf(body)).toString('utf8').slice(0, 500);
  return new Error(`HTTP Error: ${statusCode} ${statusMessage} ${said}\nRetry-After: ${after}`);
}

/** How long a host may take to say where its branches are, in milliseconds. */
const lookTime = 10_000;

/** The answer, unless it takes too long. @throws Error that says so in words of the network */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = new Error(`no answer within ${lookTime / 1000} s: ETIMEDOUT`);
    timer = setTimeout(() => reject(error), lookTime);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A body of these bytes. */
export async function* asBody(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** All of a body. */
export async function bytesOf(body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A host's list of refs, where HEAD, if it is not there, is said to mean the first of them. */
function withHead(refs: Buffer): Buffer {
  const [list, start = '', first = ''] =
    /^(001e# service=git-upload-pack\n0000)[0-9a-f]{4}([0-9a-f]{40} [^\0\n]+\0[^\n]*)\n/.exec(
      refs.toString('latin1'),
    ) ?? [];
  const [, name] = /^[0-9a-f]{40} (refs\/[^\0]+)\0/.exec(first) ?? [];
  if (list === undefined || name === undefined || first.includes(' symref=HEAD:')) return refs;
  const line = `${first} symref=HEAD:${name}\n`;
  const length = (line.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(`${start}${length}${line}`, 'latin1'), refs.subarray(list.length)]);
}
