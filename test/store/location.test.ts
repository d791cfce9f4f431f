import { describe, expect, it } from 'vitest';
import { credentialsFor } from '../../src/store/credentials.ts';
import { parseLocation, parsePrefix, parseRef, type RemoteLocation } from '../../src/store/location.ts';

const at = (text: string) => parseLocation(text, '/work/here');

describe('the text of --repo', () => {
  it.each([
    ['.', { kind: 'local', path: '/work/here' }],
    ['../contracts', { kind: 'local', path: '/work/contracts' }],
    ['/srv/contracts.git', { kind: 'local', path: '/srv/contracts.git' }],
    ['./odd:name', { kind: 'local', path: '/work/here/odd:name' }],
    ['file:///srv/a%20b.git', { kind: 'remote', transport: 'file', path: '/srv/a b.git' }],
    [
      'https://host.example/a/b.git',
      { kind: 'remote', transport: 'https', url: 'https://host.example/a/b.git' },
    ],
    ['http://localhost:8080/a', { kind: 'remote', transport: 'http', url: 'http://localhost:8080/a' }],
    ['ssh://git@host.example:22/a', { kind: 'remote', transport: 'ssh', url: 'ssh://git@host.example:22/a' }],
    ['git@host.example:a/b.git', { kind: 'remote', transport: 'ssh', url: 'git@host.example:a/b.git' }],
    ['host:b', { kind: 'remote', transport: 'ssh', url: 'host:b' }],
  ])('%s', (text, expected) => {
    expect(at(text)).toMatchObject(expected);
  });

  it('keeps a password out of the URL', () => {
    const location = at('https://me:s%2Fcret@host.example/a') as RemoteLocation;
    expect(location).toMatchObject({ url: 'https://host.example/a', credentials: 'me:s/cret' });
    expect(at('https://me@host.example/a')).toMatchObject({ url: 'https://me@host.example/a' });
  });

  it.each([
    '',
    '-oProxyCommand=touch x',
    '--upload-pack=touch x',
    'ext::sh -c touch x',
    'git://host.example/a',
    'ftp://host.example/a',
    'ssh://-oProxyCommand=x/a',
    'ssh://-x@host.example/a',
    'file://elsewhere/a',
    'https://',
    'a\nb',
  ])('refuses %j', (text) => {
    expect(() => at(text)).toThrow(expect.objectContaining({ code: 'bad-arguments' }));
  });

  it('names no password when it refuses', () => {
    expect(() => at('git://me:secret@host.example/a')).toThrow(/git:\/\/host/);
  });
});

describe('the text of --ref and --prefix', () => {
  it.each([
    ['main', 'refs/heads/main'],
    ['a/b', 'refs/heads/a/b'],
    ['refs/pacts/x', 'refs/pacts/x'],
    ['HEAD', undefined],
    ['@', undefined],
  ])('%s is the branch %s', (text, ref) => expect(parseRef(text)).toBe(ref));

  it.each([
    '',
    '-d',
    'a..b',
    'a b',
    'a.lock',
    'a~1',
    'a^',
    'x:y',
    'a@{1}',
    'refs/x',
    'refs/heads/HEAD',
    'a/',
    '.a',
    'a\n',
  ])('%j is no branch', (text) =>
    expect(() => parseRef(text)).toThrow(expect.objectContaining({ code: 'bad-arguments' })),
  );

  it.each([
    ['', ''],
    ['contracts/', 'contracts'],
    ['./a//b', 'a/b'],
  ])('%j is the folder %j', (text, prefix) => expect(parsePrefix(text)).toBe(prefix));

  it.each(['..', 'a/../../b', '.git', 'a/.GIT/hooks', 'a\\b'])('%j is no folder', (text) =>
    expect(() => parsePrefix(text)).toThrow(expect.objectContaining({ code: 'bad-arguments' })),
  );
});

describe('credentials', () => {
  const of = (text: string, token?: string) => credentialsFor(at(text) as RemoteLocation, token);
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['https://host.example/a', 'secret', basic('x-access-token:secret')],
    ['https://host.example/a', 'gitlab-ci-token:secret', basic('gitlab-ci-token:secret')],
    ['https://me:mine@host.example/a', 'secret', basic('me:mine')],
    ['http://127.0.0.1:80/a', 'secret', basic('x-access-token:secret')],
    ['http://localhost/a', 'secret', basic('x-access-token:secret')],
    ['http://host.example/a', 'secret', undefined],
    ['http://127.0.0.1.host.example/a', 'secret', undefined],
    ['ssh://host.example/a', 'secret', undefined],
    ['https://host.example/a', undefined, undefined],
  ])('for %s with the token %s', (url, token, authorization) => {
    expect(of(url, token)?.authorization).toBe(authorization);
  });

  it('are for their own host alone', () => {
    expect(of('https://host.example:8443/a/b', 'x')?.origin).toBe('https://host.example:8443');
  });
});
