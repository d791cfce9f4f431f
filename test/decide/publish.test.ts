import { describe, expect, it } from 'vitest';
import {
  conflictingContent,
  type PublishRequest,
  publish,
  similarPacticipants,
} from '../../src/decide/publish.ts';
import { type JsonValue, jsonOf, parseJson } from '../../src/domain/json.ts';
import { branchName, pacticipantName, tagName, versionNumber } from '../../src/domain/names.ts';
import { pactShaOf } from '../../src/domain/pact-sha.ts';
import { contentOf, type Story, story } from '../helpers/story.ts';

const foo = pacticipantName('Foo');
const bar = pacticipantName('Bar');
const one = versionNumber('1');
const d1 = contentOf('Foo', 'Bar', 1);
const d2 = contentOf('Foo', 'Bar', 2);
const both = jsonOf({
  consumer: { name: 'Foo' },
  provider: { name: 'Bar' },
  interactions: [1, 2].map((n) => ({
    description: `d${n}`,
    request: { method: 'GET', path: `/${n}` },
    response: { status: 200 },
  })),
  metadata: { pactSpecification: { version: '2.0.0' } },
});

/** Publishes a content of Foo 1 for Bar, and what that came to. */
function publishing(
  past: Story,
  content: JsonValue,
  changes: Partial<PublishRequest> & { merge?: boolean } = {},
) {
  const { merge = false, ...rest } = changes;
  const outcomes: ReturnType<typeof publish>[] = [];
  const after = past.next((draft, at) => {
    const contracts = [
      { provider: bar, content, onConflict: merge ? ('merge' as const) : ('overwrite' as const) },
    ];
    outcomes.push(publish(draft, { consumer: foo, version: one, tags: [], contracts, at, ...rest }));
  });
  return { after, outcome: outcomes[0] };
}

const pactsOf = (past: Story) =>
  past
    .snapshot()
    .version(foo, one)
    ?.pacts.map(({ revision, sha }) => [revision, sha]);

const strict = story();
const lenient = story({ allowContractModification: true });
const [sha1, sha2, shaOfBoth] = [d1, d2, both].map((content) => pactShaOf(content));

