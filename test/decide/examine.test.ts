import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/decide/examine.ts';
import { aboutRule, type Rule, rules } from '../../src/decide/finding.ts';
import { repair } from '../../src/decide/repair.ts';
import { type Folder, file, fileAt, withNode } from '../../src/domain/tree.ts';
import { knownFields } from '../../src/format/known-fields.ts';
import { edited, filesOf, pathLike, sound, webAt, withJson, withTexts } from './examining.ts';

const web1 = webAt('1');
const web2 = webAt('2');
const api9 = 'pacticipants/Api/versions/0a/9.json';
const webMain = 'pacticipants/Web/branches/b2/main.json';
const pair = 'pacts/provider/Api/consumer/Web';
const integration = `${pair}/integration.json`;
const first = pathLike(sound, /content\/cf\/[0-9a-f]+\.json$/);
const newest = pathLike(sound, /content\/57\/[0-9a-f]+\.json$/);
const result1 = pathLike(sound, /~1\.json$/);
const result2 = pathLike(sound, /~2\.json$/);
const tests2 = pathLike(sound, /~2\.tests\.json$/);

type Case = readonly [row: string, broken: Folder, path: string, rule: Rule, words: string];
type Record = { [field: string]: unknown };

const copied = (from: string, to: string) => withTexts(sound, { [to]: filesOf(sound).get(from) });
const without = (path: string) => withTexts(sound, { [path]: undefined });
const listOf = (value: Record, field: string) => (value[field] ?? []) as Record[];

/** The list of a version with its first item twice, changed the second time. */
function doubled(path: string, field: string, change: Record = {}): Folder {
  return withJson(sound, path, (value) => {
    const [one, ...others] = listOf(value, field);
    return { ...value, [field]: [one, ...others, { ...one, ...change }] };
  });
}

/** The first item of a version's list with some fields of its own. */
function changedIn(path: string, field: string, change: Record): Folder {
  return withJson(sound, path, (value) => {
    const [one, ...others] = listOf(value, field);
    return { ...value, [field]: [{ ...one, ...change }, ...others] };
  });
}

const withField = (path: string, field: string, value: unknown) =>
  withJson(sound, path, (record) => ({ ...record, [field]: value }));

const noJson = 'a file that is no JSON, no YAML or not UTF-8';
const badField = 'a record without a required field, or with a field of another type';
const belowOne = 'an order, a revision or a result number below 1';
const noName = 'a name that is none: empty, blank, of several lines';
const misplaced = 'a record whose path is not the one its names make';
const foreign = "a file in the store's own folders that belongs to nobody";
const clash = 'pacticipants, versions, branches, tags or environments that cannot be told apart once folded';
const noPacticipant = 'no `pacticipant.yaml` where something refers to that pacticipant';
const noIntegration = 'no `integration.json` where the pair has contents, results or pacts';
const tests = 'test results without their result, or a result without its test results';
const head = 'a branch head that is no version on the branch, or no head though versions are on it';
const twice = 'a version twice on one branch, or with one tag twice';
const uuids = 'a uuid that two deployments, releases or environments have';
const layout = 'a JSON record in another layout: minified, other order of fields, no final line feed';
const contentForm = 'a content that is not canonical';
const stale = 'a derived file that does not say what the facts say, or cannot be read';
const unneeded = 'a derived file with nothing to stand for';
const unknownField = 'a field that gitpact does not know, in a JSON record or in `gitpact.yaml` (note)';
const literalSecret = 'a webhook with a secret written out instead of named';

const otherUuid = { uuid: 'another', createdAt: '2026-01-01T00:00:09.000Z' };
const garbled = { kind: 'file', oid: '0'.repeat(40), text: '{"number": "\ufffd"}' } as const;

