// npm run conformance:http -- <folder of the replay kit> [--level core|full] [--only GLOB] [--shard I/N] [corpus…]
// Replays requests recorded from a real Pact Broker on `gitpact serve` over a new repository, counts the answers that each
// documented deviation touches, and prints everything else that differs.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deviations } from './http-deviations.mjs';

const [kit, ...rest] = process.argv.slice(2);
if (kit === undefined || kit.startsWith('-')) {
  console.error(
    'The first argument is the folder of the replay kit: the one with engine.mjs and normalise.mjs.',
  );
  process.exit(2);
}
const load = (name) => import(pathToFileURL(join(resolve(kit), name)).href);
const engine = await load('engine.mjs');
const { describe, difference, reduce } = await load('normalise.mjs');
const bin = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));

async function serving(repo) {
  spawnSync(process.execPath, [bin, 'init', '--repo', repo], { stdio: 'inherit' });
  const args = [bin, 'serve', '--repo', repo, '--port', '0', '--log-level', 'error'];
  args.push('--badge-server', 'https://img.shields.io');
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const chunk of child.stdout) {
    const [, url] = /listening on (\S+)/.exec(String(chunk)) ?? [];
    if (url) return { url, child };
  }
  throw new Error('the server did not start');
}

/** Which deviation a difference belongs to; undefined when none explains all of it. */
function deviationOf(context, level, binds) {
  const fits = ({ belongs, rest: left }) =>
    belongs(context) &&
    !difference(left(reduce(context.recorded, level)), left(reduce(context.actual, level)), binds);
  return deviations.find(fits)?.name;
}

class Score {
  compared = 0;
  same = 0;
  failed = 0;
  deviating = new Map();

  count(context, level, binds) {
    this.compared += 1;
    const found = difference(reduce(context.recorded, level), reduce(context.actual, level), binds);
    if (!found) {
      this.same += 1;
      return undefined;
    }
    const name = deviationOf(context, level, binds);
    if (name === undefined) this.failed += 1;
    else this.deviating.set(name, (this.deviating.get(name) ?? 0) + 1);
    return name === undefined ? describe(found) : undefined;
  }
}

const options = engine.args(rest, []);
const levels = options.level ? [options.level] : ['core', 'full'];
const scores = new Map(levels.map((level) => [level, new Score()]));
const folder = mkdtempSync(join(tmpdir(), 'gitpact-conformance-'));
const { url, child } = await serving(join(folder, 'contracts.git'));
try {
  for (const file of engine.select(options)) {
    const { steps, cleanup } = engine.load(file);
    const session = new engine.Session(url);
    const binds = new Map(levels.map((level) => [level, new Map()]));
    for (const [index, step] of steps.entries()) {
      const { actual } = await session.perform(step);
      const context = { step, before: steps.slice(0, index), recorded: engine.expected(step.expect), actual };
      for (const level of levels) {
        // What the recorded broker did when it crashed is nothing to compare but in full.
        if (level === 'core' && step.expect.status >= 500) continue;
        const failure = scores.get(level).count(context, level, binds.get(level));
        const name = `${basename(dirname(file))}/${basename(file)}#${step.id}`;
        if (failure)
          console.log(`not ok ${name} ${step.request.method} ${step.request.path}: [${level}] ${failure}`);
      }
    }
    await session.cleanup(cleanup);
  }
} finally {
  child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
for (const [level, { compared, same, failed, deviating }] of scores) {
  console.log(
    `${level}: ${compared} compared, ${same} the same, ${compared - same - failed} otherwise on purpose, ${failed} failed`,
  );
  for (const [name, count] of [...deviating].sort((a, b) => b[1] - a[1])) console.log(`  ${count}  ${name}`);
}
process.exitCode = [...scores.values()].some(({ failed }) => failed > 0) ? 1 : 0;
