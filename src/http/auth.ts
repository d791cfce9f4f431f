import { createHash, timingSafeEqual } from 'node:crypto';

/** A user's name and password. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Who may do what (api.md §1.7); bearer tokens are gitpact's own. */
export interface Access {
  readonly writers: readonly Credentials[];
  readonly readers: readonly Credentials[];
  readonly writeTokens: readonly string[];
  readonly readTokens: readonly string[];
  /** Everybody may read, and ask for pacts to verify. */
  readonly publicRead: boolean;
  readonly publicHeartbeat: boolean;
  readonly publicBadges: boolean;
}

/** Whether a request may be answered; `unknown` asks for credentials, `forbidden` has those of a reader and writes. */
export type Admission = 'granted' | 'unknown' | 'forbidden';

/** Decides on a request; the most permissive rule wins. */
export function admission(
  access: Access,
  request: { readonly method: string; readonly path: string; readonly authorization: string | undefined },
): Admission {
  const { method, path, authorization } = request;
  const reads = isRead(method, path);
  if (access.publicHeartbeat && reads && path === '/diagnostic/status/heartbeat') return 'granted';
  if (access.publicBadges && reads && isBadge(path)) return 'granted';
  if (access.publicRead && reads) return 'granted';
  if (knows(authorization, access.writers, access.writeTokens)) return 'granted';
  if (!knows(authorization, access.readers, access.readTokens)) return 'unknown';
  return reads ? 'granted' : 'forbidden';
}

/** Whether a request only reads: asking for pacts to verify is a POST, and reads all the same. */
export function isRead(method: string, path: string): boolean {
  if (method === 'POST') return /^\/pacts\/provider\/[^/]+\/for-verification$/.test(path);
  return method === 'GET' || method === 'OPTIONS' || method === 'HEAD';
}

function isBadge(path: string): boolean {
  return path.endsWith('/badge') && /^\/(pacts|matrix|pacticipants)\//.test(path);
}

function knows(
  authorization: string | undefined,
  users: readonly Credentials[],
  tokens: readonly string[],
): boolean {
  const [, scheme = '', value = ''] = /^(\w+) +(.+)$/.exec(authorization ?? '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return anySame(value.trim(), tokens);
  if (scheme.toLowerCase() !== 'basic') return false;
  const known = users.map(({ username, password }) => `${username}:${password}`);
  return anySame(Buffer.from(value, 'base64').toString('utf8'), known);
}

/** Compares with every secret in the same time, so that nothing can be learnt from how long it takes. */
function anySame(given: string, secrets: readonly string[]): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return secrets.map((secret) => timingSafeEqual(digest(given), digest(secret))).includes(true);
}
