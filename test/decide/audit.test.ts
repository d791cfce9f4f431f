import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tamperings } from '../../src/decide/audit.ts';
import { type Folder, file, fileAt, textOf, withNode } from '../../src/domain/tree.ts';
import { anyFact, anyStep, beginning, played } from '../helpers/any-story.ts';
import { sound } from './examining.ts';

const none = new Set<string>();
const textsIn = (before: Folder, after: Folder, events = none) =>
  tamperings(before, after, events).map(({ path, text }) => `${path} ${text}`);

const content = /^pacts\/.*\/content\//;
const version = 'pacticipants/Web/versions/35/1.json';

/** The first path of the sound store that fits. */
function pathIn(root: Folder, pattern: RegExp, at = ''): string {
  for (const [name, node] of root.entries ?? []) {
    const path = at === '' ? name : `${at}/${name}`;
    const found = node.kind === 'folder' ? pathIn(node, pattern, path) : path;
    if (pattern.test(found)) return found;
  }
  return '';
}

function edited(path: string, edit: (text: string) => string): Folder {
  const before = fileAt(sound, path);
  if (!before) throw new Error(`there is no ${path}`);
  const after = edit(textOf(before));
  if (after === textOf(before)) throw new Error(`${path} stays as it is`);
  return withNode(sound, path, file(after));
}

describe('what commands do', () => {
  it('never counts as tampering: facts are only added', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 20 }), (steps) => {
        const half = played(steps.slice(0, steps.length / 2));
        const whole = played(steps.slice(steps.length / 2), half);
        expect(tamperings(beginning.root, half.root, none)).toEqual([]);
        expect(tamperings(half.root, whole.root, none)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('may take facts out when it is a deletion, but change none', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 5, maxLength: 25 }), fc.nat({ max: 25 }), (steps, cut) => {
        const before = played(steps.slice(0, cut));
        const after = played(steps.slice(cut), before);
        const told = tamperings(before.root, after.root, new Set(['deleted'])).map(({ text }) => text);
        // A version that was deleted and made again is another one.
        expect(told.filter((text) => !/order|dated|has another pact/.test(text))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what people do to the files', () => {
  const result = pathIn(sound, /^results\/provider\/.*~\d+\.json$/);
  it.each<[what: string, after: Folder, told: string[]]>([
    [
      'a content removed',
      withNode(sound, pathIn(sound, content), undefined),
      [`${pathIn(sound, content)} was removed, and not by a clean-up or a deletion`],
    ],
    [
      'a content edited',
      edited(pathIn(sound, content), (text) => text.replace('200', '201')),
      [`${pathIn(sound, content)} was edited: it is written once`],
    ],
    [
      'a result turned',
      edited(result, (text) => text.replace(/"success": \w+/, '"success": "yes"')),
      [`${result} was edited: it is written once`],
    ],
    [
      'a version removed',
      withNode(sound, version, undefined),
      [`${version} was removed, and not by a clean-up or a deletion`],
    ],
    [
      'a version put elsewhere in the order',
      edited(version, (text) => text.replace('"order": 1', '"order": 7')),
      [`${version} was given the order 7 in place of 1`],
    ],
    [
      'a version dated back',
      edited(version, (text) => text.replace(/"createdAt": "2026/, '"createdAt": "2025')),
      [expect.stringMatching(/was dated 2025-.* in place of 2026-/) as string],
    ],
    [
      'a publication of another content',
      edited(version, (text) => text.replace(/"sha":"../, '"sha":"ff')),
      [`${version} has another pact with Api as revision 1`],
    ],
    [
      'a publication dropped',
      edited(version, (text) => text.replace(/ {4}\{"provider":"Api","revision":1.*\n/, '')),
      [`${version} lost its pact with Api, revision 1`],
    ],
    [
      'a deployment dropped',
      edited(version, (text) => text.replace(/"deployments": \[[^\]]*\]/, '"deployments": []')),
      [expect.stringMatching(/lost its deployment [0-9a-f-]{36}$/) as string],
    ],
    [
      'a version that is no JSON any more',
      edited(version, () => '{'),
      [`${version} was edited, and cannot be read any more`],
    ],
    ['a derived file', withNode(sound, 'pacticipants/Web/latest.json', undefined), []],
    ['the settings', edited('gitpact.yaml', (text) => `${text}strict: true\n`), []],
  ])('%s', (_what, after, told) => {
    expect(textsIn(sound, after)).toEqual(told);
    expect(textsIn(sound, after, new Set(['repaired']))).toEqual([]);
  });
});
