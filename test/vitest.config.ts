import { globSync } from 'tinyglobby';
import { configDefaults, defineConfig } from 'vitest/config';
import { hasGit } from './helpers/git-program.ts';

/** Tests of what the git program does, serves, or alone can make. */
const needGit = 'test/**/*.git.test.ts';

if (!hasGit) {
  const files = globSync(needGit).sort();
  console.warn(
    `There is no git program on the PATH. ${files.length} files of tests need it and are left out:\n  ${files.join('\n  ')}\nTests of what every engine must do run through isomorphic-git alone.\n`,
  );
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasGit ? [] : [needGit])],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
