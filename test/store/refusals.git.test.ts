import { describe, expect, it } from 'vitest';
import type { GitpactError } from '../../src/domain/failure.ts';
import { rejected } from '../../src/store/push-outcome.ts';
import { remoteFailure } from '../../src/store/remote-failure.ts';
import type { Refusal } from '../helpers/git-server.ts';
import { puts, textsOf } from './contract.ts';
import { env, openAt, servedRepository } from './places.ts';

const everything = '/info/refs';
const pushes = 'git-receive-pack';

/** What a host answers, and what that is to be taken for. */
const refusals: readonly (readonly [what: string, Refusal, code: string, says: RegExp, hint: RegExp])[] = [
  [
    'a wrong token',
    { for: everything, status: 401, headers: { 'WWW-Authenticate': 'Basic realm="git"' } },
    'store-refused',
    /missing, wrong or has expired/,
    /Set GITPACT_TOKEN/,
  ],
  [
    'a token that may not read',
    { for: everything, status: 403, body: 'no' },
    'store-refused',
    /too few rights/,
    /may read this repository/,
  ],
  [
    'a read-only token',
    { for: pushes, status: 403, body: 'Write access to repository not granted.' },
    'store-refused',
    /too few rights/,
    /write to it/,
  ],
  [
    'no repository',
    { for: everything, status: 404 },
    'not-a-repository',
    /no Git repository/,
    /Check --repo/,
  ],
  [
    'too many requests',
    { for: everything, status: 429, headers: { 'Retry-After': '31' } },
    'rate-limited',
    /too many requests/,
    /again in 31 seconds/,
  ],
  [
    'too many requests, until a date',
    { for: everything, status: 429, headers: { 'Retry-After': 'Tue, 24 Nov 2026 07:28:00 GMT' } },
    'rate-limited',
    /too many requests/,
    /again after 2026-11-24T07:28:00/,
  ],
  [
    'too many requests, without a word of when',
    { for: everything, status: 429 },
    'rate-limited',
    /too many requests/,
    /again in some minutes/,
  ],
  [
    'a host out of order',
    { for: everything, status: 503 },
    'network-failed',
    /cannot be reached, or broke off/,
    /Check the network/,
  ],
];

describe.each(['git', 'isomorphic'])('a host on http refuses, through %s:', (engine) => {
  it.each(refusals)('%s', async (_what, refusal, code, says, hint) => {
    const { url, server } = await servedRepository();
    server.refusal = refusal;
    const store = await openAt({ repository: url, deadline: 1_000 }, { GITPACT_GIT: engine });
    await expect(store.transact({ title: 'Write' }, puts({ a: '1' }))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
      hint: expect.stringMatching(hint),
    });
    await store.close();
  });
});

it.each([
  [
    'GitHub',
    'remote rejected (protected branch hook declined)',
    'remote: error: GH006: Protected branch update failed.',
  ],
  [
    'GitHub’s rules',
    'remote rejected (push declined due to repository rule violations)',
    'remote: error: GH013: Repository rule violations found',
  ],
  [
    'GitLab',
    'remote rejected (pre-receive hook declined)',
    'remote: GitLab: You are not allowed to push code to protected branches on this project.',
  ],
  [
    'Bitbucket',
    'remote rejected (pre-receive hook declined)',
    'remote: Permission denied to update branch main.',
  ],
  [
    'Azure',
    'remote rejected (TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.)',
    '',
  ],
])('says what to do about a protected branch of %s', (_host, reason, said) => {
  expect(rejected(`[${reason}]`, said)).toMatchObject({
    kind: 'refused',
    error: { code: 'store-refused', hint: expect.stringContaining('unprotected one with --ref') },
  });
});

it.each([
  [
    'a key that may only read',
    'ERROR: The key you are authenticating with has been marked as read only.',
    'too few rights',
  ],
  ['a member who may only read', 'remote: Permission to acme/contracts.git denied to bot.', 'too few rights'],
  ['a guest on GitLab', 'remote: You are not allowed to push code to this project.', 'too few rights'],
  ['a host that breaks off', 'terminated: other side closed', 'cannot be reached, or broke off'],
  ['no key', 'git@github.com: Permission denied (publickey).', 'missing, wrong or has expired'],
  [
    'GitHub’s secondary limit',
    'remote: You have exceeded a secondary rate limit.\nThe requested URL returned error: 403',
    'too many requests',
  ],
])('tells %s', (_what, words, told) => {
  expect((remoteFailure(words) as GitpactError).message).toContain(told);
});

describe.each(['git', 'isomorphic'])('offline, through %s', (engine) => {
  it('reads what was read before, asks the host nothing, and writes nothing', async () => {
    const { url, server } = await servedRepository();
    const world = { env: env({ GITPACT_GIT: engine }) };
    const online = await openAt({ repository: url, ...world });
    await online.transact({ title: 'One' }, puts({ a: '1' }));
    await online.close();
    const reader = await openAt({ repository: url, ...world });
    expect(await reader.read(textsOf)).toEqual({ a: '1' });
    await reader.close();
    const { length } = server.requests;
    const store = await openAt({ repository: url, offline: true, ...world });
    expect(await store.read(textsOf)).toEqual({ a: '1' });
    expect(await store.history({ limit: 1 })).toMatchObject([{ title: 'One' }]);
    await expect(store.transact({ title: 'Two' }, puts({ a: '2' }))).rejects.toMatchObject({
      code: 'store-refused',
      hint: expect.stringContaining('without --offline'),
    });
    await store.close();
    expect(server.requests.length).toBe(length);
  });

  it('says what the cache lacks', async () => {
    const { url, server } = await servedRepository();
    const seed = await openAt({ repository: url }, { GITPACT_GIT: engine });
    await seed.transact({ title: 'One' }, puts({ a: '1' }));
    await seed.close();
    const world = { env: env({ GITPACT_GIT: engine }) };
    const empty = await openAt({ repository: url, offline: true, ...world });
    await expect(empty.read(textsOf)).rejects.toMatchObject({
      code: 'network-failed',
      message: expect.stringContaining('Nothing of this contract repository is in the cache.'),
    });
    await empty.close();
    const looker = await openAt({ repository: url, ...world });
    expect(await looker.tip()).toBeDefined();
    await looker.close();
    const { length } = server.requests;
    const half = await openAt({ repository: url, offline: true, ...world });
    if (engine === 'git') {
      await expect(half.read(textsOf)).rejects.toMatchObject({
        message: expect.stringContaining('nobody on this machine has asked for it yet'),
      });
    } else expect(await half.read(textsOf)).toEqual({ a: '1' });
    await half.close();
    expect(server.requests.length).toBe(length);
  });
});
