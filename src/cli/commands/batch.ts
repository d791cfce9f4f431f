import { isAbsolute, resolve } from 'node:path';
import type { Arguments } from '../arguments.ts';
import { Batch } from '../batch.ts';
import { batchVariable, takeCalls } from '../batch-calls.ts';
import { runChild } from '../child-command.ts';
import { type Command, writingOptions } from '../command.ts';
import { tellFailure } from '../failing.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

const { fallback: _, ...repo } = writingOptions.repo;

/** `gitpact batch` */
export const command: Command = {
  name: 'batch',
  about: 'Run a command, and make one commit and one push of what all gitpact commands in it write',
  operands: '-- <command…>',
  needsOperands: true,
  options: { ...writingOptions, repo },
  examples: [
    ["gitpact batch -- sh -c 'gitpact publish && gitpact can-i-deploy --to-environment production'", ''],
    ['gitpact batch -- ./release.sh', 'a script that publishes, asks, deploys and records'],
  ],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  // A batch in a batch is part of it.
  if (world.env[batchVariable]) return runChild(world, given.operands, world.env);
  const batch = new Batch(world, given.operands.join(' '));
  const calls = await takeCalls(world, async (outside) => {
    const code = await (world.call?.({ ...outside, openStore: batch.open }) ?? exitCodes.bug);
    return batch.keep().then(
      () => code,
      (error: unknown) => tellFailure(outside, error, false),
    );
  });
  const env = { ...world.env, ...places(world, given), [batchVariable]: calls.address };
  const code = await runChild(world, given.operands, env).finally(calls.close);
  return (await batch.push()) ? code : code || exitCodes.outside;
}

/** Where the batch says that the contracts are, for the commands in it, whatever their folder. */
function places({ cwd }: World, given: Arguments): Record<string, string> {
  const [repo, ref, prefix] = [given.maybe('repo'), given.maybe('ref'), given.maybe('prefix')];
  const isHere = repo !== undefined && !isAbsolute(repo) && !repo.includes(':');
  return {
    ...(repo === undefined ? {} : { GITPACT_REPO: isHere ? resolve(cwd, repo) : repo }),
    ...(ref === undefined ? {} : { GITPACT_REF: ref }),
    ...(prefix === undefined ? {} : { GITPACT_PREFIX: prefix }),
  };
}
