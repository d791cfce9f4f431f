import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFiles, leaveOut } from '../helpers/repository.ts';
import { type Desk, desk, pactBetween } from './cli.ts';
import { parseShapes, Shapes } from './shapes.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const shapes = new Shapes(/### JSON shapes\n.*?```ts\n(.*?)```/s.exec(readme)?.[1] ?? '');

/** A pact with a state that has parameters, a number, and a value that looks generated. */
function rich(version: '1' | '2') {
  const { interactions, ...pact } = pactBetween('Web', 'Api', '/seats');
  const body =
    version === '1'
      ? { id: 'token-1795452344', rows: 7, row: 'A' }
      : { id: 'token-1795452662', rows: 'SEVEN', price: 1 };
  const [interaction] = interactions;
  return {
    ...pact,
    metadata: { pactSpecification: { version: '3.0.0' } },
    interactions: [
      {
        ...interaction,
        providerStates: [{ name: 'seats', params: { row: 'A' } }, { name: 'open' }],
        response: { status: 200, body },
      },
    ],
  };
}

let at: Desk;

beforeAll(async () => {
  at = await desk();
  const calls: readonly (readonly string[])[] = [
    ['create-environment', '--name=production', '--production', '--contact-email-address=ops@example.org'],
    ['update-environment', '--uuid=production', '--display-name=Live'],
    ['create-environment', '--name=test'],
    [
      'publish',
      at.write('1.json', JSON.stringify(rich('1'))),
      '-a=1',
      '--branch=main',
      '--build-url=https://ci/1',
    ],
    ['record-verification', '--provider=Api', '-a=9', '--consumer=Web', '--branch=main', '--result=success'],
    ['record-deployment', '-a=Api', '-e=9', '--environment=production', '--application-instance=blue'],
    ['record-deployment', '-a=Web', '-e=1', '--environment=production'],
    [
      'publish',
      at.write('2.json', JSON.stringify(rich('2')).replace('"SEVEN"', '7.0')),
      '-a=2',
      '--branch=main',
      '--tag=dev',
    ],
    [
      'record-verification',
      '--provider=Api',
      '-a=9',
      '--consumer=Web',
      '--consumer-version=2',
      '--result=failure',
    ],
    ['record-deployment', '-a=Web', '-e=2', '--environment=production'],
    ['record-release', '-a=Web', '-e=2', '--environment=test'],
    ['publish', at.pact('App', 'Api'), '-a=1', '--branch=main'],
    ['create-or-update-pacticipant', '--name=Web', '--repository-url=https://example.org/web.git'],
    ['create-or-update-pacticipant', '--name=Idle'],
    ['create-or-update-version', '-a=Web', '-e=2', '--branch=also'],
    [
      ...[
        'create-webhook',
        'https://ci.example.org/run',
        '-X',
        'post',
        '-H',
        'A: b',
        '-d',
        '{"a": 1}',
        '--user=ci:secret',
      ],
      ...['--consumer=Web', '--provider-label=core', '--contract-published'],
    ],
    [
      'create-or-update-webhook',
      'https://ci.example.org/go',
      '-X',
      'post',
      '--uuid=abcdefghijklmnop1',
      '--contract-published',
    ],
    [
      'create-or-update-webhook',
      'https://ci.example.org/on',
      '-X',
      'post',
      '--uuid=abcdefghijklmnop1',
      '--contract-published',
    ],
  ];
  for (const call of calls) {
    const { code, err } = await at.gitpact(...call);
    expect({ call, code, err: code === 0 ? '' : err }).toEqual({ call, code: 0, err: '' });
  }
});

const pair = ['--consumer=Web', '--provider=Api'];
const web = '--pacticipant=Web';

const outputs: readonly (readonly [type: string, ...call: readonly string[]])[] = [
  ['Matrix', 'matrix', web, '--pacticipant=Api'],
  ['Matrix', 'matrix', web, '--ignore=Api', '--version=9'],
  ['Matrix', 'matrix', '--pacticipant=Idle'],
  ['Why', 'why', '-a=Web', '-e=2', '--to-environment=production'],
  ['Why', 'why', '-a=App', '-e=1', '--to-environment=test'],
  ['Log', 'log'],
  ['ContractLog', 'log', ...pair],
  ['Graph', 'graph'],
  ['Graph', 'graph', '--environment=production'],
  ['Graph', 'graph', '--pacticipant=Idle'],
  ['Status', 'status'],
  ['Diff', 'diff', ...pair, '--generated'],
  ['Diff', 'diff', ...pair, '--version=2', '--with-version=2'],
  ['NoDiff', 'diff', ...pair, '--version=1'],
  ['Drift', 'drift', '1.json', '--branch=main'],
  ['Drift', 'drift', '2.json', '--consumer-app-version=2'],
  ['Report', 'report', '-a=Web', '-e=2'],
  ['Report', 'report', '-a=Web', '--branch=also', '--with-version=1'],
  ['Webhooks', 'webhooks', 'list'],
  ['Needed', 'needs-verification'],
  ['Fsck', 'fsck'],
  ['CanIDeploy', 'can-i-deploy', '-a=Web', '-e=2', '--to-environment=production'],
  ['CanIDeploy', 'can-i-deploy', '-a=App', '-e=1', '--to-environment=production', '--ignore=Api'],
  ['CanIDeploy', 'can-i-merge', '-a=Web', '-e=2'],
  ['Environments', 'list-environments'],
  ['Environment', 'describe-environment', '--uuid=production'],
  ['Pacticipants', 'list-pacticipants'],
  ['Pacticipant', 'describe-pacticipant', '--name=Web'],
  ['PacticipantVersion', 'describe-version', '-a=Web', '-e=1'],
  ['PacticipantVersion', 'describe-version', '-a=Web', '-e=2'],
  ['LatestPacts', 'list-latest-pact-versions'],
  ['Pacts', 'get-pacts', '--provider=Api'],
  ['ProviderStates', 'provider-states', '--provider=Api'],
];

