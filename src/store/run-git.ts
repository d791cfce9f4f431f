import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';

/** The git program, and the environment it runs in. */
export interface GitProgram {
  /** Full path of the executable. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One run of git, as a value: nothing happens until {@link runGit} or {@link startGit} gets it. */
export interface GitCall {
  /** Subcommand and its arguments. User text in it stands behind `--end-of-options`, or cannot start with `-`. */
  readonly args: readonly string[];
  /** The repository, named outright, so that nothing is searched for. */
  readonly gitDir?: string;
  /** The folder to run in; with it and no `gitDir`, git finds the repository and checks that its owner is us. */
  readonly cwd?: string;
  /** Settings for this call alone, visible to other processes of this machine. */
  readonly config?: readonly (readonly [name: string, value: string])[];
  /** Settings for this call alone, that other users of this machine cannot see. */
  readonly secretConfig?: readonly (readonly [name: string, value: string])[];
  readonly input?: Buffer | string;
  /** After how many milliseconds it is given up, as a host that does not answer; never without it. */
  readonly patience?: number;
  /** The same after so many milliseconds without a word of it; a call that has this should be told to speak of progress. */
  readonly silence?: number;
  /** Ends it, as if it had failed. */
  readonly signal?: AbortSignal;
}

/** How a run of git ended. */
export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
  /** In English, whatever the user's language. */
  readonly stderr: string;
}

/** Settings that keep a call from running anything of the repository's own, or from tidying up in the background. */
const quiet: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
];

/** Variables that would point git elsewhere, as they do inside a hook. */
const misleading =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|QUARANTINE_PATH|SHALLOW_FILE|CONFIG|CONFIG_PARAMETERS|CEILING_DIRECTORIES|LITERAL_PATHSPECS|TRACE.*|INTERNAL_.*)$/;

/** The git program on the PATH, found without running anything. */
export function findGit(env: GitProgram['env']): GitProgram | undefined {
  const names = process.platform === 'win32' ? ['git.exe', 'git.cmd'] : ['git'];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    for (const name of names) {
      const file = join(folder, name);
      if (folder !== '' && existsSync(file)) return { file, env };
    }
  }
  return undefined;
}

/** Starts git and leaves it running. */
export function startGit(git: GitProgram, call: GitCall): ChildProcessWithoutNullStreams {
  const config = [...quiet, ...(call.config ?? [])].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const where = call.gitDir === undefined ? [] : [`--git-dir=${call.gitDir}`];
  const child = spawn(git.file, [...config, ...where, ...call.args], {
    cwd: call.cwd ?? '/',
    env: environmentOf(git, call),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  // A child that ends before it has read everything says why on its standard error.
  child.stdin.on('error', () => undefined);
  return child;
}

/** Runs git to its end. @throws GitpactError `git-missing` when it cannot be started. */
export function runGit(git: GitProgram, call: GitCall): Promise<GitResult> {
  return ended(startGit(git, call), call).catch((cause: unknown) => {
    throw cannotStart(git, cause);
  });
}

/** One run of a program that git would start to sign or to verify: by its path, or by its name on the PATH. */
export interface ProgramCall extends Pick<GitCall, 'args' | 'input' | 'patience'> {
  readonly file: string;
  readonly env: GitProgram['env'];
  readonly cwd: string;
}

/** Runs it to its end, without a terminal that it could ask on. @throws what starting it throws: `ENOENT`, `EACCES` */
export function runProgram({ file, env, cwd, ...call }: ProgramCall): Promise<GitResult> {
  const words = { ...env, LC_ALL: 'C', LANGUAGE: 'C' };
  return ended(spawn(file, [...call.args], { cwd, env: words, detached: true, windowsHide: true }), call);
}

/** @throws what starting it throws */
function ended(child: ChildProcessWithoutNullStreams, call: Omit<GitCall, 'args'>): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    child.stdin.on('error', () => undefined);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    const relent = giveUp(child, call, resolve);
    child.on('error', reject);
    child.on('close', (code) => {
      relent();
      resolve({
        code: code ?? 128,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
    child.stdin.end(call.input ?? '');
  });
}

/**
 * Ends a git that takes too long, or says nothing for too long, until it is told to relent. What git has started itself
 * may hang on for a while; nobody waits for that.
 */
function giveUp(
  child: ChildProcessWithoutNullStreams,
  { patience, silence, signal }: Omit<GitCall, 'args'>,
  resolve: (result: GitResult) => void,
): () => void {
  const end = (stderr: string) => {
    child.kill();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    resolve({ code: 128, stdout: Buffer.alloc(0), stderr });
  };
  const endAfter = (milliseconds: number | undefined, what: string) => {
    if (milliseconds === undefined) return undefined;
    return setTimeout(() => end(`fatal: ${what} ${milliseconds / 1000} s: timed out`), milliseconds);
  };
  const endNow = () => end('fatal: nobody waits for it any more');
  if (signal?.aborted) endNow();
  signal?.addEventListener('abort', endNow);
  const late = endAfter(patience, 'no answer within');
  const silent = endAfter(silence, 'not a word for');
  for (const stream of [child.stdout, child.stderr]) stream.on('data', () => silent?.refresh());
  return () => {
    clearTimeout(late);
    clearTimeout(silent);
    signal?.removeEventListener('abort', endNow);
  };
}

/** The failure of a git that cannot be started. */
export function cannotStart(git: GitProgram, cause: unknown): GitpactError {
  return new GitpactError('git-missing', `Git could not be started (${git.file}).`, {
    hint: 'Install Git, or set GITPACT_GIT=isomorphic to do without where the repository is local or on https.',
    cause,
  });
}

function environmentOf(git: GitProgram, call: GitCall): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(git.env)) {
    if (value !== undefined && !misleading.test(name)) env[name] = value;
  }
  let count = Number(env.GIT_CONFIG_COUNT ?? 0) || 0;
  for (const [name, value] of call.secretConfig ?? []) {
    env[`GIT_CONFIG_KEY_${count}`] = name;
    env[`GIT_CONFIG_VALUE_${count}`] = value;
    count += 1;
  }
  if (count > 0) env.GIT_CONFIG_COUNT = String(count);
  return { ...env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', LANGUAGE: 'C' };
}
