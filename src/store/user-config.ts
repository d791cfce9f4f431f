import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Person } from './commits.ts';

/**
 * Whom git's configuration files name as `user.name` and `user.email`: those of the user, then the repository's, the
 * last word winning. Reads no `include`.
 */
export async function configuredUser(
  commonDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Person | undefined> {
  const home = env.HOME ?? env.USERPROFILE;
  const files = [
    ...(env.XDG_CONFIG_HOME ? [join(env.XDG_CONFIG_HOME, 'git', 'config')] : []),
    ...(home ? [join(home, '.config', 'git', 'config'), join(home, '.gitconfig')] : []),
    join(commonDir, 'config'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  const user = new Map(texts.flatMap((text) => [...userSection(text)]));
  const [name, email] = [user.get('name'), user.get('email')];
  return name && email ? { name, email } : undefined;
}

/** The settings of `[user]` in a git configuration file. */
export function userSection(text: string): Map<string, string> {
  return settingsIn(text, 'user');
}

/** The settings of a section, such as `remote "origin"`, in a git configuration file. */
export function settingsIn(text: string, wanted: string): Map<string, string> {
  const found = new Map<string, string>();
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line) ?? [];
    if (section !== undefined) inside = section.toLowerCase() === wanted;
    const [, key, value = ''] = /^\s*([a-z][a-z0-9-]*)\s*=\s*(.*?)\s*$/i.exec(line) ?? [];
    if (inside && key !== undefined) found.set(key.toLowerCase(), unquoted(value));
  }
  return found;
}

function unquoted(value: string): string {
  const [, quoted] = /^"((?:[^"\\]|\\.)*)"/.exec(value) ?? [];
  return quoted === undefined ? value.replace(/\s*[#;].*$/, '') : quoted.replace(/\\(.)/g, '$1');
}
