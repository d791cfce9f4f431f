import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/decide/examine.ts';
import { isSound } from '../../src/decide/finding.ts';
import { repair } from '../../src/decide/repair.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { type File, type Folder, file, fileAt, withNode } from '../../src/domain/tree.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from '../query/partial.ts';
import { edited, filesOf, pathLike, sound, webAt, withJson, withTexts } from './examining.ts';

const [web1, web2] = [webAt('1'), webAt('2')];
const webMain = 'pacticipants/Web/branches/b2/main.json';
const integration = 'pacts/provider/Api/consumer/Web/integration.json';
const newest = pathLike(sound, /content\/57\/[0-9a-f]+\.json$/);
const newestOrder = newest.replace('.json', '.order.json');
const lenient = story({ allowContractModification: true, firstTagAsBranch: false });

/** Everything there is to say of a tree: `path: text`. */
const said = (root: Folder) => examine(root).map(({ path, text }) => `${path}: ${text}`);
/** Nothing but this, of the file at `path`. */
const only = (path: string, ...texts: readonly string[]) => texts.map((text) => `${path}: ${text}`);
const without = (root: Folder, area: string) =>
  withTexts(
    root,
    Object.fromEntries(
      [...filesOf(root).keys()].filter((path) => path.startsWith(area)).map((path) => [path, undefined]),
    ),
  );

/** The end of a story whose steps all happened in histories that did not know each other. */
const merged = (...histories: readonly Story[]): Folder =>
  histories.reduce(
    (tree, { root }) =>
      [...filesOf(root)].reduce((one, [path, text]) => withTexts(one, { [path]: text }), tree),
    lenient.root,
  );

