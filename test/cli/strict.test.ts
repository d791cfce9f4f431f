import { expect, it } from 'vitest';
import { commitFiles } from '../helpers/repository.ts';
import { type Desk, desk } from './cli.ts';

const may = ['can-i-deploy', '-a', 'Web', '-e', '1', '--to-environment', 'prod'];

/** Web 1, verified by Api 2; Api 1 is live beside Api 2, and never looked at it. */
async function deskWithHidden(): Promise<Desk> {
  const one = await desk();
  const deploy = (version: string, instance: string) =>
    one.gitpact(
      ...['record-deployment', '-a', 'Api', '-e', version, '--environment', 'prod'],
      ...['--application-instance', instance],
    );
  const endings = [
    await one.gitpact('create-environment', '--name', 'prod', '--production'),
    await one.gitpact('publish', one.pact('Web', 'Api'), '-a', '1', '--branch', 'main'),
    await one.gitpact('create-version-tag', '-a', 'Api', '-e', '1', '--tag', 'old', '--auto-create-version'),
    await one.gitpact(
      ...['record-verification', '--provider', 'Api', '-a', '2'],
      ...['--consumer', 'Web', '--consumer-version', '1', '--result', 'success'],
    ),
    await deploy('1', 'blue'),
    await deploy('2', 'green'),
  ];
  expect(endings.map(({ code, err }) => [code, err])).toEqual(endings.map(() => [0, '']));
  return one;
}

const warning =
  /WARN: There is no verified pact between version 1 of Web and .*\(1\), though another version of Api in prod has\s+verified it/;

it('says yes past a live version without a result, with a warning', async () => {
  const one = await deskWithHidden();
  const { code, out } = await one.gitpact(...may);
  expect(code).toBe(0);
  expect(out).toMatch(warning);
});

it('does not know when asked with --strict, or when the repository is strict', async () => {
  const one = await deskWithHidden();
  const asked = await one.gitpact(...may, '--strict');
  expect(asked.code).toBe(3);
  expect(asked.out).not.toMatch(warning);
  await commitFiles(one.repository, { 'gitpact.yaml': 'format: 1\nstrict: true\n' });
  expect((await one.gitpact(...may)).code).toBe(3);
});

it('warns of a latest version that may be from any branch', async () => {
  const one = await deskWithHidden();
  const { out } = await one.gitpact('can-i-deploy', '-a', 'Web', '-e', '1');
  expect(out).toContain('WARN: The latest version of Api may be from any branch.');
  const { out: named } = await one.gitpact(...may);
  expect(named).not.toContain('may be from any branch');
});
