import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommitId, commitId } from '../domain/names.ts';
import { addRemote, CloneFolder, exists, makeCloneFolder } from './clone-folder.ts';
import type { Credentials } from './credentials.ts';
import { writeWhole } from './durable-file.ts';
import type { Engine } from './engine.ts';
import { GitEngine, partialClone } from './engine-git.ts';
import { roomFailure, withoutProgress } from './fetch-words.ts';
import { gitFailure } from './git-failure.ts';
import type { RemoteLocation } from './location.ts';
import { type PushOutcome, pushOutcome } from './push-outcome.ts';
import { withRetryAfter } from './rate-limit.ts';
import { type Clone, type Made, type Remote, type Sighting, usualBranch } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';
import { readHead } from './repository.ts';
import { type GitCall, type GitProgram, type GitResult, runGit } from './run-git.ts';

const completeRef = 'refs/gitpact/complete';

/** How long a host may be silent in the middle of something, in milliseconds: git's own say every 5 s that they are there. */
const usualSilence = 60_000;

/** How long a host may take to say where its branches are, in milliseconds. */
const lookTime = 10_000;

/** More refs than this are not asked for all at once a second time; they are some 100 kB. */
const crowd = 2_000;

/** The file of a clone that says that its remote has more than {@link crowd} refs. */
const crowdedMark = 'gitpact-crowded';

/** What git says when another process changes the clone's shallow boundary or settings at the same time. */
const anotherFetches = /shallow file has changed|(shallow|config)\.lock|could not lock config file/i;

/** What every call about a remote is told. */
type Settings = Pick<GitCall, 'config' | 'secretConfig' | 'silence'>;

/** A remote repository through the git program: every transport that git has and gitpact allows. */
export class GitRemote implements Remote {
  readonly #git: GitProgram;
  readonly #location: RemoteLocation;
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #credentials: Credentials | undefined;

