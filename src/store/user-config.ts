import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const sections = ['user', 'author', 'committer', 'commit', 'gpg', 'gpg "ssh"', 'gpg "openpgp"'];

/**
 * What git's configuration files say of who commits and how it is signed, as `user.name` or `gpg.ssh.program`: the files of
 * the user, then the repository's, the last word winning. Reads no `include`.
 */
export async function configuredSettings(
  commonDir: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const home = env.HOME ?? env.USERPROFILE;
  const files = [
    ...(env.XDG_CONFIG_HOME ? [join(env.XDG_CONFIG_HOME, 'git', 'config')] : []),
    ...(home ? [join(home, '.config', 'git', 'config'), join(home, '.gitconfig')] : []),
    join(commonDir, 'config'),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return new Map(
    texts.flatMap((text) =>
      sections.flatMap((section) => {
        const prefix = section.replace(/ "(.*)"/, '.$1');
        return [...settingsIn(text, section)].map(([name, value]) => [`${prefix}.${name}`, value] as const);
      }),
    ),
  );
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
