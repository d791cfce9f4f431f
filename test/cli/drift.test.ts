import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk, expectTold, pactBetween } from './cli.ts';

let at: Desk;

/** Web 1 on main has published pacts with Api and Ledger. */
beforeEach(async () => {
  at = await desk();
  at.pact('Web', 'Api', '/seats', 'pacts/web-api.json');
  at.pact('Web', 'Ledger', '/lines', 'pacts/web-ledger.json');
  await at.gitpact('publish', 'pacts', '-a', '1', '--branch', 'main');
});

describe('drift', () => {
  it('is none when the tests write what was published, in whatever order', async () => {
    const { consumer, provider, interactions, metadata } = pactBetween('Web', 'Api', '/seats');
    at.write('pacts/web-api.json', JSON.stringify({ metadata, interactions, provider, consumer }));
    expect(await at.gitpact('drift', 'pacts', '-a', '1')).toEqual({
      code: 0,
      err: '',
      out: [
        '✓ The pact of Web with Api is the one published for version 1.\n',
        '✓ The pact of Web with Ledger is the one published for version 1.\n',
        'Nothing has drifted.\n',
      ].join(''),
    });
  });

  it('is told with what differs, against the head of a branch', async () => {
    at.pact('Web', 'Api', '/rows', 'pacts/web-api.json');
    const { code, out } = await at.gitpact('drift', 'pacts/*.json', '--branch', 'main');
    expect(code).toBe(1);
    expect(out).toContain(
      '✗ The pact of Web with Api is another than the one published for version 1, the head of branch main:',
    );
    expect(out).toContain('/rows');
    expect(out).toContain('1 of 2 pacts are not what was published.');
  });

  it('points out values that look generated, the usual reason', async () => {
    const pact = (id: string) => {
      const one = pactBetween('Web', 'Api', '/seats');
      const [interaction] = one.interactions;
      return JSON.stringify({
        ...one,
        interactions: [{ ...interaction, response: { status: 200, body: { id } } }],
      });
    };
    at.write('pacts/web-api.json', pact('6f1c8ad2-8c0f-4a52-9d2b-3f3b5a8a1c11'));
    await at.gitpact('publish', 'pacts', '-a', '2');
    at.write('pacts/web-api.json', pact('b7e4b6de-51f7-4d0c-8f5c-0d9a6c3f7e22'));
    const { code, out } = await at.gitpact('drift', 'pacts', '-a', '2');
    expect(code).toBe(1);
    expect(out).toContain('a request: $.response.body.id looks like a uuid');
  });

  it('is a pact that was never published, and a file that is gone is told', async () => {
    at.pact('Web', 'Ledger', '/lines', 'other/web-ledger.json');
    at.pact('Web', 'Mail', '/', 'other/web-mail.json');
    const { code, out } = await at.gitpact('drift', 'other', '-a', '1');
    expect(code).toBe(1);
    expect(out).toContain('✗ The pact of Web with Mail was never published for version 1.\n');
    expect(out).toContain(
      '- Version 1 of Web has published a pact with Api, too, for which there is no file.\n',
    );
    expect((await at.gitpact('drift', 'other/web-ledger.json', '-a', '1')).code).toBe(0);
  });

  it('compares with the branch where nobody knows the version, and with nothing where there is neither', async () => {
    const fromBranch = await at.gitpact('drift', 'pacts', '-a', 'new', '--branch', 'main');
    expect(fromBranch).toMatchObject({ code: 0, out: expect.stringContaining('version 1, the head of') });
    const nowhere = await at.gitpact('drift', 'pacts', '-a', 'new');
    expect(nowhere.code).toBe(1);
    expect(nowhere.out).toContain('never published for that version, which nobody has published');
  });

  it('prints a shape for programs', async () => {
    at.pact('Web', 'Api', '/rows', 'pacts/web-api.json');
    at.pact('Bus', 'Api', '/', 'pacts/bus-api.json');
    expect(await at.json('drift', 'pacts/web-api.json', 'pacts/bus-api.json', '--branch=main')).toEqual({
      drifted: true,
      compared: [
        { consumer: 'Web', version: '1', branch: 'main' },
        { consumer: 'Bus', version: null },
      ],
      pacts: [
        {
          consumer: 'Web',
          provider: 'Api',
          state: 'different',
          diff: expect.objectContaining({ verdict: 'may-break', generated: [] }),
        },
        { consumer: 'Bus', provider: 'Api', state: 'unpublished' },
      ],
      unwritten: [{ consumer: 'Web', provider: 'Ledger' }],
    });
  });

  it('fails when there are no pacts, unless that is allowed', async () => {
    const none = ['drift', 'nowhere/*.json', '-a', '1'];
    expectTold(await at.gitpact(...none), {
      code: 1,
      says: ['No pacts were found, so nothing was compared.', 'nowhere/*.json matches no file'],
      hint: '--allow-none',
    });
    expect((await at.gitpact(...none, '--allow-none')).code).toBe(0);
    expectTold(await at.gitpact('drift', '-a', '1'), {
      code: 2,
      says: ['<file|folder|glob>…: is missing'],
      hint: 'drift --help',
    });
  });

  it('asks for what to compare with where nothing tells it', async () => {
    expectTold(await at.gitpact('drift', 'pacts'), {
      code: 2,
      says: ['Nothing tells which published pacts to compare with.'],
      hint: '--branch',
    });
  });
});
