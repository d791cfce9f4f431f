import { globSync } from 'tinyglobby';
import { configDefaults, defineConfig } from 'vitest/config';
import { browserPath, hasBrowser } from './helpers/browser-program.ts';
import { hasGit } from './helpers/git-program.ts';

/** Tests of what the git program does, serves, or alone can make. */
const needGit = 'test/**/*.git.test.ts';

if (!hasGit) {
  const files = globSync(needGit).sort();
  console.warn(
    `There is no git program on the PATH. ${files.length} files of tests need it and are left out:\n  ${files.join('\n  ')}\nTests of what every engine must do run through isomorphic-git alone.\n`,
  );
}

/** Tests of what pages look like and do. */
const needBrowser = 'test/**/*.browser.test.ts';

if (!hasBrowser) {
  const files = globSync(needBrowser).sort();
  console.warn(
    `There is no chromium at ${browserPath}. ${files.length} files of tests need it and are left out:\n  ${files.join('\n  ')}\n`,
  );
}

/** They import JSON in a way that Node 20 does not take, so they are bundled first. */
const workflowParser = ['@actions/workflow-parser', '@actions/workflow-parser/actions/action-parser'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(hasGit ? [] : [needGit]), ...(hasBrowser ? [] : [needBrowser])],
    deps: { optimizer: { ssr: { enabled: true, include: workflowParser } } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
