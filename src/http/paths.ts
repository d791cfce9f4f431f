/**
 * The path of a request as the routes see it. Segments stay percent-encoded, so that a name with a slash is one segment
 * (`feat%2Fx`); each is decoded after routing.
 */

/** What the final extension of a path asks for (api.md §1.3). */
const extensions: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  svg: 'image/svg+xml',
  json: 'application/hal+json',
  yaml: 'application/yaml',
};

/** The path of a URL as it was sent, without the query. */
export function rawPath(url: string): string {
  const path = /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1];
  return path === undefined || path === '' ? '/' : path;
}

/** The query of a URL with its `?`; empty for none, or for a `?` alone. */
export function rawQuery(url: string): string {
  const query = /\?[^#]*/.exec(url)?.[0] ?? '';
  return query === '?' ? '' : query;
}

/** A path without trailing slashes, without a final extension that asks for a type, and that type. */
export function routedPath(path: string): { readonly path: string; readonly type?: string } {
  const bare = path.replace(/\/+$/, '') || '/';
  const extension = /\.([a-z]+)$/.exec(bare)?.[1];
  const type = extension === undefined ? undefined : extensions[extension];
  if (extension === undefined || type === undefined) return { path: bare };
  return { path: bare.slice(0, -extension.length - 1), type };
}

/** Why a path cannot name anything, as the Pact Broker answers it (api.md §1.4). */
export function pathProblem(
  path: string,
): { readonly status: 404 | 422; readonly detail: string } | undefined {
  if (path.includes('//')) return { status: 404, detail: 'Empty path component found' };
  if (/%0[ad]/i.test(path)) return { status: 422, detail: 'URL path cannot contain a new line character.' };
  if (/%09/.test(path)) return { status: 422, detail: 'URL path cannot contain a tab character.' };
  return undefined;
}
