import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { git } from '../helpers/git-program.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;
let server: GitServer;
let cache = '';

/** Web 1.10 is verified by Api 2.0, which is live; the host sends single files, as the great ones do. */
beforeEach(async () => {
  at = await desk();
  await verified(at);
  git(at.repository, 'config', 'uploadpack.allowFilter', 'true');
  git(at.repository, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  git(at.repository, 'config', 'http.receivepack', 'true');
  server = await startGitServer(at.folder);
  cache = join(at.folder, 'cache');
});

afterEach(() => server.close());

/** How many requests a call makes of the host. */
async function requestsOf(...call: string[]): Promise<number> {
  const before = server.requests.length;
  const repository = `${server.url}/contracts.git`;
  const { code, err } = await at.gitpactWith({ GITPACT_REPO: repository, GITPACT_CACHE: cache }, ...call);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return server.requests.length - before;
}

const ask = ['can-i-deploy', '-a', 'Web', '-e', '1.10', '--to-environment', 'production'];

it('an answer from an empty cache costs a look, a clone, and two trips for files; the next one the look alone', async () => {
  // The protocol begins every trip with a request of its own.
  expect(await requestsOf(...ask)).toBeLessThanOrEqual(1 + 3 + 2 * 2);
  expect(await requestsOf(...ask)).toBe(1);
});

it('a publication from an empty cache costs as many, and what its push does', async () => {
  const pact = at.pact('Web', 'Api', '/rows');
  const requests = await requestsOf('publish', pact, '-a', '2', '--branch', 'main');
  const pushes = server.requests.filter(({ url }) => url.includes('receive-pack')).length;
  expect(pushes).toBe(2);
  // A look and a clone, two trips for files; and a second look, since others have just written, whom it lets go first.
  expect(requests - pushes).toBeLessThanOrEqual(1 + 3 + 2 * 2 + 1);
});
