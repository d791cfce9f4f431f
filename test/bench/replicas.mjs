// npm run soak:replicas -- --seconds 120: several servers over one Git host, one of them killed now and then.
// --nginx puts the nginx of fixtures/nginx.conf in front of them; --away 60 takes the Git host away for a minute in the middle;
// --rolling starts each of them anew, one after the other, as an update does. No acknowledged write may be lost.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serveGit } from './git-http.mjs';
import { freePort, Service } from './service.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    replicas: { type: 'string', default: '3' },
    writers: { type: 'string', default: '4' },
    readers: { type: 'string', default: '4' },
    'kill-every': { type: 'string', default: '5' },
    nginx: { type: 'boolean', default: false },
    rolling: { type: 'boolean', default: false },
    away: { type: 'string', default: '0' },
  },
});
const bin = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gitpact-replicas-'));
let host = await serveGit(folder);
const remote = `${host.url}/contracts.git`;
const until = Date.now() + Number(values.seconds) * 1000;
const providers = ['Api', 'Billing'];
const json = { 'content-type': 'application/json', accept: 'application/hal+json' };

function gitpact(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

function replicaOf(number, port) {
  return new Service({
    name: `replica ${number}`,
    argv: [process.execPath, bin, 'serve', '--repo', remote, '--port', `${port}`, '--log-level', 'silent'],
    env: { GITPACT_CACHE: join(folder, `cache-${number}`) },
    ready: /listening on (\S+)/,
  });
}

/** The nginx of the example, on ports of this run. */
async function startNginx(ports) {
  const port = await freePort();
  const example = readFileSync(new URL('../../fixtures/nginx.conf', import.meta.url), 'utf8');
  const servers = ports.map((one) => `server 127.0.0.1:${one} max_fails=1 fail_timeout=2s;`).join('\n    ');
  const settings = example
    .replace(/(server 127[^;]*;\s*)+/, `${servers}\n    `)
    .replace('listen 127.0.0.1:8080', `listen 127.0.0.1:${port}`)
    .replace('http {', 'error_log stderr crit;\nhttp {\n  access_log off;');
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, settings);
  const own = `daemon off; pid ${join(folder, 'nginx.pid')};`;
  const argv = ['nginx', '-c', file, '-p', folder, '-g', own];
  const service = await new Service({ name: 'nginx', argv }).start();
  return { url: `http://127.0.0.1:${port}`, service };
}

gitpact('init', '--repo', join(folder, 'contracts.git'));
const ports = await Promise.all(Array.from({ length: Number(values.replicas) }, freePort));
const replicas = ports.map((port, index) => replicaOf(index, port));
await Promise.all(replicas.map((replica) => replica.start()));
const nginx = values.nginx ? await startNginx(ports) : undefined;
await sleep(500);
const acknowledged = [];
const counts = { answers: 0, refused: 0, broken: 0, mixed: 0, kills: 0 };

function anyUrl() {
  if (nginx) return nginx.url;
  const urls = replicas.map(({ said }) => said).filter(Boolean);
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
      else {
        counts.refused += 1;
        await sleep(50);
      }
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
    await replicas[counts.kills % replicas.length].startAgain('SIGKILL');
    counts.kills += 1;
  }
}

/** Every server once, with time to end what it has begun. */
async function roll() {
  if (!values.rolling) return;
  await sleep((until - Date.now()) / 4);
  for (const replica of replicas) await replica.startAgain('SIGTERM');
}

/** The Git host is gone for a while, in the middle. */
async function leave() {
  const milliseconds = Number(values.away) * 1000;
  if (milliseconds === 0) return;
  await sleep((until - Date.now() - milliseconds) / 2);
  const { port } = new URL(host.url);
  host.close();
  counts.readWhileAway = -counts.answers;
  await sleep(milliseconds);
  counts.readWhileAway += counts.answers;
  host = await serveGit(folder, Number(port));
}

const range = (count) => Array.from({ length: Number(count) }, (_, index) => index);
await Promise.all([
  Number(values['kill-every']) > 0 ? kill() : undefined,
  roll(),
  leave(),
  ...range(values.writers).map((n) => write(`w${n}`)),
  ...range(values.readers).map(read),
]);
await Promise.all([...replicas, ...(nginx ? [nginx.service] : [])].map((service) => service.end()));
host.close();

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
const through = nginx ? ' behind nginx' : '';
console.log(`${values.replicas} replicas${through}, ${values.seconds} s, ${counts.kills} killed`);
console.log(`  acknowledged  ${acknowledged.length} publishes, lost ${lost.length}`);
console.log(`  answers       ${counts.answers}, mixing two commits ${counts.mixed}`);
if (counts.readWhileAway !== undefined) {
  console.log(`  host away     ${values.away} s, ${counts.readWhileAway} answers meanwhile`);
}
console.log(`  refused       ${counts.refused}, broken connections ${counts.broken}`);
console.log(`  git fsck      ${gitFsck.status === 0 ? 'clean' : gitFsck.stderr}`);
console.log(`  gitpact fsck  ${fsck.status === 0 ? 'clean' : fsck.stdout}`);
rmSync(folder, { recursive: true, force: true });
process.exitCode = lost.length + counts.mixed + gitFsck.status + fsck.status === 0 ? 0 : 1;