describe('what fsck says of one file', () => {
  it.each<[path: string, text: string, says: string]>([
    [web1, '{', 'is not JSON'],
    [web1, '[]', 'is not an object'],
    [newest, '{', 'is not JSON: line 1, column 2: expected a key in double quotes, found the end'],
    [
      webMain,
      '{"name": "main", "createdAt": "now"}',
      'has a `createdAt` that is no moment such as 2026-11-23T16:45:44.123Z',
    ],
    ['environments/test.yaml', 'a: [', 'is not YAML'],
    [newestOrder, '{', 'does not say in which order its content was submitted'],
    ['pacticipants/Old/README.md', 'hello', 'does not belong in a contract repository'],
    ['results/last.json', '{"number": -1}\n', 'has the number -1: they begin at 1'],
  ])('%s with %j is all there is to say', (path, text, says) => {
    expect(said(withTexts(sound, { [path]: text }))).toEqual(only(path, says));
  });

  it('begins with the name that is none', () => {
    const blank = (path: string) => edited(sound, path, (text) => text.replace(/(name"?: )"?\w+"?/, '$1" "'));
    const says = 'names " ", which cannot be blank';
    for (const path of ['pacticipants/Web/pacticipant.yaml', 'environments/test.yaml', webMain])
      expect(said(blank(path))).toEqual(only(path, says));
    const noConsumer = withJson(sound, integration, (value) => ({ ...value, consumer: ' ' }));
    expect(said(noConsumer)).toEqual(only(integration, says));
  });

  it('is one thing where a revision is below 1, or a sha too long', () => {
    const changed = (fields: object) =>
      withJson(sound, web2, (value) => ({
        ...value,
        pacts: (value.pacts as object[]).map((pact) => ({ ...pact, ...fields })),
      }));
    expect(said(changed({ revision: 0 }))).toEqual(only(web2, 'has the revision 0: they begin at 1'));
    const sha = '57f5079c2851e476ac4563941ed13f006b55b23e';
    for (const long of [`0${sha}`, `${sha}0`])
      expect(said(changed({ sha: long }))).toEqual(only(web2, `has "${long}" for the sha of Api's pact`));
  });

  it('is that a content was changed, though its order does not fit it any more', () => {
    const changed = edited(sound, newest, (text) => text.replace('"/3"', '"/4"'));
    const broken = withTexts(changed, { [newestOrder]: '[[[9,9],[0]]]\n' });
    expect(said(broken)).toEqual([
      expect.stringMatching(`^${newest}: has the content of \\w{40}: it was changed$`),
    ]);
  });

  it('is one thing where a content is laid out in another way, and so is its order', () => {
    const minified = edited(sound, newest, (text) => JSON.stringify(JSON.parse(text)));
    const broken = edited(minified, newestOrder, (text) => ` ${text}`);
    const form = examine(broken).filter(({ rule }) => rule === 'form');
    expect(form).toEqual([{ path: newest, rule: 'form', text: 'is not in canonical form' }]);
    expect(filesOf(repair(broken).root)).toEqual(filesOf(sound));
  });

  it('is that of its facts first where it has derived fields, too', () => {
    const broken = edited(
      sound,
      integration,
      (text) => `${text.replace('"latest": "2"', '"latest": "1"')}\n`,
    );
    expect(said(broken)).toEqual(only(integration, 'is not in canonical form'));
    expect(filesOf(repair(broken).root)).toEqual(filesOf(sound));
  });
});

describe('bytes that are not UTF-8', () => {
  const blob = (text: string) => `blob ${Buffer.byteLength(text)}\0${text}`;
  const stored = (text: string): File => ({
    ...file(text),
    oid: createHash('sha1').update(blob(text)).digest('hex'),
  });
  const text = (filesOf(sound).get(web1) ?? '').replace(
    '"order": 1,',
    '"order": 1,\n  "buildUrl": "\ufffd",',
  );

  it('are told from a text that has the sign for such bytes', () => {
    const laidOut = filesOf(repair(withTexts(sound, { [web1]: text })).root).get(web1) ?? '';
    expect(laidOut).toContain('\ufffd');
    expect(said(withNode(sound, web1, stored(laidOut)))).toEqual([]);
    expect(said(withTexts(sound, { [web1]: laidOut }))).toEqual([]);
    const garbled = { ...stored(laidOut), oid: '0'.repeat(40) };
    expect(said(withNode(sound, web1, garbled))).toEqual(only(web1, 'is not UTF-8'));
  });

  it('do not matter in what is made anew', () => {
    const garbled = { ...file('\ufffd'), oid: '0'.repeat(40) };
    expect(said(withNode(sound, 'deployments/test.json', garbled))).toEqual(
      only('deployments/test.json', 'does not say what the facts say'),
    );
  });
});

describe('names that cannot be told apart', () => {
  const differ = 'they differ only in upper and lower case or in Unicode form';

  it.each<[what: string, root: Folder, path: RegExp, says: string]>([
    [
      'pacticipants',
      merged(lenient.versions('Web 1'), lenient.versions('web 1')),
      /^pacticipants\/web\/pacticipant.yaml$/,
      `cannot tell the pacticipant "web" from "Web": ${differ}`,
    ],
    [
      'environments',
      merged(lenient.creates('Prod'), lenient.creates('prod')),
      /^environments\/prod.yaml$/,
      `cannot tell the environment "prod" from "Prod": ${differ}`,
    ],
    [
      'branches',
      merged(lenient.branches('Web 1', 'Main'), lenient.versions('Web 1').branches('Web 2', 'main')),
      /^pacticipants\/Web\/branches\/b2\/main.json$/,
      `cannot tell the branch "main" from "Main": ${differ}`,
    ],
  ])('are told: %s', (_what, root, path, text) => {
    const clashes = examine(root).filter(({ rule }) => rule === 'name-clash');
    expect(clashes).toEqual([{ path: expect.stringMatching(path), rule: 'name-clash', text }]);
  });

  it('are told of the one that differs from the first', () => {
    const tagged = ['Web 1', 'Web 3', 'Web 2'].reduce((past, version) => past.tags(version, 'dev'), lenient);
    const web3 = webAt('3');
    const other = edited(tagged.root, web3, (text) => text.replace('"dev"', '"DEV"'));
    expect(said(other)).toEqual(only(web3, `cannot tell the tag "DEV" from "dev": ${differ}`));
  });

  it('are no matter between two pacticipants', () => {
    const past = lenient
      .branches('Web A', 'Main')
      .tags('Web A', 'Dev')
      .branches('Api a', 'main')
      .tags('Api a', 'dev');
    expect(said(past.root)).toEqual([]);
  });
});

describe('what facts refer to', () => {
  const solo = lenient.branches('Solo 1', 'main').branches('Solo 2', 'feat').branches('Solo 2', 'x');

  it('is the pacticipant of its versions', () => {
    const path = 'pacticipants/Solo/pacticipant.yaml';
    expect(said(withTexts(solo.root, { [path]: undefined }))).toEqual(
      only(path, 'is missing, though something of that pacticipant is there'),
    );
  });

  it('is the integration of contents alone, or of results alone', () => {
    const says = only(integration, 'is missing, though something of that pair is there');
    expect(said(withTexts(without(sound, 'results/'), { [integration]: undefined }))).toContain(says[0]);
    expect(said(without(sound, 'pacts/'))).toContain(says[0]);
  });

  it('is the head on its very branch', () => {
    const path = pathLike(solo.root, /branches\/\w\w\/feat\.json$/);
    const head = (number: string) => withJson(solo.root, path, (value) => ({ ...value, head: number }));
    expect(said(head('1'))).toEqual(only(path, 'has the head 1, which is not on it'));
    expect(said(solo.root)).toEqual([]);
    const unreadable = withTexts(solo.root, { [pathLike(solo.root, /versions\/\w\w\/2\.json$/)]: '{' });
    expect(examine(unreadable).map(({ rule }) => rule)).toEqual(['malformed']);
  });

  it('may be an environment that cannot be read', () => {
    const path = 'environments/test.yaml';
    expect(said(withTexts(sound, { [path]: 'a: [' }))).toEqual(only(path, 'is not YAML'));
  });
});

describe('names that look like those of files', () => {
  const names = ['a.json', 'b.order', 'c.tests', 'd.order.json', 'e.tests.json'];
  const past = names.reduce(
    (before, name) =>
      before
        .publishes(`Web.json ${name}`, 'Api.tests.json', { branch: name, tags: [name], content: name })
        .next((draft, at) => {
          const consumer = pacticipantName('Web.json');
          const version = draft.now.version(consumer, versionNumber(name));
          const sha = version?.pacts[0]?.sha;
          if (!sha) throw new Error('the story is another one');
          recordResult(draft, {
            consumer,
            provider: pacticipantName('Api.tests.json'),
            sha,
            providerVersion: versionNumber(name),
            success: true,
            testResults: '{}',
            at,
          });
        })
        .deploys(`Web.json ${name}`, 'prod.order', name),
    lenient.creates('prod.order'),
  );
  const lastResult = pathLike(past.root, /~5\.json$/);

  it('are names', () => {
    expect(said(past.root)).toEqual([]);
    expect([...filesOf(past.root).keys()].filter((path) => /~\d\.tests\.json$/.test(path))).toHaveLength(5);
  });

  it('are followed by the test results that lie beside them', () => {
    const taken = lastResult.replace('~5', '~4');
    const tests = (path: string) => path.replace(/\.json$/, '.tests.json');
    const files = filesOf(past.root);
    const merge = withTexts(past.root, {
      [lastResult]: undefined,
      [tests(lastResult)]: undefined,
      [taken]: files.get(lastResult)?.replace('"number": 5', '"number": 4'),
      [tests(taken)]: files.get(tests(lastResult)),
    });
    expect(filesOf(repair(merge).root)).toEqual(files);
  });
});

describe('slots that two histories both filled', () => {
  const begun = lenient.creates('test').versions('Web 1').versions('Web 2').versions('Web 3');
  // The later the deployment, the earlier the path.
  const histories = (target?: string) => [
    begun.deploys('Web 3', 'test', target),
    begun.versions('Web 1').deploys('Web 2', 'test', target),
    begun.versions('Web 1').versions('Web 1').deploys('Web 1', 'test', target),
  ];
  const uuidOf = (root: Folder, path: string) => /"uuid":"([^"]+)"/.exec(filesOf(root).get(path) ?? '')?.[1];
  const web3 = webAt('3');

  /** What each of the histories made of its own version. */
  function three(target?: string): Folder {
    const [third, second, first] = histories(target);
    const of = (past: Story | undefined, path: string) => filesOf(past?.root ?? begun.root).get(path);
    return withTexts(begun.root, {
      [web3]: of(third, web3),
      [web2]: of(second, web2),
      [web1]: of(first, web1),
    });
  }

  it.each<[target: string | undefined, shown: string]>([
    [undefined, ''],
    ['blue', ' (blue)'],
  ])('are each told beside the last deployment: %s', (target, shown) => {
    const root = three(target);
    const last = uuidOf(root, web1);
    const says = (path: string) =>
      `is current by its deployment ${uuidOf(root, path)}${shown}, and so is version 1 in the same place by ${last}`;
    const taken = examine(root).filter(({ rule }) => rule === 'slot-taken');
    expect(taken).toEqual(
      [web2, web3].sort().map((path) => ({ path, rule: 'slot-taken', text: says(path) })),
    );
  });

  it('are left one after the other', () => {
    const { root, remaining } = repair(three());
    expect(remaining).toEqual([]);
    const moment = (path: string, field: string) =>
      new RegExp(`"${field}":"([^"]+)"`).exec(filesOf(root).get(path)?.split('"deployments"')[1] ?? '')?.[1];
    expect(moment(web3, 'undeployedAt')).toBe(moment(web2, 'createdAt'));
    expect(moment(web2, 'undeployedAt')).toBe(moment(web1, 'createdAt'));
    expect(moment(web1, 'undeployedAt')).toBeUndefined();
  });
});

describe('all findings', () => {
  const broken = withTexts(sound, {
    'webhooks/readme.txt': 'hello',
    'deployments/prod.json': undefined,
    [integration]: JSON.stringify(JSON.parse(filesOf(sound).get(integration) ?? '')),
    'gitpact.yaml': `${filesOf(sound).get('gitpact.yaml')}colour: red\n`,
  });

  it('are in order of the paths', () => {
    expect(examine(broken).map(({ path, rule }) => [path, rule])).toEqual([
      ['deployments/prod.json', 'stale'],
      ['gitpact.yaml', 'unknown-field'],
      [integration, 'form'],
      ['webhooks/readme.txt', 'foreign'],
    ]);
  });

  it('are told in two parts by --repair: what it mended, and what is left', () => {
    const [stale, unknown, form, foreign] = examine(broken);
    expect(repair(broken)).toMatchObject({ repaired: [stale, form], remaining: [unknown, foreign] });
    const noted = edited(sound, 'gitpact.yaml', (text) => `${text}colour: red\n`);
    expect(repair(noted)).toEqual({ root: noted, repaired: [], remaining: [unknown] });
  });

  it('are left where facts are not whole, but for the form of records', () => {
    const unreadable = withTexts(broken, { [web1]: '{' });
    const { repaired, remaining } = repair(unreadable);
    expect(repaired.map(({ rule }) => rule)).toEqual(['form']);
    expect(remaining.map(({ rule }) => rule)).toEqual(['unknown-field', 'malformed', 'foreign']);
    const twice = withJson(unreadable, web2, (value) => ({ ...value, order: 1 }));
    const another = withTexts(twice, { [webAt('7')]: filesOf(twice).get(web2)?.replace('"2"', '"7"') });
    const left = repair(another);
    expect(new Set(left.repaired.map(({ rule }) => rule))).toEqual(new Set(['form']));
    expect(left.remaining.map(({ rule }) => rule)).toContain('number-taken');
  });

  it('make a store unsound unless they are notes', () => {
    expect(isSound([])).toBe(true);
    expect(isSound(examine(broken))).toBe(false);
    expect(isSound(examine(broken).filter(({ rule }) => rule === 'unknown-field'))).toBe(true);
  });

  it('are found in one round of reading, and one for contents that lie at raw URLs, too', () => {
    expect(readPartially(sound, (root) => examine(root))).toMatchObject({ answer: [], rounds: 2 });
  });
});

it('--repair keeps the mode of a file', () => {
  const minified = file(JSON.stringify(JSON.parse(filesOf(sound).get(web1) ?? '')));
  const modeAfter = (node: File) => fileAt(repair(withNode(sound, web1, node)).root, web1)?.mode;
  expect(modeAfter({ ...minified, mode: '100755' })).toBe('100755');
  expect(modeAfter(minified)).toBeUndefined();
});
