import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk, expectTold, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('publish', at.pact('Web', 'Api', '/new'), '-a=1.11', '--branch=feat/x');
});

const live = ['--to-environment=production'];
const yes = ['-a=Web', '-e=1.10'];
const unknown = ['-a=Web', '-e=1.11'];

describe('can-i-deploy, brought over from the Pact Broker', () => {
  it('shows rows with the place of each result in the list below', async () => {
    const { out } = await at.gitpact('can-i-deploy', ...yes, ...live);
    expect(out).toMatch(
      /┆ true +┆ 1 +│\n└.*\n\nVERIFICATION RESULTS\n-{20}\n1\. \/pacts\/provider\/Api\/consumer\/Web\/pact-version\/[0-9a-f]{40}\/metadata\/\w+\/verification-results\/1 \(success\)\n\n/,
    );
    expect((await at.gitpact('can-i-deploy', ...unknown, ...live)).out).not.toContain('VERIFICATION RESULTS');
  });

  it('--output json is the reply of the API with exit code 0; --exit-code makes it the answer', async () => {
    const asked = ['can-i-deploy', ...unknown, ...live, '--output=json'];
    const { code, out, err } = await at.gitpact(...asked);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      summary: { deployable: null, success: 0, failed: 0, unknown: 1 },
      matrix: [
        {
          consumer: { name: 'Web', version: { number: '1.11', branch: 'feat/x' } },
          provider: { name: 'Api', version: null },
          verificationResult: null,
        },
      ],
    });
    expect(await at.gitpact(...asked, '--exit-code')).toMatchObject({ code: 3, out });
    expect(await at.gitpact(...asked, '--exit-code', '--dry-run')).toMatchObject({ code: 0, out });
  });

  it('--dry-run, or its variable, exits with 0 and says so', async () => {
    const dry = await at.gitpact('can-i-deploy', ...unknown, ...live, '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '' });
    expect(dry.out).toMatch(/Computer says no .*\n📌 Dry run enabled, suppressing failing exit code\n$/);
    const variable = { PACT_BROKER_CAN_I_DEPLOY_DRY_RUN: 'true' };
    expect(await at.gitpactWith(variable, 'can-i-deploy', ...unknown, ...live)).toEqual(dry);
    expect((await at.gitpact('can-i-deploy', ...yes, ...live, '--dry-run')).out).not.toContain('Dry run');
  });

  it('--ignore, or its variable, leaves pacticipants out', async () => {
    const ignored = await at.gitpact('can-i-deploy', ...unknown, ...live, '--ignore=Api');
    expect(ignored.code).toBe(0);
    expect(ignored.out).toContain('unknown [ignored]');
    const variable = { PACT_BROKER_CAN_I_DEPLOY_IGNORE: 'Other, Api' };
    expect(await at.gitpactWith(variable, 'can-i-deploy', ...unknown, ...live)).toMatchObject({ code: 0 });
    const other = await at.gitpactWith(variable, 'can-i-deploy', ...unknown, ...live, '--ignore=Nobody');
    expect(other.code).toBe(3);
  });

  it('asks again while it is unknown, and sees a result that arrives', async () => {
    const patient = ['can-i-deploy', ...unknown, ...live, '--retry-while-unknown=20', '--retry-interval=1'];
    const asking = at.gitpact(...patient);
    await at.gitpact(
      ...['record-verification', '--provider=Api', '-a=2.0', '--consumer=Web', '--consumer-version=1.11'],
      '--result=failure',
    );
    const { code, out, err } = await asking;
    expect(code).toBe(1);
    expect(out).toContain('Computer says no');
    expect(err).toMatch(/^(gitpact: not verified yet; asking again in 1 s \(\d+ of 20\)\n)+$/);
  });

  it('gives up after the last time, and never waits for a yes or a no', async () => {
    const { code, err } = await at.gitpact(
      ...['can-i-deploy', ...unknown, ...live, '--retry-while-unknown=2', '--retry-interval=0'],
    );
    expect(code).toBe(3);
    expect(err.trimEnd().split('\n')).toHaveLength(2);
    const patient = ['--retry-while-unknown=9', '--retry-interval=9'];
    expect(await at.gitpact('can-i-deploy', ...yes, ...live, ...patient)).toMatchObject({ code: 0, err: '' });
  });

  it('tells everything that is wrong with it at once', async () => {
    const { code, err } = await at.gitpact(
      ...['can-i-deploy', '-b=https://broker', '-k=secret', '--retries=3', '--skip-ssl-verification'],
      ...['--retry-while-unknown=x', '--retry-interval=-1'],
    );
    expect(code).toBe(2);
    expect(err).not.toContain('secret');
    const lines = err.split('\n');
    for (const line of [
      '  -b: there is no broker here: name the contract repository with --repo or GITPACT_REPO',
      '  -k: give the token of the Git host in GITPACT_TOKEN, or leave it to the credential helpers of Git or to an SSH agent',
      '  --retries: leave it out: gitpact tries again by itself',
      '  --skip-ssl-verification: certificates are always verified here: name the authority to trust in http.sslCAInfo of Git',
      '  --retry-while-unknown: must be a whole number: "x"',
      '  --retry-interval: must be a whole number: "-1"',
    ])
      expect(lines).toContain(line);
  });
});

describe('can-i-merge', () => {
  it('holds a version against the main branches of its neighbours', async () => {
    expect(await at.gitpact('can-i-merge', ...yes)).toMatchObject({ code: 0, err: '' });
    const no = await at.gitpact('can-i-merge', ...unknown);
    expect(no.code).toBe(3);
    expect(no.out).toContain('from branch main (2.0)');
    expect(await at.gitpact('can-i-merge', ...unknown, '--dry-run')).toMatchObject({ code: 0 });
    expect(await at.json('can-i-merge', ...unknown)).toMatchObject({ summary: { deployable: null } });
    await at.gitpact('create-or-update-version', '-a=Api', '-e=3.0', '--branch=main');
    expect((await at.gitpact('can-i-merge', ...yes)).code).not.toBe(0);
  });

  it('tells names that name nothing', async () => {
    expectTold(await at.gitpact('can-i-merge', '-a=web', '-e=1'), {
      code: 2,
      says: ['Pacticipant web not found.'],
      hint: 'Did you mean "Web"?',
    });
  });
});
