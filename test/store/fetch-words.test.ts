import { expect, it } from 'vitest';
import { roomFailure, withoutProgress } from '../../src/store/fetch-words.ts';

it.each([
  [
    'remote: Enumerating objects: 5, done.\nremote: Counting objects:  20% (1/5)\rremote: Counting objects: 100% (5/5), done.\nfatal: early EOF\n',
    'fatal: early EOF\n',
  ],
  ['Receiving objects:  10% (1/10)\rfatal: the remote end hung up\n', 'fatal: the remote end hung up\n'],
  [
    'Delta compression using up to 2 threads\nTotal 3 (delta 0), reused 0\nremote: Policy: 3 checks\n',
    'remote: Policy: 3 checks\n',
  ],
  ['fatal: two\r\nlines\r\n', 'fatal: two\r\nlines\r\n'],
])('leaves out how far git had come (%j)', (said, left) => expect(withoutProgress(said)).toBe(left));

it.each([
  ['error: file write error: No space left on device\nfatal: unpack-objects failed\n', 'disk-failed'],
  ['remote: fatal: write error: No space left on device\nfatal: early EOF\n', undefined],
  ['fatal: early EOF\n', undefined],
  ['git@host: Permission denied (publickey).\n', undefined],
])('a full disk here is not one at the host (%j)', (said, code) =>
  expect(roomFailure(said)?.code).toBe(code),
);
