import { nobody, type Person } from './commits.ts';
import type { Engine } from './engine.ts';

/** Whom a commit names. */
export interface People {
  readonly author: Person;
  readonly committer: Person;
}

/**
 * Whom commits name: the `GIT_AUTHOR_*` and `GIT_COMMITTER_*` of the environment, else git's configuration, else
 * gitpact itself, so that a machine on which git knows nobody can write.
 */
export async function peopleOf(
  engine: Engine,
  env: Readonly<Record<string, string | undefined>>,
): Promise<People> {
  const configured = await engine.people();
  const author = {
    name: env.GIT_AUTHOR_NAME || configured.author?.name || nobody.name,
    email: env.GIT_AUTHOR_EMAIL || configured.author?.email || nobody.email,
  };
  const committer = {
    name: env.GIT_COMMITTER_NAME || configured.committer?.name || author.name,
    email: env.GIT_COMMITTER_EMAIL || configured.committer?.email || author.email,
  };
  return { author, committer };
}
