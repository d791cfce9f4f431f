/** Publications through a server, each durable when it is acknowledged; beside the disk, git and a plain server. */
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { load } from '../load.mjs';
import { runProcess } from '../processes.mjs';
import { canIDeployOnce, forVerification, publishing, services } from '../requests.mjs';
import { helloWorld, Server, serving } from '../server.mjs';
import { copyOf, git } from '../stores.mjs';
import { commitOf } from './commands.mjs';

const fsyncs = 'fsync of 4 KB, one after another';

/** From 1, 8 and 32 clients. */
export const servePublishes = {
  async subjects({ store, folder, count, onEnd }) {
    const server = await Server.start(serving(copyOf(store, join(folder, 'served.git'))));
    const plain = await Server.start(helloWorld);
    onEnd(() => Promise.all([plain.end(), server.end()]));
    const imported = copyOf(store, join(folder, 'imported.git'));
    const some = Math.max(1, Math.round(count / 10));
    return [
      { what: fsyncs, measure: () => perSecond(some, () => syncOften(join(folder, 'synced'), some)) },
      {
        what: 'git fast-import of as many commits',
        measure: (round) => perSecond(some, () => importMany(imported, `round-${round}`, some)),
      },
      {
        what: 'a plain hono server, 8 clients',
        measure: (round) => publishes(plain, 8, some, round),
      },
      ...[1, 8, 32].map((clients) => ({
        what: clients === 1 ? '1 client' : `${clients} clients`,
        beside: fsyncs,
        measure: (round) => publishes(server, clients, some * Math.ceil(clients / 4), round),
      })),
    ];
  },
};

/** Four who publish, and eight who ask meanwhile what is to be verified and what may be deployed. */
export const serveMixed = {
  async subjects({ store, size, folder, count, onEnd }) {
    const server = await Server.start(serving(copyOf(store, join(folder, 'mixed.git'))));
    onEnd(() => server.end());
    const questions = [forVerification(), canIDeployOnce(size)];
    const questionOf = (number) => questions[number % questions.length](number);
    const measure = async (round) => {
      let isOver = false;
      const reading = load(server.url, { clients: 8, questionOf, isOver: () => isOver });
      const written = await publishes(server, 4, Math.max(4, Math.round(count / 10)), `mixed-${round}`);
      isOver = true;
      return { ...named(await reading, 'answers'), ...named(written, 'publications') };
    };
    return [{ what: '8 read, 4 publish', measure }];
  },
};

/** What one publication adds to the repository when its contracts are those of the version before. */
export const growth = {
  subjects({ store, folder, count }) {
    const measure = async () => {
      const repo = join(folder, 'grown.git');
      git('clone', '-q', '--bare', store, repo);
      await publishSame(repo, 'first', services);
      const before = packedBytes(repo);
      await publishSame(repo, 'then', count);
      return { 'bytes each': (packedBytes(repo) - before) / count };
    };
    return [{ what: 'three contracts as before, after git gc', measure, isOnce: true }];
  },
};

async function publishSame(repo, run, count) {
  const server = await Server.start(serving(repo));
  await load(server.url, { clients: 32, count, questionOf: publishing(run, 'same') });
  await server.end();
}

function packedBytes(repo) {
  git('--git-dir', repo, 'gc', '--quiet', '--prune=now');
  const [, kibibytes] = /^size-pack: (\d+)$/m.exec(git('--git-dir', repo, 'count-objects', '-v'));
  return Number(kibibytes) * 1024;
}

function publishes(server, clients, count, round) {
  return load(server.url, { clients, count, questionOf: publishing(`${clients}-${round}`) });
}

function named(figure, what) {
  return Object.fromEntries(Object.entries(figure).map(([unit, value]) => [`${what}, ${unit}`, value]));
}

async function perSecond(count, run) {
  const started = performance.now();
  await run();
  return { 'a second': (count * 1000) / (performance.now() - started) };
}

function syncOften(path, count) {
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096, 1);
  for (let written = 0; written < count; written += 1) {
    writeSync(file, page);
    fsyncSync(file);
  }
  closeSync(file);
}

function importMany(repo, name, count) {
  const commits = Array.from({ length: count }, (_, number) =>
    commitOf(`${name}-${number}`, number === 0 ? undefined : ''),
  );
  return runProcess(['git', '--git-dir', repo, 'fast-import', '--quiet'], { input: commits.join('') });
}
