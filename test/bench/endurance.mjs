// npm run endurance -- --minutes 10: ten years of a large company in ten minutes. Builds publish, verify, tag, deploy and ask,
// over three servers and by the command, while processes are killed, disks fill up, the Git host goes away, it is tidied up,
// and clocks jump. Nothing acknowledged may be lost, all must be sound, nobody must have missed a failed verification,
// and the server that lives through it must not grow.
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Ledger } from './endurance/ledger.mjs';
import { Load } from './endurance/load.mjs';
import { MemoryWatch } from './endurance/memory.mjs';
import { findLost, findUnsound } from './endurance/proof.mjs';
import { startReceiver, webhookTo } from './endurance/receiver.mjs';
import { Clock, Disk, killInTurn } from './endurance/trouble.mjs';
import { seed } from './seed.mjs';
import { freePort, Service } from './service.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    writers: { type: 'string', default: '8' },
    readers: { type: 'string', default: '2' },
    pipelines: { type: 'string', default: '2' },
    /** Versions that are in the store before. */
    size: { type: 'string', default: '10000' },
    'kill-every': { type: 'string', default: '7' },
  },
});
const milliseconds = Number(values.minutes) * 60_000;
const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const bin = file('../../bin/gitpact.js');
const folder = mkdtempSync(join(tmpdir(), 'gitpact-endurance-'));
const range = (count) => Array.from({ length: Number(count) }, (_, index) => index);
const says = (words) => process.stderr.write(`${words}\n`);

const hostDisk = Disk.mount(join(folder, 'host'), '2g');
const cacheDisk = Disk.mount(join(folder, 'cache-steady'), '1g');
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
if (!hostDisk || !cacheDisk) says('No file system may be mounted here: no disk will fill up.');
mkdirSync(join(folder, 'host'), { recursive: true });
const clock = new Clock(folder);
if (!clock.canJump) says('libfaketime is not installed: no clock will jump.');

const repo = join(folder, 'host', 'contracts.git');
says(`writing a store of ${values.size} versions`);
await seed({ pacticipants: 50, versions: Number(values.size) / 50, repo });
const host = await new Service({
  name: 'Git host',
  argv: [
    process.execPath,
    file('git-http.mjs'),
    '--root',
    join(folder, 'host'),
    '--port',
    `${await freePort()}`,
  ],
  ready: /listening on (\S+)/,
}).start();
const remote = `${host.said}/contracts.git`;
const receiver = await startReceiver();
const callable = { GITPACT_WEBHOOK_HOSTS: '127.0.0.1', GITPACT_WEBHOOK_SCHEMES: 'http' };

async function serverOf(name, env) {
  const options = [
    '--repo',
    remote,
    '--port',
    `${await freePort()}`,
    '--log-level',
    'silent',
    '--no-webhooks',
  ];
  const GITPACT_CACHE = join(folder, `cache-${name}`);
  const service = new Service({
    name,
    argv: [process.execPath, bin, 'serve', ...options],
    env: { ...callable, GITPACT_CACHE, ...env },
    ready: /listening on (\S+)/,
  });
  return service.start();
}

function watcherOf(name) {
  return new Service({
    name,
    argv: [process.execPath, bin, 'webhooks', 'watch', '--repo', remote, '--poll', '2'],
    env: {
      ...callable,
      GITPACT_CACHE: join(folder, `cache-${name}`),
      GITPACT_WEBHOOK_RETRY_SCHEDULE: '1 1 2 2 4 4 8 8',
    },
    ready: /(watching)/,
  });
}

const steady = await serverOf('steady', clock.env);
const servers = [
  steady,
  await serverOf('git', clock.env),
  await serverOf('isomorphic', { GITPACT_GIT: 'isomorphic' }),
];
const watchers = [watcherOf('watcher-1'), watcherOf('watcher-2')];

