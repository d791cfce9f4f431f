import { beforeAll, describe, expect, it } from 'vitest';
import { titlesOf } from '../helpers/repository.ts';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;

/** Every command that asks. */
const queries: readonly (readonly [command: string, ...argv: string[]])[] = [
  ['matrix', '--pacticipant=Web'],
  ['can-i-deploy', '-a=Web', '-e=1.10', '--to-environment=production'],
  ['why', '-a=Web', '-e=1.10', '--to-environment=production'],
  ['diff', '--consumer=Web', '--provider=Api'],
  ['log'],
  ['fsck'],
  ['verify', '--provider=Api', '--provider-base-url=http://127.0.0.1:9', '--ignore-no-pacts-error'],
];

beforeAll(async () => {
  at = await desk();
  await verified(at);
});

describe('a question about the past', () => {
  it.each(queries)('%s is answered as without one at HEAD', async (...asked) => {
    const now = await at.gitpact(...asked);
    expect(now.code).not.toBe(2);
    expect(await at.gitpact(...asked, '--at=HEAD')).toEqual(now);
  });

  it.each(queries)('%s is answered as it was', async (...asked) => {
    const now = await at.gitpact(...asked);
    const then = await at.gitpact(...asked, '--at=HEAD~3');
    if (asked[0] === 'fsck') expect(then).toEqual(now);
    else expect(then).not.toEqual(now);
  });

  it('verify finds none of the pacts that were published later, and publishes nothing', async () => {
    const verify = queries.at(-1) ?? ['verify'];
    const before = await titlesOf(at.repository);
    expect(await at.gitpact(...verify, '--at=HEAD~3')).toMatchObject({
      code: 0,
      err: 'No pacts were found for Api.\n',
    });
    const { code, err } = await at.gitpact(...verify, '--at=HEAD~3', '--publish', '-a=6');
    expect(code).toBe(2);
    expect(err).toContain('--publish: cannot be used with --at: the past has its results');
    expect(await titlesOf(at.repository)).toEqual(before);
  });
});
