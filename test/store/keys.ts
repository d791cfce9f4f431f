import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newFolder } from './places.ts';

/** A key pair of ssh: the file of the private one, and the public one as a line. */
export interface SshKey {
  readonly file: string;
  readonly line: string;
}

/** Makes a key pair of ssh; with a passphrase nobody can sign with it who is not asked. */
export function sshKey(type = 'ed25519', passphrase = ''): SshKey {
  const file = join(newFolder(), `id_${type}`);
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'somebody', '-f', file]);
  return { file, line: readFileSync(`${file}.pub`, 'utf8').trim() };
}

/** A home of gpg with secret keys for these names, in a short path, and their fingerprints. */
export function gpgHome(...names: readonly string[]): {
  readonly home: string;
  readonly fingerprints: readonly string[];
} {
  const home = mkdtempSync(join(tmpdir(), 'g-'));
  const gpg = (...args: string[]) =>
    execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  writeFileSync(join(home, 'gpg-agent.conf'), 'allow-preset-passphrase\n');
  for (const name of names) {
    gpg(
      '--passphrase',
      '',
      '--quick-generate-key',
      `${name} <${name}@example.org>`,
      'ed25519',
      'sign',
      'never',
    );
  }
  const listed = gpg('--list-keys', '--with-colons');
  const fingerprints = [...listed.matchAll(/^fpr:+([0-9A-F]{40}):/gm)].map(([, found = '']) => found);
  return { home, fingerprints };
}
