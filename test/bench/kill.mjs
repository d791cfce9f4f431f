// Publishes, and is killed while it does: acknowledged writes must be there, and the next write must work.
//
//   npm run build && npm run kill -- --kills 200 --engine git|isomorphic --place bare|worktree|file
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStore } from '../../dist/store/open.js';
import { allWrites, begin, findings, writeOne } from './one-write.mjs';

const { values: wish } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'git' },
    place: { type: 'string', default: 'bare' },
    repository: { type: 'string' },
    writer: { type: 'string' },
  },
});

if (wish.writer === undefined) await killMany();
else await writeForever();

async function writeForever() {
  const store = await openStore({ repository: wish.repository, env: process.env, cwd: process.cwd() });
  process.send('ready');
  for (let number = 0; ; number += 1) process.send(await writeOne(store, Number(wish.writer), number));
}

async function killMany() {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-kill-'));
  const path = join(folder, 'contracts');
  const bare = wish.place === 'worktree' ? [] : ['--bare'];
  execFileSync('git', ['init', '-q', ...bare, '-b', 'main', path]);
  const repository = wish.place === 'file' ? `file://${path}` : path;
  const env = { ...process.env, GITPACT_GIT: wish.engine, GITPACT_CACHE: join(folder, 'cache') };
  const first = await openStore({ repository, env, cwd: process.cwd() });
  await begin(first);
  await first.close();
  const acknowledged = [];
  const problems = [];
  for (let kill = 0; kill < Number(wish.kills); kill += 1) {
    problems.push(...(await writeUntilKilled(kill, repository, env, acknowledged)));
  }
  problems.push(...(await problemsOf(repository, path, env, acknowledged)));
  console.log(
    `${wish.engine}, ${wish.place}: ${wish.kills} kills, ${acknowledged.length} writes acknowledged`,
  );
  console.log(
    problems.length === 0
      ? '  all there, git fsck and gitpact fsck clean, the next write works'
      : problems.join('\n'),
  );
  rmSync(folder, { recursive: true, force: true });
  if (problems.length > 0) process.exitCode = 1;
}

async function writeUntilKilled(writer, repository, env, acknowledged) {
  const args = ['--writer', `${writer}`, '--repository', repository];
  const child = fork(fileURLToPath(import.meta.url), args, {
    env,
    detached: true,
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = new Promise((resolve) => child.on('exit', (code) => resolve(code)));
  const ready = new Promise((resolve) => child.once('message', resolve));
  child.on('message', (message) => {
    if (message !== 'ready') acknowledged.push(message);
  });
  await Promise.race([ready, ended]);
  await sleep(Math.random() * (Math.random() < 0.5 ? 250 : 2_500));
  // Every other time its git children die with it.
  if (child.exitCode === null) process.kill(writer % 2 === 0 ? child.pid : -child.pid, 'SIGKILL');
  const code = await ended;
  return code === null ? [] : [`writer ${writer} ended by itself with ${code}`];
}

async function problemsOf(repository, path, env, acknowledged) {
  const problems = [];
  const store = await openStore({ repository, env, cwd: process.cwd(), deadline: 30_000 });
  try {
    await writeOne(store, Number(wish.kills), 0);
  } catch (error) {
    problems.push(`the next write: ${error.message} ${error.hint}`);
  }
  const found = await store.read(allWrites);
  problems.push(...(await findings(store)));
  await store.close();
  for (const { name, order } of acknowledged) {
    if (found.get(name)?.order !== order) problems.push(`lost: ${name}`);
  }
  try {
    execFileSync('git', ['fsck', '--strict', '--no-dangling'], { cwd: path, stdio: 'pipe' });
  } catch (error) {
    problems.push(`git fsck: ${error.stderr}${error.stdout}`);
  }
  if (wish.place === 'worktree') {
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: path, encoding: 'utf8' });
    if (status !== '') problems.push(`git status: ${status}`);
  }
  return problems;
}
