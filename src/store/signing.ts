import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import type { People } from './people.ts';
import { type GitResult, runProgram } from './run-git.ts';
import type { World } from './world.ts';

/** Gives the signature of a commit without one, as it is to stand in it. @throws GitpactError `signing-failed` */
export type Sign = (commit: Buffer) => Promise<string>;

/** How long a program that signs may take, in milliseconds: somebody may have to touch a token. */
const patience = 60_000;

/**
 * How commits are to be signed, by git's own settings (`commit.gpgsign`, `gpg.format`, `user.signingkey`, `gpg.program`,
 * `gpg.ssh.program`) and by git's own programs.
 * @throws GitpactError `signing-failed` when that cannot be done as it is asked for
 */
export function signerFor(
  signingKey: string | undefined,
  settings: ReadonlyMap<string, string>,
  { committer }: People,
  world: Pick<World, 'env' | 'cwd'>,
): Sign {
  const key = signingKey ?? settings.get('user.signingkey');
  const format =
    signingKey !== undefined && isSshKey(key) ? 'ssh' : (settings.get('gpg.format') ?? 'openpgp');
  if (format === 'ssh') {
    if (!key)
      throw cannotSign('no key is named', 'Name one: --sign-key, GITPACT_SIGN_KEY or git’s user.signingkey.');
    const program = settings.get('gpg.ssh.program') ?? 'ssh-keygen';
    return (commit) => signWithSsh(program, key, commit, world);
  }
  if (format === 'openpgp') {
    const program = settings.get('gpg.openpgp.program') ?? settings.get('gpg.program') ?? 'gpg';
    return (commit) => signWithGpg(program, key ?? `${committer.name} <${committer.email}>`, commit, world);
  }
  throw cannotSign(`gpg.format is ${JSON.stringify(format)}`, 'gitpact signs with ssh or openpgp.');
}

const literalKey = /^(?:key::|(?=ssh-|ecdsa-sha2-|sk-))/;

/** Whether a key is named as only ssh names one: by its own text or by a file. */
function isSshKey(key = ''): boolean {
  return literalKey.test(key) || /[/\\]|\.pub$/.test(key);
}

/** Git's own call (gpg-interface.c): a key that is given by its text is one of the agent's. */
async function signWithSsh(
  program: string,
  key: string,
  commit: Buffer,
  world: Pick<World, 'env' | 'cwd'>,
): Promise<string> {
  const isLiteral = literalKey.test(key);
  const written = isLiteral ? join(tmpdir(), `gitpact-key-${randomUUID()}`) : undefined;
  try {
    if (written) await writeFile(written, `${key.replace(literalKey, '')}\n`, { mode: 0o600 });
    const file = written ?? pathOf(key, world);
    const args = ['-Y', 'sign', '-n', 'git', '-f', file, ...(isLiteral ? ['-U'] : [])];
    const { code, stdout, stderr } = await run(program, args, commit, world);
    if (code === 0) return stdout.toString('latin1');
    const hint = /passphrase|No private key|agent|incorrect/i.test(stderr)
      ? 'Add the key to an ssh-agent (ssh-add), or use one without a passphrase that the CI keeps secret.'
      : 'Try it: echo | ssh-keygen -Y sign -n git -f <key>.';
    throw cannotSign(lastLine(stderr), hint);
  } finally {
    if (written) await rm(written, { force: true });
  }
}

async function signWithGpg(
  program: string,
  key: string,
  commit: Buffer,
  world: Pick<World, 'env' | 'cwd'>,
): Promise<string> {
  const silent = world.env.CI ? ['--batch', '--pinentry-mode', 'error'] : [];
  const args = [...silent, '--status-fd=2', '-bsau', key];
  const { code, stdout, stderr } = await run(program, args, commit, world);
  if (code === 0 && /^\[GNUPG:\] SIG_CREATED /m.test(stderr)) return stdout.toString('latin1');
  const told = stderr.replace(/^\[GNUPG:\].*\n?/gm, '');
  const hint = /no secret key|secret key not available/i.test(stderr)
    ? 'Import the secret key (gpg --import), or name another: --sign-key, GITPACT_SIGN_KEY or git’s user.signingkey.'
    : 'In a CI job, use a key without a passphrase, or one that a gpg-agent has been told the passphrase of.';
  throw cannotSign(lastLine(told), hint);
}

/** As git reads a path in its settings: `~` is the home folder. */
function pathOf(key: string, { env, cwd }: Pick<World, 'env' | 'cwd'>): string {
  const home = env.HOME ?? env.USERPROFILE ?? '';
  return key.startsWith('~/') ? join(home, key.slice(2)) : resolve(cwd, key);
}

async function run(
  file: string,
  args: readonly string[],
  input: Buffer,
  { env, cwd }: Pick<World, 'env' | 'cwd'>,
): Promise<GitResult> {
  try {
    // Without a terminal ssh-keygen would ask for a passphrase in a window, which in a CI job nobody sees.
    const prompts = env.CI ? { SSH_ASKPASS_REQUIRE: 'never' } : {};
    return await runProgram({ file, args, input, env: { ...env, ...prompts }, cwd, patience });
  } catch (cause) {
    throw cannotSign(`${file} could not be started`, 'Install it: openssh-client, or gnupg.', cause);
  }
}

function lastLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return (lines.findLast((line) => line !== '') ?? 'no reason was given').replace(/[.?!]*$/, '');
}

function cannotSign(why: string, hint: string, cause?: unknown): GitpactError {
  return new GitpactError('signing-failed', `The commit could not be signed: ${why}. Nothing was written.`, {
    hint: `${hint} With --no-sign it is not signed.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
