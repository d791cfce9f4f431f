import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, commitsOf, filesIn, refsOf, textIn } from '../helpers/repository.ts';
import { type Desk, desk } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

describe('init', () => {
  it('makes a bare repository that says what to do next', async () => {
    const other = `${at.folder}/more/other.git`;
    const { code, out, err } = await at.gitpact('init', '--repo', other);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(
      `Created the contract repository ${other}.\nNext: gitpact publish pacts/*.json -a <version> --repo ${other}\n`,
    );
    expect(await at.gitpact('fsck', '--repo', other)).toEqual({
      code: 0,
      out: 'The contract repository is sound.\n',
      err: '',
    });
  });

  it('makes a branch, a folder, or a folder of a branch a store of its own', async () => {
    const places = [['--ref=contracts'], ['--prefix=some/where'], ['--ref=contracts', '--prefix=x']];
    for (const place of places) {
      expect(await at.gitpact('init', ...place)).toMatchObject({ code: 0, err: '' });
      expect(await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1', ...place)).toMatchObject({ code: 0 });
      expect(await at.gitpact('fsck', ...place)).toMatchObject({ code: 0 });
    }
    const latest = 'pacts/provider/Api/consumer/Web/latest.json';
    expect([...(await filesIn(at.repository, 'contracts')).keys()]).toContain(latest);
    const inMain = [...(await filesIn(at.repository)).keys()];
    expect(inMain).toContain(`some/where/${latest}`);
    expect(inMain.filter((path) => path.startsWith('pacts/'))).toEqual([]);
  });
});

describe('--ref HEAD', () => {
  it('is the branch that HEAD points to, and makes none of that name', async () => {
    writeFileSync(join(at.repository, 'HEAD'), 'ref: refs/heads/trunk\n');
    for (const ref of ['HEAD', '@']) {
      const other = `${at.folder}/${ref}.git`;
      expect(await at.gitpact('init', `--repo=${other}`, `--ref=${ref}`)).toMatchObject({ code: 0, err: '' });
      expect(await at.gitpact('fsck', `--repo=${other}`)).toMatchObject({ code: 0 });
    }
    expect(await at.gitpact('init', '--ref=HEAD')).toMatchObject({ code: 0, err: '' });
    expect((await refsOf(at.repository)).sort()).toEqual(['heads/main', 'heads/trunk']);
    expect(await at.gitpact('init', '--ref=refs/heads/HEAD')).toMatchObject({ code: 2 });
  });
});

describe('publish', () => {
  it('tells what became of each pact, in one commit', async () => {
    const files = [at.pact('Web', 'Api', '/', 'a.json'), at.pact('Web', 'Ledger', '/', 'b.json')];
    const before = (await commitsOf(at.repository)).length;
    const said = [
      '-a',
      '1.10',
      '--branch',
      'main',
      '--tag',
      'a',
      '--tag',
      'b',
      '--build-url',
      'https://ci/1',
    ];
    const { code, out, err } = await at.gitpact('publish', ...files, ...said);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('Created Web version 1.10 with branch main and tags a, b\n');
    expect(out).toContain('Pact successfully published for Web version 1.10 and provider Api.\n');
    expect(out).toContain('Pact successfully published for Web version 1.10 and provider Ledger.\n');
    const commits = await commitsOf(at.repository);
    expect(commits).toHaveLength(before + 1);
    expect(commits[0]?.message).toContain(
      'Publish Web 1.10 (branch main) for Api, Ledger\n\nEvent: contract_published\nPacticipant: Web\nVersion: 1.10\nBranch: main',
    );
  });

  it('tells it as JSON, and the same again changes nothing but says so', async () => {
    const pact = at.pact('Web', 'Api');
    const created = await at.published(pact, '-a=1');
    const again = await at.published(pact, '-a=1');
    expect(created).toMatchObject([
      {
        consumer: 'Web',
        version: '1',
        published: true,
        contracts: [{ provider: 'Api', revision: 1, result: 'created' }],
      },
    ]);
    expect(again).toMatchObject([{ published: true, contracts: [{ revision: 1, result: 'unchanged' }] }]);
  });

  it('of another content under the same version is refused, exit code 1, and shows the difference', async () => {
    await at.gitpact('publish', at.pact('Web', 'Api', '/seats'), '-a=1');
    const tip = await at.soundTip();
    const { code, out, err } = await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=1');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('Cannot change the content of the pact for Web version 1 and provider Api');
    expect(out).toContain('-        "path": "/seats"');
    expect(out).toContain('+        "path": "/rows"');
    expect(out).toMatch(/Nothing was published\.\n$/);
    expect(await at.soundTip()).toBe(tip);
  });

  it('of a content that was generated anew is refused, and says what looks generated', async () => {
    const generated = (n: number) => at.pact('Web', 'Api', `/seats/6f0b2a52-1f3e-4f37-9f4a-00000000000${n}`);
    await at.gitpact('publish', generated(1), '-a=1');
    const { code, out } = await at.gitpact('publish', generated(2), '-a=1');
    expect(code).toBe(1);
    expect(out).toContain(
      'These values look generated; give fixed examples, or matchers with examples:\n' +
        '  a request: $.request.path looks like a uuid\nNothing was published.\n',
    );
    expect(await at.published(generated(2), '-a=1')).toMatchObject([
      { published: false, generated: [{ path: '$.request.path', kind: 'uuid' }] },
    ]);
    const fixed = await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=1');
    expect(fixed.out).not.toContain('look generated');
  });

  it('publishes all or nothing: one conflict refuses the other consumers too, and says nothing else', async () => {
    await at.gitpact('publish', at.pact('Web', 'Api', '/seats'), '-a=1');
    const tip = await at.soundTip();
    const files = [at.pact('Ledger', 'Api', '/', 'a.json'), at.pact('Web', 'Api', '/rows', 'b.json')];
    const { code, out } = await at.gitpact('publish', ...files, '-a=1');
    expect(code).toBe(1);
    expect(out).not.toContain('Ledger');
    expect(await at.published(...files, '-a=1')).toMatchObject([{ consumer: 'Web', published: false }]);
    expect(await at.soundTip()).toBe(tip);
  });

  it('with --merge adds to what the version has, where contents may change', async () => {
    await commitFiles(at.repository, { 'gitpact.yaml': 'format: 1\nallowContractModification: true\n' });
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    const more = JSON.stringify({
      consumer: { name: 'Web' },
      provider: { name: 'Api' },
      interactions: [
        { description: 'more', request: { method: 'GET', path: '/' }, response: { status: 200 } },
      ],
    });
    const told = await at.published(at.write('more.json', more), '-a=1', '--merge');
    expect(told).toMatchObject([{ contracts: [{ revision: 2, result: 'merged' }] }]);
    const latest = await textIn(at.repository, 'pacts/provider/Api/consumer/Web/latest.json');
    expect(latest).toContain('"a request"');
    expect(latest).toContain('"more"');
  });

  it('takes the version from the environment, and the option before it', async () => {
    const pact = at.pact('Web', 'Api');
    const env = { GITPACT_CONSUMER_APP_VERSION: '7' };
    await at.gitpactWith(env, 'publish', pact);
    await at.gitpactWith(env, 'publish', pact, '-a=8');
    const { matrix } = (await at.json('matrix', '-a=Web')) as {
      matrix: { consumer: { version: { number: string } } }[];
    };
    expect(matrix.map(({ consumer }) => consumer.version.number).sort()).toEqual(['7', '8']);
  });
});
