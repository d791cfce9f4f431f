import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Journal } from '../../src/store/journal.ts';
import { newFolder } from './places.ts';

const turn = (more: object) =>
  JSON.stringify({ since: Date.now(), host: hostname(), pid: 1, session: 'theirs', ...more });

it.each([
  ['is empty', ''],
  ['breaks off', '{"since": 17'],
  ['is something else', '[]'],
  ['is of a process that is no more', turn({ pid: 2 ** 22 - 1 })],
  [
    'is as old as no turn is, though its process number is taken again',
    turn({ since: Date.now() - 3_600_000 }),
  ],
  ['begins in the future', turn({ since: Date.now() + 3_600_000 })],
  ['is old and of another machine', turn({ since: Date.now() - 3_600_000, host: 'elsewhere' })],
])('a turn that %s is abandoned and can be taken over', async (_what, text) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'gitpact-write.json'), text);
  const journal = new Journal(folder);
  expect(await journal.take()).toBe('abandoned');
  const abandoned = await journal.abandoned();
  expect(abandoned && (await journal.takeOver(abandoned))).toBe(true);
  await journal.done();
  expect(await journal.take()).toBe('taken');
});

it.each([
  ['of this machine', turn({})],
  ['of another machine', turn({ host: 'elsewhere' })],
])('a turn of a living process %s is left alone', async (_where, text) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'gitpact-write.json'), text);
  expect(await new Journal(folder).take()).toBe('busy');
});
