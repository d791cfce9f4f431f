import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Shell } from './shell.ts';
import { stories, toldAnew } from './story.ts';

/** The names of all stories, in order; those that need the git program end with `.git.md`. */
export const everyStory: readonly string[] = readdirSync(stories)
  .filter((name) => name.endsWith('.md'))
  .sort();

/** A test that each command of a story prints what stands there, exactly; `npm test -- test/stories -u` writes it anew. */
export function tellsItself(name: string): void {
  it(name, async () => {
    const shell = await Shell.open();
    try {
      await expect(await toldAnew(name, shell)).toMatchFileSnapshot(fileURLToPath(new URL(name, stories)));
    } finally {
      shell.close();
    }
  });
}
