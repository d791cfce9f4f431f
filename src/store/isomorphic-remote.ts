import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { type CommitId, commitId } from '../domain/names.ts';
import { addRemote, CloneFolder, exists, makeCloneFolder } from './clone-folder.ts';
import type { Credentials } from './credentials.ts';
import { writeWhole } from './durable-file.ts';
import type { Engine } from './engine.ts';
import { IsomorphicEngine, isomorphicGit } from './engine-isomorphic.ts';
import { diskFailure } from './git-failure.ts';
import { wholeFs } from './isomorphic-fs.ts';
import { type PushOutcome, rejected } from './push-outcome.ts';
import type { Clone, Remote, Sighting } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';

const completeRef = 'refs/gitpact/complete';

/** More commits than any history has: the depth that means all of it. */
const everything = 0x7fffffff;

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
    const refs = await this.#list(ref ?? 'HEAD');
    const found = refs.find((entry) => entry.ref === (ref ?? 'HEAD'));
    return {
      ref: ref ?? found?.target ?? 'refs/heads/main',
      tip: found?.oid === undefined ? undefined : commitId(found.oid),
    };
  }

  async lookUp(name: string): Promise<string | undefined> {
    const refs = await this.#list(undefined);
    const candidates = [name, `refs/${name}`, `refs/tags/${name}`, `refs/heads/${name}`];
    const found = candidates.flatMap((candidate) => refs.filter((entry) => entry.ref === candidate))[0];
    return found?.peeled ?? found?.oid;
  }

  async openClone(): Promise<Clone> {
    if (!(await exists(join(this.#folder, 'config')))) await this.#makeClone();
    return new IsomorphicClone(await CloneFolder.at(this.#folder), this.#access);
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

  async fetch(ref: string): Promise<CommitId> {
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

  async push(ref: string, to: CommitId): Promise<PushOutcome> {
    const { git, http } = await load();
    const said: string[] = [];
    try {
      const { url, headers } = this.#access;
      const result = await git.push({
        fs: wholeFs,
        http,
        gitdir: this.folder.path,
        url,
        headers: { ...headers },
        ref: to,
        remoteRef: ref,
        remote: 'origin',
        onMessage: (line) => {
          said.push(`remote: ${line}`);
        },
      });
      return result.refs[ref]?.ok
        ? { kind: 'in' }
        : { kind: 'unknown', error: remoteFailure('the remote failed to report status') };
    } catch (error) {
      return outcomeOf(error, ref, said.join('\n'));
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

async function load() {
  const [git, http] = await Promise.all([isomorphicGit(), import('isomorphic-git/http/node')]);
  return { git, http: http.default };
}

/** What isomorphic-git throws, and what a host said in it. */
interface Thrown {
  readonly code?: string;
  readonly message: string;
  readonly data?: {
    readonly response?: string;
    readonly result?: { readonly refs: Record<string, { readonly ok: boolean; readonly error?: string }> };
  };
}

function failureOf(error: unknown): unknown {
  const failure = diskFailure(error);
  return failure === error ? remoteFailure((error as Thrown).message, error) : failure;
}

function oddName(message: string): GitpactError {
  return new GitpactError('store-refused', `isomorphic-git does not push such a file name: ${message}`, {
    hint: 'Install Git, and unset GITPACT_GIT.',
  });
}

function outcomeOf(error: unknown, ref: string, said: string): PushOutcome {
  const { code, message, data } = error as Thrown;
  if (code === 'PushRejectedError') return { kind: 'lost', why: 'non-fast-forward' };
  const reason = data?.result?.refs[ref]?.error;
  if (code === 'GitPushError' && reason !== undefined) return rejected(reason, said);
  if (code === 'UnsafeFilepathError') return { kind: 'refused', error: oddName(message) };
  const failure = remoteFailure(message, error);
  const final = failure.kind === 'refused' || failure.kind === 'usage';
  return final ? { kind: 'refused', error: failure } : { kind: 'unknown', error: failure };
}
