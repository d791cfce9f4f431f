/** A server of a store, beside a plain server of hono's. */
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { serveGit } from '../git-http.mjs';
import { askOnce, load } from '../load.mjs';
import * as requests from '../requests.mjs';
import { helloWorld, Server, serving } from '../server.mjs';

const hello = 'a plain hono server';

/** From its start to its first answer, and its memory then. */
export const serveStart = {
  async subjects({ store, size, folder, onEnd }) {
    const question = requests.canIDeploy(size)(0);
    const git = await serveGit(dirname(store));
    onEnd(() => git.close());
    const url = `${git.url}/${basename(store)}`;
    const cache = join(folder, 'serve-cache');
    const env = { GITPACT_CACHE: cache };
    const forget = () => rmSync(cache, { recursive: true, force: true });
    return [
      { what: hello, measure: () => firstAnswer(helloWorld, question) },
      {
        what: 'repository of this machine',
        beside: hello,
        measure: () => firstAnswer(serving(store), question),
      },
      {
        what: 'remote, nothing in the cache',
        beside: hello,
        measure: () => {
          forget();
          return firstAnswer(serving(url), question, env);
        },
      },
      {
        what: 'remote, in the cache',
        beside: hello,
        measure: () => firstAnswer(serving(url), question, env),
      },
    ];
  },
};

async function firstAnswer(argv, question, env) {
  const started = performance.now();
  const server = await Server.start(argv, env);
  await askOnce(server.url, question);
  const figure = { ms: performance.now() - started, MB: server.megabytes };
  await server.end();
  return figure;
}

/** Questions of eight clients at once. */
export const serveReads = {
  async subjects({ store, size, count, onEnd }) {
    const plain = await Server.start(helloWorld);
    const server = await Server.start(serving(store));
    onEnd(() => Promise.all([plain.end(), server.end()]));
    // Numbers go on from round to round: what must not be asked twice is not.
    const asking = (of, questionOf, share = 1) => {
      const some = Math.max(1, Math.round(count * share));
      return (round) =>
        under(of, { clients: 8, count: some, questionOf: (number) => questionOf(round * some + number) });
    };
    const question = requests.forVerification();
    return [
      { what: hello, measure: asking(plain, question) },
      {
        what: 'can-i-deploy, the same fifty',
        beside: hello,
        measure: asking(server, requests.canIDeploy(size)),
      },
      {
        what: 'can-i-deploy, each but once',
        beside: hello,
        measure: asking(server, requests.canIDeployOnce(size)),
      },
      { what: 'for-verification, each but once', beside: hello, measure: asking(server, question) },
      {
        what: 'matrix of a pair, each but once',
        beside: hello,
        measure: asking(server, requests.matrix(), 0.1),
      },
      {
        what: 'for-verification, right after a start',
        beside: hello,
        measure: async () => {
          const fresh = await Server.start(serving(store));
          const figure = await under(fresh, { clients: 8, count: requests.services, questionOf: question });
          await fresh.end();
          return figure;
        },
      },
    ];
  },
};

/** What a server does under load, and what of processors and memory it takes. */
async function under(server, wanted) {
  const before = server.cpuSeconds;
  const figure = await load(server.url, wanted);
  const spent = server.cpuSeconds - before;
  return { ...figure, 'CPU ms each': (spent * 1000) / wanted.count, MB: server.megabytes };
}
