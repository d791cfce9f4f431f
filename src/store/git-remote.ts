import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitId } from '../domain/names.ts';
import { CloneFolder, exists, makeCloneFolder, makeEmptyClone } from './clone-folder.ts';
import type { Credentials } from './credentials.ts';
import { FetchAhead } from './fetch-ahead.ts';
import { GitClone, isEmptyClone } from './git-clone.ts';
import type { Contact } from './host-calls.ts';
import type { RemoteLocation } from './location.ts';
import { withRetryAfter } from './rate-limit.ts';
import { type Clone, type Remote, type Sighting, usualBranch } from './remote.ts';
import { remoteFailure } from './remote-failure.ts';
import { readHead } from './repository.ts';
import { type GitCall, type GitProgram, runGit } from './run-git.ts';

/** How long a host may be silent in the middle of something, in milliseconds: git's own say every 5 s that they are there. */
const usualSilence = 60_000;

/** How long a host may take to say where its branches are, in milliseconds. */
const lookTime = 10_000;

/** More refs than this are not asked for all at once a second time; they are some 100 kB. */
const crowd = 2_000;

/** The file of a clone that says that its remote has more than {@link crowd} refs. */
const crowdedMark = 'gitpact-crowded';

/** A remote repository through the git program: every transport that git has and gitpact allows. */
export class GitRemote implements Remote {
  readonly #location: RemoteLocation;
  readonly #folder: string;
  readonly #contact: Contact;
  #ahead: FetchAhead | undefined;
  #making: Promise<void> | undefined;

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
    this.#location = location;
    this.#folder = folder;
    this.#contact = {
      git,
      settings: settingsFor(location, credentials, silence),
      explained: (result) => withRetryAfter(result, location.url, credentials),
    };
  }

  async look(ref: string | undefined): Promise<Sighting> {
    this.#ahead ??= new FetchAhead(this.#contact, this.#folder, ref ?? 'HEAD', () => this.#isToBegin());
    const sighting = await this.#see(ref).catch((error: unknown) => {
      this.#stopAhead();
      throw error;
    });
    if (sighting.tip === undefined) this.#stopAhead();
    return sighting;
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
    await this.#makeClone();
    const folder = await CloneFolder.at(this.#folder);
    return new GitClone(this.#contact, folder, async () => (await this.#ahead?.came) ?? false);
  }

  async #see(ref: string | undefined): Promise<Sighting> {
    const wanted = ref === undefined ? ['HEAD', usualBranch] : [ref];
    const refs = (await this.#isCrowded()) ? await this.#list(wanted) : await this.#listAll();
    const head = ref === undefined ? refs.get('symref HEAD') : undefined;
    const full = ref ?? head ?? (await this.#unbornHead());
    const tip = refs.get(head === undefined ? full : 'HEAD');
    return { ref: full, tip: tip === undefined ? undefined : commitId(tip) };
  }

  /** Whether there is nothing in the clone yet, which is there then. */
  async #isToBegin(): Promise<boolean> {
    if (!(await isEmptyClone(this.#folder))) return false;
    await this.#makeClone();
    return true;
  }

  #stopAhead(): void {
    this.#ahead?.stop();
    this.#ahead = undefined;
  }

  /**
   * All refs, in one request: the protocol that can be asked for some of them needs another to begin with. A remote with
   * many is remembered, to be asked for some the next time.
   */
  async #listAll(): Promise<Map<string, string>> {
    const refs = await this.#list([], [['protocol.version', '0']]);
    if (refs.size > crowd) await this.#noteCrowd().catch(() => undefined);
    return refs;
  }

  async #noteCrowd(): Promise<void> {
    await this.#makeClone();
    await writeFile(join(this.#folder, crowdedMark), '');
  }

  #isCrowded(): Promise<boolean> {
    return exists(join(this.#folder, crowdedMark));
  }

  async #list(patterns: readonly string[], config: GitCall['config'] = []): Promise<Map<string, string>> {
    const { git, settings, explained } = this.#contact;
    const result = await runGit(git, {
      ...settings,
      config: [...(settings.config ?? []), ...config],
      patience: lookTime,
      args: ['ls-remote', '--symref', '--', this.#location.url, ...patterns],
    });
    if (result.code !== 0) throw remoteFailure((await explained(result)).stderr);
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

  /** Makes the clone, where there is none; for all who want it at once. */
  #makeClone(): Promise<void> {
    const make = async () => {
      if (await exists(join(this.#folder, 'config'))) return;
      await makeCloneFolder(this.#folder, (made) => makeEmptyClone(made, this.#location.url));
    };
    this.#making ??= make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }
}

function settingsFor(
  location: RemoteLocation,
  credentials: Credentials | undefined,
  silence: number,
): Contact['settings'] {
  return {
    config: [
      ['protocol.allow', 'never'],
      ['protocol.https.allow', 'always'],
      ['protocol.ssh.allow', 'always'],
      [`protocol.${location.transport}.allow`, 'always'],
      ['http.lowSpeedLimit', '1'],
      ['http.lowSpeedTime', String(silence / 1000)],
      ['core.fsync', 'none'],
    ],
    secretConfig: credentials
      ? [[`http.${credentials.origin}/.extraHeader`, `Authorization: ${credentials.authorization}`]]
      : [],
    // Of ssh git has no such limit: what it says of its progress shows that the host is there.
    ...(location.transport === 'ssh' ? { silence } : {}),
  };
}
