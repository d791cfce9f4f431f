import type { AppOptions } from './settings.ts';

/**
 * Where the client reached this server: of the configured URLs the one that fits the request, else the first; without
 * any, what the request and the proxies before say (api.md §1.1).
 */
export function baseUrlOf({ baseUrls = [] }: AppOptions, request: Request): string {
  const seen = new URL(request.url).origin;
  const forwarded = forwardedOrigin(request.headers, seen);
  if (baseUrls.length === 0) return forwarded;
  const fitting = [forwarded, seen].map((origin) =>
    baseUrls.find((url) => url.replace(/\/+$/, '') === origin),
  );
  return fitting.find((url) => url !== undefined) ?? baseUrls[0] ?? seen;
}

function forwardedOrigin(headers: Headers, seen: string): string {
  const first = (name: string) => headers.get(name)?.split(',', 1)[0]?.trim();
  const url = new URL(seen);
  const protocol = first('x-forwarded-proto') ?? first('x-forwarded-scheme') ?? url.protocol.slice(0, -1);
  const host = first('x-forwarded-host') ?? url.host;
  const port = first('x-forwarded-port');
  if (!/^https?$/.test(protocol) || !/^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i.test(host)) return seen;
  const hasPort = /:\d+$/.test(host);
  const usualPort = protocol === 'https' ? '443' : '80';
  const needsPort = port !== undefined && /^\d{1,5}$/.test(port) && port !== usualPort && !hasPort;
  return `${protocol}://${host}${needsPort ? `:${port}` : ''}`;
}

/** The path below the folder that a configured base URL names; proxies may or may not have taken it off. */
export function pathBelow({ baseUrls = [] }: AppOptions, path: string): string {
  for (const url of baseUrls) {
    const folder = new URL(url).pathname.replace(/\/+$/, '');
    if (folder !== '' && (path === folder || path.startsWith(`${folder}/`))) {
      return path.slice(folder.length) || '/';
    }
  }
  return path;
}
