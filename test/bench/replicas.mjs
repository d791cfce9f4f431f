// npm run soak:replicas -- --seconds 120 --replicas 3: several servers over one remote, one of them killed now and then.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    replicas: { type: 'string', default: '3' },
    writers: { type: 'string', default: '4' },
    readers: { type: 'string', default: '4' },
    'kill-every': { type: 'string', default: '5' },
  },
});
const bin = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gitpact-replicas-'));
const remote = `file://${join(folder, 'contracts.git')}`;
const providers = ['Api', 'Billing'];
const json = { 'content-type': 'application/json', accept: 'application/hal+json' };

function gitpact(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** A server that is started again when it was killed. */
class Replica {
  constructor(number) {
    this.number = number;
  }

  async start() {
    const env = { ...process.env, GITPACT_CACHE: join(folder, `cache-${this.number}`) };
    const args = [bin, 'serve', '--repo', remote, '--port', '0', '--log-level', 'silent'];
    this.child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const chunk of this.child.stdout) {
      const [, url] = /listening on (\S+)/.exec(String(chunk)) ?? [];
      if (url) {
        this.url = url;
        return;
      }
    }
    throw new Error(`replica ${this.number} did not start`);
  }

  async killed() {
    this.url = undefined;
    const ended = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await ended;
    await this.start();
  }
}

gitpact('init', '--repo', join(folder, 'contracts.git'));
const replicas = Array.from({ length: Number(values.replicas) }, (_, index) => new Replica(index));
await Promise.all(replicas.map((replica) => replica.start()));
const until = Date.now() + Number(values.seconds) * 1000;
const acknowledged = [];
const counts = { answers: 0, refused: 0, broken: 0, mixed: 0, kills: 0 };

function anyUrl() {
  const urls = replicas.map(({ url }) => url).filter(Boolean);
  return urls[Math.floor(Math.random() * urls.length)];
}

async function write(writer) {
  for (let number = 1; Date.now() < until; number += 1) {
    const version = `${writer}-${number}`;
    const url = anyUrl();
    const contracts = providers.map((provider) => ({
      consumerName: 'Web',
      providerName: provider,
      specification: 'pact',
      contentType: 'application/json',
      content: Buffer.from(
        JSON.stringify({
          consumer: { name: 'Web' },
          provider: { name: provider },
          interactions: [
            { description: version, request: { method: 'GET', path: '/' }, response: { status: 200 } },
          ],
        }),
      ).toString('base64'),
    }));
    const body = JSON.stringify({
      pacticipantName: 'Web',
      pacticipantVersionNumber: version,
      branch: 'main',
      contracts,
    });
    try {
      const response = await fetch(`${url}/contracts/publish`, { method: 'POST', headers: json, body });
      await response.text();
      if (response.ok) acknowledged.push(version);
      else counts.refused += 1;
    } catch {
      counts.broken += 1;
      await sleep(50);
    }
  }
}

/** Both pacts of a version are published in one request: an answer that has one of them mixes two commits. */
async function read() {
  while (Date.now() < until) {
    try {
      const url = anyUrl();
      const latest = await fetch(`${url}/pacticipants/Web/latest-version`, { headers: json });
      const document = await latest.json();
      if (!latest.ok) {
        await sleep(20);
        continue;
      }
      counts.answers += 1;
      const pacts = document._links['pb:pact-versions'] ?? [];
      if (pacts.length !== providers.length) counts.mixed += 1;
    } catch {
      counts.broken += 1;
      await sleep(50);
    }
  }
}

async function kill() {
  while (Date.now() + 2_000 < until) {
    await sleep(Number(values['kill-every']) * 1000);
    await replicas[counts.kills % replicas.length].killed();
    counts.kills += 1;
  }
}

const range = (count) => Array.from({ length: Number(count) }, (_, index) => index);
await Promise.all([
  kill(),
  ...range(values.writers).map((n) => write(`w${n}`)),
  ...range(values.readers).map(read),
]);
for (const replica of replicas) replica.child.kill('SIGTERM');
await Promise.all(replicas.map(({ child }) => once(child, 'close')));

const repo = join(folder, 'contracts.git');
const files = spawnSync(
  'git',
  ['--git-dir', repo, 'ls-tree', '-r', '--name-only', 'HEAD', 'pacticipants/Web/versions'],
  {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  },
).stdout;
const stored = new Set([...files.matchAll(/\/([^/]+)\.json$/gm)].map(([, name]) => name));
const lost = acknowledged.filter((version) => !stored.has(version));
const gitFsck = spawnSync('git', ['--git-dir', repo, 'fsck', '--strict'], { encoding: 'utf8' });
const fsck = gitpact('fsck', '--repo', repo);
console.log(`${values.replicas} replicas, ${values.seconds} s, ${counts.kills} killed`);
console.log(`  acknowledged  ${acknowledged.length} publishes, lost ${lost.length}`);
console.log(`  answers       ${counts.answers}, mixing two commits ${counts.mixed}`);
console.log(`  refused       ${counts.refused}, broken connections ${counts.broken}`);
console.log(`  git fsck      ${gitFsck.status === 0 ? 'clean' : gitFsck.stderr}`);
console.log(`  gitpact fsck  ${fsck.status === 0 ? 'clean' : fsck.stdout}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost.length + counts.mixed + gitFsck.status + fsck.status === 0 ? 0 : 1;
