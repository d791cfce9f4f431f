import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { Desk, desk, expectTold } from './cli.ts';

const asked = ['url', '--consumer=Web', '--provider=Api'];

it('gives the file of a repository that is checked out on this machine', async () => {
  const at = new Desk();
  const file = at.write('checked out/pacts/provider/Api/consumer/Web/latest.json', '{}');
  const { href } = pathToFileURL(join(at.folder, file));
  const there = pathToFileURL(join(at.folder, 'checked out')).href;
  for (const repo of ['checked out', there]) {
    expect(await at.gitpact(...asked, '--repo', repo)).toEqual({ code: 0, out: `${href}\n`, err: '' });
  }
});

it('gives no URL of a file that is not there, as in a bare repository', async () => {
  const at = await desk();
  await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
  expectTold(await at.gitpact(...asked), {
    code: 2,
    says: ['There is no file', 'pacts/provider/Api/consumer/Web/latest.json'],
    hint: 'show <branch>:pacts/provider/Api/consumer/Web/latest.json',
  });
});
