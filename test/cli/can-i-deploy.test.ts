import { beforeEach, describe, expect, it } from 'vitest';
import { tipOf } from '../helpers/repository.ts';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
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
    await verified(at);
    const { code, out, err } = await at.gitpact(...asked);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/│ Web +┆ 1\.10 +┆ Api +┆ 2\.0 +┆ true +┆ 1 +│/);
    expect(out).toMatch(/Computer says yes \\o\/\n$/);
    expect(await at.json(...asked)).toMatchObject({ summary: { deployable: true } });
  });

  it('says no with exit code 1, and whose verification failed', async () => {
    await verified(at);
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
    await verified(at);
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
    await verified(at);
    const yes = await tipOf(at.repository);
    await at.gitpact('record-verification', '--provider=Api', '-a=2.0', '--consumer=Web', '--result=failure');
    expect((await at.gitpact(...asked)).code).toBe(1);
    expect((await at.gitpact(...asked, '--at', yes)).code).toBe(0);
    expect((await at.gitpact(...asked, '--at', yes.slice(0, 10))).code).toBe(0);
  });

  it('asked for what is not there says so with exit code 2', async () => {
    await verified(at);
    const wrong = [
      [['can-i-deploy', '-a=Nobody', '-e=1', '--to-environment=production'], 'Pacticipant Nobody not found'],
      [
        ['can-i-deploy', '-a=Web', '-e=1.10', '--to-environment=moon'],
        "Environment with name 'moon' does not exist",
      ],
      [['can-i-deploy', '-a=Web', '-e=1.10', '--at=nonsense'], 'There is no commit "nonsense"'],
      [['can-i-deploy', '--version=1', '--pacticipant=Web'], '--version: it is not clear whose is meant'],
    ] as const;
    for (const [call, says] of wrong) {
      const { code, out, err } = await at.gitpact(...call);
      expect({ code, out, err }).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    }
  });
});
