import { describe, expect, it } from 'vitest';
import { parseIgnored, parseMatrixQuery } from '../../src/query/matrix/matrix-query.ts';

const foo = { pacticipant: 'Foo' };
const asked = { selectors: [foo], destination: {}, ignore: [], limit: 100 };

describe('the query of the matrix (matrix.md §3.1)', () => {
  it.each<[query: string, question: object]>([
    ['', { ...asked, selectors: [] }],
    ['q=', { ...asked, selectors: [] }],
    ['q', { ...asked, selectors: [] }],
    ['q[][pacticipant]=Foo', asked],
    [
      'q[][pacticipant]=Foo%252F%20%2B&q[][version]=1%25',
      { ...asked, selectors: [{ pacticipant: 'Foo%2F +', version: '1%' }] },
    ],
    [
      'q[][pacticipant]=Foo&q[][version]=1&q[][pacticipant]=Bar&q[][tag]=t&q[][branch]=b&q[][environment]=e',
      {
        ...asked,
        selectors: [
          { pacticipant: 'Foo', version: '1' },
          { pacticipant: 'Bar', tag: 't', branch: 'b', environment: 'e' },
        ],
      },
    ],
    [
      'q[][pacticipant]=Foo&q[][latest]=true&q[][mainBranch]=true',
      { ...asked, selectors: [{ ...foo, latest: true, mainBranch: true }] },
    ],
    ['q[][pacticipant]=Foo&q[][latest]=yes&q[][mainBranch]=false&q[][version]=&q[][tag]=', asked],
    ['q[][version]=1', { ...asked, selectors: [{ pacticipant: '', version: '1' }] }],
    ['q[]=Foo', { ...asked, selectors: [{ pacticipant: '' }] }],
    ['q[][pacticipant]=Foo&latest=true&tag=t', { ...asked, destination: { latest: true, tag: 't' } }],
    ['q[][pacticipant]=Foo&environment=e', { ...asked, destination: { environment: 'e' } }],
    ['q[][pacticipant]=Foo&branch=b', { ...asked, destination: { branch: 'b' } }],
    [
      'q[][pacticipant]=Foo&latest=1&mainBranch=false&tag=',
      { ...asked, destination: { latest: false, mainBranch: false } },
    ],
    ['q[][pacticipant]=Foo&mainBranch=true&latest=', { ...asked, destination: { mainBranch: true } }],
    ['q[][pacticipant]=Foo&latestby=cvpv', { ...asked, latestBy: 'cvpv' }],
    ['q[][pacticipant]=Foo&latestby=cvp', { ...asked, latestBy: 'cvp' }],
    ['q[][pacticipant]=Foo&latestby=cp', { ...asked, latestBy: 'cp' }],
    ['q[][pacticipant]=Foo&latestby=', asked],
    ['q[][pacticipant]=Foo&limit=7', { ...asked, limit: 7 }],
    ['q[][pacticipant]=Foo&limit=7x', { ...asked, limit: 7 }],
    ['q[][pacticipant]=Foo&limit=many', { ...asked, limit: 0 }],
    ['q[][pacticipant]=Foo&limit=', { ...asked, limit: 0 }],
    [
      'q[][pacticipant]=Foo&success[]=true&success[]=false&success[]=&success[]',
      { ...asked, success: [true, false, null, null] },
    ],
    ['q[][pacticipant]=Foo&success=true&success=false', { ...asked, success: [false] }],
    ['q[][pacticipant]=Foo&success=', { ...asked, success: [null] }],
    [
      'q[][pacticipant]=Foo&ignore[][pacticipant]=Bar&ignore[][version]=2',
      { ...asked, ignore: [{ pacticipant: 'Bar', version: '2' }] },
    ],
    ['q[][pacticipant]=Foo&ignore[]=Bar', { ...asked, ignore: [{ pacticipant: '' }] }],
  ])('%s', (query, question) => {
    expect(parseMatrixQuery(query)).toStrictEqual(question);
  });

  it.each<[query: string, problem: string]>([
    ['q=Foo', '"q" must be a list of selectors, such as q[][pacticipant]=Foo'],
    ['q[pacticipant]=Foo', '"q" must be a list of selectors, such as q[][pacticipant]=Foo'],
    ['ignore=Foo', '"ignore" must be a list of selectors, such as ignore[][pacticipant]=Foo'],
    ['latestby=new', '"latestby" must be one of cvpv, cvp and cp, not "new"'],
  ])('%s is refused', (query, problem) => {
    expect(() => parseMatrixQuery(query)).toThrow(
      expect.objectContaining({
        code: 'bad-request',
        message: `The query is wrong: ${problem}.`,
        complaints: [{ where: '', text: problem }],
      }),
    );
  });
});

describe('what can-i-deploy is to ignore (matrix.md §3.2)', () => {
  it.each<[query: string, ignored: object]>([
    ['', []],
    ['ignore=Foo', []],
    ['ignore[]=Foo&ignore[]=&ignore[]=Bar', [foo, { pacticipant: 'Bar' }]],
    ['ignore[][pacticipant]=Foo&ignore[][version]=1', [{ ...foo, version: '1' }]],
  ])('%s', (query, ignored) => {
    expect(parseIgnored(query)).toStrictEqual(ignored);
  });
});
