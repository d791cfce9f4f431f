import { expect, it } from 'vitest';
import { gitFailure } from '../../src/store/git-failure.ts';

it.each([
  ['fatal: Out of diskspace', 'disk-failed'],
  ['fatal: write error: No space left on device', 'disk-failed'],
  ['error: unable to write file: Disk quota exceeded', 'disk-failed'],
  ['error: unable to create temporary file: Permission denied', 'store-refused'],
  ['fatal: loose object 1234 is corrupt', 'store-damaged'],
  ['fatal: not a git repository: /x', 'not-a-repository'],
  ['fatal: something else', 'git-failed'],
])('git’s words %j mean %s', (stderr, code) => {
  expect(gitFailure('write to', stderr)).toMatchObject({ code, hint: expect.stringMatching(/\.$/) });
});
