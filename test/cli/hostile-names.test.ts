import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { byCodePoint, pacticipantName } from '../../src/domain/names.ts';
import { openStore } from '../../src/store/open.ts';
import { hostile } from '../format/names.ts';
import { checkOut, commitFiles, commitsOf, filesIn, statusOf } from '../helpers/repository.ts';
import { type Desk, desk, pactBetween } from './cli.ts';

/** `.GIT` cannot lie beside `.git`: it gets a repository of its own. */
const repositories = [
  hostile.accepted.filter(({ name }) => name !== '.GIT'),
  hostile.accepted.filter(({ name }) => name === '.GIT'),
];

interface MatrixJson {
  readonly matrix: readonly {
    readonly consumer: { readonly name: string; readonly version: { readonly number: string } };
    readonly provider: { readonly name: string };
  }[];
}

describe.each(repositories.map((those) => ({ those })))('in a real Git repository', ({ those }) => {
  const names = those.map(({ name }) => name);
  const words = names.filter((name) => !/\s/u.test(name));
  let at: Desk;

  beforeAll(async () => {
    at = await desk();
    await commitFiles(at.repository, { 'gitpact.yaml': 'format: 1\ncheckSimilarNames: false\n' });
    const files = names.map((name, index) => at.pact(name, 'Behind', '/seats', `pacts/${index}.json`));
    const published = await at.gitpact('publish', ...files, '--consumer-app-version=1');
    expect(published).toMatchObject({ code: 0, err: '' });
    const pact = at.pact('Web', 'Api');
    for (const name of names) {
      const said = [`-a=${name}`, `--branch=${name}`, `--tag=${name}`];
      expect(await at.gitpact('publish', pact, ...said)).toMatchObject({ code: 0, err: '' });
    }
    for (const name of words) {
      expect(await at.gitpact('create-environment', `--name=${name}`)).toMatchObject({ code: 0, err: '' });
    }
  });

  it('every version comes back', async () => {
    const versions = (await at.json('matrix', '--pacticipant=Web')) as MatrixJson;
    expect(versions.matrix.map(({ consumer }) => consumer.version.number).sort()).toEqual([...names].sort());
  });

  it.each(those)('a version, branch or tag that $why is found', async ({ name }) => {
    const asked = ['version', 'branch', 'latest'][names.indexOf(name) % 3];
    const { matrix } = (await at.json('matrix', '--pacticipant=Web', `--${asked}=${name}`)) as MatrixJson;
    expect(matrix.map(({ consumer }) => consumer.version.number)).toEqual([name]);
  });

  it('every pacticipant, branch, tag and environment comes back', async () => {
    const store = await openStore({
      repository: at.repository,
      env: { PATH: process.env.PATH },
      cwd: at.folder,
    });
    const broker = new Broker(store, () => new Date());
    const web = pacticipantName('Web');
    const told = await broker.ask((now) => ({
      pacticipants: now.pacticipantNames(),
      branches: now.branches(web).map(({ name, head }) => [name, head]),
      tags: now.tags(web).map(({ name, latest }) => [name, latest]),
      environments: now.environments().map(({ name }) => name),
    }));
    await broker.close();
    const twice = [...names].sort(byCodePoint).map((name) => [name, name]);
    expect(told).toEqual({
      pacticipants: [...names, 'Api', 'Behind', 'Web'].sort(byCodePoint),
      branches: twice,
      tags: twice,
      environments: [...words].sort(byCodePoint),
    });
  });

  it('lies in a repository that Git finds nothing wrong with and checks out whole', async () => {
    await at.soundTip();
    const clone = join(at.folder, 'clone');
    await checkOut(at.repository, clone);
    expect(await statusOf(clone)).toEqual([]);
    const files = readdirSync(clone, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.parentPath.startsWith(join(clone, '.git')),
    );
    expect(files.length).toBe((await filesIn(clone)).size);
    expect(files.length).toBeGreaterThan(7 * names.length);
    expect(readdirSync(at.folder)).not.toContain('etc');
  });

  it('is told of in commits of one line a title', async () => {
    const messages = (await commitsOf(at.repository)).map(({ message }) => message);
    expect(messages.filter((message) => !/^[^\p{Cc}]+\n(\n|$)/u.test(message))).toEqual([]);
    const { code, out } = await at.gitpact('log', '--limit=1000');
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 0, lines: messages.length });
    expect(out).not.toMatch(/(?!\n)\p{Cc}/u);
  });
});