describe('the JSON shapes of the README', () => {
  it.each(outputs.map(([type, ...call]) => ({ type, call, line: call.join(' ') })))(
    '$type is what `gitpact $line` prints',
    async ({ type, call }) => {
      const { out, err } = await at.gitpact(...call, '--output=json');
      expect({ err, complaints: shapes.complaints(JSON.parse(out), type) }).toEqual({
        err: '',
        complaints: [],
      });
    },
  );

  it('Event is each line of `gitpact events`', async () => {
    const { code, out } = await at.gitpact('events');
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect({ code, complaints: lines.flatMap((line) => shapes.complaints(line, 'Event')) }).toEqual({
      code: 0,
      complaints: [],
    });
    expect(lines.length).toBeGreaterThan(5);
  });

  it('Fsck is what a damaged repository gives, and its repair', async () => {
    await commitFiles(at.repository, { 'pacticipants/Web/latest.json': '{}\n', 'pacts/odd.txt': 'x\n' });
    for (const [call, part] of [
      [['fsck'], 'findings'],
      [['fsck', '--repair'], 'repaired'],
    ] as const) {
      const told = JSON.parse((await at.gitpact(...call, '--output=json')).out);
      expect(shapes.complaints(told, 'Fsck')).toEqual([]);
      expect(told[part].length).toBeGreaterThan(0);
    }
  });

  it('Clean, Archive and Audit are what those commands print', async () => {
    const own = await desk();
    const said = async (...call: readonly string[]) =>
      JSON.parse((await own.gitpact(...call, '--output=json')).out);
    const held = (told: unknown, type: string) => expect(shapes.complaints(told, type)).toEqual([]);
    held(await said('archive'), 'Archive');
    await own.gitpact('publish', own.pact('Web', 'Api', '/1'), '-a=1', '--branch=old');
    await own.gitpact('publish', own.pact('Web', 'Api', '/2'), '-a=2', '--tag=dev');
    const cleaned = await said(
      'clean',
      '--keep-version-selectors=[{"latest":true},{"max_age":0,"tag":"no"}]',
      '--keep-branch-selectors=[{"branch":"main"}]',
    );
    held(cleaned, 'Clean');
    expect(cleaned.deletedBranches.length).toBeGreaterThan(0);
    for (const summary of Object.values(cleaned.versionSummary)) held(summary, 'CleanSummary');
    await commitFiles(own.repository, { 'pacticipants/Web/versions': undefined });
    const found = await said('audit');
    held(found, 'Audit');
    expect(found.findings).toHaveLength(1);
    held(await said('audit', `--since=${'f'.repeat(40)}`), 'Audit');
    const archived = await said('archive');
    held(archived, 'Archive');
    leaveOut(own.repository, archived);
    const rest = await said('audit');
    held(rest, 'Audit');
    expect(rest.unseen).toBe(archived.archived);
  });

  it('name every type that is printed, and each is held against something', () => {
    const others = ['Event', 'Clean', 'CleanSummary', 'Archive', 'Audit'];
    const held = new Set([...outputs.map(([type]) => type), ...others]);
    const helping = shapes.names.filter((name) => !held.has(name));
    expect(helping).toEqual([
      'Verdict',
      'Version',
      'Side',
      'Pact',
      'Result',
      'Commit',
      'Place',
      'State',
      'Obstacle',
      'Change',
      'VersionSpan',
      'OldVersion',
      'Tally',
      'Webhook',
    ]);
  });

  afterAll(() => expect(shapes.unseen()).toEqual([]));
});

describe('a shape', () => {
  const small = () =>
    new Shapes("type A = { a: 'x' | 'y'; b?: B[]; c: number | null }; type B = { d: true; ... };");
  it.each<[value: unknown, complaints: readonly string[]]>([
    [{ a: 'x', c: 1 }, []],
    [{ a: 'y', b: [{ d: true, e: 1 }], c: null }, []],
    [{ a: 'z', c: 1 }, ['A.a is no "x": "z"']],
    [{ a: 'x' }, ['A.c is missing']],
    [{ a: 'x', c: '1' }, ['A.c is no number: "1"']],
    [{ a: 'x', c: 1, e: 2 }, ['A.e is not documented']],
    [{ a: 'x', b: [{ d: false }], c: 1 }, ['A.b[0].d is no true: false']],
    [{ a: 'x', b: {}, c: 1 }, ['A.b is no list: {}']],
    [[], ['A is no object']],
  ])('finds in %j what does not fit', (value, complaints) => {
    expect(small().complaints(value, 'A')).toEqual(complaints);
  });

  it('knows which optional fields it has not seen', () => {
    const one = small();
    expect(one.unseen()).toEqual(['A.b']);
    one.complaints({ a: 'x', b: [], c: 1 }, 'A');
    expect(one.unseen()).toEqual([]);
  });

  it.each(['type A = { a: }', 'type A { }', 'type A = { a string };'])('is not read from %j', (text) => {
    expect(() => parseShapes(text)).toThrow();
  });
});
