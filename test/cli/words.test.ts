import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { optionsOf, storeOptions } from '../../src/cli/command.ts';
import { isOption, withCommandFirst, withEachValueNamed } from '../../src/cli/words.ts';
import { type Desk, desk } from './cli.ts';

const options = optionsOf({
  options: {
    tag: { type: 'texts', short: 't', several: true, about: '' },
    branch: { type: 'text', about: '' },
    merge: { type: 'flag', about: '' },
    ...storeOptions,
  },
});

const plain = fc.string({ minLength: 1 }).filter((word) => !word.startsWith('-'));

describe('values in the same breath', () => {
  it.each([
    ['-t a b', true, '-t a b'],
    ['pact.json -t a b c --branch x', true, 'pact.json -t a -t b -t c --branch x'],
    ['pact.json --tag=a b', true, 'pact.json --tag=a --tag b'],
    ['pact.json -t a --merge b', true, 'pact.json -t a --merge b'],
    ['--branch x -t a pact.json', true, '--branch x -t a pact.json'],
    ['-t a b --branch x y', false, '-t a -t b --branch x y'],
    ['pact.json -t a -- b', true, 'pact.json -t a -- b'],
    ['pact.json -t -1 b', true, 'pact.json -t -1 -t b'],
  ])('%s', (line, mayHaveOperands, expected) => {
    expect(withEachValueNamed(line.split(' '), options, mayHaveOperands)).toEqual(expected.split(' '));
  });

  it('changes nothing where no option takes several, and drops no word anywhere', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(plain, fc.constantFrom('-t', '--branch', '--merge', '--x'))), (words) => {
        const named = withEachValueNamed(words, options, true);
        expect(named.filter((word) => !isOption(word))).toEqual(words.filter((word) => !isOption(word)));
        if (!words.includes('-t')) expect(named).toEqual(words);
      }),
    );
  });
});

describe('options before the command', () => {
  it.each([
    ['--repo x publish y', 'publish --repo x y'],
    ['--repo=x --debug --ref main publish', 'publish --repo=x --debug --ref main'],
    ['--help publish', 'publish --help'],
    ['publish --repo x', 'publish --repo x'],
    ['--help', '--help'],
    ['--wrong publish', '--wrong publish'],
    ['--repo publish', '--repo publish'],
  ])('%s', (line, expected) => {
    expect(withCommandFirst(line.split(' '), optionsOf({ options: storeOptions }))).toEqual(
      expected.split(' '),
    );
  });
});

describe('a call that is brought over', () => {
  let at: Desk;

  beforeAll(async () => {
    at = await desk();
  });

  it('may keep what means nothing here, and have the repository before the command', async () => {
    const kept = ['--verbose', '--log-level', 'debug', '--enable-otel', '--ssl-trust-store', 'true'];
    const listed = await at.gitpact('list-environments');
    expect(listed.code).toBe(0);
    const call = ['--repo', at.repository, 'list-environments', ...kept];
    expect(await at.gitpactWith({ GITPACT_REPO: '/nowhere' }, ...call)).toEqual(listed);
  });

  it('is told when it begins with what no command has', async () => {
    expect(await at.gitpact('--rpo', 'x', 'log')).toMatchObject({
      code: 2,
      err: expect.stringContaining('A call does not begin with "--rpo".'),
    });
  });

  it('publishes with several tags in any form', async () => {
    const ways = [['-t', 'a', 'b'], ['-t', 'a', '-t', 'b'], ['--tag=a,b'], ['-t=b', '--tag', 'a']];
    for (const [index, way] of ways.entries()) {
      const published = await at.gitpact('publish', at.pact('Web', 'Api'), `-a=${index}`, ...way);
      expect(published).toMatchObject({ code: 0, err: '' });
      const { _embedded } = (await at.json('describe-version', '-a=Web', `-e=${index}`)) as {
        _embedded: { tags: { name: string }[] };
      };
      expect(_embedded.tags.map(({ name }) => name).sort()).toEqual(['a', 'b']);
    }
  });

  it('publishes with the branch as a tag, and finds out the branch although the version is given', async () => {
    const branch = { GITPACT_BRANCH: 'feat/ci' };
    const pact = at.pact('Web', 'Api');
    const tagged = await at.gitpactWith(branch, 'publish', pact, '-a=tagged', '--tag-with-git-branch');
    expect(tagged.out).toContain('Created Web version tagged with branch feat/ci and tags feat/ci\n');
    const both = await at.gitpactWith(branch, 'publish', pact, '-a=both', '-r', '--validate', '--strict');
    expect(both).toMatchObject({ code: 0, out: expect.stringContaining('with branch feat/ci\n') });
  });
});
