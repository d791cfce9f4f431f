import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk, expectTold, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

const uuidOf = async (name: string): Promise<string> => {
  const { _embedded } = (await at.json('list-environments')) as {
    _embedded: { environments: { name: string; uuid: string }[] };
  };
  return _embedded.environments.find((one) => one.name === name)?.uuid ?? '';
};

describe('environments', () => {
  it('are made, listed, described, changed and deleted, by UUID or name', async () => {
    const made = await at.gitpact(
      ...['create-environment', '--name=test', '--contact-name=Joe', '--contact-email-address=joe@x.org'],
    );
    const uuid = await uuidOf('test');
    expect(made).toEqual({
      code: 0,
      err: '',
      out: `✅ Created test environment in the Pact Broker with UUID ${uuid}\n`,
    });
    await at.gitpact('create-environment', '--name=prod', '--production');
    expect((await at.gitpact('list-environments')).out).toBe(
      [
        '┌──────────────────────────────────────┬──────┬──────────────┬────────────┐',
        '│ UUID                                 ┆ NAME ┆ DISPLAY NAME ┆ PRODUCTION │',
        '╞══════════════════════════════════════╪══════╪══════════════╪════════════╡',
        `│ ${await uuidOf('prod')} ┆ prod ┆ Prod         ┆ true       │`,
        '├╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌┤',
        `│ ${uuid} ┆ test ┆ Test         ┆ false      │`,
        '└──────────────────────────────────────┴──────┴──────────────┴────────────┘\n',
      ].join('\n'),
    );
    const described = await at.gitpact('describe-environment', '--uuid', uuid);
    expect(described.out).toContain(
      `✅\nUUID ${uuid}\nName: test\nDisplay Name: Test\nProduction: false\nCreated At: 2026-01-01T00:00:`,
    );
    expect(described.out).toMatch(/Contacts:\n - Contact:\n {2}- Name: Joe\n {2}- Email: joe@x\.org\n$/);
    expect(await at.gitpact('describe-environment', '--uuid=test')).toEqual(described);

    const changed = await at.gitpact('update-environment', '--uuid', uuid, '--name=uat', '--production');
    expect(changed.out).toBe(`✅ Updated uat environment in the Pact Broker with UUID ${uuid}\n`);
    expect(await at.json('describe-environment', '--uuid', uuid)).toMatchObject({
      name: 'uat',
      displayName: 'Test',
      production: true,
      contacts: [{ name: 'Joe', details: { emailAddress: 'joe@x.org' } }],
    });

    expect((await at.gitpact('delete-environment', '--uuid', uuid)).out).toBe(
      `✅ Environment uat with UUID ${uuid} deleted successfully\n`,
    );
    expect(await uuidOf('uat')).toBe('');
    await at.soundTip();
  });

  it('are told as the API tells them, on one line, indented, or as the UUID alone', async () => {
    await at.gitpact('create-environment', '--name=test', '--display-name=Test');
    const asked = ['update-environment', '--uuid=test', '--name=test'];
    const { out } = await at.gitpact(...asked, '-o', 'json');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const { uuid, _links } = JSON.parse(out);
    expect(_links.self.href).toBe(`/environments/${uuid}`);
    expect(JSON.parse((await at.gitpact(...asked, '-o', 'pretty')).out)).toMatchObject({ uuid });
    expect((await at.gitpact(...asked, '-o', 'id')).out).toBe(`${uuid}\n`);
    const based = await at.gitpactWith(
      { GITPACT_BASE_URL: 'https://pacts.example.org/p/' },
      ...asked,
      '-ojson',
    );
    expect(JSON.parse(based.out)._links.self.href).toBe(`https://pacts.example.org/p/environments/${uuid}`);
  });

  it.each(['describe-environment', 'update-environment', 'delete-environment'])(
    '%s refuses a UUID that is none, and changes nothing',
    async (name) => {
      await at.gitpact('create-environment', '--name=test');
      const tip = await at.soundTip();
      expectTold(await at.gitpact(name, '--uuid=nope'), {
        code: 2,
        says: ['Environment with UUID nope not found.', '404 Not Found'],
        hint: 'gitpact list-environments',
      });
      expect(await at.soundTip()).toBe(tip);
    },
  );
});

