import { nobody, type Person } from './commits.ts';

/** Whom a commit names. */
export interface People {
  readonly author: Person;
  readonly committer: Person;
}

/**
 * Whom commits name: the `GIT_AUTHOR_*` and `GIT_COMMITTER_*` of the environment, else git's configuration, else
 * gitpact itself, so that a machine on which git knows nobody can write.
 */
export function peopleOf(
  settings: ReadonlyMap<string, string>,
  env: Readonly<Record<string, string | undefined>>,
): People {
  const configured = (who: string, what: keyof Person) =>
    settings.get(`${who}.${what}`) || settings.get(`user.${what}`);
  const author = {
    name: env.GIT_AUTHOR_NAME || configured('author', 'name') || nobody.name,
    email: env.GIT_AUTHOR_EMAIL || configured('author', 'email') || nobody.email,
  };
  const committer = {
    name: env.GIT_COMMITTER_NAME || configured('committer', 'name') || author.name,
    email: env.GIT_COMMITTER_EMAIL || configured('committer', 'email') || author.email,
  };
  return { author, committer };
}
