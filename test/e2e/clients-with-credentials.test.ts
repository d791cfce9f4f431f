import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { titlesOf } from '../helpers/repository.ts';
import { caller, type Exit, installed, newFolder, start } from './installed.ts';
import { type Served, startServe } from './served.ts';

const client = (name: string) => fileURLToPath(new URL(`../../node_modules/.bin/${name}`, import.meta.url));
const access = [
  ...['--username=ci', '--password=psst', '--write-token=w-token'],
  ...['--read-username=guest', '--read-password=hello', '--read-token=r-token'],
];

let folder: string;
let server: Served;
let provider: Server;

beforeAll(async () => {
  const app = installed();
  folder = newFolder();
  provider = createServer((_request, response) => void response.end());
  await new Promise<void>((resolve) => void provider.listen(0, '127.0.0.1', resolve));
  expect(await caller(app, folder)('init')).toMatchObject({ code: 0 });
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/seats')));
  server = await startServe(app, folder, join(folder, 'contracts.git'), ...access);
});

afterAll(async () => {
  provider.close();
  await server.end('SIGTERM');
});

type Variables = Readonly<Record<string, string>>;

function run(name: string, env: Variables, ...args: readonly string[]): Promise<Exit> {
  const all = { PACT_BROKER_BASE_URL: server.url, ...env };
  return start(client(name), args, { cwd: folder, env: all }).ended;
}

const publish = (version: string, env: Variables) =>
  run('pact-broker', env, 'publish', 'pact.json', `--consumer-app-version=${version}`, '--branch=main');

const verify = (version: string, env: Variables) =>
  run(
    'pact-verifier',
    env,
    ...['--hostname', '127.0.0.1', '--port', String((provider.address() as AddressInfo).port)],
    ...['--provider-name', 'Api', '--broker-url', server.url],
    ...['--provider-version', version, '--provider-branch', 'main', '--publish'],
  );

const newest = async () => (await titlesOf(join(folder, 'contracts.git')))[0];

describe.each([
  ['a user', { PACT_BROKER_USERNAME: 'ci', PACT_BROKER_PASSWORD: 'psst' }],
  ['a bearer token', { PACT_BROKER_TOKEN: 'w-token' }],
] as const)('%s who may write', (who, credentials) => {
  const name = who.replaceAll(' ', '-');

  it('publishes by pact-broker, and may ask whether to deploy', async () => {
    expect(await publish(name, credentials)).toMatchObject({ code: 0 });
    expect(await newest()).toBe(`Publish Web ${name} (branch main) for Api`);
    const asked = await run('pact-broker', credentials, 'can-i-deploy', '-a', 'Web', '-e', name);
    expect(asked).toMatchObject({ code: expect.any(Number), out: expect.stringContaining('Computer says') });
  });

  it('verifies by the native verifier, and records the result', async () => {
    expect(await verify(name, credentials)).toMatchObject({ code: 0 });
    expect(await newest()).toMatch(new RegExp(`Api ${name}`));
  });
});

describe.each([
  ['a user', { PACT_BROKER_USERNAME: 'guest', PACT_BROKER_PASSWORD: 'hello' }],
  ['a bearer token', { PACT_BROKER_TOKEN: 'r-token' }],
] as const)('%s who may only read', (_who, credentials) => {
  it('asks whether to deploy, and cannot publish', async () => {
    const before = await newest();
    const asked = await run('pact-broker', credentials, 'can-i-deploy', '-a', 'Web', '-e', 'a-user');
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('Computer says yes') });
    expect((await publish('99', credentials)).code).not.toBe(0);
    expect(await newest()).toBe(before);
  });
});

it.each<[string, Variables]>([
  ['without credentials', {}],
  ['with a wrong password', { PACT_BROKER_USERNAME: 'ci', PACT_BROKER_PASSWORD: 'pssst' }],
  ['with a wrong token', { PACT_BROKER_TOKEN: 'w-tokem' }],
])('%s, clients get nothing and give nothing', async (_how, credentials) => {
  const before = await newest();
  const answers = await Promise.all([
    publish('99', credentials),
    run('pact-broker', credentials, 'can-i-deploy', '-a', 'Web', '-e', 'a-user'),
    verify('99', credentials),
  ]);
  for (const { code } of answers) expect(code).not.toBe(0);
  expect(answers.map(({ out, err }) => out + err).join('')).not.toContain('Computer says yes');
  expect(await newest()).toBe(before);
});
