// Many processes publish to one remote at once; in the end nothing acknowledged may be missing.
//
//   npm run build && npm run soak -- --writers 20 --publishes 10 --transport file|http --engine git|isomorphic
import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openStore } from '../../dist/store/open.js';
import { serveGit } from './git-http.mjs';
import { allWrites, begin, findings, writeOne } from './one-write.mjs';

const { values: wish } = parseArgs({
  options: {
    writers: { type: 'string', default: '20' },
    publishes: { type: 'string', default: '10' },
    transport: { type: 'string', default: 'file' },
    engine: { type: 'string', default: 'git' },
    repository: { type: 'string' },
    writer: { type: 'string' },
  },
});

if (wish.writer === undefined) await soak();
else await beWriter();

async function beWriter() {
  const writer = Number(wish.writer);
  let attempts = 1;
  const store = await openStore({
    repository: wish.repository,
    cacheDir: process.env.GITPACT_CACHE,
    env: process.env,
    cwd: process.cwd(),
    log: (line) => {
      attempts = Number(/attempt (\d+)/.exec(line)?.[1] ?? attempts);
      if (!/attempt/.test(line)) console.error(`writer ${writer}: ${line}`);
    },
  });
  for (let number = 0; number < Number(wish.publishes); number += 1) {
    attempts = 1;
    const started = performance.now();
    const acknowledged = await writeOne(store, writer, number);
    process.send({ acknowledged, attempts, milliseconds: performance.now() - started });
  }
  await store.close();
  process.disconnect();
}

async function soak() {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-soak-'));
  const bare = join(folder, 'contracts.git');
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', bare]);
  execFileSync('git', ['config', 'uploadpack.allowFilter', 'true'], { cwd: bare });
  // The host tidies up while it takes a push, not behind the back of the check at the end.
  execFileSync('git', ['config', 'gc.autoDetach', 'false'], { cwd: bare });
  const first = await openStore({ repository: bare, env: process.env, cwd: process.cwd() });
  await begin(first);
  await first.close();
  const server = wish.transport === 'http' ? await serveGit(dirname(bare)) : undefined;
  const repository = repositoryOf(bare, server);
  const started = performance.now();
  const reports = [];
  await Promise.all(
    Array.from({ length: Number(wish.writers) }, (_, i) => runWriter(i, repository, folder, reports)),
  );
  const seconds = (performance.now() - started) / 1000;
  server?.close();
  const problems = await problemsOf(bare, reports);
  report(reports, seconds, problems);
  rmSync(folder, { recursive: true, force: true });
  if (problems.length > 0) process.exitCode = 1;
}

function repositoryOf(bare, server) {
  if (server) return `${server.url}/${basename(bare)}`;
  return wish.transport === 'path' ? bare : `file://${bare}`;
}

function runWriter(writer, repository, folder, reports) {
  const args = ['--writer', `${writer}`, '--repository', repository, '--publishes', wish.publishes];
  const child = fork(fileURLToPath(import.meta.url), args, {
    env: { ...process.env, GITPACT_GIT: wish.engine, GITPACT_CACHE: join(folder, `cache-${writer % 5}`) },
  });
  child.on('message', (message) => reports.push(message));
  return new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`writer ${writer} ended with ${code}`)),
    );
  });
}

async function problemsOf(bare, reports) {
  const problems = [];
  const store = await openStore({ repository: bare, env: process.env, cwd: process.cwd() });
  const found = await store.read(allWrites);
  problems.push(...(await findings(store)));
  await store.close();
  for (const { acknowledged } of reports) {
    if (found.get(acknowledged.name)?.order !== acknowledged.order)
      problems.push(`lost: ${acknowledged.name}`);
  }
  const expected = Number(wish.writers) * Number(wish.publishes);
  if (reports.length !== expected) problems.push(`${reports.length} of ${expected} writes were acknowledged`);
  if (found.size !== expected) problems.push(`${found.size} of ${expected} writes are there`);
  const orders = Map.groupBy
    ? Map.groupBy(found.values(), (write) => write.pacticipant)
    : grouped(found.values());
  for (const [pacticipant, writes] of orders) {
    const sorted = writes.map(({ order }) => order).sort((a, b) => a - b);
    if (sorted.some((order, i) => order !== i + 1))
      problems.push(`${pacticipant}: orders ${sorted.join(' ')}`);
  }
  try {
    execFileSync('git', ['fsck', '--strict', '--no-dangling'], { cwd: bare, stdio: 'pipe' });
  } catch (error) {
    problems.push(`git fsck: ${error.stderr}${error.stdout}`);
  }
  return problems;
}

function grouped(writes) {
  const groups = new Map();
  for (const write of writes) {
    groups.set(write.pacticipant, [...(groups.get(write.pacticipant) ?? []), write]);
  }
  return groups;
}

function report(reports, seconds, problems) {
  const attempts = reports.map((one) => one.attempts).sort((a, b) => a - b);
  const times = reports.map((one) => one.milliseconds).sort((a, b) => a - b);
  const middle = (sorted) => sorted[Math.floor(sorted.length / 2)] ?? 0;
  console.log(`${wish.engine}, ${wish.transport}: ${wish.writers} writers × ${wish.publishes} publishes`);
  console.log(
    `  acknowledged  ${reports.length} in ${seconds.toFixed(1)} s (${(reports.length / seconds).toFixed(1)}/s)`,
  );
  console.log(`  attempts      median ${middle(attempts)}, maximum ${attempts.at(-1)}`);
  console.log(
    `  a write took  median ${middle(times).toFixed(0)} ms, maximum ${(times.at(-1) ?? 0).toFixed(0)} ms`,
  );
  console.log(
    problems.length === 0
      ? '  nothing lost, orders without gap or double, git fsck and gitpact fsck clean'
      : problems.join('\n'),
  );
}
