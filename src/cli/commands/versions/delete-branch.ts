import { deleteBranch } from '../../../decide/deletions.ts';
import { GitpactError } from '../../../domain/failure.ts';
import { branchName, pacticipantName, whyNotAName } from '../../../domain/names.ts';
import { deletionIntent } from '../../../render/words/other-intents.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, writingOptions } from '../../command.ts';
import { pacticipantOption } from '../../naming-options.ts';
import { paint } from '../../notices.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact delete-branch` */
export const command: Command = {
  name: 'delete-branch',
  about: 'Delete a branch; its versions and their pacts stay, and are found by it no more',
  options: {
    ...pacticipantOption('The pacticipant the branch is of'),
    branch: { type: 'text', required: true, whyNot: whyNotAName, about: 'The branch' },
    'error-when-not-found': {
      type: 'text',
      choices: ['true', 'false'],
      fallback: 'false',
      about: 'Whether a branch that is not there is a failure',
    },
    ...writingOptions,
  },
  examples: [['gitpact delete-branch -a Web --branch feat/rows', 'when it is merged']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const branch = branchName(given.text('branch'));
  const wasThere = await withBroker(world, given, (broker) =>
    broker.change(deletionIntent(`branch ${branch} of ${pacticipant}`), (draft) =>
      deleteBranch(draft, pacticipant, branch),
    ),
  );
  const colours = paint(world);
  if (wasThere) {
    world.out(colours.green(`Successfully deleted branch '${branch}' of pacticipant '${pacticipant}'\n`));
    return exitCodes.yes;
  }
  const sentence = `Could not delete branch '${branch}' of pacticipant '${pacticipant}' as it was not found`;
  if (given.text('error-when-not-found') === 'true') {
    const hint = 'Without --error-when-not-found this is no failure.';
    throw new GitpactError('branch-missing', `${sentence}.`, { hint });
  }
  world.out(colours.yellow(`${sentence}\n`));
  return exitCodes.yes;
}
