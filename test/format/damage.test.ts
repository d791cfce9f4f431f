import { describe, expect, it } from 'vitest';
import { examine } from '../../src/decide/examine.ts';
import { GitpactError } from '../../src/domain/failure.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { entriesOf, type Folder, file, fileAt, textOf, withNode } from '../../src/domain/tree.ts';
import { newSettingsText, readSettings } from '../../src/format/settings.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { story } from '../helpers/story.ts';

const whole = story()
  .creates('prod', true)
  .publishes('Web 1', 'Api', { branch: 'main', tags: ['t'] })
  .publishes('Web 2', 'Api', { branch: 'feat/x' })
  .verifies('Api 9', 'Web 1', 'passed', { branch: 'main' })
  .deploys('Web 1', 'prod')
  .releases('Api 9', 'prod')
  .next((draft, at) => {
    const [consumer] = draft.now.pacticipantNames().filter((name) => name === 'Web');
    const environment = draft.now.environments()[0];
    if (!consumer || !environment) throw new Error('the story is another one');
    draft.putSettings({ ...draft.now.settings, strict: true });
    draft.putEnvironment({ ...environment, updatedAt: at });
  }).root;

function pathsBelow(folder: Folder, at = ''): string[] {
  return [...entriesOf(folder)].flatMap(([name, node]) =>
    node.kind === 'folder' ? pathsBelow(node, `${at}${name}/`) : [at + name],
  );
}

function readEverything(now: Snapshot): void {
  void now.settings;
  void now.lastResultNumber;
  for (const name of now.pacticipantNames()) {
    now.pacticipant(name);
    now.versions(name);
    now.latestVersion(name);
    now.branches(name);
    now.tags(name);
    for (const { deployments, releases } of now.versions(name)) {
      for (const { uuid } of [...deployments, ...releases]) now.versionOfDeployment(uuid);
    }
  }
  for (const provider of now.providerNames()) {
    for (const consumer of now.consumersOf(provider)) {
      now.integration(consumer, provider);
      for (const sha of now.contentShas(consumer, provider)) {
        now.content(consumer, provider, sha);
        for (const result of now.results(consumer, provider, sha)) now.testResults(result);
      }
    }
  }
  for (const { name } of now.environments()) now.presences(name);
}

const damages: readonly (readonly [how: string, damage: (text: string) => string])[] = [
  ['is empty', () => ''],
  ['breaks off', (text) => text.slice(0, text.length / 3)],
  ['has a day for a moment', (text) => text.replace(/(2026-01-01)T[\d:.]+Z/, '$1')],
  ['is null', () => 'null\n'],
  ['is a number', () => '1\n'],
  ['is an empty object', () => '{}\n'],
  ['holds a conflict of a merge', (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`],
  [
    'says numbers for texts',
    (text) => text.replaceAll(/"(?=[^"]*"[,}\n])[^"]*"(?=[,}\n])/g, '7').replaceAll(/: .+$/gm, ': 7'),
  ],
];

/** Files that are copies of others, or whose content is only looked at as text. */
const notRecords = /^pacts\/.*\/(content|branch|tag|environment)\/|^pacts\/.*\/(latest|main-branch)\.json$/;

const cases = damages.flatMap(([how, damage]) =>
  pathsBelow(whole).map((path) => {
    const node = fileAt(whole, path);
    const before = node ? textOf(node) : '';
    return { how, path, before, text: damage(before) };
  }),
);

/** The counter of results may say any number, and any format that is to come is no damage. */
const damaged = cases.filter(
  ({ path, before, text }) =>
    text !== before && (!/last\.json|gitpact\.yaml/.test(path) || !text.includes(': 7')),
);

describe('a file that is damaged', () => {
  it.each(damaged)('is found by fsck: $path $how', ({ path, text }) => {
    const findings = examine(withNode(whole, path, file(text)));
    expect(findings.map((finding) => finding.path)).toContain(path);
  });

  it.each(damaged.filter(({ path }) => !notRecords.test(path)))(
    'is named when it is read: $path $how',
    ({ path, text }) => {
      const failure = failureOf(() => readEverything(snapshotOf(withNode(whole, path, file(text)))));
      expect(failure).toMatchObject({ code: 'bad-record' });
      expect(failure?.message).toContain(`The file ${path} of the contract repository `);
      expect(failure?.hint).toContain('gitpact fsck');
    },
  );
});

function failureOf(act: () => void): GitpactError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof GitpactError) return error;
    throw error;
  }
}

describe('a sound store', () => {
  it('has nothing to find, and every kind of file', () => {
    expect(examine(whole)).toEqual([]);
    expect(() => readEverything(snapshotOf(whole))).not.toThrow();
    const kinds = [
      'integration.json',
      'pacticipant.yaml',
      'results/',
      'environments/',
      'deployments/',
      'tags/',
    ];
    for (const kind of kinds) expect(pathsBelow(whole).some((path) => path.includes(kind))).toBe(true);
  });
});

describe('gitpact.yaml', () => {
  it.each([
    ['format: 2\n', 'newer-format', 'has format 2; this gitpact knows format 1'],
    ['format: 999\nother: true\n', 'newer-format', 'has format 999'],
    ['format: 0\n', 'bad-record', 'has format 0, which never was'],
    ['format: one\n', 'bad-record', 'has no whole number `format`'],
    ['strict: true\n', 'bad-record', 'has no whole number `format`'],
    ['format: 1\nstrict: maybe\n', 'bad-record', 'has a `strict` that is neither true nor false'],
    ['format: 1\nmainBranchCandidates: main\n', 'bad-record', 'is not a list of texts'],
    ['format: 1\nwebhookRetrySchedule: [1, x]\n', 'bad-record', 'is not a list of whole numbers'],
    ['format: [\n', 'bad-record', 'is not YAML'],
    [`format: 1\n#${'x'.repeat(1_000_000)}`, 'bad-record', 'is larger than a megabyte'],
    [
      'format: 1\na: &a [1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n',
      'bad-record',
      'is not YAML',
    ],
  ])('that says %j is refused', (text, code, words) => {
    const failure = failureOf(() => void readSettings('gitpact.yaml', text));
    expect(failure).toMatchObject({ code });
    expect(failure?.message).toContain(words);
    expect(failure?.hint).toBeTruthy();
  });

  it('may say nothing but its format, with comments of any kind', () => {
    const plain = readSettings('gitpact.yaml', newSettingsText);
    expect(readSettings('gitpact.yaml', 'format: 1 # the first\r\n')).toEqual(plain);
    expect(readSettings('gitpact.yaml', '---\nformat: 1\nunknownToUs: 5\n')).toEqual(plain);
  });
});
