import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../helpers/git-program.ts';
import { counts, puts, textAt, textsOf } from './contract.ts';
import { bareRepository, newFolder, openAt, servedRepository } from './places.ts';

const realGit = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** A `git` on a PATH of its own that does something before it becomes the real one. */
function gitThat(does: string): { PATH: string } {
  const folder = newFolder();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${does}\nexec '${realGit}' "$@"\n`, { mode: 0o755 });
  return { PATH: `${folder}:${process.env.PATH}` };
}

/** A `git` that writes down how it is called, and what was written down so far. */
function watchedGit() {
  const log = join(newFolder(), 'calls');
  const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  return { variables: gitThat(`echo "$*" >> '${log}'`), calls };
}

/** A bare repository that only the git program may write to, since it keeps logs of its branches. */
async function repositoryWithLogs(): Promise<string> {
  const repository = await bareRepository();
  git(repository, 'config', 'core.logAllRefUpdates', 'true');
  return repository;
}

describe('calls of git', () => {
  it('are one for all reads of a local repository', async () => {
    const repository = await bareRepository();
    const writer = await openAt({ repository });
    await writer.transact({ title: 'One' }, puts({ a: '1', 'b/c': '2' }));
    await writer.close();
    const { variables, calls } = watchedGit();
    const store = await openAt({ repository }, variables);
    expect(calls()).toEqual([]);
    for (const _ of [1, 2, 3]) await store.read(textsOf);
    await store.history({ limit: 1 });
    await store.close();
    expect(calls().filter((call) => !call.includes('rev-list'))).toEqual([
      expect.stringContaining('cat-file'),
    ]);
  });

  it.each([
    ['none to write to a plain repository', bareRepository, []],
    [
      'one to write objects and one to move the branch in any other',
      repositoryWithLogs,
      [expect.stringContaining('fast-import'), expect.stringContaining('update-ref')],
    ],
  ])('are %s, however many files', async (_how, make, expected) => {
    const repository = await make();
    const { variables, calls } = watchedGit();
    const store = await openAt({ repository }, variables);
    await store.transact({ title: 'One' }, counts('n'));
    const before = calls().length;
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`d${i % 7}/${i}`, `${i}`]));
    await store.transact({ title: 'Many' }, puts(files));
    await store.close();
    expect(calls().slice(before)).toEqual(expected);
    expect(git(repository, 'fsck', '--strict')).toBe('');
  });

  it('fetch into an empty clone while the host is still asked what is newest', async () => {
    const { url, folder } = await servedRepository();
    const source = await openAt({ repository: folder });
    await source.transact({ title: 'One' }, puts({ n: '1' }));
    const first = git(folder, 'rev-parse', 'main');
    await source.transact({ title: 'Two' }, puts({ n: '2' }));
    await source.close();
    const second = git(folder, 'rev-parse', 'main');
    const main = `'${realGit}' --git-dir='${folder}' update-ref refs/heads/main`;
    git(folder, 'update-ref', 'refs/heads/main', first);
    const fetched = join(newFolder(), 'fetched');
    const late = (then: string) =>
      `case "$*" in
        *ls-remote*)
          for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do [ -e '${fetched}' ] || sleep 0.5; done
          [ -e '${fetched}' ] || exit 1
          ${then} ;;
        *' fetch '*)
          '${realGit}' "$@"; code=$?; touch '${fetched}'; exit $code ;;
      esac`;
    for (const [then, text] of [
      [':', '1'],
      [`${main} ${second}`, '2'],
    ] as const) {
      rmSync(fetched, { force: true });
      const store = await openAt({ repository: url }, gitThat(late(then)));
      expect(await store.read((root) => textAt(root, 'n'))).toBe(text);
      await store.close();
    }
  });

  it('never show a secret', async () => {
    const { url, server } = await servedRepository();
    server.credentials = 'x-access-token:s3cret';
    const { variables, calls } = watchedGit();
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    for (const options of [
      { repository: url },
      { repository: url.replace('//', '//x-access-token:s3cret@') },
    ]) {
      const store = await openAt({ ...options, log }, { ...variables, GITPACT_TOKEN: 's3cret' });
      server.breakPushes = 1;
      await store.transact({ title: 'One' }, counts('n'));
      await store.close();
    }
    const secret = /s3cret|eC1hY2Nlc3MtdG9rZW46czNjcmV0/;
    expect(calls().length).toBeGreaterThan(4);
    expect([...calls(), ...lines].filter((line) => secret.test(line))).toEqual([]);
  });

  it('keep what the environment adds to git’s configuration', async () => {
    const { url, server } = await servedRepository();
    server.credentials = 'me:mine';
    const header = `Authorization: Basic ${Buffer.from('me:mine').toString('base64')}`;
    const own = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.extraHeader', GIT_CONFIG_VALUE_0: header };
    const store = await openAt({ repository: url }, own);
    expect(await store.tip()).toBeUndefined();
    await store.close();
  });

  it('are not led astray by the variables a hook is given', async () => {
    const [repository, other] = [await bareRepository(), await bareRepository()];
    const store = await openAt(
      { repository },
      { GIT_DIR: other, GIT_INDEX_FILE: '/nowhere', GIT_OBJECT_DIRECTORY: `${other}/objects` },
    );
    await store.transact({ title: 'One' }, counts('n'));
    await store.close();
    expect(git(repository, 'show', 'main:n')).toBe('1');
    expect(git(other, 'for-each-ref')).toBe('');
  });
});

describe('a git', () => {
  it('without cat-file --batch-command will do', async () => {
    const old = gitThat('case "$*" in *--batch-command*) echo usage >&2; exit 129;; esac');
    const repository = await bareRepository();
    const store = await openAt({ repository }, old);
    expect(await store.transact({ title: 'One' }, counts('n'))).toBe(1);
    expect(await store.transact({ title: 'Two' }, counts('n'))).toBe(2);
    expect(await store.read(textsOf)).toEqual({ n: '2' });
    await expect(store.resolve('nothing')).rejects.toMatchObject({ code: 'commit-missing' });
    await store.close();
  });

  it('that dies while it reads is started again', async () => {
    const repository = await bareRepository();
    const crash = join(newFolder(), 'crash');
    const store = await openAt(
      { repository },
      gitThat(`case "$*" in *cat-file*) test -e '${crash}' && exit 1;; esac`),
    );
    await store.transact({ title: 'One' }, counts('n'));
    writeFileSync(crash, '');
    const broken = await openAt({ repository }, gitThat('case "$*" in *cat-file*) exit 1;; esac'));
    await expect(broken.tip()).rejects.toMatchObject({ code: 'git-failed' });
    await broken.close();
    expect(await store.read(textsOf)).toEqual({ n: '1' });
    await store.close();
  });

  it('that finds the disk full writes nothing', async () => {
    const repository = await repositoryWithLogs();
    const first = await openAt({ repository });
    await first.transact({ title: 'One' }, counts('n'));
    await first.close();
    const limited = gitThat(`case "$*" in *fast-import*) trap '' XFSZ; ulimit -f 1;; esac`);
    const store = await openAt({ repository }, limited);
    const big = Array.from({ length: 20_000 }, () => Math.random()).join('\n');
    await expect(store.transact({ title: 'Big' }, puts({ big }))).rejects.toMatchObject({
      code: 'disk-failed',
    });
    expect(await store.read(textsOf)).toEqual({ n: '1' });
    await store.close();
    expect(git(repository, 'fsck', '--strict')).toBe('');
    const again = await openAt({ repository });
    expect(await again.transact({ title: 'Two' }, counts('n'))).toBe(2);
    await again.close();
  });
});
