import { GitpactError } from '../domain/failure.ts';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';
import { branchHere } from './stand-ins.ts';
import type { World } from './world.ts';

/** The option that makes a tag of the branch the code is on. */
export const gitBranchOption = {
  'tag-with-git-branch': {
    type: 'flag',
    short: 'g',
    about: 'Tag it with the branch that is checked out, too',
  },
} as const satisfies Record<string, Option>;

/**
 * The tags that a call means, each once: those of `--tag` and, with `--tag-with-git-branch`, the branch of the code.
 * @throws GitpactError `bad-arguments` when neither the CI nor Git tells a branch.
 */
export async function tagsIn(world: World, given: Arguments): Promise<readonly string[]> {
  const tags = given.texts('tag');
  if (!given.flag('tag-with-git-branch')) return [...new Set(tags)];
  const branch = await branchHere(world);
  if (branch !== undefined) return [...new Set([...tags, branch])];
  throw new GitpactError(
    'bad-arguments',
    'There is no branch to tag with: neither the CI nor Git tells one.',
    {
      hint: 'Give it with --tag in place of --tag-with-git-branch.',
    },
  );
}
