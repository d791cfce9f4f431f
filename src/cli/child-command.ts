import { spawn } from 'node:child_process';
import { GitpactError } from '../domain/failure.ts';
import type { ExitCode, World } from './world.ts';

const signalled: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

/**
 * Runs a command of the user's, which gets our input, output and signals, and gives its exit code.
 * @throws GitpactError `bad-arguments` when it cannot be run
 */
export function runChild(world: World, words: readonly string[], env: World['env']): Promise<ExitCode> {
  const [program = '', ...rest] = words;
  const child = spawn(program, rest, { stdio: 'inherit', env, cwd: world.cwd });
  const release = world.onSignal?.((signal) => void child.kill(signal));
  return new Promise<ExitCode>((resolve, reject) => {
    child.once('error', (cause) => {
      reject(
        new GitpactError('bad-arguments', `The command ${program} cannot be run.`, {
          cause,
          hint: 'Check its name; give a shell line as sh -c "…".',
        }),
      );
    });
    child.once('close', (code, signal) => resolve((code ?? signalled[signal ?? ''] ?? 1) as ExitCode));
  }).finally(() => release?.());
}
