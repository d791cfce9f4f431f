import type { StoreBranch } from './branch.ts';
import { type CommitText, serializeCommit } from './commits.ts';
import { type People, peopleOf } from './people.ts';
import type { Sign } from './signing.ts';
import type { World } from './world.ts';

/** Whether and with which key commits are signed; what is absent, git's configuration says. */
export interface SignWish {
  readonly sign?: boolean | undefined;
  /** As `user.signingkey`: a file, `key::…`, the id of a gpg key. */
  readonly signingKey?: string | undefined;
}

/** What a commit is to say, before it says who commits it and when. */
type Said = Pick<CommitText, 'tree' | 'parents' | 'message'>;

/** Who commits, and how that is signed: looked up with the first commit. */
interface Known {
  readonly people: People;
  readonly sign: Sign | undefined;
}

/** Puts the names of who commits, the time and, where wanted, a signature to commits. */
export class Committer {
  readonly #branch: StoreBranch;
  readonly #world: World;
  readonly #wish: SignWish;
  #known: Promise<Known> | undefined;

  constructor(branch: StoreBranch, world: World, wish: SignWish) {
    this.#branch = branch;
    this.#world = world;
    this.#wish = wish;
  }

  /** Begins to look up what a commit needs, while what it says is still being decided. */
  prepare(): void {
    this.#known ??= this.#lookUp();
    this.#known.catch(() => undefined);
  }

  /** The whole commit. @throws GitpactError `signing-failed` */
  async complete(said: Said): Promise<CommitText> {
    this.#known ??= this.#lookUp();
    const { people, sign } = await this.#known;
    const seconds = Math.floor(this.#world.clock().getTime() / 1000);
    const commit = { ...said, ...people, seconds };
    return sign ? { ...commit, signature: await sign(serializeCommit(commit)) } : commit;
  }

  async #lookUp(): Promise<Known> {
    const settings = await this.#branch.engine.settings();
    const people = peopleOf(settings, this.#world.env);
    const { sign, signingKey } = this.#wish;
    const isAsked = sign ?? (signingKey !== undefined || isTrue(settings.get('commit.gpgsign')));
    if (!isAsked) return { people, sign: undefined };
    const { signerFor } = await import('./signing.ts');
    return { people, sign: signerFor(signingKey, settings, people, this.#world) };
  }
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(true|yes|on|[1-9]\d*)$/i.test(value);
}