const cases: readonly Case[] = [
  [noJson, withTexts(sound, { [web1]: '{' }), web1, 'malformed', 'is not JSON'],
  [
    noJson,
    withTexts(sound, { 'environments/prod.yaml': 'a: [' }),
    'environments/prod.yaml',
    'malformed',
    'is not YAML',
  ],
  [noJson, withTexts(sound, { [first]: '{' }), first, 'malformed', 'is not JSON: line 1, column 2'],
  [noJson, withTexts(sound, { [tests2]: '[' }), tests2, 'malformed', 'is not JSON'],
  [noJson, withTexts(sound, { 'results/last.json': '' }), 'results/last.json', 'malformed', 'is not JSON'],
  [noJson, withNode(sound, web1, garbled), web1, 'malformed', 'is not UTF-8'],
  [badField, withField(web1, 'createdAt', 'today'), web1, 'malformed', 'has a `createdAt` that is no moment'],
  [badField, withField(web1, 'order', '1'), web1, 'malformed', 'has no whole number `order`'],
  [badField, changedIn(web1, 'pacts', { sha: 'abc' }), web1, 'malformed', 'has "abc" for the sha'],
  [belowOne, withField(web1, 'order', 0), web1, 'malformed', 'has the order 0: they begin at 1'],
  [belowOne, changedIn(web1, 'pacts', { revision: 0 }), web1, 'malformed', 'has the revision 0'],
  [belowOne, withField(result1, 'number', -1), result1, 'malformed', 'has the number -1'],
  [
    noName,
    changedIn(web1, 'tags', { name: 'a\nb' }),
    web1,
    'malformed',
    'names "a\\nb", which cannot contain multiple lines',
  ],
  [noName, withField(result1, 'providerVersion', ' '), result1, 'malformed', 'which cannot be blank'],
  [
    'revisions of a pact that do not rise',
    withJson(sound, web1, (value) => ({ ...value, pacts: listOf(value, 'pacts').toReversed() })),
    web1,
    'malformed',
    'has revision 1 of its pact with Api after revision 2',
  ],
  [
    misplaced,
    copied(web1, 'pacticipants/Web/versions/00/1.json'),
    'pacticipants/Web/versions/00/1.json',
    'misplaced',
    `belongs at ${web1}`,
  ],
  [
    misplaced,
    copied(web1, 'pacticipants/Api/versions/35/1.json'),
    'pacticipants/Api/versions/35/1.json',
    'misplaced',
    `belongs at ${web1}`,
  ],
  [
    misplaced,
    copied(webMain, 'pacticipants/Web/branches/b2/Main.json'),
    'pacticipants/Web/branches/b2/Main.json',
    'misplaced',
    `belongs at ${webMain}`,
  ],
  [misplaced, withField(webMain, 'name', 'a/b'), webMain, 'misplaced', 'a%2Fb.json'],
  [
    misplaced,
    copied(result1, result1.replace('~1.', '~7.')),
    result1.replace('~1.', '~7.'),
    'misplaced',
    `belongs at ${result1}`,
  ],
  [
    misplaced,
    copied('environments/prod.yaml', 'environments/live.yaml'),
    'environments/live.yaml',
    'misplaced',
    'belongs at environments/prod.yaml',
  ],
  [
    misplaced,
    copied('webhooks/w1.yaml', 'webhooks/w2.yaml'),
    'webhooks/w2.yaml',
    'misplaced',
    'belongs at webhooks/w1.yaml',
  ],
  [
    misplaced,
    withField(integration, 'consumer', 'Other'),
    integration,
    'misplaced',
    'belongs at pacts/provider/Api/consumer/Other/integration.json',
  ],
  [
    'a content below other two digits than its own',
    copied(first, first.replace('/cf/', '/00/')),
    first.replace('/cf/', '/00/'),
    'misplaced',
    `belongs at ${first}`,
  ],
  ...[
    'pacticipants/README.md',
    'pacticipants/Web/versions/35/notes.txt',
    'pacts/provider/Api/consumer/Web/branch/.gitkeep',
    'results/provider/junit.xml',
    'environments/deep/prod.yaml',
    'deployments/README.md',
    'webhooks/w1.json',
  ].map((path): Case => [foreign, withTexts(sound, { [path]: 'hello' }), path, 'foreign', 'does not belong']),
  [
    clash,
    changedIn(web2, 'tags', { name: 'DEV' }),
    web2,
    'name-clash',
    'cannot tell the tag "DEV" from "dev"',
  ],
  [
    clash,
    withTexts(sound, { [webAt('A')]: version('A', 3), [webAt('a')]: version('a', 4) }),
    webAt('a'),
    'name-clash',
    'cannot tell the version "a" from "A"',
  ],
  [
    'a content whose sha is not its name',
    edited(sound, newest, (text) => text.replace('"/3"', '"/4"')),
    newest,
    'altered',
    'it was changed',
  ],
  [
    'a recorded order that does not fit its content',
    withTexts(sound, { [newest.replace('.json', '.order.json')]: '[[[3,0],[0]]]\n' }),
    newest.replace('.json', '.order.json'),
    'altered',
    'does not say in which order its content was submitted',
  ],
  ['no `gitpact.yaml`', without('gitpact.yaml'), 'gitpact.yaml', 'missing', 'is missing'],
  [
    noPacticipant,
    without('pacticipants/Web/pacticipant.yaml'),
    'pacticipants/Web/pacticipant.yaml',
    'missing',
    'is missing, though',
  ],
  [
    noPacticipant,
    [...filesOf(sound).keys()]
      .filter((path) => path.startsWith('pacticipants/Web/'))
      .reduce((tree, path) => withTexts(tree, { [path]: undefined }), sound),
    'pacticipants/Web/pacticipant.yaml',
    'missing',
    'is missing, though Web and Api have an integration',
  ],
  [noIntegration, without(integration), integration, 'missing', 'though something of that pair is there'],
  [
    noIntegration,
    changedIn(web1, 'pacts', { provider: 'Web' }),
    web1,
    'missing',
    'but their integration.json is missing',
  ],
  [
    'no content for a pact that was published',
    without(newest),
    web2,
    'missing',
    'has published a pact with Api whose content 57',
  ],
  ['no content for a result', without(newest), result2, 'missing', 'is about the content 57'],
  [
    'no provider version for a result',
    without(api9),
    result1,
    'missing',
    'is by version 9 of Api, which is missing',
  ],
  [tests, without(tests2), result2, 'missing', 'has test results, which are missing'],
  [tests, without(result2), tests2, 'missing', `belongs to ${result2}, which is missing`],
  [
    tests,
    copied(tests2, result1.replace('.json', '.tests.json')),
    result1,
    'missing',
    'does not say that it has',
  ],
  [
    'an order without its content',
    without(newest),
    newest.replace('.json', '.order.json'),
    'missing',
    `belongs to ${newest}`,
  ],
  [
    'no branch file for a branch that a version is on',
    without(webMain),
    web1,
    'missing',
    'is on the branch main, which is missing',
  ],
  [head, withField(webMain, 'head', '7'), webMain, 'missing', 'has the head 7, which is not on it'],
  [head, withField(webMain, 'head', undefined), webMain, 'missing', 'has no head'],
  [
    'a deployment or release in an environment of an unknown uuid',
    without('environments/test.yaml'),
    web1,
    'missing',
    'to the environment f31acd67-5103-4e6c-ac17-326f89c3baf2, which is missing',
  ],
  [twice, doubled(web1, 'branches'), web1, 'repeated', 'is twice on the branch main'],
  [twice, doubled(web1, 'tags'), web1, 'repeated', 'has the tag dev twice'],
  [
    'the same revision of a pact twice',
    changedIn(web1, 'pacts', { revision: 2 }),
    web1,
    'repeated',
    'has revision 2 of its pact with Api twice',
  ],
  [
    uuids,
    doubled(web1, 'deployments'),
    web1,
    'repeated',
    'has two deployments or releases with the uuid ddc301da',
  ],
  [
    uuids,
    changedIn(web2, 'deployments', { uuid: 'ddc301da-e0a2-4a2e-9e7a-fac8c2a5bd0f' }),
    web2,
    'repeated',
    `as ${web1} has`,
  ],
  [
    uuids,
    edited(sound, 'environments/test.yaml', (text) =>
      text.replace(/uuid: .*/, 'uuid: 70628b5f-100c-4ea7-a30c-5f75d5fd19cf'),
    ),
    'environments/prod.yaml',
    'repeated',
    'as environments/test.yaml has',
  ],
  [
    'a version released twice to one environment',
    doubled(api9, 'releases', otherUuid),
    api9,
    'repeated',
    'is released twice to the environment 70628b5f',
  ],
  [
    layout,
    edited(sound, web1, (text) => JSON.stringify(JSON.parse(text))),
    web1,
    'form',
    'is not in canonical form',
  ],
  [layout, edited(sound, webMain, (text) => text.trimEnd()), webMain, 'form', 'is not in canonical form'],
  [
    layout,
    edited(sound, webMain, (text) => text.replaceAll('\n', '\r\n')),
    webMain,
    'form',
    'is not in canonical form',
  ],
  [
    layout,
    edited(sound, result1, (text) =>
      JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()), null, 2),
    ),
    result1,
    'form',
    'is not in canonical form',
  ],
  [
    layout,
    edited(sound, integration, (text) => `${text}\n`),
    integration,
    'form',
    'is not in canonical form',
  ],
  [
    layout,
    edited(sound, 'results/last.json', (text) => text.trim()),
    'results/last.json',
    'form',
    'is not in canonical form',
  ],
  [
    contentForm,
    edited(sound, first, (text) => JSON.stringify(JSON.parse(text))),
    first,
    'form',
    'is not in canonical form',
  ],
  [
    contentForm,
    edited(sound, newest.replace('.json', '.order.json'), (text) => ` ${text}`),
    newest.replace('.json', '.order.json'),
    'form',
    'is not in canonical form',
  ],
  [
    'an order that two versions of a pacticipant have',
    withJson(sound, web2, (value) => ({ ...value, order: 1 })),
    web2,
    'number-taken',
    `has the order 1, as ${web1} has`,
  ],
  [
    'a result number that two results have',
    withTexts(sound, {
      [result2]: undefined,
      [tests2]: undefined,
      [result2.replace('~2', '~1')]: filesOf(sound)
        .get(result2)
        ?.replace('"number": 2', '"number": 1')
        .replace(/,\n {2}"hasTestResults": true/, ''),
    }),
    result2.replace('~2', '~1'),
    'number-taken',
    `has the number 1, as ${result1} has`,
  ],
  [
    'two current deployments of a pacticipant to one environment and target',
    edited(sound, web2, (text) => text.replace('"target":"blue",', '')),
    web1,
    'slot-taken',
    'and so is version 2 in the same place',
  ],
  ...[
    'pacticipants/Web/latest.json',
    'pacticipants/Web/tags/34/dev.json',
    'deployments/test.json',
    'deployments/by-uuid/33/ddc301da-e0a2-4a2e-9e7a-fac8c2a5bd0f.json',
    `${pair}/latest.json`,
    `${pair}/main-branch.json`,
    `${pair}/branch/b2/main.json`,
    `${pair}/tag/34/dev.json`,
    `${pair}/environment/test/1.json`,
    'results/last.json',
  ].map(
    (path): Case => [
      'a derived file that is missing',
      without(path),
      path,
      'stale',
      'can be made from the facts',
    ],
  ),
  [
    stale,
    withField('pacticipants/Web/latest.json', 'order', 7),
    'pacticipants/Web/latest.json',
    'stale',
    'does not say what the facts say',
  ],
  [
    stale,
    edited(sound, integration, (text) => text.replace('"latest": "2"', '"latest": "1"')),
    integration,
    'stale',
    'does not say',
  ],
  [
    stale,
    withTexts(sound, { 'deployments/test.json': '<<<<<<<' }),
    'deployments/test.json',
    'stale',
    'does not say',
  ],
  [
    stale,
    withTexts(sound, { [`${pair}/latest.json`]: '{}' }),
    `${pair}/latest.json`,
    'stale',
    'does not say',
  ],
  [
    unneeded,
    copied(`${pair}/latest.json`, `${pair}/tag/00/old.json`),
    `${pair}/tag/00/old.json`,
    'stale',
    'has nothing to stand for',
  ],
  [
    unneeded,
    copied('deployments/test.json', 'deployments/gone.json'),
    'deployments/gone.json',
    'stale',
    'has nothing to stand for',
  ],
  [
    unneeded,
    copied('pacticipants/Web/latest.json', 'pacticipants/Old/latest.json'),
    'pacticipants/Old/latest.json',
    'stale',
    'has nothing to stand for',
  ],
  [
    'a counter of results below the greatest number',
    edited(sound, 'results/last.json', (text) => text.replace('2', '1')),
    'results/last.json',
    'stale',
    'does not say',
  ],
  [unknownField, withField(web1, 'colour', 'red'), web1, 'unknown-field', 'has the unknown field colour'],
  [
    unknownField,
    changedIn(web1, 'pacts', { colour: 'red' }),
    web1,
    'unknown-field',
    'has the unknown field pacts.colour',
  ],
  [unknownField, withField(integration, 'colour', 'red'), integration, 'unknown-field', 'colour'],
  [
    unknownField,
    edited(sound, 'gitpact.yaml', (text) => `${text}stict: true\n`),
    'gitpact.yaml',
    'unknown-field',
    'stict',
  ],
  [
    literalSecret,
    edited(sound, 'webhooks/w1.yaml', (text) => text.replace('headers: {}', 'headers: { X-Token: abc }')),
    'webhooks/w1.yaml',
    'literal-secret',
    'has a secret written out: header X-Token',
  ],
  [
    literalSecret,
    edited(sound, 'webhooks/w1.yaml', (text) =>
      text.replace(/url: .*/, 'url: https://ci.example.org/?sig=abc'),
    ),
    'webhooks/w1.yaml',
    'literal-secret',
    'has a secret written out: sig in the URL',
  ],
  [
    literalSecret,
    edited(sound, 'webhooks/w1.yaml', (text) =>
      text.replace('headers: {}', 'headers: {}\n  body: { nested: { api-key: abc } }'),
    ),
    'webhooks/w1.yaml',
    'literal-secret',
    'has a secret written out: body.nested.api-key',
  ],
  [
    'a webhook for a pacticipant that does not exist (note)',
    edited(sound, 'webhooks/w1.yaml', (text) => text.replace('name: Web', 'name: Wbe')),
    'webhooks/w1.yaml',
    'idle-webhook',
    'is for Wbe, and there is no such pacticipant',
  ],
];

