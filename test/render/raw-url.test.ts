import { expect, it } from 'vitest';
import { hostedRepository, kindOfHost, rawUrl } from '../../src/render/raw-url.ts';

const file = 'pacts/provider/a%2Fb/consumer/Web/latest.json';
const at = 'pacts/provider/a%252Fb/consumer/Web/latest.json';

it.each([
  ['https://github.com/acme/contracts.git', `https://raw.githubusercontent.com/acme/contracts/main/${at}`],
  ['git@github.com:acme/contracts.git', `https://raw.githubusercontent.com/acme/contracts/main/${at}`],
  ['https://github.acme.example/acme/contracts', `https://github.acme.example/raw/acme/contracts/main/${at}`],
  [
    'ssh://git@gitlab.com/acme/teams/contracts.git',
    `https://gitlab.com/acme/teams/contracts/-/raw/main/${at}`,
  ],
  [
    'https://user:secret@bitbucket.org/acme/contracts.git',
    `https://bitbucket.org/acme/contracts/raw/main/${at}`,
  ],
  ['https://codeberg.org/acme/contracts', `https://codeberg.org/acme/contracts/raw/branch/main/${at}`],
  [
    'https://dev.azure.com/acme/shop/_git/contracts',
    'https://dev.azure.com/acme/shop/_apis/git/repositories/contracts/items?path=%2Fpacts%2Fprovider%2Fa%252Fb%2Fconsumer%2FWeb%2Flatest.json&versionDescriptor.version=main&versionDescriptor.versionType=branch&api-version=7.1',
  ],
  [
    'git@ssh.dev.azure.com:v3/acme/shop/contracts',
    'https://dev.azure.com/acme/shop/_apis/git/repositories/contracts/items?path=%2Fpacts%2Fprovider%2Fa%252Fb%2Fconsumer%2FWeb%2Flatest.json&versionDescriptor.version=main&versionDescriptor.versionType=branch&api-version=7.1',
  ],
])('knows the raw URL of a file in %s', (repo, expected) => {
  const repository = hostedRepository(repo);
  const kind = repository && kindOfHost(repository);
  expect(repository && kind && rawUrl(kind, repository, 'main', file)).toBe(expected);
});

it('keeps the slashes of a branch', () => {
  const repository = { origin: 'https://github.com', path: ['acme', 'contracts'] };
  expect(rawUrl('github', repository, 'teams/a b', 'x.json')).toBe(
    'https://raw.githubusercontent.com/acme/contracts/teams/a%20b/x.json',
  );
});

it.each(['/srv/contracts.git', './contracts', 'C:\\contracts', 'contracts'])(
  'takes %s for a path of this machine',
  (path) => {
    expect(hostedRepository(path)).toBeUndefined();
  },
);

it('does not guess the kind of a host with a name of its own', () => {
  expect(kindOfHost({ origin: 'https://code.acme.example', path: [] })).toBeUndefined();
});