describe('what is where', () => {
  beforeEach(() => verified(at));

  const deployed = async (...more: string[]) =>
    (await at.gitpact('describe-version', '-a=Api', '--environment=production', ...more)).out;

  it('is released beside what is deployed, until support ends', async () => {
    const release = ['--pacticipant=Api', '--version=2.0', '--environment=production'];
    expect(await at.gitpact('record-release', ...release)).toMatchObject({
      code: 0,
      out: '✅ Recorded release of Api version 2.0 to production environment in the Pact Broker.\n',
    });
    expect(await deployed()).toMatch(/2\.0 +┆ Deployed ┆ production +┆ - .*\n.*\n.*2\.0 +┆ Released ┆/);
    expect(await deployed('--released')).not.toContain('Deployed');
    expect(await deployed('--deployed')).not.toContain('Released');
    expect(await at.json('describe-version', '-a=Api', '--environment=production')).toMatchObject([
      { currentlyDeployed: true, _embedded: { version: { number: '2.0' } } },
      { currentlySupported: true, _embedded: { version: { number: '2.0' } } },
    ]);
    expect(await at.json('record-release', ...release)).toMatchObject({ currentlySupported: true });
    expect(await at.gitpact('record-support-ended', ...release)).toMatchObject({
      code: 0,
      out: '✅ ♻️ Recorded support ended for application Api, version 2.0 from production environment\n',
    });
    expectTold(await at.gitpact('record-support-ended', ...release), {
      code: 2,
      says: ['No currently released versions found for Api version 2.0 in production environment.'],
      hint: 'gitpact describe-version',
    });
    await at.soundTip();
  });

  it('is undeployed, each instance by itself', async () => {
    const record = ['record-deployment', '-a=Api', '-e=2.0', '--environment=production'];
    await at.gitpact(...record, '--application-instance=blue');
    await at.gitpact(...record, '--target=green');
    const undeploy = ['record-undeployment', '-a=Api', '--environment=production'];
    expectTold(await at.gitpact(...undeploy, '--application-instance=red'), {
      code: 2,
      says: [
        "Api is not currently deployed to application instance 'red' in production environment.",
        'blue, green',
      ],
      hint: 'gitpact describe-version',
    });
    expect(await at.gitpact(...undeploy)).toMatchObject({
      code: 0,
      out: '✅ ♻️ Undeployed Api from production environment\n',
    });
    expectTold(await at.gitpact(...undeploy), {
      code: 2,
      says: [
        'Please specify one of the following application instances to record the undeployment from: blue, green.',
      ],
      hint: '--application-instance',
    });
    expect(await at.json(...undeploy, '--application-instance=blue')).toMatchObject({
      currentlyDeployed: false,
      applicationInstance: 'blue',
    });
    await at.gitpact(...undeploy, '--target=green');
    expectTold(await at.gitpact(...undeploy), {
      code: 2,
      says: ['Api is not currently deployed to production environment. Cannot record undeployment.'],
      hint: 'gitpact describe-version',
    });
    expect((await at.gitpact('log', '-n1')).out).toContain('Undeploy Api from production');
    expect(await deployed()).not.toContain('2.0');
    await at.soundTip();
  });

  it.each([
    [
      ['record-release', '-a=Ap', '-e=9', '--environment=prod'],
      ['Pacticipant Ap not found.', '404 Not Found'],
    ],
    [['record-undeployment', '-a=Ap', '--environment=prod'], ['Pacticipant Ap not found.']],
    [['record-support-ended', '-a=Api', '-e=9', '--environment=prod'], ['No version 9 of Api found.']],
    [['describe-version', '-a=Ap', '--environment=prod'], ['Pacticipant Ap not found.']],
  ])('%j tells everything that is not there', async (call, says) => {
    expectTold(await at.gitpact(...call), {
      code: 2,
      says: [...says, "Environment with name 'prod' does not exist."],
      hint: 'There are: production.',
    });
  });
});
