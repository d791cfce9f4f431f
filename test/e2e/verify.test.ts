import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pactBetween } from '../cli/cli.ts';
import { type Exit, installed, newFolder, start } from './installed.ts';

/** Answers `GET /seats` with 200, everything else with 404. */
function provider(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/seats' ? 200 : 404).end();
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    });
  });
}

let app: string;
let folder: string;
let running: { server: Server; url: string };

beforeAll(async () => {
  app = installed();
  folder = newFolder();
  running = await provider();
  expect(await gitpact('init')).toMatchObject({ code: 0 });
});

afterAll(() => void running.server.close());

function gitpact(...args: string[]): Promise<Exit> {
  const env = { GITPACT_REPO: 'contracts.git' };
  return start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args], { cwd: folder, env }).ended;
}

async function publishes(version: string, branch: string, path: string): Promise<void> {
  writeFileSync(join(folder, 'pact.json'), JSON.stringify(pactBetween('Web', 'Api', path)));
  expect(await gitpact('publish', 'pact.json', `-a=${version}`, `--branch=${branch}`)).toMatchObject({
    code: 0,
  });
}

function verify(...more: string[]): Promise<Exit> {
  return gitpact('verify', '--provider=Api', `--provider-base-url=${running.url}`, ...more);
}

async function results(): Promise<unknown[]> {
  const { out } = await gitpact('matrix', '-a=Web', '-a=Api', '--output=json');
  const { matrix } = JSON.parse(out) as { matrix: { verificationResult: { success: boolean } | null }[] };
  return matrix.map(({ verificationResult }) => verificationResult?.success);
}

describe('gitpact verify, with the real verifier and a real provider', () => {
  it('without any pact says so with exit code 1, or 0 where that is no failure', async () => {
    expect(await verify()).toMatchObject({ code: 1, err: 'No pacts were found for Api.\n' });
    expect(await verify('--ignore-no-pacts-error')).toMatchObject({ code: 0 });
  });

  it('passes, and records nothing unless asked', async () => {
    await publishes('1', 'main', '/seats');
    const { code, out } = await verify();
    expect(code).toBe(0);
    expect(out).toMatch(/│ Web +┆ 1 +┆ .+ ┆ passed +│/);
    expect(out).toContain('1 passed, 0 failed (not recorded: give --publish).\n');
    expect(await results()).toEqual([undefined]);
  });

  it('records what it saw under the version, branch and tags of the provider', async () => {
    const { code, out } = await verify('--publish', '-a=p1', '--branch=main', '-t=prod', '--output=json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      results: [
        {
          consumer: 'Web',
          consumerVersion: '1',
          success: true,
          pending: false,
          interactions: [{ description: 'a request', success: true }],
        },
      ],
    });
    expect(await results()).toEqual([true]);
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=1', '-a=Api', '--latest=prod')).toMatchObject({
      code: 0,
    });
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=1', '-a=Api', '--branch=main')).toMatchObject({
      code: 0,
    });
  });

  it('fails with exit code 1, shows the mismatch and records the failure', async () => {
    await publishes('2', 'main', '/rows');
    const { code, out, err } = await verify('--publish', '-a=p1', '--branch=main', '--output=json');
    expect(code).toBe(1);
    expect(err).toContain('Verifying the pact of Web 2');
    expect(JSON.parse(out)).toMatchObject({
      results: [
        { consumerVersion: '2', success: false, interactions: [{ success: false, mismatches: [{}] }] },
      ],
    });
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=2', '-a=Api', '-e=p1')).toMatchObject({ code: 1 });
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=1', '-a=Api', '-e=p1')).toMatchObject({ code: 0 });
  });

  it('lets a pending pact fail with exit code 0, and records that it failed', async () => {
    await publishes('3', 'feat/x', '/new');
    const selectors = `--consumer-version-selectors=${JSON.stringify([{ branch: 'feat/x' }])}`;
    const { code, out } = await verify('--publish', '-a=p1', '--branch=main', '--enable-pending', selectors);
    expect(code).toBe(0);
    expect(out).toMatch(/┆ failed \(pending\) +│/);
    expect(await gitpact('can-i-deploy', '-a=Web', '-e=3', '-a=Api', '-e=p1')).toMatchObject({ code: 1 });
  });

  it('writes JUnit XML, a test case for each interaction', async () => {
    const { code, out } = await verify('--output=junit');
    expect(code).toBe(1);
    expect(out).toContain('<testsuite name="Web 2 and Api" tests="1" failures="1" skipped="0">');
    expect(out).toMatch(
      /<testcase classname="Web.Api" name="a request"><failure message="verification failed">[^<]+</,
    );
  });

  it('verifies some of the interactions or consumers, and then records nothing', async () => {
    expect(await verify('--filter-description=another')).toMatchObject({ code: 0 });
    expect(await verify('--filter-description=a request')).toMatchObject({ code: 1 });
    expect(await verify('--filter-consumer=Mobile')).toMatchObject({
      code: 1,
      err: 'No pacts were found for Api.\n',
    });
    expect(await verify('--filter-state=x', '--publish', '-a=p1')).toMatchObject({ code: 2 });
  });

  it('sends the headers it is told to, and looks for no other broker', async () => {
    const seen: unknown[] = [];
    running.server.on('request', (request) => seen.push(request.headers['x-told']));
    const env = { GITPACT_REPO: 'contracts.git', PACT_BROKER_BASE_URL: 'http://127.0.0.1:1' };
    const line = ['verify', '--provider=Api', `--provider-base-url=${running.url}`, '-H', 'X-Told: yes'];
    const { code } = await start(process.execPath, [join(app, 'bin', 'gitpact.js'), ...line], {
      cwd: folder,
      env,
    }).ended;
    expect(code).toBe(1);
    expect(seen).toContain('yes');
  });

  it('of a provider that is down is no verification: exit code 4, and nothing is recorded', async () => {
    const down = await provider();
    await new Promise((resolve) => down.server.close(resolve));
    const before = await gitpact('log');
    const call = ['--provider=Api', `--provider-base-url=${down.url}`, '--publish', '-a=p2'];
    expect(await gitpact('verify', ...call)).toMatchObject({
      code: 4,
      out: '',
      err: `gitpact: No provider answers at ${down.url} (ECONNREFUSED).\n  Start the provider first, and check --provider-base-url. Nothing was verified or recorded.\n`,
    });
    expect(await gitpact('log')).toEqual(before);
  });

  it.each([
    [['--publish'], '--provider-app-version: is needed to publish the results', 'gitpact verify --help'],
    [
      ['--consumer-version-selectors={bad'],
      '--consumer-version-selectors: must be JSON',
      'gitpact verify --help',
    ],
    [
      ['--consumer-version-selectors=[{"nope": 1}]'],
      'must specify a value for environment or tag or branch',
      '',
    ],
    [['--request-timeout=soon'], '--request-timeout: must be a whole number', 'gitpact verify --help'],
    [
      ['--provider-base-url=localhost:8080'],
      '--provider-base-url: must be an http or https URL',
      'gitpact verify --help',
    ],
  ])('called with %j is told what is wrong, exit code 2', async (more, says, hint) => {
    const base = more.some((word) => word.includes('base-url')) ? [] : [`--provider-base-url=${running.url}`];
    const { code, out, err } = await gitpact('verify', '--provider=Api', ...base, ...more);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).toContain(hint);
  });
});
