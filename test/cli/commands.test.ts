import { beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, commitsOf } from '../helpers/repository.ts';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

describe('record-deployment, record-verification, create-environment, create-version-tag', () => {
  it('tell what they did', async () => {
    const { out } = await at.gitpact(
      'create-environment',
      '--name=production',
      '--production',
      '--contact-name=Ops',
    );
    expect(out).toMatch(/^✅ Created production environment in the Pact Broker with UUID [0-9a-f-]{36}\n$/);
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
    expect(await at.gitpact('create-version-tag', '-a=Web', '-e=1', '-t=x', '-t=y')).toMatchObject({
      code: 0,
      out: "Tagging version '1' of pacticipant 'Web' with tag 'x' - Success\nTagging version '1' of pacticipant 'Web' with tag 'y' - Success\n",
    });
    const deployed = ['--pacticipant=Web', '--version=1', '--environment=production'];
    expect(await at.gitpact('record-deployment', ...deployed, '--application-instance=blue')).toMatchObject({
      code: 0,
      out: '✅ Recorded deployment of Web version 1 to production environment (application instance blue) in the Pact Broker.\n',
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
      currentlyDeployed: true,
      _embedded: { pacticipant: { name: 'Web' }, environment: { name: 'test' } },
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
      2,
      "name 'test' is already used by an existing environment.",
      'Choose another name',
    ],
    [['create-environment', '--name=two words'], 2, 'cannot contain spaces: "two words"', '--help'],
    [
      ['create-version-tag', '-a=Web', '-e=9', '-t=x'],
      2,
      'No version 9 of Web found.',
      '--auto-create-version',
    ],
    [
      ['record-verification', '--provider=Api', '-a=1', '--consumer=Nobody', '--result=success'],
      2,
      'Pacticipant Nobody not found.',
      'gitpact publish',
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
      'No version 9 of Web found.',
      'The newest version of Web is 1.',
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
      '--pact-version: is not a pact sha (40 lower-case hex digits): "abc"',
      '--help',
    ],
    [['diff', '--consumer=Web', '--provider=Nobody'], 2, 'Pacticipant Nobody not found.', 'gitpact publish'],
    [['diff', '--consumer=Api', '--provider=Web'], 2, 'No pact between Api and Web found.', 'gitpact matrix'],
    [
      ['diff', '--consumer=Web', '--provider=Api', '--branch=nope'],
      2,
      'No branch nope of Web found.',
      '--branch',
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
    await verified(at);
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

  it('diff --generated points out values that look generated, in every form', async () => {
    const pact = (id: string) => at.pact('Web', 'Api', `/seats/${id}`);
    await at.gitpact('publish', pact('6f0b2a52-1f3e-4f37-9f4a-000000000001'), '-a=1');
    await at.gitpact('publish', pact('6f0b2a52-1f3e-4f37-9f4a-000000000002'), '-a=2');
    const asked = ['diff', '--consumer=Web', '--provider=Api', '--generated'];
    const advice = 'These values look generated; give fixed examples, or matchers with examples:';
    expect((await at.gitpact(...asked)).out).toContain(
      `${advice}\n  a request: $.request.path looks like a uuid\n`,
    );
    expect((await at.gitpact(...asked, '--output=markdown')).out).toContain(
      `${advice}\n\n- \`a request\`: \`$.request.path\` looks like a uuid\n`,
    );
    expect(await at.json(...asked)).toMatchObject({
      generated: [{ interaction: 'a request', path: '$.request.path', kind: 'uuid' }],
    });
    expect(await at.json(...asked.slice(0, 3))).not.toHaveProperty('generated');
  });

  it('log tells what happened, newest first', async () => {
    await verified(at);
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

  it('log --at tells what had happened then, and --prefix only what happened in the folder', async () => {
    await at.gitpact('init', '--prefix=part');
    await verified(at);
    await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1', '--prefix=part');
    const titles = async (...more: string[]) =>
      ((await at.json('log', ...more)) as { commits: { title: string }[] }).commits.map(({ title }) => title);
    expect(await titles('--prefix=part')).toEqual([
      'Publish Web 1 for Api',
      'Make this a contract repository',
    ]);
    expect(await titles('--prefix=part', '--at=HEAD~1')).toEqual(['Make this a contract repository']);
    expect(await titles('--at=HEAD~3', '-n1')).toEqual(['Publish Web 1.10 (branch main) for Api']);
    expect(await titles('--at=main^', '-n1')).toEqual(['Deploy Api 2.0 to production']);
    expect(await at.gitpact('log', '--at=HEAD~99')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no commit "HEAD~99"'),
    });
  });

  it('fsck finds what is not as it should be, with exit code 1', async () => {
    await verified(at);
    await commitFiles(at.repository, { 'pacticipants/Web/latest.json': '{"number": "1.10", "order": 7}\n' });
    const { code, out } = await at.gitpact('fsck');
    expect(code).toBe(1);
    expect(out).toContain('pacticipants/Web/latest.json does not say what the facts say\n');
    expect(out).toContain('\nOne thing is not as it should be.\n');
    const [before = ''] = (await commitsOf(at.repository))[0]?.parent ?? [];
    expect((await at.gitpact('fsck', '--at', before)).code).toBe(0);
  });
});