function version(number: string, order: number): string {
  const lines = [
    `"pacticipant": "Web"`,
    `"number": "${number}"`,
    `"order": ${order}`,
    '"createdAt": "2026-01-01T00:00:00.000Z"',
  ];
  return `{\n${lines.map((line) => `  ${line}`).join(',\n')}\n}\n`;
}

/** The text without its layout, which repair may change. */
const squeezed = (text: string | undefined) => text?.replace(/\s/g, '');

const named = cases.map(([row, broken, path, rule, words]) => ({ row, broken, path, rule, words }));

describe('fsck', () => {
  it('finds nothing in a sound store', () => expect(examine(sound)).toEqual([]));

  it.each(named)('finds $row: $path', ({ broken, path, rule, words }) => {
    expect(examine(broken)).toContainEqual({ path, rule, text: expect.stringContaining(words) });
  });

  it.each(named)('--repair does what it may about $row: $path', ({ broken, path, rule }) => {
    const { root, repaired, remaining } = repair(broken);
    const mended = aboutRule(rule).repair !== undefined;
    expect(repaired.some((one) => one.path === path && one.rule === rule)).toBe(mended);
    expect(remaining).toEqual(examine(root));
    if (mended) expect(remaining).toEqual([]);
    else expect(squeezed(filesOf(root).get(path))).toBe(squeezed(filesOf(broken).get(path)));
    expect(repair(root).root).toBe(root);
  });

  it('leaves alone what is none of its business', () => {
    const elsewhere = [
      'README.md',
      '.github/workflows/ci.yaml',
      'pacts/web-api.json',
      'pacts/deep/x.json',
      'results/junit.xml',
      'results/environments/x.json',
      'pacts/webhooks/x.yaml',
      'src/pacticipants/x.ts',
    ];
    const among = withTexts(sound, Object.fromEntries(elsewhere.map((path) => [path, '{'])));
    expect(examine(among)).toEqual([]);
    const broken = withNode(among, 'deployments', undefined);
    const { root } = repair(broken);
    expect(filesOf(root)).toEqual(filesOf(among));
  });

  it('takes gaps and contents that no version has for what deletions leave', () => {
    const later = withJson(sound, web2, (value) => ({ ...value, order: 9 }));
    expect(repair(later).remaining).toEqual([]);
    expect(filesOf(repair(later).root).get(web2)).toContain('"order": 9');
    const orphan = withJson(sound, web1, (value) => ({ ...value, pacts: listOf(value, 'pacts').slice(1) }));
    expect(examine(orphan).filter(({ rule }) => rule !== 'form')).toEqual([]);
  });
});

