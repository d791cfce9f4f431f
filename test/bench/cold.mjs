/**
 * A pipeline on a machine that has seen nothing: questions and a publication against a real smart-HTTP Git server, from an
 * empty cache and from a full one, beside what `git clone` takes, in turn in one run.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveGit } from './git-http.mjs';
import { median } from './rounds.mjs';

const bin = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));

const pact = {
  consumer: { name: 'service-1' },
  provider: { name: 'service-2' },
  interactions: [{ description: 'd', request: { method: 'GET', path: '/' }, response: { status: 200 } }],
  metadata: { pactSpecification: { version: '2.0.0' } },
};

/** A repository with the commits of another, which is only ever read, and a branch of its own. */
function copyOf(store, path) {
  rmSync(path, { recursive: true, force: true });
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', path]);
  writeFileSync(join(path, 'objects/info/alternates'), `${join(store, 'objects')}\n`);
  const { stdout } = spawnSync('git', ['--git-dir', store, 'rev-parse', 'refs/heads/main'], {
    encoding: 'utf8',
  });
  spawnSync('git', ['--git-dir', path, 'update-ref', 'refs/heads/main', stdout.trim()]);
}

/** What is run, in this order: `git` or the command with the cache as `before` leaves it. */
function callsOf({ size, url, folder, round }) {
  const clone = (name, ...options) => ({
    name,
    argv: ['git', 'clone', '-q', '--bare', ...options, url, join(folder, 'clone.git')],
    before: () => rmSync(join(folder, 'clone.git'), { recursive: true, force: true }),
  });
  const cache = join(folder, 'cache');
  const kept = join(folder, 'kept');
  const empty = () => rmSync(cache, { recursive: true, force: true });
  const full = () => {
    empty();
    cpSync(kept, cache, { recursive: true });
  };
  const gitpact = (name, before, ...words) => ({
    name,
    argv: [process.execPath, bin, ...words, '--repo', url],
    env: { GITPACT_CACHE: cache },
    // Yes, and not verified yet; 1 might be anything.
    expected: [0, 3],
    before,
  });
  const question = ['can-i-deploy', '-a', 'service-1', '-e', `1.${size / 50}.0`];
  const ask = [...question, '--to-environment', 'production'];
  const publish = ['publish', join(folder, 'pact.json'), '--branch', 'main', '-a'];
  return [
    ...(round === 0 ? [clone('git clone')] : []),
    clone('git clone --depth 1', '--depth', '1'),
    clone('git clone --depth 1 --filter=blob:none', '--depth', '1', '--filter=blob:none'),
    {
      ...gitpact('can-i-deploy, empty cache', empty, ...ask),
      after: () => {
        rmSync(kept, { recursive: true, force: true });
        cpSync(cache, kept, { recursive: true });
      },
    },
    gitpact('can-i-deploy, warm cache', full, ...ask),
    gitpact('publish, empty cache', empty, ...publish, `cold-${round}`),
    gitpact('publish, warm cache', full, ...publish, `warm-${round}`),
  ];
}

/**
 * Runs everything `rounds` times, the full clone once.
 * @returns a row for each call: the median of its seconds; its requests and the megabytes it received, which do not vary.
 */
export async function timeColdPipelines(store, size, rounds) {
  const root = mkdtempSync(join(tmpdir(), 'gitpact-cold-'));
  const folder = join(root, 'client');
  mkdirSync(folder);
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pact));
  const server = await serveGit(join(root));
  const runs = new Map();
  try {
    for (let round = 0; round < rounds; round += 1) {
      copyOf(store, join(root, 'store.git'));
      for (const call of callsOf({ size, url: `${server.url}/store.git`, folder, round })) {
        call.before();
        const seen = runs.get(call.name) ?? [];
        seen.push(await measured(call, server.traffic));
        runs.set(call.name, seen);
        call.after?.();
      }
    }
  } finally {
    server.close();
    rmSync(root, { recursive: true, force: true });
  }
  return rowsOf(runs, size);
}

async function measured({ name, argv, env = {}, expected = [0] }, traffic) {
  const { requests, bytes } = traffic;
  const started = performance.now();
  const child = spawn(argv[0], argv.slice(1), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  if (!expected.includes(code)) throw new Error(`${name} ended with ${code}: ${stderr}`);
  return {
    seconds: (performance.now() - started) / 1000,
    requests: traffic.requests - requests,
    megabytes: (traffic.bytes - bytes) / 1e6,
  };
}

function rowsOf(runs, size) {
  const middle = (seen, of) => median(seen.map((one) => one[of]).sort((a, b) => a - b));
  const least = runs.get('git clone --depth 1 --filter=blob:none');
  return [...runs].map(([name, seen]) => ({
    name: `${size} versions: ${name}`,
    seconds: middle(seen, 'seconds'),
    requests: middle(seen, 'requests'),
    'MB received': middle(seen, 'megabytes'),
    'MB × blobless': middle(seen, 'megabytes') / middle(least, 'megabytes'),
    's × blobless': middle(seen, 'seconds') / middle(least, 'seconds'),
  }));
}
