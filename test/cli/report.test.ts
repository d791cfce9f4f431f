import { beforeEach, describe, expect, it } from 'vitest';
import { parseXml } from '../render/strict-xml.ts';
import { type Desk, desk, expectTold, verified } from './cli.ts';

let at: Desk;

/** Web 1.10 on main is verified; Web 2 on feat asks for something else. */
beforeEach(async () => {
  at = await desk();
  await verified(at);
  await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a', '2', '--branch', 'feat');
});

describe('report', () => {
  it('tells a pull request what its branch changes', async () => {
    const { code, out, err } = await at.gitpact('report', '-a', 'Web', '--branch', 'feat');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^## Contracts of `Web` `2`, the head of branch `feat`\n\nCompared with `1\.10`/);
    expect(out).toContain('| ⚠️ | `Api` | changed, may break the provider | `production` (`2.0`) |');
    expect(out).toContain('| Can it be deployed to `production`? | ❔ not verified yet |');
  });

  it('compares with what is named, and asks about the environments that are', async () => {
    await at.gitpact('create-environment', '--name=test');
    const asked = ['report', '-a=Web', '-e=2', '--with-version=2', '--to-environment=test'];
    const { out } = await at.gitpact(...asked);
    expect(out).toContain('It is the version to compare with itself: nothing has changed.');
    expect(out).toContain('Can it be deployed to `test`?');
    expect(out).not.toContain('`production`?');
  });

  it('comes as JSON, JUnit XML and SARIF', async () => {
    const asked = ['report', '-a=Web', '-e=2', '--format'];
    expect(JSON.parse((await at.gitpact(...asked, 'json')).out)).toMatchObject({
      pacticipant: 'Web',
      version: '2',
      base: { version: '1.10', branch: 'main' },
      contracts: [{ provider: 'Api', state: 'changed' }],
    });
    expect(parseXml((await at.gitpact(...asked, 'junit')).out).children).toHaveLength(2);
    expect(JSON.parse((await at.gitpact(...asked, 'sarif')).out)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) } } }],
    });
  });

  it('says what it does not know', async () => {
    const unknown = (...argv: string[]) => at.gitpact('report', ...argv);
    expectTold(await unknown('-a=Wob', '-e=2'), {
      code: 2,
      says: ['Pacticipant Wob not found.'],
      hint: '"Web"',
    });
    expectTold(await unknown('-a=Web', '-e=3', '--branch=nope'), {
      code: 2,
      says: ['There is no version 3 and no version on a branch nope of Web.'],
      hint: 'Publish',
    });
    expectTold(await unknown('-a=Web', '-e=2', '--with-branch=mian'), {
      code: 2,
      says: ['mian'],
      hint: 'main',
    });
    expectTold(await unknown('-a=Web', '-e=2', '--to-environment=prodcution'), {
      code: 2,
      says: ['prodcution'],
      hint: 'production',
    });
    expectTold(await unknown('-a=Web'), {
      code: 2,
      says: ['Nothing tells which version to report on.'],
      hint: '--branch',
    });
    expectTold(await unknown('-a=Web', '-e=2', '--format=junt'), {
      code: 2,
      says: ['--format', 'did you mean junit?'],
      hint: 'report --help',
    });
  });
});
