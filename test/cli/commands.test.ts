import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

/** Web 1.10 has a pact with Api; Api 2.0 honours it and is in production. */
async function verified(): Promise<void> {
  await at.gitpact('create-environment', '--name=production', '--production');
  await at.gitpact('publish', at.pact('Web', 'Api'), '-a', '1.10', '--branch', 'main');
  const said = ['--provider=Api', '-a=2.0', '--consumer=Web', '--branch=main'];
  await at.gitpact('record-verification', ...said, '--result=success');
  await at.gitpact('record-deployment', '-a=Api', '-e=2.0', '--environment=production');
}

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
    expect(at.git('ls-tree', '-r', '--name-only', 'contracts', 'pacts/')).toContain('latest.json');
    expect(at.git('ls-tree', '-r', '--name-only', 'HEAD', 'pacts/')).toBe('');
    expect(at.git('ls-tree', '-r', '--name-only', 'HEAD', 'some/where/pacts/')).toContain('latest.json');
  });
});

describe('publish', () => {
  it('tells what became of each pact, in one commit', async () => {
    const files = [at.pact('Web', 'Api', '/', 'a.json'), at.pact('Web', 'Ledger', '/', 'b.json')];
    const before = Number(at.git('rev-list', '--count', 'HEAD'));
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
    expect(Number(at.git('rev-list', '--count', 'HEAD'))).toBe(before + 1);
    expect(at.git('log', '-1', '--format=%B')).toContain(
      'Publish Web 1.10 (branch main) for Api, Ledger\n\nEvent: contract_published\nPacticipant: Web\nVersion: 1.10\nBranch: main',
    );
  });

  it('tells it as JSON, and the same again changes nothing but says so', async () => {
    const pact = at.pact('Web', 'Api');
    const created = await at.json('publish', pact, '-a=1');
    const again = await at.json('publish', pact, '-a=1');
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
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('Cannot change the content of the pact for Web version 1 and provider Api');
    expect(err).toContain('-        "path": "/seats"');
    expect(err).toContain('+        "path": "/rows"');
    expect(err).toMatch(/Nothing was published\.\n$/);
    expect(await at.soundTip()).toBe(tip);
  });

  it('publishes all or nothing: one conflict refuses the other consumers too, and says nothing else', async () => {
    await at.gitpact('publish', at.pact('Web', 'Api', '/seats'), '-a=1');
    const tip = await at.soundTip();
    const files = [at.pact('Ledger', 'Api', '/', 'a.json'), at.pact('Web', 'Api', '/rows', 'b.json')];
    const { code, err } = await at.gitpact('publish', ...files, '-a=1');
    expect(code).toBe(1);
    expect(err).not.toContain('Ledger');
    expect((await at.json('publish', ...files, '-a=1')) as unknown[]).toMatchObject([
      { consumer: 'Web', published: false },
    ]);
    expect(await at.soundTip()).toBe(tip);
  });

  it('with --merge adds to what the version has, where contents may change', async () => {
    at.commit('gitpact.yaml', 'format: 1\nallowContractModification: true\n');
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    const more = JSON.stringify({
      consumer: { name: 'Web' },
      provider: { name: 'Api' },
      interactions: [
        { description: 'more', request: { method: 'GET', path: '/' }, response: { status: 200 } },
      ],
    });
    const told = await at.json('publish', at.write('more.json', more), '-a=1', '--merge');
    expect(told).toMatchObject([{ contracts: [{ revision: 2, result: 'merged' }] }]);
    const latest = at.git('show', 'HEAD:pacts/provider/Api/consumer/Web/latest.json');
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

describe('can-i-deploy', () => {
  const asked = [
    'can-i-deploy',
    '--pacticipant',
    'Web',
    '--version',
    '1.10',
    '--to-environment',
    'production',
  ];

  it('says yes with exit code 0', async () => {
    await verified();
    const { code, out, err } = await at.gitpact(...asked);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/│ Web +┆ 1\.10 +┆ Api +┆ 2\.0 +┆ true +┆ 1 +│/);
    expect(out).toMatch(/Computer says yes \\o\/\n$/);
    expect(await at.json(...asked)).toMatchObject({ summary: { deployable: true } });
  });

  it('says no with exit code 1, and whose verification failed', async () => {
    await verified();
    const said = ['--provider=Api', '-a=2.0', '--consumer=Web', '--result=failure'];
    await at.gitpact('record-verification', ...said);
    const { code, out } = await at.gitpact(...asked);
    expect(code).toBe(1);
    expect(out).toContain(
      'The verification for the pact between version 1.10 of Web and the version of Api currently in production (2.0) failed',
    );
    expect(out).toContain('Computer says no');
    expect(await at.json(...asked)).toMatchObject({ summary: { deployable: false } });
  });

  it('says unknown with exit code 3 while nobody has verified', async () => {
    await at.gitpact('create-environment', '--name=production');
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1.10');
    const { code, out } = await at.gitpact(...asked);
    expect(code).toBe(3);
    expect(out).toContain('nobody has verified it yet');
    expect(await at.json(...asked)).toMatchObject({ summary: { deployable: null } });
  });

  it('tells 1.10 from 1.1, written in any way', async () => {
    await verified();
    const ways = [['--version', '1.10'], ['--version=1.10'], ['-e', '1.10'], ['-e=1.10'], ['-e1.10']];
    for (const way of ways) {
      const asked = ['can-i-deploy', '-a', 'Web', ...way, '--to-environment=production'];
      expect({ way, ...(await at.gitpact(...asked)) }).toMatchObject({ code: 0 });
    }
    for (const way of [['--version', '1.1'], ['-e1.1']]) {
      const { code, out } = await at.gitpact('can-i-deploy', '-a=Web', ...way, '--to-environment=production');
      expect(code).toBe(1);
      expect(out).toContain('No pacts or verifications have been published for version 1.1 of Web');
    }
  });

  it('answers as of a commit or a moment of the past', async () => {
    await verified();
    const yes = at.git('rev-parse', 'HEAD').trim();
    await at.gitpact('record-verification', '--provider=Api', '-a=2.0', '--consumer=Web', '--result=failure');
    expect((await at.gitpact(...asked)).code).toBe(1);
    expect((await at.gitpact(...asked, '--at', yes)).code).toBe(0);
    expect((await at.gitpact(...asked, '--at', yes.slice(0, 10))).code).toBe(0);
  });

  it('asked for what is not there says so with exit code 2', async () => {
    await verified();
    const wrong = [
      [['can-i-deploy', '-a=Nobody', '-e=1', '--to-environment=production'], 'Pacticipant Nobody not found'],
      [
        ['can-i-deploy', '-a=Web', '-e=1.10', '--to-environment=moon'],
        "Environment with name 'moon' does not exist",
      ],
      [['can-i-deploy', '-a=Web', '-e=1.10', '--at=nonsense'], 'There is no commit "nonsense"'],
      [['can-i-deploy', '--version=1', '--pacticipant=Web'], 'It is not clear whose --version is meant.'],
    ] as const;
    for (const [call, says] of wrong) {
      const { code, out, err } = await at.gitpact(...call);
      expect({ code, out, err }).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    }
  });
});

describe('record-deployment, record-verification, create-environment, create-version-tag', () => {
  it('tell what they did', async () => {
    const { out } = await at.gitpact(
      'create-environment',
      '--name=production',
      '--production',
      '--contact-name=Ops',
    );
    expect(out).toMatch(/^Created production environment with UUID [0-9a-f-]{36}\.\n$/);
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    expect(await at.gitpact('create-version-tag', '-a=Web', '-e=1', '-t=x', '-t=y')).toMatchObject({
      code: 0,
      out: 'Tagged Web version 1 as x, y.\n',
    });
    const deployed = ['--pacticipant=Web', '--version=1', '--environment=production'];
    expect(await at.gitpact('record-deployment', ...deployed, '--application-instance=blue')).toMatchObject({
      code: 0,
      out: 'Recorded deployment of Web version 1 to production environment (application instance blue).\n',
    });
    expect(
      await at.gitpact('record-verification', '--provider=Api', '-a=2', '--consumer=Web', '--result=failure'),
    ).toMatchObject({ code: 0, out: 'Recorded: Api 2 breaks the pact with Web (result 1).\n' });
  });

  it('tell it as JSON', async () => {
    expect(await at.json('create-environment', '--name=test', '--display-name=The test')).toMatchObject({
      name: 'test',
      displayName: 'The test',
      production: false,
    });
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    const deployed = ['--pacticipant=Web', '--version=1', '--environment=test'];
    expect(await at.json('record-deployment', ...deployed)).toMatchObject({
      pacticipant: 'Web',
      environment: 'test',
    });
    const result = ['--provider=Api', '-a=2', '--consumer=Web', '--consumer-version=1', '--result=success'];
    expect(await at.json('record-verification', ...result)).toMatchObject({ success: true, number: 1 });
  });

  it.each([
    [
      ['record-deployment', '-a=Web', '-e=1', '--environment=moon'],
      2,
      "Environment with name 'moon' does not exist.",
      'There are: test.',
    ],
    [
      ['record-deployment', '-a=Web', '-e=9', '--environment=test'],
      2,
      'No version 9 of Web found.',
      'Publish its pacts',
    ],
    [
      ['create-environment', '--name=test'],
      1,
      "name 'test' is already used by an existing environment.",
      'Choose another name',
    ],
    [['create-environment', '--name=two words'], 2, 'cannot contain spaces', 'single words'],
    [
      ['create-version-tag', '-a=Web', '-e=9', '-t=x'],
      2,
      'No version 9 of Web found.',
      '--auto-create-version',
    ],
    [
      ['record-verification', '--provider=Api', '-a=1', '--consumer=Nobody', '--result=success'],
      2,
      'No pact between Nobody and Api found.',
      'Publish it first',
    ],
    [
      [
        'record-verification',
        '--provider=Api',
        '-a=1',
        '--consumer=Web',
        '--consumer-version=9',
        '--result=success',
      ],
      2,
      'No pact between version 9 of Web and Api found.',
      'Publish it first',
    ],
    [
      [
        'record-verification',
        '--provider=Api',
        '-a=1',
        '--consumer=Web',
        '--pact-version=abc',
        '--result=success',
      ],
      2,
      '"abc" is not a pact sha',
      '',
    ],
    [
      ['diff', '--consumer=Web', '--provider=Nobody'],
      2,
      'No pact between Web and Nobody found.',
      'gitpact matrix',
    ],
    [
      ['diff', '--consumer=Web', '--provider=Api', '--branch=nope'],
      2,
      'No pact between branch nope of Web and Api found.',
      'gitpact matrix',
    ],
  ] as const)('%j is refused, and nothing is written', async (call, code, says, hint) => {
    await at.gitpact('create-environment', '--name=test');
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    const tip = await at.soundTip();
    const ended = await at.gitpact(...call);
    expect(ended).toMatchObject({ code, out: '', err: expect.stringContaining(says) });
    expect(ended.err).toContain(hint);
    expect(await at.soundTip()).toBe(tip);
  });
});

describe('matrix, diff, log, fsck', () => {
  it('matrix shows a pair, newest first, and obeys --limit and --ignore', async () => {
    await verified();
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=1.11');
    const { code, out } = await at.gitpact('matrix', '--pacticipant=Web', '--pacticipant=Api');
    expect(code).toBe(0);
    expect(
      out
        .split('\n')
        .filter((line) => line.startsWith('│ Web'))
        .map((line) => /1\.1\d/.exec(line)?.[0]),
    ).toEqual(['1.11', '1.10']);
    const rows = async (...more: string[]) =>
      ((await at.json('matrix', '-a=Web', '-a=Api', ...more)) as { matrix: unknown[] }).matrix.length;
    expect(await rows()).toBe(2);
    expect(await rows('--limit=1')).toBe(1);
  });

  it('diff shows what changed between two versions in three forms', async () => {
    await at.gitpact('publish', at.pact('Web', 'Api', '/seats'), '-a=1');
    const asked = ['diff', '--consumer=Web', '--provider=Api'];
    expect(await at.gitpact(...asked)).toMatchObject({
      code: 0,
      out: 'The pact of Web 1 with Api is the first: there is nothing to compare it with.\n',
    });
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2');
    const { code, out } = await at.gitpact(...asked);
    expect(code).toBe(0);
    expect(out).toContain('version 1 → 2\n');
    expect(out).toContain('/rows');
    expect((await at.gitpact(...asked, '--output=markdown')).out).toContain('/rows');
    expect(JSON.stringify(await at.json(...asked))).toContain('/rows');
  });

  it('log tells what happened, newest first', async () => {
    await verified();
    const { code, out } = await at.gitpact('log');
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/^\w+ [\d-]+ [\d:]+ (.*) \(.*\)$/, '$1')),
    ).toEqual([
      'Deploy Api 2.0 to production',
      'Verify Api 2.0: Web passed',
      'Publish Web 1.10 (branch main) for Api',
      'Create environment production',
      'Make this a contract repository',
    ]);
    expect((await at.gitpact('log', '-n', '2')).out.trimEnd().split('\n')).toHaveLength(2);
    expect(await at.json('log', '-n2')).toMatchObject({
      commits: [{ title: 'Deploy Api 2.0 to production' }, {}],
    });
  });

  it('fsck finds what is not as it should be, with exit code 1', async () => {
    await verified();
    at.commit('pacticipants/Web/latest.json', '{"number": "1.10", "order": 7}\n');
    const { code, out } = await at.gitpact('fsck');
    expect(code).toBe(1);
    expect(out).toBe(
      'pacticipants/Web/latest.json does not say what the facts say\nOne thing is not as they should be.\n',
    );
    const before = at.git('rev-parse', 'HEAD^').trim();
    expect((await at.gitpact('fsck', '--at', before)).code).toBe(0);
  });
});
