import { spawnSync } from 'node:child_process';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that look at repositories with the git program, or prove what gitpact does through it. */
const needGit = [
  'test/cli/{bad-input,bad-repository,can-i-deploy,commands,fsck,hostile-names,lossless,publish,strict}.test.ts',
  'test/e2e/{command,demo,exec,raw-url}.test.ts',
  'test/http/outage.test.ts',
  'test/query/{golden,laws}.test.ts',
  'test/store/{contract,disk-full,engine,failures,git-calls,remote,work-tree,writer}.test.ts',
];

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) {
  console.warn(
    `There is no git program on the PATH. These tests need it and are left out:\n  ${needGit.join('\n  ')}`,
  );
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasGit ? [] : needGit)],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
