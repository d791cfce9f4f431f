import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommitId, commitId } from '../domain/names.ts';
import { addRemote, CloneFolder, exists, makeCloneFolder } from './clone-folder.ts';
import type { Credentials } from './credentials.ts';
import { writeWhole } from './durable-file.ts';
import type { Engine } from './engine.ts';
import { IsomorphicEngine, isomorphicGit } from './engine-isomorphic.ts';
import { diskFailure } from './git-failure.ts';
import { wholeFs } from './isomorphic-fs.ts';
import { type PushOutcome, withoutAnswer } from './push-outcome.ts';
import { sendPush } from './receive-pack.ts';
import { type Clone, type Made, type Remote, type Sighting, usualBranch } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';

const completeRef = 'refs/gitpact/complete';

/** More commits than any history has: the depth that means all of it. */
const everything = 0x7fffffff;

/** A clone with more packs is made anew: every fetch adds one, each slows every read, and only git could join them. */
const mostPacks = 200;

/** How isomorphic-git reaches the host. */
interface Access {
  readonly url: string;
  /** To be copied for each call: isomorphic-git adds its own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A remote repository through isomorphic-git: http and https. Whole files come with each fetch. */
export class IsomorphicRemote implements Remote {
  readonly #access: Access;
  readonly #folder: string;

  /** @param folder where the clone lies, or will */
  constructor(
    url: string,
    credentials: Credentials | undefined,
    folder: string,
    env: Readonly<Record<string, string | undefined>>,
  ) {
    const headers: Record<string, string> = credentials ? { Authorization: credentials.authorization } : {};
    this.#access = { url, headers, env };
    this.#folder = folder;
  }

  async look(ref: string | undefined): Promise<Sighting> {
    const head = ref === undefined ? await this.#find('HEAD') : undefined;
    if (head?.target !== undefined) return { ref: head.target, tip: commitId(head.oid) };
    const name = ref ?? usualBranch;
    const found = await this.#find(name);
    return { ref: name, tip: found && commitId(found.oid) };
  }

  async lookUp(name: string): Promise<string | undefined> {
    const refs = await this.#list(undefined);
    const candidates = [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`];
    const found = candidates.flatMap((candidate) => refs.filter((entry) => entry.ref === candidate))[0];
    return found?.peeled ?? found?.oid;
  }

  async openClone(): Promise<Clone> {
    if (!(await exists(join(this.#folder, 'config')))) await this.#makeClone();
    const folder = await CloneFolder.at(this.#folder);
    if ((await packsIn(folder)) > mostPacks) {
      await folder.discard();
      return this.openClone();
    }
    return new IsomorphicClone(folder, this.#access);
  }

  async #find(ref: string) {
    return (await this.#list(ref)).find((entry) => entry.ref === ref);
  }

  async #list(prefix: string | undefined) {
    const { git, http } = await load();
    try {
      return await git.listServerRefs({
        http,
        url: this.#access.url,
        headers: { ...this.#access.headers },
        symrefs: true,
        peelTags: true,
        ...(prefix === undefined ? {} : { prefix }),
      });
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #makeClone(): Promise<void> {
    const { git } = await load();
    await makeCloneFolder(this.#folder, async (made) => {
      await git.init({ fs: wholeFs, gitdir: made, bare: true, defaultBranch: 'main' });
      await addRemote(made, this.#access.url);
    });
  }
}

/** A clone that several processes may use at once: files appear in it as a whole, and objects are only ever added. */
class IsomorphicClone implements Clone {
  readonly engine: Engine;
  readonly folder: CloneFolder;
  readonly #access: Access;

  constructor(folder: CloneFolder, access: Access) {
    this.engine = new IsomorphicEngine({ gitDir: folder.path, commonDir: folder.path }, access.env, true);
    this.folder = folder;
    this.#access = access;
  }

  async completeTip(): Promise<CommitId | undefined> {
    return (await this.engine.readRef(completeRef))?.id;
  }

  async noteComplete(tip: CommitId): Promise<void> {
    await writeWhole(join(this.folder.path, completeRef), `${tip}\n`, { sync: false }).catch(() => undefined);
  }

  fetch(ref: string): Promise<CommitId> {
    return this.fetchNewest(ref);
  }

  async fetchNewest(ref: string): Promise<CommitId> {
    const isFirst = (await this.completeTip()) === undefined;
    return this.#fetch(ref, isFirst ? 1 : undefined);
  }

  async fetchCommit(id: string): Promise<void> {
    await this.#fetch(id, 1);
  }

  /** Nothing was left out of what was fetched, so nothing can be fetched after. */
  async fetchObjects(): Promise<void> {}

  async deepen(ref: string): Promise<void> {
    const shallow = await stat(join(this.folder.path, 'shallow')).catch(() => undefined);
    if (shallow && shallow.size > 0) await this.#fetch(ref, everything);
  }

  async push(ref: string, { from, to, objects }: Made): Promise<PushOutcome> {
    const pack = await this.#pack(objects);
    const { http } = await load();
    try {
      return await sendPush(http, { ...this.#access, ref, from, to, pack });
    } catch (error) {
      return withoutAnswer(wordsOf(error), error);
    }
  }

  async #pack(oids: readonly string[]): Promise<Uint8Array> {
    const { git } = await load();
    try {
      const { packfile } = await git.packObjects({ fs: wholeFs, gitdir: this.folder.path, oids: [...oids] });
      return packfile ?? new Uint8Array();
    } catch (error) {
      throw failureOf(error);
    }
  }

  async #fetch(remoteRef: string, depth: number | undefined): Promise<CommitId> {
    const { git, http } = await load();
    const { url, headers } = this.#access;
    try {
      const { fetchHead } = await git.fetch({
        fs: wholeFs,
        http,
        gitdir: this.folder.path,
        url,
        headers: { ...headers },
        ref: completeRef,
        remoteRef,
        remote: 'origin',
        singleBranch: true,
        tags: false,
        ...(depth === undefined ? {} : { depth }),
      });
      return commitId(fetchHead ?? '');
    } catch (error) {
      throw failureOf(error);
    }
  }
}

async function packsIn({ path }: CloneFolder): Promise<number> {
  const names = await readdir(join(path, 'objects/pack')).catch(() => []);
  return names.filter((name) => name.endsWith('.pack')).length;
}

async function load() {
  const [git, { http }] = await Promise.all([isomorphicGit(), import('./isomorphic-http.ts')]);
  return { git, http };
}

function failureOf(error: unknown): unknown {
  const failure = diskFailure(error);
  return failure === error ? remoteFailure(wordsOf(error), error) : failure;
}

/** What an error says; fetch tells the reason in the cause of it. */
function wordsOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