describe('--repair', () => {
  it('keeps foreign files in folders that it makes anew', () => {
    const broken = withTexts(sound, { 'deployments/README.md': 'hello', 'deployments/test.json': undefined });
    const { root, remaining } = repair(broken);
    expect(filesOf(root)).toEqual(filesOf(withTexts(sound, { 'deployments/README.md': 'hello' })));
    expect(remaining.map(({ rule }) => rule)).toEqual(['foreign']);
  });

  it('touches no derived file as long as a fact cannot be read, and no record that it does not know all of', () => {
    const stalePlace = 'pacticipants/Web/latest.json';
    const broken = withTexts(sound, { [web1]: '{', [stalePlace]: undefined });
    expect(repair(broken).root).toBe(broken);
    const strange = withJson(sound, web2, (value) => ({ ...value, order: 1, colour: 'red' }));
    expect(filesOf(repair(strange).root).get(web2)).toBe(filesOf(strange).get(web2));
    const integrated = withJson(sound, integration, (value) => ({ ...value, latest: '1', colour: 'red' }));
    const { root, remaining } = repair(withTexts(integrated, { [stalePlace]: undefined }));
    expect(filesOf(root)).toEqual(filesOf(integrated));
    expect(remaining.map(({ rule }) => rule).sort()).toEqual(['stale', 'unknown-field']);
  });

  it('moves the test results of a result along with it', () => {
    const taken = result2.replace('~2', '~1');
    const broken = withTexts(sound, {
      [result2]: undefined,
      [tests2]: undefined,
      [taken]: filesOf(sound).get(result2)?.replace('"number": 2', '"number": 1'),
      [taken.replace('.json', '.tests.json')]: filesOf(sound).get(tests2),
    });
    expect(filesOf(repair(broken).root)).toEqual(filesOf(sound));
  });

  it('tells results apart that are one file to Git, for two contents', () => {
    const twin = result2.replace('~2', '~1');
    const { root, remaining } = repair(withNode(sound, twin, fileAt(sound, result1)));
    expect(remaining).toEqual([]);
    const numbers = [...filesOf(root).keys()].flatMap((path) => /~(\d+)\.json$/.exec(path)?.[1] ?? []);
    expect(numbers.sort()).toEqual(['1', '2', '3']);
    expect(filesOf(root).get(integration)).toContain(`"number":3}`);
  });

  it('keeps what a record says when it writes it in canonical form, and the mode of its file', () => {
    const minified = JSON.stringify(JSON.parse(filesOf(sound).get(web1) ?? ''));
    const { root } = repair(withNode(sound, web1, { ...file(minified), mode: '100755' }));
    expect(filesOf(root)).toEqual(filesOf(sound));
    expect(
      repair(withTexts(sound, { [first]: JSON.stringify(JSON.parse(filesOf(sound).get(first) ?? '')) })).root,
    ).toEqual(sound);
  });
});

