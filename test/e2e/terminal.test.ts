import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { caller, installed, newFolder, start } from './installed.ts';

const colour = '\x1b[';

let app: string;
let folder: string;

beforeAll(async () => {
  app = installed();
  folder = newFolder();
  expect(await caller(app, folder)('init')).toMatchObject({ code: 0 });
});

/** What a shell line with gitpact prints on a terminal of 60 columns, which the `script` of util-linux makes. */
async function onTerminal(line: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const gitpact = `'${process.execPath}' '${join(app, 'bin', 'gitpact.js')}'`;
  const whole = `stty cols 60; ${line.replaceAll('gitpact', gitpact)}`;
  const { ended } = start('script', ['-qec', whole, '/dev/null'], {
    cwd: folder,
    env: { GITPACT_REPO: 'contracts.git', TERM: 'xterm', ...env },
  });
  return (await ended).out;
}

describe('on a terminal', () => {
  it('there are colours, and none with NO_COLOR', async () => {
    const line = 'gitpact create-environment --name';
    expect(await onTerminal(`${line}=a`)).toContain(colour);
    const plain = await onTerminal(`${line}=b`, { NO_COLOR: '1' });
    expect(plain).toContain('Created b environment');
    expect(plain).not.toContain(colour);
  });

  it('there are none where the output goes to a file', async () => {
    await onTerminal('gitpact create-environment --name=c > out.txt');
    const written = readFileSync(join(folder, 'out.txt'), 'utf8');
    expect(written).toContain('Created c environment');
    expect(written).not.toContain(colour);
  });
});

it('has no colours and cuts nothing where it is piped', async () => {
  const name = 'e'.repeat(60);
  const { out } = await caller(app, folder)('create-environment', `--name=${name}`);
  expect(out).toContain(name);
  expect(out).not.toContain(colour);
});