describe('a name that nobody can use', () => {
  let at: Desk;
  let tip: string;

  beforeAll(async () => {
    at = await desk();
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a', '1');
    tip = await at.soundTip();
  });

  it.each(hostile.refused.filter(({ name }) => name !== ''))(
    'since it $why, is refused everywhere',
    async ({ name, says }) => {
      const pact = 'pact.json';
      const calls = [
        ['publish', pact, `-a=${name}`],
        ['publish', pact, '-a=2', `--branch=${name}`],
        ['publish', pact, '-a=2', `--tag=${name}`],
        ['publish', at.pact(name, 'Api', '/', 'other.json'), '-a=2'],
        ['publish', at.pact('Web', name, '/', 'third.json'), '-a=2'],
        ['create-environment', `--name=${name}`],
        ['create-version-tag', '-a=Web', '-e=1', `-t=${name}`],
        ['record-verification', '--provider=Api', `-a=${name}`, '--consumer=Web', '--result=success'],
      ];
      for (const call of calls) {
        const { code, err } = await at.gitpact(...call);
        expect({ call, code, err }).toMatchObject({ code: 2, err: expect.stringContaining(says) });
        expect(err).not.toMatch(/\p{Cc}(?<!\n)/u);
      }
      expect(await at.soundTip()).toBe(tip);
    },
  );

  it('since half a character stands for it in a file, is refused', async () => {
    const text = JSON.stringify(pactBetween('HALF', 'Api', '/')).replace('HALF', 'a\\ud800b');
    const { code, err } = await at.gitpact('publish', at.write('half.json', text), '-a=2');
    expect({ code, err }).toMatchObject({
      code: 2,
      err: expect.stringContaining('consumer.name is not well-formed'),
    });
  });
});

describe.each(hostile.alike)('two names alike but for $why', ({ names: [first, second] }) => {
  it('are refused with a hint, and nothing is written', async () => {
    const at = await desk();
    await at.gitpact('publish', at.pact(first, 'Api'), '-a=0');
    const web = at.pact('Web', 'Api');
    await at.gitpact('publish', web, `-a=${first}`, `--branch=${first}`, `--tag=${first}`);
    await at.gitpact('create-environment', `--name=${first}`);
    const tip = await at.soundTip();
    const calls: [what: string, ...call: string[]][] = [
      ['version', 'publish', web, `-a=${second}`],
      ['branch', 'publish', web, '-a=9', `--branch=${second}`],
      ['tag', 'publish', web, '-a=9', '--branch=b', `--tag=${second}`],
      ['environment', 'create-environment', `--name=${second}`],
      ['pacticipant', 'publish', at.pact(second, 'Api', '/', 'second.json'), '-a=9'],
    ];
    for (const [what, ...call] of calls) {
      const { code, err } = await at.gitpact(...call);
      expect({ what, code, err }).toMatchObject({
        code: 2,
        err: expect.stringContaining(`The ${what} "${second}" cannot be told from "${first}"`),
      });
      expect(err).toContain(`Use "${first}", or choose a name that differs in more than that.`);
    }
    expect(await at.soundTip()).toBe(tip);
  });
});

it('hidden characters in names are shown in the terminal and in the history, and are themselves in JSON', async () => {
  const at = await desk();
  const branch = 'a\u202egnp.\u009b31m\u200bb';
  const escaped = 'a\\u202egnp.\\u009b31m\\u200bb';
  expect((await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1', `--branch=${branch}`)).out).toContain(
    `with branch ${escaped}\n`,
  );
  const [newest] = await commitsOf(at.repository);
  const [title, ...body] = newest?.message.split('\n') ?? [];
  for (const told of [title, body.join('\n')]) {
    expect(told).toContain('a\\u202egnp.');
    expect(told).not.toMatch(/[\u0080-\u009f\u200b\u202e]/);
  }
  expect((await at.gitpact('log', '-n1')).out).toContain('(branch a\\u202egnp.');
  const { out } = await at.gitpact('publish', at.pact('We\u200bb', 'Api'), '-a=1', '--output=json');
  expect(out).not.toContain('\u200b');
  expect(JSON.parse(out)).toMatchObject({ consumer: 'We\u200bb', published: true });
});
