import { execFileSync, spawnSync } from 'node:child_process';

/** Whether this machine has the git program. Files named `*.git.test.ts` need it, and are left out where it is not. */
export const hasGit = spawnSync('git', ['--version']).status === 0;

/** How `GITPACT_GIT` names an engine. */
export type EngineName = 'git' | 'isomorphic';

/** The engines of this machine: what both must do is tested through each. */
export const engines: readonly EngineName[] = hasGit ? ['git', 'isomorphic'] : ['isomorphic'];

/** Runs git and gives its output; for what only the git program makes or knows. */
export function git(cwd: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...who, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  }).trimEnd();
}
