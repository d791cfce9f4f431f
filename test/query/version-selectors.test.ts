import { describe, expect, it } from 'vitest';
import { findVersions, type VersionSelector } from '../../src/query/version-selectors.ts';
import { story } from '../helpers/story.ts';

const past = story({ firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false })
  .creates('prod', true)
  .branches('Foo 1', 'main')
  .tags('Foo 1', 'a')
  .branches('Foo 2', 'main')
  .tags('Foo 2', 'a')
  .tags('Foo 2', 'b')
  .branches('Foo 3', 'feat')
  .versions('Foo 4')
  .branches('Foo 1', 'feat')
  .deploys('Foo 1', 'prod', 'x')
  .deploys('Foo 1', 'prod', 'y')
  .releases('Foo 2', 'prod')
  .versions('Bar 9');

describe('a version selector (matrix.md §4.1)', () => {
  it.each<[selector: Omit<VersionSelector, 'pacticipant'>, numbers: readonly string[]]>([
    [{}, ['1', '2', '3', '4']],
    [{ version: '2' }, ['2']],
    [{ version: '9' }, []],
    [{ version: 'two\nlines' }, []],
    [{ latest: true }, ['4']],
    [{ tag: 'a' }, ['1', '2']],
    [{ tag: 'a', latest: true }, ['2']],
    [{ tag: 'nope' }, []],
    [{ tag: 'nope', latest: true }, []],
    [{ branch: 'main' }, ['1', '2']],
    [{ branch: 'main', latest: true }, ['2']],
    [{ branch: 'feat', latest: true }, ['1']],
    [{ branch: 'feat' }, ['1', '3']],
    [{ branch: 'nope', latest: true }, []],
    [{ mainBranch: true }, ['1', '2']],
    [{ mainBranch: true, latest: true }, ['2']],
    [{ environment: 'prod' }, ['1', '2']],
    [{ environment: 'nope' }, []],
    [{ environment: 'prod', latest: true }, ['2']],
    [{ environment: 'prod', version: '1' }, ['1']],
    [{ environment: 'prod', version: '3' }, []],
    [{ environment: 'prod', tag: 'b' }, ['2']],
    [{ environment: 'prod', branch: 'main', latest: true }, ['2']],
    [{ environment: 'prod', branch: 'feat', latest: true }, ['1']],
    [{ environment: 'prod', branch: 'nope', latest: true }, []],
    [{ tag: 'b', branch: 'main', latest: true }, ['2']],
    [{ tag: 'b', branch: 'feat', latest: true }, []],
    [{ tag: 'a', branch: 'feat' }, ['1']],
    [{ mainBranch: true, branch: 'feat' }, ['1']],
    [{ mainBranch: true, branch: 'feat', latest: true }, []],
  ])('%j', (selector, numbers) => {
    const found = findVersions(past.snapshot(), { pacticipant: 'Foo', ...selector });
    expect(found.map(({ number }) => number)).toEqual(numbers);
  });

  it('finds no main branch where there is none, and nothing of nobody', () => {
    expect(findVersions(past.snapshot(), { pacticipant: 'Bar', mainBranch: true })).toEqual([]);
    expect(findVersions(past.snapshot(), { pacticipant: 'Nobody', latest: true })).toEqual([]);
    expect(findVersions(past.snapshot(), { pacticipant: 'Nobody', mainBranch: true })).toEqual([]);
    expect(findVersions(past.snapshot(), { pacticipant: '', latest: true })).toEqual([]);
  });
});
