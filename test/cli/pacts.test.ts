import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Desk, desk, expectTold } from './cli.ts';

let at: Desk;

/** Web 1 and 2 on main, Web 3 on side, App 7 on main; each expects a state of Api. */
beforeAll(async () => {
  at = await desk();
  const pact = (consumer: string, path: string) =>
    at.write(
      'pact.json',
      `{"consumer": {"name": "${consumer}"}, "provider": {"name": "Api"}, "interactions": [{
        "description": "a request", "providerStates": [{"name": "a show exists", "params": {"price": 19.90}}],
        "request": {"method": "GET", "path": "${path}"}, "response": {"status": 200}}],
        "metadata": {"pactSpecification": {"version": "3.0.0"}}}`,
    );
  await at.gitpact('publish', pact('Web', '/1'), '-a=1', '--branch=main');
  await at.gitpact('publish', pact('Web', '/2'), '-a=2', '--branch=main');
  await at.gitpact('publish', pact('Web', '/3'), '-a=3', '--branch=side');
  await at.gitpact('publish', pact('App', '/7'), '-a=7', '--branch=main');
});

describe('list-latest-pact-versions', () => {
  it('shows the latest pact of each pair, by consumer', async () => {
    const { code, out } = await at.gitpact('list-latest-pact-versions');
    expect(code).toBe(0);
    const rows = out.split('\n').filter((line) => line.startsWith('│'));
    expect(rows.map((row) => row.split(/[│┆]/).map((cell) => cell.trim()))).toEqual([
      ['', 'CONSUMER', 'CONSUMER_VERSION', 'PROVIDER', 'CREATED_AT', ''],
      ['', '"App"', '"7"', '"Api"', expect.stringMatching(/^"2026-01-01T00:00:\d\d\+00:00"$/), ''],
      ['', '"Web"', '"3"', '"Api"', expect.stringMatching(/^"2026-01-01T00:00:\d\d\+00:00"$/), ''],
    ]);
    expect(await at.json('list-latest-pact-versions')).toMatchObject({
      pacts: [{ _embedded: { consumer: { name: 'App' } } }, { _embedded: { provider: { name: 'Api' } } }],
      _links: { 'pb:pacts': [{}, {}] },
    });
  });
});

describe('get-pacts', () => {
  const titles = async (...more: string[]) =>
    ((await at.json('get-pacts', '--provider=Api', ...more)) as { pacts: { title: string }[] }).pacts.map(
      ({ title }) => /\((.)\)/.exec(title)?.[1],
    );

  it('shows the pacts of a branch, all or the latest, of all consumers or one', async () => {
    expect(await titles()).toEqual(['7', '1', '2']);
    expect(await titles('--latest')).toEqual(['7', '2']);
    expect(await titles('--branch=side')).toEqual(['3']);
    expect(await titles('--branch=nope')).toEqual([]);
    expect(await titles('--consumer=Web')).toEqual(['1', '2']);
    expect((await at.gitpact('get-pacts', '--provider=Api', '--latest')).out).toContain(
      '│ "Web"    ┆ "Pact between Web (2) and Api" ┆ "/pacts/provider/Api/consumer/Web/version/2" │',
    );
  });

  it('shows the one latest pact itself, its numbers as they were written', async () => {
    const one = ['get-pacts', '--provider=Api', '--consumer=Web', '--branch=main', '--latest'];
    const { out } = await at.gitpact(...one, '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      consumer: { name: 'Web' },
      _links: { 'pb:consumer-version': { name: '2' } },
    });
    expect(out).toContain('19.90');
    expect((await at.gitpact(...one)).out).toContain('"Pact between Web (2) and Api"');
  });

  it('downloads them as files named after consumer, provider and version', async () => {
    const { code, out } = await at.gitpact('get-pacts', '--provider=Api', '--latest', '--download');
    expect(code).toBe(0);
    expect(out).toContain(`  → ${join(at.folder, 'pacts', 'Web-Api-2.json')}\n`);
    expect(readdirSync(join(at.folder, 'pacts')).sort()).toEqual(['App-Api-7.json', 'Web-Api-2.json']);
    const text = readFileSync(join(at.folder, 'pacts/Web-Api-2.json'), 'utf8');
    expect(text).toContain('19.90');
    expect(JSON.parse(text)).toMatchObject({ consumer: { name: 'Web' }, provider: { name: 'Api' } });
  });

  it.each([
    [['--provider=api'], ['Pacticipant api not found.', '404 Not Found'], 'Did you mean "Api"?'],
    [
      ['--provider=Web', '--consumer=App'],
      ['No pacts found between App and Web.'],
      'list-latest-pact-versions',
    ],
    [['--provider=Api', '--branch=nope', '--download'], ['No pacts found.', '404'], '--branch'],
  ])('%j finds none', async (call, says, hint) => {
    expectTold(await at.gitpact('get-pacts', ...call), { code: 2, says, hint });
  });
});

describe('provider-states', () => {
  it('shows each state with its parameters and who asks for it', async () => {
    expect((await at.gitpact('provider-states', 'list', '-r', 'Api')).out).toBe(
      [
        'Provider States for Provider: Api',
        'Scope: Main branch',
        '',
        '┌─────────────────────┬───────────┬─────────────────┐',
        '│ Provider State Name ┆ Consumers ┆ Parameters      │',
        '╞═════════════════════╪═══════════╪═════════════════╡',
        '│ a show exists       ┆ App, Web  ┆ {"price":19.90} │',
        '└─────────────────────┴───────────┴─────────────────┘\n',
      ].join('\n'),
    );
    const side = await at.gitpact('provider-states', 'list', '--provider=Api', '--branch=side', '--json');
    expect(side.out).toContain('19.90');
    expect(JSON.parse(side.out)).toEqual({
      providerStates: [{ name: 'a show exists', params: { price: 19.9 }, consumers: ['Web'] }],
    });
    expect((await at.gitpact('provider-states', '-r=Api', '--branch=nope')).out).toBe(
      'Provider States for Provider: Api\nBranch: nope\n\nNo provider states found.\n\n',
    );
  });

  it.each([
    [
      ['provider-states', 'lst', '-r=Api', '--branch=x', '--environment=y'],
      [
        '  lst: is not expected here: there is list',
        '  --branch, --environment: cannot be given together: each says whose pacts',
      ],
    ],
    [
      ['provider-states', 'list', '-r=Ap', '--environment=prod'],
      ["  Environment with name 'prod' does not exist.", '  404 Not Found'],
    ],
  ])('%j is refused', async (call, lines) => {
    const { code, out, err } = await at.gitpact(...call);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const line of lines) expect(err.split('\n')).toContain(line);
  });
});
