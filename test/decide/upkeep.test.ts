import { describe, expect, it } from 'vitest';
import { deletePacts } from '../../src/decide/deletions.ts';
import { addToBranch, putTag } from '../../src/decide/versions.ts';
import {
  branchName,
  type Instant,
  instant,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import { Draft } from '../../src/format/draft.ts';
import { story } from '../helpers/story.ts';
import { readPartially } from '../query/partial.ts';

const [foo, bar] = [pacticipantName('Foo'), pacticipantName('Bar')];
const settings = { firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false };

const many = Array.from({ length: 20 }, (_, n) => `Foo ${n}`).reduce(
  (past, version) => past.publishes(version, 'Bar', { content: version, branch: 'main', tags: ['all'] }),
  story(settings),
);

/** The files that a wish reads of a store of which nothing is loaded. */
function filesRead(wish: (draft: Draft, at: Instant) => void): readonly string[] {
  return readPartially(many.root, (root) => wish(new Draft(root), many.at)).files;
}
const versions = (files: readonly string[]) => files.filter((path) => path.includes('/versions/'));
const others = (files: readonly string[]) =>
  files.filter((path) => /\/tags\/|^pacts\/|^results\//.test(path)).map((path) => path.split('/')[0]);

describe('what follows from a version is written without looking at all versions', () => {
  it('when one more carries a tag', () => {
    const files = filesRead((draft, at) => void putTag(draft, foo, versionNumber('new'), tagName('all'), at));
    expect(versions(files).length).toBeLessThanOrEqual(2);
  });

  it('when an older one loses its pact', () => {
    const files = filesRead((draft) => {
      const version = draft.now.version(foo, versionNumber('3'));
      if (version) deletePacts(draft, bar, [version]);
    });
    expect(versions(files).length).toBeLessThanOrEqual(2);
  });

  it('when it comes onto another branch: neither its tags nor its pacts are looked at', () => {
    const files = filesRead(
      (draft, at) => void addToBranch(draft, foo, versionNumber('3'), branchName('feat'), at, true),
    );
    expect(versions(files)).toHaveLength(1);
    expect(others(files).filter((folder) => folder === 'pacticipants')).toEqual([]);
  });
});

it('the first use of a tag is the earliest, though it is told later', () => {
  const [early, late] = ['2026-03-01', '2026-04-01'].map((day) => instant(new Date(day))) as [
    Instant,
    Instant,
  ];
  const told = story(settings).next((draft) => {
    putTag(draft, foo, versionNumber('1'), tagName('prod'), late);
    putTag(draft, foo, versionNumber('2'), tagName('prod'), early);
  });
  expect(told.snapshot().tag(foo, tagName('prod'))).toEqual({ name: 'prod', createdAt: early, latest: '2' });
});
