import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { everyStory, tellsItself } from './telling.ts';

describe('without git', () => {
  for (const name of everyStory.filter((one) => !one.endsWith('.git.md'))) tellsItself(name);
});

it('the README leads to every story, and to no other', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const linked = [...readme.matchAll(/\]\(test\/stories\/([\w.-]+\.md)\)/g)].map(([, name]) => name);
  expect(linked.toSorted()).toEqual(everyStory);
});
