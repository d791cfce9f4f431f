import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { checkOut } from '../helpers/repository.ts';
import { installed, newFolder, start } from './installed.ts';

const verifier = fileURLToPath(new URL('../../node_modules/.bin/pact-verifier', import.meta.url));
const servers: Server[] = [];

afterAll(() => {
  for (const server of servers) server.close();
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let folder: string;
let contracts: string;
let checkout: string;

beforeAll(async () => {
  const app = installed();
  folder = newFolder();
  contracts = join(folder, 'contracts.git');
  checkout = join(folder, 'checkout');
  const gitpact = (...args: string[]) =>
    start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args, '--repo', contracts], { cwd: folder })
      .ended;
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', '/seats')));
  expect(await gitpact('init')).toMatchObject({ code: 0 });
  expect(await gitpact('publish', 'pact.json', '-a=1', '--branch=feat/x')).toMatchObject({ code: 0 });
  await checkOut(contracts, checkout);
});

it.each([
  ['the newest pact', 'latest.json'],
  ['the head of a branch', 'branch/d6/feat%2Fx.json'],
])(
  'a verifier without gitpact verifies %s from its raw URL on a plain static server',
  async (_what, name) => {
    const raw = await serving((request, response) => {
      const path = decodeURIComponent(request.url ?? '');
      response.setHeader('content-type', 'application/json').end(readFileSync(join(checkout, path)));
    });
    const url = `${raw}/pacts/provider/Api/consumer/Web/${encodeURIComponent(name).replaceAll('%2F', '/')}`;
    for (const [status, code] of [
      [200, 0],
      [500, 1],
    ] as const) {
      const provider = await serving((_request, response) => void response.writeHead(status).end());
      const args = [
        '--hostname',
        '127.0.0.1',
        '--port',
        new URL(provider).port,
        '--provider-name',
        'Api',
        '--url',
        url,
      ];
      expect(await start(verifier, args, { cwd: folder }).ended).toMatchObject({ code });
    }
  },
);