  /**
   * @param folder where the clone lies, or will
   * @param silence for how many milliseconds the host may say nothing in the middle of something
   */
  constructor(
    git: GitProgram,
    location: RemoteLocation,
    credentials: Credentials | undefined,
    folder: string,
    silence = usualSilence,
  ) {
    this.#git = git;
    this.#location = location;
    this.#folder = folder;
    this.#credentials = credentials;
    this.#settings = {
      config: [
        ['protocol.allow', 'never'],
        ['protocol.https.allow', 'always'],
        ['protocol.ssh.allow', 'always'],
        [`protocol.${location.transport}.allow`, 'always'],
        ['http.lowSpeedLimit', '1'],
        ['http.lowSpeedTime', String(silence / 1000)],
        ['core.fsync', 'none'],
        ...partialClone,
      ],
      secretConfig: credentials
        ? [[`http.${credentials.origin}/.extraHeader`, `Authorization: ${credentials.authorization}`]]
        : [],
      // Of ssh git has no such limit: what it says of its progress shows that the host is there.
      ...(location.transport === 'ssh' ? { silence } : {}),
    };
  }

  async look(ref: string | undefined): Promise<Sighting> {
    const wanted = ref === undefined ? ['HEAD', usualBranch] : [ref];
    const refs = (await this.#isCrowded()) ? await this.#list(wanted) : await this.#listAll();
    const head = ref === undefined ? refs.get('symref HEAD') : undefined;
    const full = ref ?? head ?? (await this.#unbornHead());
    const tip = refs.get(head === undefined ? full : 'HEAD');
    return { ref: full, tip: tip === undefined ? undefined : commitId(tip) };
  }

  async lookUp(name: string): Promise<string | undefined> {
    if (name.startsWith('-') || /[\s\0*?[]/.test(name)) return undefined;
    const refs = await this.#list([name]);
    const candidates = [
      name,
      `refs/${name}`,
      `refs/tags/${name}^{}`,
      `refs/tags/${name}`,
      `refs/heads/${name}`,
    ];
    return candidates.map((candidate) => refs.get(candidate)).find((oid) => oid !== undefined);
  }

  async openClone(): Promise<Clone> {
    if (!(await exists(join(this.#folder, 'config')))) await this.#makeClone();
    const folder = await CloneFolder.at(this.#folder);
    return new GitClone(this.#git, folder, this.#settings, this.#explained);
  }

  /** What git said, with what the host alone can say about it. */
  readonly #explained = (result: GitResult): Promise<GitResult> =>
    withRetryAfter(result, this.#location.url, this.#credentials);

  /**
   * All refs, in one request: the protocol that can be asked for some of them needs another to begin with. A remote with
   * many is remembered, to be asked for some the next time.
   */
  async #listAll(): Promise<Map<string, string>> {
    const refs = await this.#list([], [['protocol.version', '0']]);
    if (refs.size > crowd) await writeFile(join(this.#folder, crowdedMark), '').catch(() => undefined);
    return refs;
  }

  #isCrowded(): Promise<boolean> {
    return exists(join(this.#folder, crowdedMark));
  }

  async #list(patterns: readonly string[], config: GitCall['config'] = []): Promise<Map<string, string>> {
    const result = await runGit(this.#git, {
      ...this.#settings,
      config: [...(this.#settings.config ?? []), ...config],
      patience: lookTime,
      args: ['ls-remote', '--symref', '--', this.#location.url, ...patterns],
    });
    if (result.code !== 0) throw remoteFailure((await this.#explained(result)).stderr);
    const lines = result.stdout.toString('utf8').split('\n');
    return new Map(
      lines.flatMap((line): [string, string][] => {
        const [value = '', name = ''] = line.split('\t');
        if (value.startsWith('ref: ')) return [[`symref ${name}`, value.slice('ref: '.length)]];
        return name === '' ? [] : [[name, value]];
      }),
    );
  }

  /** The branch that HEAD names when that has no commit yet, which only the folder itself tells. */
  async #unbornHead(): Promise<string> {
    const { path } = this.#location;
    if (path === undefined) return usualBranch;
    return (await readHead(path)) ?? (await readHead(join(path, '.git'))) ?? usualBranch;
  }

  async #makeClone(): Promise<void> {
    await makeCloneFolder(this.#folder, async (made) => {
      const git = { ...this.#git, env: { ...this.#git.env, GIT_DEFAULT_REF_FORMAT: undefined } };
      const result = await runGit(git, {
        args: ['init', '--quiet', '--bare', '--template=', '--', made],
        config: [['init.defaultRefFormat', 'files']],
      });
      if (result.code !== 0) throw gitFailure('prepare a clone of', result.stderr);
      await addRemote(made, this.#location.url);
    });
  }
}

/**
 * A clone that several processes may use at once: objects are only ever added to it, and the one ref it has, the
 * commit up to which nothing is missing, is moved after the objects have come.
 */
class GitClone implements Clone {
  readonly engine: Engine;
  readonly folder: CloneFolder;
  readonly #git: GitProgram;
  readonly #settings: Settings;
  readonly #explained: (result: GitResult) => Promise<GitResult>;

  constructor(
    git: GitProgram,
    folder: CloneFolder,
    settings: Settings,
    explained: (result: GitResult) => Promise<GitResult>,
  ) {
    this.#explained = explained;
    this.engine = new GitEngine(git, { gitDir: folder.path, commonDir: folder.path }, true);
    this.#git = git;
    this.folder = folder;
    this.#settings = settings;
  }

  async completeTip(): Promise<CommitId | undefined> {
    return (await this.engine.readRef(completeRef))?.id;
  }

  async noteComplete(tip: CommitId): Promise<void> {
    await writeWhole(join(this.folder.path, completeRef), `${tip}\n`, { sync: false }).catch(() => undefined);
  }

  async fetch(_ref: string, tip: CommitId): Promise<CommitId> {
    if ((await this.completeTip()) === undefined) await this.#fetchShallow(tip);
    else await this.#fetch([], [tip]);
    return tip;
  }

  async fetchNewest(ref: string): Promise<CommitId> {
    const seen = `refs/gitpact/seen-${randomUUID()}`;
    // What others have just written is little, and what comes next is decided on it: it comes with its files at once.
    await this.#fetch(['--refmap=', '--no-filter'], [`+${ref}:${seen}`]);
    const file = join(this.folder.path, seen);
    try {
      return commitId((await readFile(file, 'utf8')).trim());
    } finally {
      await rm(file, { force: true });
    }
  }

  fetchCommit(id: string): Promise<void> {
    return this.#fetchShallow(id);
  }

  fetchObjects(oids: readonly string[]): Promise<void> {
    return this.#fetch(['--filter=blob:none'], oids, [['fetch.negotiationAlgorithm', 'noop']]);
  }

  async deepen(_ref: string, tip: CommitId): Promise<void> {
    if (!(await exists(join(this.folder.path, 'shallow')))) return;
    await this.#fetch(['--unshallow', '--filter=tree:0'], [tip]);
  }

  async push(ref: string, { from, to, beginsAnew }: Made): Promise<PushOutcome> {
    const result = await this.#run([
      'push',
      ...(this.#settings.silence === undefined ? [] : ['--progress']),
      '--porcelain',
      '--no-verify',
      '--no-signed',
      '--no-follow-tags',
      '--recurse-submodules=no',
      ...(beginsAnew ? [`--force-with-lease=${ref}:${from}`] : []),
      '--',
      'origin',
      `${to}:${ref}`,
    ]);
    return pushOutcome({ stdout: result.stdout.toString('utf8'), stderr: result.stderr }, ref);
  }

  /** The commit and its folders without files; with whatever more a host sends that cannot send less. */
  async #fetchShallow(id: string): Promise<void> {
    try {
      await this.#fetch(['--depth=1', '--filter=blob:none'], [id]);
    } catch (error) {
      if (!/dumb|shallow|filter|depth/i.test(String((error as Error).cause))) throw error;
      await this.#fetch([], [id]);
    }
  }

  /** Fetches ids, or what refspecs name. */
  async #fetch(
    options: readonly string[],
    wanted: readonly string[],
    config: readonly (readonly [string, string])[] = [],
  ): Promise<void> {
    const args = [
      'fetch',
      this.#settings.silence === undefined ? '--quiet' : '--progress',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      ...options,
    ];
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#run([...args, '--stdin', 'origin'], `${wanted.join('\n')}\n`, config);
      if (result.code === 0) return;
      const another = attempt < 5 && anotherFetches.test(result.stderr);
      if (!another) throw roomFailure(result.stderr) ?? remoteFailure(result.stderr);
      await sleep(100 * attempt);
    }
  }

  async #run(args: readonly string[], input = '', config: GitCall['config'] = []): Promise<GitResult> {
    const result = await runGit(this.#git, {
      gitDir: this.folder.path,
      ...this.#settings,
      config: [...(this.#settings.config ?? []), ...config],
      args,
      input,
    });
    return this.#explained({ ...result, stderr: withoutProgress(result.stderr) });
  }
}
