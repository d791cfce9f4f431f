import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { titlesOf } from '../helpers/repository.ts';
import { type Exit, installed, newFolder, start, tagging } from './installed.ts';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const client = (name: string) => join(modules, '.bin', name);

let app: string;
let folder: string;
let provider: { server: Server; url: string };

beforeAll(async () => {
  app = installed();
  folder = newFolder();
  const server = createServer(
    (request, response) => void response.writeHead(request.url === '/seats' ? 200 : 404).end(),
  );
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  provider = { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  expect(await gitpact('init')).toMatchObject({ code: 0 });
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/seats')));
});

afterAll(() => void provider.server.close());

function gitpact(...args: string[]): Promise<Exit> {
  const env = { GITPACT_REPO: 'contracts.git' };
  return start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env }).ended;
}

const titles = () => titlesOf(join(folder, 'contracts.git'));

async function results(): Promise<unknown[]> {
  const { out } = await gitpact('matrix', '-a=Web', '-a=Api', '--output=json');
  const { matrix } = JSON.parse(out) as {
    matrix: {
      provider: { version: { number: string } | null };
      verificationResult: { success: boolean } | null;
    }[];
  };
  return matrix.map(({ provider, verificationResult }) => [
    provider.version?.number,
    verificationResult?.success,
  ]);
}

describe('gitpact exec with unmodified clients', () => {
  it('takes what the pact-broker command publishes', async () => {
    const { code, err } = await gitpact(
      'exec',
      '--',
      client('pact-broker'),
      'publish',
      'pact.json',
      '--consumer-app-version=1',
      '--branch=main',
      '--tag=dev',
    );
    expect({ code, err: err.split('\n').at(-2) }).toEqual({
      code: 0,
      err: 'gitpact: recorded one change in the contract repository.',
    });
    expect((await titles())[0]).toBe('Publish Web 1 (branch main) for Api');
    expect(await results()).toEqual([[undefined, undefined]]);
  });

  it('takes what the native verifier records, and makes one commit of it', async () => {
    const before = (await titles()).length;
    const { code } = await gitpact(
      'exec',
      '--',
      'sh',
      '-c',
      `${client('pact-verifier')} --hostname 127.0.0.1 --port ${new URL(provider.url).port} --provider-name Api \
        --broker-url "$PACT_BROKER_BASE_URL" --consumer-version-selectors '{"mainBranch":true}' \
        --provider-version p1 --provider-branch main --publish`,
    );
    expect(code).toBe(0);
    expect((await titles()).length).toBe(before + 1);
    expect(await results()).toEqual([['p1', true]]);
  });

  it('takes what the Verifier of @pact-foundation/pact records', async () => {
    const script = join(folder, 'verify.cjs');
    writeFileSync(
      script,
      `const { Verifier } = require(${JSON.stringify(join(modules, '@pact-foundation', 'pact'))});
       new Verifier({
         provider: 'Api', providerBaseUrl: ${JSON.stringify(provider.url)}, logLevel: 'error',
         pactBrokerUrl: process.env.PACT_BROKER_BASE_URL, consumerVersionSelectors: [{ mainBranch: true }],
         publishVerificationResult: true, providerVersion: 'p2', providerVersionBranch: 'main', enablePending: true,
       }).verifyProvider().then(() => process.exit(0), () => process.exit(1));`,
    );
    expect(await gitpact('exec', '--', process.execPath, script)).toMatchObject({ code: 0 });
    expect(await results()).toEqual([
      ['p2', true],
      ['p1', true],
    ]);
  });

  it('answers the pact-broker command’s can-i-deploy', async () => {
    const ask = (version: string) =>
      gitpact(
        'exec',
        '--',
        client('pact-broker'),
        'can-i-deploy',
        '-a',
        'Web',
        '-e',
        version,
        '-a',
        'Api',
        '-e',
        'p1',
      );
    expect(await ask('1')).toMatchObject({ code: 0, out: expect.stringContaining('Computer says yes') });
    expect(await ask('2')).toMatchObject({ code: 1 });
  });
});

describe('gitpact exec', () => {
  it('gives the exit code of the command, and makes no commit when nothing was recorded', async () => {
    const before = await titles();
    expect(await gitpact('exec', '--', 'sh', '-c', 'exit 7')).toMatchObject({ code: 7, err: '' });
    expect(await titles()).toEqual(before);
  });

  it('says so when the command cannot be run, or none was given', async () => {
    expect(await gitpact('exec', '--', './nowhere')).toMatchObject({ code: 2 });
    expect(await gitpact('exec')).toMatchObject({
      code: 2,
      err: expect.stringContaining('-- <command…>: is missing'),
    });
  });

  it('hands on a signal, and still records what was done', async () => {
    const line = `${tagging(folder, 'late')} && echo ready > ready; exec sleep 30`;
    const running = start(
      process.execPath,
      [join(app, 'bin', 'gitpact.js'), 'exec', '--', 'sh', '-c', line],
      {
        cwd: folder,
        env: { GITPACT_REPO: 'contracts.git' },
      },
    );
    while (!readdirSync(folder).includes('ready')) await new Promise((resolve) => setTimeout(resolve, 50));
    running.child.kill('SIGTERM');
    expect(await running.ended).toMatchObject({ code: 143 });
    expect((await titles())[0]).toBe('Tag Web 1 as late');
  });
});
