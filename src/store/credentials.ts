import type { RemoteLocation } from './location.ts';

/** What a host is told of who we are; never part of a command line, a URL or a log. */
export interface Credentials {
  /** `https://host:port`: no other host gets to see them. */
  readonly origin: string;
  /** The value of the Authorization header. */
  readonly authorization: string;
}

/**
 * The credentials for a remote: the password of its URL, or `GITPACT_TOKEN` (a token, or `user:token`). Over plain
 * http a token goes to this machine only.
 */
export function credentialsFor(location: RemoteLocation, token: string | undefined): Credentials | undefined {
  if (location.transport !== 'https' && location.transport !== 'http') return undefined;
  const { origin, hostname, protocol } = new URL(location.url);
  const isSafe = protocol === 'https:' || isLoopback(hostname);
  const secret = location.credentials ?? (token && isSafe ? withUser(token) : undefined);
  if (secret === undefined) return undefined;
  return { origin, authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
}

/** GitHub, GitLab and others take any user name beside a token; GitHub documents this one. */
function withUser(token: string): string {
  return token.includes(':') ? token : `x-access-token:${token}`;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
