import { createHash } from 'node:crypto';
import { isRead } from './auth.ts';
import type { Exchange } from './exchange.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { rawPath } from './paths.ts';

/**
 * Answers what only reads with the commit it speaks of as its ETag, with 304 when the client has that already, and from
 * `kept` when the same was asked of the same commit before. The commit is looked up before the answer is made: an answer
 * may be newer than its tag, never older.
 */
export async function conditional(
  x: Exchange,
  kept: KeptAnswers,
  answer: () => Promise<Response>,
): Promise<Response> {
  const { method, headers } = x.request;
  const isOfServer = x.path.startsWith('/-/') || x.path.startsWith('/diagnostic') || isOfDeliveries(x);
  if (isOfServer || method === 'OPTIONS' || !isRead(method, x.path)) return answer();
  const commit = await x.commit();
  if (commit === undefined) return answer();
  const etag = `W/"${commit}${x.audience}"`;
  const known = headers.get('if-none-match')?.split(/\s*,\s*/) ?? [];
  if (method === 'GET' && known.includes(etag)) return new Response(null, { status: 304, headers: { etag } });
  const question = await questionOf(x);
  const same = kept.find(commit, question);
  if (same?.isNo) x.deny();
  if (same)
    return new Response(same.body, { headers: [...same.headers.map(([...pair]): [string, string] => pair)] });
  const response = await answer();
  if (response.status !== 200) return response;
  if (method === 'GET') response.headers.set('etag', etag);
  const body = new Uint8Array(await response.arrayBuffer());
  const { headers: told } = response;
  if ((await x.commit()) === commit)
    kept.keep(commit, question, { headers: [...told], body, isNo: x.isNo }, x.isTimed);
  return new Response(body, { headers: told });
}

/** What became of requests lies beside the contracts, and changes without them. */
function isOfDeliveries({ path, accept = '' }: Exchange): boolean {
  const isPage = path === '/webhooks' && accept.includes('html');
  return isPage || /\/triggered-webhooks(\/|$)|\/webhooks\/status$/.test(path);
}

/** Everything in a request that an answer depends on. */
async function questionOf(x: Exchange): Promise<string> {
  const { method, headers } = x.request;
  const head = [method, x.links.base, rawPath(x.request.url), x.query, x.accept ?? '', x.audience];
  if (method !== 'POST') return head.join('\n');
  const digest = createHash('sha256')
    .update(await x.bytes())
    .digest('base64');
  return [...head, headers.get('content-type') ?? '', digest].join('\n');
}
