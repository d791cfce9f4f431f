import type { Arguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { completionFor, type Shell, shells } from '../completion.ts';
import { closest } from '../parsing.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact completion`, of these commands. */
export const commandOf = (all: () => Promise<readonly Command[]>): Command => ({
  name: 'completion',
  about: 'Print a script that teaches your shell the commands, options and values of gitpact',
  operands: shells.join('|'),
  needsOperands: true,
  options: {},
  examples: [
    ['eval "$(gitpact completion bash)"', 'in ~/.bashrc'],
    ['source <(gitpact completion zsh)', 'in ~/.zshrc'],
    ['gitpact completion fish | source', 'in config.fish'],
  ],
  check: ({ operands }) =>
    operands.flatMap((shell, index) => {
      if (index > 0) return [{ where: shell, text: 'is one too many: name one shell' }];
      if ((shells as readonly string[]).includes(shell)) return [];
      const meant = closest(shell, shells);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      return [{ where: shell, text: `must be one of: ${shells.join(', ')}${hint}` }];
    }),
  run: async (world: World, given: Arguments): Promise<ExitCode> => {
    world.out(completionFor(given.operands[0] as Shell, await all()));
    return exitCodes.yes;
  },
});
