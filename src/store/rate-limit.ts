import type { Credentials } from './credentials.ts';
import type { GitResult } from './run-git.ts';

/** What hosts say when they have had too many requests, by status or, with the status 403, in words. */
const tooMany = /returned error: 429|HTTP Error: 429|too many requests|rate limit/i;

/** Whether these words of git, or of a host, say that there were too many requests. */
export function isRateLimit(words: string): boolean {
  return tooMany.test(words);
}

/** The result of git with a line `Retry-After: …` where the host says so, which git does not tell: it is asked once. */
export async function withRetryAfter(
  result: GitResult,
  url: string,
  credentials: Credentials | undefined,
): Promise<GitResult> {
  if (result.code === 0 || !/^https?:/.test(url) || !isRateLimit(result.stderr)) return result;
  const headers: Record<string, string> = credentials ? { Authorization: credentials.authorization } : {};
  const question = `${url.replace(/\/$/, '')}/info/refs?service=git-upload-pack`;
  const after = await fetch(question, {
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
  }).then(
    (response) => response.headers.get('retry-after'),
    () => null,
  );
  return after === null ? result : { ...result, stderr: `${result.stderr}\nRetry-After: ${after}` };
}

/** How long to wait, from a line `Retry-After: …`: seconds, or a date (RFC 9110, 10.2.3). */
export function waitIn(words: string): string | undefined {
  const [, after] = /^.*Retry-After: *([^\r\n]+?) *$/im.exec(words) ?? [];
  if (after === undefined) return undefined;
  if (/^\d+$/.test(after)) return after === '1' ? 'in one second' : `in ${after} seconds`;
  return Number.isNaN(Date.parse(after)) ? undefined : `after ${new Date(after).toISOString()}`;
}
