/** The kinds of Git hosts whose raw URLs are known. */
export const hostKinds = ['github', 'gitlab', 'bitbucket', 'gitea', 'azure'] as const;

/** One of {@link hostKinds}. */
export type HostKind = (typeof hostKinds)[number];

/** A repository on a Git host, as its clone URL names it. */
export interface HostedRepository {
  /** `https://github.example:8443`, without a user. */
  readonly origin: string;
  /** The path segments behind it, without `.git`. */
  readonly path: readonly string[];
}

/** The repository that an https, ssh or `user@host:path` URL names; undefined for a path of this machine. */
export function hostedRepository(text: string): HostedRepository | undefined {
  const [, host = '', scpPath = ''] = /^(?:[^@/\s]+@)?([^/:\s]{2,}):(?!\/\/)(.+)$/.exec(text) ?? [];
  if (scpPath) return { origin: `https://${host}`, path: segments(scpPath) };
  if (!/^(https?|ssh):\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const origin = url.protocol === 'ssh:' ? `https://${url.hostname}` : `${url.protocol}//${url.host}`;
  return { origin, path: segments(decodeURIComponent(url.pathname)) };
}

function segments(path: string): string[] {
  return path
    .replace(/\.git\/?$/, '')
    .split('/')
    .filter((segment) => segment !== '');
}

/** The kind of host that an address tells by its name; undefined for a name of its own. */
export function kindOfHost({ origin }: HostedRepository): HostKind | undefined {
  const host = new URL(origin).hostname;
  if (/(^|\.)github\./.test(host)) return 'github';
  if (/(^|\.)gitlab\./.test(host)) return 'gitlab';
  if (/(^|\.)bitbucket\./.test(host)) return 'bitbucket';
  if (/(^|\.)dev\.azure\.com$|\.visualstudio\.com$/.test(host)) return 'azure';
  if (/(^|\.)(gitea|forgejo|codeberg)\./.test(host)) return 'gitea';
  return undefined;
}

/** The URL that gives a file of a branch as it is. */
export function rawUrl(
  kind: HostKind,
  { origin, path }: HostedRepository,
  branch: string,
  file: string,
): string {
  const repository = path.map(encodeURIComponent).join('/');
  const ref = encodeURIComponent(branch).replaceAll('%2F', '/');
  const at = file.split('/').map(encodeURIComponent).join('/');
  switch (kind) {
    case 'github':
      return origin === 'https://github.com'
        ? `https://raw.githubusercontent.com/${repository}/${ref}/${at}`
        : `${origin}/raw/${repository}/${ref}/${at}`;
    case 'gitlab':
      return `${origin}/${repository}/-/raw/${ref}/${at}`;
    case 'bitbucket':
      return `${origin}/${repository}/raw/${ref}/${at}`;
    case 'gitea':
      return `${origin}/${repository}/raw/branch/${ref}/${at}`;
    case 'azure':
      return azureUrl(origin, path, branch, file);
  }
}

function azureUrl(origin: string, path: readonly string[], branch: string, file: string): string {
  const names = path.filter((segment, index) => segment !== '_git' && !(index === 0 && segment === 'v3'));
  const [organisation = '', project = '', repository = project] = names.map(encodeURIComponent);
  const host = origin.replace('//ssh.', '//');
  const query = new URLSearchParams({
    path: `/${file}`,
    'versionDescriptor.version': branch,
    'versionDescriptor.versionType': 'branch',
    'api-version': '7.1',
  });
  return `${host}/${organisation}/${project}/_apis/git/repositories/${repository}/items?${query}`;
}
