import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GitpactError } from '../domain/failure.ts';

/** Where a contract repository is: a path of this machine, or somewhere that is fetched from and pushed to. */
export type Location = { readonly kind: 'local'; readonly path: string } | RemoteLocation;

/** A repository that is fetched from and pushed to. */
export interface RemoteLocation {
  readonly kind: 'remote';
  readonly transport: 'https' | 'http' | 'ssh' | 'file';
  /** As git understands it, without a password. */
  readonly url: string;
  /** `user:password` of the URL, for http and https. */
  readonly credentials?: string;
  /** The folder behind a `file://` URL. */
  readonly path?: string;
}

/**
 * Reads the text of `--repo`: a path, `file://`, `https://`, `http://` or `ssh://` URL, or `user@host:path`.
 * @throws GitpactError `bad-arguments`
 */
export function parseLocation(text: string, cwd: string): Location {
  if (text === '' || text.startsWith('-') || /[\0\r\n]/.test(text)) throw notALocation(text);
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (scheme !== undefined) return parseUrl(text, scheme.toLowerCase());
  if (/^[a-z][a-z0-9+.-]*::/i.test(text)) throw notALocation(text);
  if (isHostAndPath(text)) return { kind: 'remote', transport: 'ssh', url: text };
  return { kind: 'local', path: resolve(cwd, text) };
}

/** `host:path` or `user@host:path`: a colon before any slash, and not the drive of a Windows path. */
function isHostAndPath(text: string): boolean {
  return /^(?![A-Za-z]:[\\/])[^/\\:]+:(?!:)./.test(text);
}

function parseUrl(text: string, scheme: string): Location {
  if (!URL.canParse(text)) throw notALocation(text);
  const url = new URL(text);
  if (decodeURIComponent(url.hostname).startsWith('-')) throw notALocation(text);
  switch (scheme) {
    case 'file':
      return { kind: 'remote', transport: 'file', url: text, path: filePath(text) };
    case 'ssh':
      if (decodeURIComponent(url.username).startsWith('-')) throw notALocation(text);
      if (url.password !== '') throw passwordInSsh(url);
      return { kind: 'remote', transport: 'ssh', url: text };
    case 'http':
    case 'https':
      return { kind: 'remote', transport: scheme, ...withoutPassword(url) };
    default:
      throw notALocation(text);
  }
}

function filePath(text: string): string {
  try {
    return fileURLToPath(text);
  } catch {
    throw notALocation(text);
  }
}

function passwordInSsh(url: URL): GitpactError {
  return new GitpactError('bad-arguments', `An ssh URL carries no password: ${withoutSecrets(url.href)}`, {
    hint: 'Use a key, as ssh does, and leave the password out of the URL.',
  });
}

/** A place as it may be shown: a URL without the user and password in it. */
export function withoutSecrets(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}

/** A user name alone that looks like a token is one: hosts let it stand in a URL without a password. */
function withoutPassword(url: URL): { url: string; credentials?: string } {
  const isToken = /^(gh[a-z]_|github_pat_|glpat-|[A-Za-z0-9_-]{30,}$)/.test(url.username);
  if (url.password === '' && !isToken) return { url: url.href };
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const bare = new URL(url.href);
  bare.username = '';
  bare.password = '';
  return { url: bare.href, credentials };
}

function notALocation(text: string): GitpactError {
  const shown = withoutSecrets(text);
  return new GitpactError(
    'bad-arguments',
    `${JSON.stringify(shown)} is not a place gitpact can find contracts at.`,
    {
      hint: /[\0\r\n]/.test(text)
        ? 'A path with a line break in it cannot be used: name it from a folder inside of it, or rename the folder.'
        : 'Give --repo a path, or an https://, http://, ssh:// or file:// URL, or user@host:path.',
    },
  );
}

/** Why `--ref` cannot be this text; undefined when it can. */
export function whyNotARef(text: string): string | undefined {
  if (namesHead(text)) return undefined;
  const full = fullRef(text);
  const bad =
    text === '' ||
    text.startsWith('-') ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: git check-ref-format forbids them
    /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|\.$|\/$|\.\/|^refs\/[^/]+$|^refs\/heads\/(HEAD|@)$/.test(
      full,
    );
  return bad ? 'is not the name of a branch' : undefined;
}

/**
 * The full name of the branch that `--ref` names; undefined for `HEAD`, which is whatever branch is checked out, or the
 * remote's default. @throws GitpactError `bad-arguments`
 */
export function parseRef(text: string): string | undefined {
  if (namesHead(text)) return undefined;
  if (!whyNotARef(text)) return fullRef(text);
  throw new GitpactError('bad-arguments', `${JSON.stringify(text)} is not the name of a branch.`, {
    hint: 'Give --ref a branch such as contracts.',
  });
}

function namesHead(text: string): boolean {
  return text === 'HEAD' || text === '@';
}

function fullRef(text: string): string {
  return text.startsWith('refs/') ? text : `refs/heads/${text}`;
}

/** Why `--prefix` cannot be this text; undefined when it can. */
export function whyNotAPrefix(text: string): string | undefined {
  const bad = segmentsOf(text).some(
    (segment) => segment === '..' || /^\.git$/i.test(segment) || /[\0\r\n\\]/.test(segment),
  );
  return bad ? 'is not a folder of a repository' : undefined;
}

function segmentsOf(text: string): string[] {
  return text.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** The folder that `--prefix` names, without slashes at its ends. @throws GitpactError `bad-arguments` */
export function parsePrefix(text: string): string {
  if (!whyNotAPrefix(text)) return segmentsOf(text).join('/');
  throw new GitpactError('bad-arguments', `${JSON.stringify(text)} is not a folder of a repository.`, {
    hint: 'Give --prefix a folder such as contracts.',
  });
}
