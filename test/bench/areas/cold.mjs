/**
 * A pipeline on a machine that has seen nothing: a question and a publication against a real smart-HTTP Git server, from an
 * empty cache and from a full one, beside what git takes. It takes minutes.
 */
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveGit } from '../git-http.mjs';
import { gitpact, runProcess } from '../processes.mjs';
import { newestVersion } from '../requests.mjs';
import { timed } from '../rounds.mjs';
import { copyOf, git } from '../stores.mjs';

const pact = {
  consumer: { name: 'service-1' },
  provider: { name: 'service-2' },
  interactions: [{ description: 'd', request: { method: 'GET', path: '/' }, response: { status: 200 } }],
  metadata: { pactSpecification: { version: '2.0.0' } },
};

const full = 'git clone';
const shallow = 'git clone --depth 1';
const blobless = 'git clone --depth 1 --filter=blob:none';
const pushed = 'the same, then git push of a commit';

/** Yes, and not verified yet; 1 might be anything. */
const expected = [0, 3];

export const cold = {
  isSlow: true,
  async subjects({ store, size, folder, onEnd }) {
    const server = await serveGit(folder);
    onEnd(() => server.close());
    const place = new Place(store, folder, server);
    const question = ['can-i-deploy', '-a', 'service-1', '-e', newestVersion(size)];
    const ask = [...question, '--to-environment', 'production'];
    const publish = ['publish', place.pact, '--branch', 'main', '-a'];
    return [
      { what: full, isOnce: true, measure: () => place.clone() },
      { what: shallow, measure: () => place.clone('--depth', '1') },
      { what: blobless, measure: () => place.clone('--depth', '1', '--filter=blob:none') },
      { what: pushed, measure: (round) => place.cloneAndPush(round) },
      { what: 'of it, on the host alone: is all there?', measure: () => place.check() },
      { what: 'can-i-deploy, empty cache', beside: blobless, measure: () => place.run('empty', ask) },
      { what: 'can-i-deploy, full cache', beside: blobless, measure: () => place.run('full', ask) },
      {
        what: 'publish, empty cache',
        beside: pushed,
        measure: (round) => place.run('empty', [...publish, `cold-${round}`]),
      },
      {
        what: 'publish, full cache',
        beside: pushed,
        measure: (round) => place.run('full', [...publish, `warm-${round}`]),
      },
    ];
  },
};

/** A host with a repository that is always as it was, and a machine that talks to it. */
class Place {
  #store;
  #served;
  #url;
  #traffic;
  #clone;
  #cache;
  #kept;
  pact;

  constructor(store, folder, { url, traffic }) {
    this.#store = store;
    this.#served = join(folder, 'store.git');
    this.#url = `${url}/store.git`;
    this.#traffic = traffic;
    this.#clone = join(folder, 'clone.git');
    this.#cache = join(folder, 'cache');
    this.#kept = join(folder, 'kept');
    this.pact = join(folder, 'pact.json');
    writeFileSync(this.pact, JSON.stringify(pact));
    copyOf(store, this.#served);
  }

  /** What a clone takes. */
  clone(...options) {
    rmSync(this.#clone, { recursive: true, force: true });
    return this.#figures(['git', 'clone', '-q', '--bare', ...options, this.#url, this.#clone]);
  }

  /** What a clone without files takes, and a push from it. */
  async cloneAndPush(round) {
    copyOf(this.#store, this.#served);
    const cloned = await this.clone('--depth', '1', '--filter=blob:none');
    const to = `${childOfTip(this.#clone)}:refs/heads/plain-${round}`;
    const sent = await this.#figures(['git', '--git-dir', this.#clone, 'push', '-q', 'origin', to]);
    return Object.fromEntries(Object.entries(cloned).map(([unit, figure]) => [unit, figure + sent[unit]]));
  }

  /** What git does on the host before it takes a commit, whoever sends it (connected.c). */
  check() {
    const input = `${childOfTip(this.#served)}\n`;
    const words = ['--objects', '--stdin', '--not', '--all', '--quiet', '--alternate-refs'];
    return timed(() => runProcess(['git', '--git-dir', this.#served, 'rev-list', ...words], { input }));
  }

  /** What a command takes with an empty cache, or with one that has what is newest. */
  async run(cache, words) {
    copyOf(this.#store, this.#served);
    rmSync(this.#cache, { recursive: true, force: true });
    if (cache === 'full') cpSync(this.#kept, this.#cache, { recursive: true });
    const env = { GITPACT_CACHE: this.#cache };
    const figures = await this.#figures([...gitpact, ...words, '--repo', this.#url], { env, expected });
    if (!existsSync(this.#kept)) cpSync(this.#cache, this.#kept, { recursive: true });
    return figures;
  }

  async #figures(argv, options) {
    const { requests, bytes } = this.#traffic;
    const { ms } = await timed(() => runProcess(argv, options));
    const { requests: asked, bytes: came } = this.#traffic;
    return { ms, requests: asked - requests, 'MB received': (came - bytes) / 1e6 };
  }
}

/** A new commit of the tree of the newest one. */
function childOfTip(repository) {
  const who = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  return git(...who, '--git-dir', repository, 'commit-tree', 'main^{tree}', '-p', 'main', '-m', 'x').trim();
}
