/** Whole processes of the command on a repository of this machine, beside Node and git alone. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Broker } from '../../../dist/broker/broker.js';
import { canIDeploy as ask } from '../../../dist/query/can-i-deploy.js';
import { matrix as askMatrix } from '../../../dist/query/matrix/matrix.js';
import { ObjectReader } from '../../../dist/store/cat-file.js';
import { openStore } from '../../../dist/store/open.js';
import { bareNode, gitpact, runProcess } from '../processes.mjs';
import { contentOf, newestVersion } from '../requests.mjs';
import { timed } from '../rounds.mjs';
import { copyOf } from '../stores.mjs';

/** Exit codes of yes, no and not verified yet. */
const answers = [0, 1, 3];

/** May the newest version be deployed. */
export const canIDeploy = {
  subjects({ store, size }) {
    const [pacticipant, version] = ['service-1', newestVersion(size)];
    const argv = ['can-i-deploy', '-a', pacticipant, '-e', version, '--to-environment', 'production'];
    const question = (now) =>
      ask(now, { selectors: [{ pacticipant, version }], destination: { environment: 'production' } });
    return asked(store, argv, question);
  },
};

/** What was verified between two pacticipants. */
export const matrix = {
  subjects({ store }) {
    const selectors = ['service-1', 'service-2'];
    const argv = ['matrix', ...selectors.flatMap((name) => ['-a', name]), '--latestby', 'cvpv'];
    const question = (now) =>
      askMatrix(now, {
        selectors: selectors.map((pacticipant) => ({ pacticipant })),
        latestBy: 'cvpv',
        limit: 100,
      });
    return asked(store, argv, question);
  },
};

/** A question by the command, beside Node that does nothing and git that reads the same objects. */
async function asked(store, [verb, ...options], question) {
  const limit = 'node -e 0, then git cat-file of the same objects';
  const input = `${(await objectsFor(store, question)).join('\n')}\n`;
  const catFile = ['git', '--git-dir', store, 'cat-file', '--batch'];
  return [
    {
      what: limit,
      measure: () =>
        timed(async () => {
          await runProcess(bareNode);
          await runProcess(catFile, { input });
        }),
    },
    {
      what: `gitpact ${verb}`,
      beside: limit,
      measure: () =>
        timed(() => runProcess([...gitpact, verb, ...options, '--repo', store], { expected: answers })),
    },
  ];
}

/** The names of all that is read to answer a question. */
async function objectsFor(repository, question) {
  const names = [];
  const { read } = ObjectReader.prototype;
  ObjectReader.prototype.read = function (wanted) {
    names.push(...wanted);
    return read.call(this, wanted);
  };
  const broker = new Broker(await openStore({ repository, env: process.env, cwd: '/' }), () => new Date());
  try {
    await broker.ask(question);
  } finally {
    ObjectReader.prototype.read = read;
    await broker.close();
  }
  return names;
}

/** A version with one contract, published. */
export const publish = {
  subjects({ store, folder }) {
    const repo = copyOf(store, join(folder, 'published.git'));
    const plain = copyOf(store, join(folder, 'imported.git'));
    const file = join(folder, 'pact.json');
    writeFileSync(file, JSON.stringify(contentOf('service-1', 'service-2', 'new')));
    const limit = 'node -e 0, then git fast-import of one commit';
    const argv = [...gitpact, 'publish', file, '--branch', 'main', '--repo', repo, '-a'];
    return [
      {
        what: limit,
        measure: (round) =>
          timed(async () => {
            await runProcess(bareNode);
            await runProcess(['git', '--git-dir', plain, 'fast-import', '--quiet'], {
              input: commitOf(`new-${round}`),
            });
          }),
      },
      {
        what: 'gitpact publish',
        beside: limit,
        measure: (round) => timed(() => runProcess([...argv, `new-${round}`])),
      },
    ];
  },
};

/** A commit with as many files as a publication has, for `git fast-import`. */
export function commitOf(name, from = 'from refs/heads/main^0\n') {
  const files = ['versions', 'branches', 'latest', 'integration'].map(
    (kind) => `M 100644 inline bench/${kind}/${name}\ndata ${name.length}\n${name}\n`,
  );
  const head = 'commit refs/heads/main\ncommitter gitpact <gitpact@localhost> 1767225600 +0000\n';
  return `${head}data ${name.length}\n${name}\n${from}${files.join('')}\n`;
}
