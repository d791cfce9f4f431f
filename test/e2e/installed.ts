import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder of its own, gone after the tests of this file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-e2e-'));
  made.push(folder);
  return folder;
}

/** gitpact, compiled anew from the sources into a folder of its own, with the demo and its fixtures. */
export function installed(): string {
  const folder = bundled();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // It writes what it compiled even where a type is wrong, which is another check's to say.
  spawnSync(process.execPath, [
    compiler,
    '-p',
    join(root, 'tsconfig.json'),
    '--outDir',
    join(folder, 'dist'),
  ]);
  for (const part of ['test/demo', 'fixtures/pacts']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  return folder;
}

/** The command alone, packed anew from the sources into a folder of its own. */
export function bundled(): string {
  const folder = newFolder();
  for (const part of ['bin', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const bundler = join(root, 'node_modules', 'rolldown', 'bin', 'cli.mjs');
  const bundle = [
    '-c',
    '.rolldown.config.mjs',
    '--log-level',
    'silent',
    '--dir',
    join(folder, 'dist', 'bundle'),
  ];
  const { status, stderr } = spawnSync(process.execPath, [bundler, ...bundle], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The command could not be packed: ${stderr}`);
  return folder;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A process that runs, and how it will have ended. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Exit>;
}

/** Starts a program. */
export function start(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Running {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, HOME: options.cwd, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const ended = new Promise<Exit>((resolve) => {
    child.on('close', (code, signal) =>
      resolve({
        code,
        signal,
        out: Buffer.concat(out).toString('utf8'),
        err: Buffer.concat(err).toString('utf8'),
      }),
    );
  });
  return { child, ended };
}

/** A shell line that tags Web 1 over HTTP, by a script in the folder. */
export function tagging(folder: string, tag: string): string {
  const script = join(folder, `tag-${tag}.cjs`);
  const path = `/pacticipants/Web/versions/1/tags/${tag}`;
  const init = "{ method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }";
  writeFileSync(
    script,
    `fetch(process.env.PACT_BROKER_BASE_URL + '${path}', ${init}).then((r) => process.exit(r.ok ? 0 : 1));`,
  );
  return `'${process.execPath}' '${script}'`;
}

/** Calls of gitpact as it was installed in `app`, in a folder, for a contract repository. */
export function caller(app: string, folder: string, repository = 'contracts.git') {
  const env = { GITPACT_REPO: repository };
  return (...args: readonly string[]): Promise<Exit> =>
    start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env }).ended;
}