const api = async (method, path, body) => {
  const response = await fetch(`${steady.said}${path}`, {
    method,
    headers: { 'content-type': 'application/json', accept: 'application/hal+json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
};
const { _embedded } = await api('GET', '/environments');
await api('POST', '/webhooks', webhookTo(receiver.url));
await Promise.all(watchers.map((watcher) => watcher.start()));

const ledger = new Ledger();
const began = Date.now();
const load = new Load({
  ledger,
  until: began + milliseconds,
  servers,
  environment: _embedded.environments[0].uuid,
});
const memory = new MemoryWatch();

/** Does something when so much of the time is over. */
async function after(share, work) {
  await sleep(milliseconds * share);
  await work();
}

/** The host is tidied up, and looked over, as a host does at night. */
async function tidyUp() {
  for (let turn = 0; !load.isOver; turn += 1) {
    await sleep(Math.min(45_000, milliseconds / 6));
    const argv =
      turn % 2 ? [process.execPath, bin, 'fsck', '--repo', repo] : ['git', '--git-dir', repo, 'gc', '-q'];
    await promisify(execFile)(argv[0], argv.slice(1)).then(
      () => {
        ledger.counts.checks += 1;
      },
      (error) => ledger.refuse(`${argv.at(-1)} exit ${error.code}: ${error.stdout}${error.stderr}`),
    );
  }
}

async function tell() {
  while (!load.isOver) {
    await sleep(10_000);
    const { counts, acknowledged } = ledger;
    const seconds = Math.round((Date.now() - began) / 1000);
    says(
      `${seconds} s: ${acknowledged} acknowledged, ${counts.questions} answers, ${counts.kills} kills, ${counts.refused} refused`,
    );
  }
}

const pause = { host: 1_000, other: 0 };
const pipelineEnv = { ...clock.env, GITPACT_CACHE: join(folder, 'cache-pipelines') };
await Promise.all([
  ...range(values.writers).map((writer) => load.buildsOf(writer)),
  ...range(values.readers).map(() => load.questions()),
  ...range(values.pipelines).map((worker) =>
    load.pipelinesOf(worker, { bin, repo: worker % 2 ? repo : remote, env: pipelineEnv, folder }),
  ),
  killInTurn(
    [servers[1], servers[2], host, ...watchers].map((service) => ({
      service,
      pause: service === host ? pause.host : pause.other,
    })),
    load,
    Number(values['kill-every']) * 1_000,
  ),
  after(0.25, () => hostDisk?.fillFor(milliseconds / 30)),
  after(0.45, () => host.startAgain('SIGKILL', { pause: milliseconds / 20 })),
  after(0.6, () => cacheDisk?.fillFor(milliseconds / 30)),
  after(0.75, () => servers[1].startAgain('SIGTERM')),
  clock.jump(load, milliseconds / 40),
  memory.watch(steady, load),
  tidyUp(),
  tell(),
]);

/** The last failures are told, at the latest after all retries. */
async function untilAllHeard(failed) {
  const patience = Date.now() + 90_000;
  const missing = () => failed.filter((version) => !receiver.heard.has(version));
  while (missing().length > 0 && Date.now() < patience) await sleep(500);
  return missing();
}

says('looking for what got lost');
const failed = ledger.results
  .filter(({ success }) => !success)
  .map((result) => result.providerApplicationVersion);
const unheard = await untilAllHeard(failed);
await Promise.all([...servers, ...watchers].map((service) => service.end()));
await host.end();
receiver.close();
const judge = new Service({
  name: 'judge',
  argv: [
    process.execPath,
    bin,
    'serve',
    '--repo',
    repo,
    '--port',
    '0',
    '--log-level',
    'silent',
    '--no-webhooks',
  ],
  ready: /listening on (\S+)/,
});
await judge.start();
const lost = await findLost(ledger, judge.said);
await judge.end();
const unsound = findUnsound(bin, repo);
const isAllWell = lost.length + unheard.length + unsound.length === 0;
const kept = isAllWell ? undefined : mkdtempSync(join(tmpdir(), 'gitpact-endured-'));
if (kept) cpSync(repo, kept, { recursive: true });
const commits = spawnSync('git', ['--git-dir', repo, 'rev-list', '--count', 'main'], {
  encoding: 'utf8',
}).stdout.trim();

const { counts, publications, results, deployments, tags, refusals } = ledger;
const { fifths } = memory;
const isFlat = fifths[4] <= 1.25 * Math.max(fifths[1], fifths[2]);
const told = failed.map((version) => receiver.heard.get(version) ?? 0);
console.log(`${values.minutes} minutes on a store of ${values.size} versions, ${commits} commits in the end`);
console.log(
  `  acknowledged  ${publications.length} publications, ${results.length} results, ${tags.length} tags,`,
);
console.log(`                ${deployments.length} deployments; lost: ${lost.length}`);
console.log(`  answers       ${counts.questions}, mixing two commits: ${counts.mixed}`);
console.log(
  `  trouble       ${counts.kills} kills, ${counts.jumps} jumps of the clock, ${hostDisk ? 2 : 0} disks full, host away once`,
);
const all = [...servers, ...watchers, host];
const deaths = all.filter((one) => one.deaths > 0).map((one) => `${one.name} ${one.deaths}`);
console.log(`  of itself     ended: ${deaths.join(', ') || 'none'}`);
console.log(`  checks        ${counts.checks} git gc and gitpact fsck meanwhile`);
console.log(`  refused       ${counts.refused}, broken connections ${counts.broken}`);
for (const [words, times] of [...refusals].sort((a, b) => b[1] - a[1]).slice(0, 12)) {
  console.log(`    ${String(times).padStart(5)}  ${words}`);
}
console.log(
  `  webhooks      ${failed.length} failures, not told: ${unheard.length}; told twice: ${told.filter((n) => n > 1).length}`,
);
console.log(
  `  memory        ${fifths.map((megabytes) => megabytes.toFixed(0)).join(', ')} MB in each fifth: ${isFlat ? 'flat' : 'GROWING'}`,
);
console.log(unsound.length === 0 ? '  git fsck and gitpact fsck clean' : unsound.join('\n'));
for (const words of [...lost, ...unheard.map((version) => `the failure of ${version}`)].slice(0, 20))
  console.log(`  LOST: ${words}`);
if (kept) console.log(`  the repository is kept in ${kept}`);
process.exitCode = isAllWell && counts.mixed + deaths.length === 0 && isFlat ? 0 : 1;