describe('the table in FORMAT.md', () => {
  const text = readFileSync(new URL('../../FORMAT.md', import.meta.url), 'utf8');
  const section = text.slice(text.indexOf('## What fsck checks'), text.indexOf('## Schemas'));
  const rows = [...section.matchAll(/^\| `([\w-]+)` \| (.+?) \| (.*?) ?\|$/gm)].map(
    ([, rule = '', what = '', mends = '']) => ({ rule, what, mends }),
  );

  it('has a case here for every row, and a row for every case and rule', () => {
    expect(new Set(cases.map(([row]) => row))).toEqual(new Set(rows.map(({ what }) => what)));
    expect(new Set(rows.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
    for (const { rule, what } of rows)
      expect(cases.some(([row, , , of]) => row === what && of === rule)).toBe(true);
  });

  it('says which rules are repaired, and which are notes', () => {
    for (const { rule, what, mends } of rows) {
      const { repair: remedy, severity } = aboutRule(rule as Rule);
      expect({ rule, repaired: mends !== '' }).toEqual({ rule, repaired: remedy !== undefined });
      expect({ rule, note: what.endsWith('(note)') }).toEqual({ rule, note: severity === 'note' });
    }
  });

  it('has schemas of just the fields that fsck knows', () => {
    const fieldsOf = (schema: Record): unknown => {
      const properties = (schema.properties ?? (schema.items as Record | undefined)?.properties) as
        | { [field: string]: Record }
        | undefined;
      if (!properties || Object.keys(properties).length === 0) return 'anything';
      return Object.fromEntries(Object.entries(properties).map(([field, below]) => [field, fieldsOf(below)]));
    };
    const { counter: _, ...known } = knownFields;
    for (const [name, fields] of Object.entries(known)) {
      const schema = new RegExp(`\`\`\`json schema=${name}\n([\\s\\S]*?)\`\`\``).exec(text)?.[1] ?? '{}';
      expect({ name, fields }).toEqual({ name, fields: fieldsOf(JSON.parse(schema)) });
    }
  });
});