describe('publishing (domain.md §5.4)', () => {
  it.each([
    ['new', strict, d1, {}, 'created', [[1, sha1]]],
    ['new, to be merged', strict, d1, { merge: true }, 'created', [[1, sha1]]],
    ['the same again', publishing(strict, d1).after, d1, {}, 'unchanged', [[1, sha1]]],
    [
      'the same again, to be merged',
      publishing(strict, d1).after,
      d1,
      { merge: true },
      'merged',
      [[1, sha1]],
    ],
    [
      'another content',
      publishing(lenient, d1).after,
      d2,
      {},
      'changed',
      [
        [1, sha1],
        [2, sha2],
      ],
    ],
    [
      'another content, to be merged',
      publishing(lenient, d1).after,
      d2,
      { merge: true },
      'merged',
      [
        [1, sha1],
        [2, shaOfBoth],
      ],
    ],
    [
      'the first content after another',
      publishing(publishing(lenient, d1).after, d2).after,
      d1,
      {},
      'changed',
      [
        [1, sha1],
        [2, sha2],
        [3, sha1],
      ],
    ],
  ] as const)('%s', (_what, past, content, changes, result, pacts) => {
    const { after, outcome } = publishing(past, content, changes);
    expect(outcome).toMatchObject({ kind: 'published', contracts: [{ provider: 'Bar', result }] });
    expect(pactsOf(after)).toEqual(pacts);
    const [, sha] = pacts.at(-1) ?? [];
    expect(outcome).toMatchObject({ contracts: [{ sha, revision: pacts.at(-1)?.[0] }] });
  });

  it('keeps the merged content under the sha of what it is', () => {
    const { after } = publishing(publishing(lenient, d1).after, d2, { merge: true });
    const stored = after.snapshot().content(foo, bar, shaOfBoth ?? pactShaOf(both)) ?? '';
    expect(
      JSON.parse(stored).interactions.map(({ description }: { description: string }) => description),
    ).toEqual(['d1', 'd2']);
    expect(pactShaOf(parseJson(stored))).toBe(shaOfBoth);
  });

  it.each([
    ['overwriting', {}],
    ['merging', { merge: true }],
  ])('refuses a changed content when %s, and writes nothing', (_how, changes) => {
    const past = publishing(strict, d1).after;
    const { after, outcome } = publishing(past, d2, {
      ...changes,
      tags: [tagName('x')],
      branch: branchName('y'),
    });
    expect(outcome).toEqual({
      kind: 'refused',
      conflicts: [{ provider: 'Bar', before: d1, after: d2 }],
      similar: [],
    });
    expect(after.root).toBe(past.root);
  });

  it('examines every contract before it writes one', () => {
    const past = publishing(strict, d1).after;
    const baz = {
      provider: pacticipantName('Baz'),
      content: contentOf('Foo', 'Baz', 1),
      onConflict: 'overwrite' as const,
    };
    const contracts = [baz, { provider: bar, content: d2, onConflict: 'overwrite' as const }];
    const { after, outcome } = publishing(past, d1, { contracts });
    expect(outcome?.kind).toBe('refused');
    expect(after.root).toBe(past.root);
  });

  it.each<[what: string, past: Story, content: JsonValue, before: JsonValue | undefined]>([
    ['nothing is published', strict, d1, undefined],
    ['it is the same', publishing(strict, d1).after, d1, undefined],
    ['it is another', publishing(strict, d1).after, d2, d1],
    ['it may change', publishing(lenient, d1).after, d2, undefined],
    [
      'another provider has one',
      publishing(strict, d1, {
        contracts: [{ provider: pacticipantName('Baz'), content: d1, onConflict: 'overwrite' }],
      }).after,
      d2,
      undefined,
    ],
  ])('conflicts or not when %s', (_what, past, content, before) => {
    past.next((draft) => expect(conflictingContent(draft, foo, one, bar, content)).toEqual(before));
  });

  it('makes the version with its branch, tags and build URL', () => {
    const { after, outcome } = publishing(strict, d1, {
      branch: branchName('main'),
      tags: ['dev', 'x'].map(tagName),
      buildUrl: 'http://ci/1',
    });
    expect(outcome).toMatchObject({ versionExisted: false });
    const version = after.snapshot().version(foo, one);
    expect(version).toMatchObject({
      buildUrl: 'http://ci/1',
      branches: [{ name: 'main' }],
      tags: [{ name: 'dev' }, { name: 'x' }],
    });
    const again = publishing(after, d1);
    expect(again.outcome).toMatchObject({ versionExisted: true });
    expect(again.after.snapshot().version(foo, one)?.buildUrl).toBe('http://ci/1');
  });

  it('counts an integration as new once, and as changed by new contents', () => {
    const first = publishing(lenient, d1).after;
    const integration = (past: Story) => past.snapshot().integration(foo, bar);
    const created = '2026-01-01T00:00:00.000Z';
    expect(integration(first)).toMatchObject({
      createdAt: created,
      contractDataUpdatedAt: created,
      latest: '1',
    });
    expect(integration(publishing(first, d2).after)).toMatchObject({
      createdAt: created,
      contractDataUpdatedAt: '2026-01-01T00:00:01.000Z',
    });
    expect(integration(publishing(first, d1).after)).toEqual(integration(first));
  });
});

describe('a name very like an existing one (domain.md §1.6)', () => {
  const known = story().versions('Foo Bar 1');

  it.each<[name: string, past: Story, similar: readonly string[]]>([
    ['foo-bar', known, ['Foo Bar']],
    ['FooBars', known, ['Foo Bar']],
    ['Foo Bar Service', known, ['Foo Bar']],
    ['BarFoo', known, []],
    ['Foo Bar', known, []],
    ['foo-bar', story({ checkSimilarNames: false }).versions('Foo Bar 1'), []],
  ])('%s', (name, past, similar) => {
    past.next((draft) => {
      const given = [pacticipantName(name), pacticipantName(name)];
      expect(similarPacticipants(draft, given).map(({ existing }) => existing)).toEqual(
        similar.map((one) => [one]),
      );
    });
  });

  it.each([true, false])('that differs in case only cannot be told from it, the check %s', (check) => {
    story({ checkSimilarNames: check })
      .versions('Foo Bar 1')
      .next((draft) => {
        expect(() => similarPacticipants(draft, [pacticipantName('foo bar')])).toThrow(
          expect.objectContaining({ code: 'name-clash', hint: expect.stringContaining('Use "Foo Bar"') }),
        );
      });
  });

  it.each([
    ['consumer', { consumer: pacticipantName('foo-bar') }],
    [
      'provider',
      {
        contracts: [{ provider: pacticipantName('foo-bar'), content: d1, onConflict: 'overwrite' as const }],
      },
    ],
  ])('is refused for a %s, before anything is written', (_side, changes) => {
    const { after, outcome } = publishing(known, d1, changes);
    expect(outcome).toEqual({
      kind: 'refused',
      conflicts: [],
      similar: [{ name: 'foo-bar', existing: ['Foo Bar'] }],
    });
    expect(after.root).toBe(known.root);
  });
});
