import { describe, expect, it } from 'vitest';
import { undeploy } from '../../src/decide/deployments.ts';
import { environmentName, type Instant, pacticipantName } from '../../src/domain/names.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { contractHistory } from '../../src/query/contract-history.ts';
import { historyText } from '../../src/render/history/history-text.ts';
import { story } from '../helpers/story.ts';
import { plain } from '../render/paint.ts';
import { readPartially } from './partial.ts';

const pair = { consumer: pacticipantName('Web'), provider: pacticipantName('Api') };

/** Two contents on main, one on a branch between them; the first comes back at the end. */
const past = story()
  .creates('prod', true)
  .publishes('Web 1', 'Api', { content: 1, branch: 'main' })
  .verifies('Api 1', 'Web 1', 'failed', { branch: 'main' })
  .verifies('Api 2', 'Web 1', 'passed', { branch: 'main' })
  .deploys('Web 1', 'prod')
  .publishes('Web 2', 'Api', { content: 2, branch: 'feat' })
  .publishes('Web 3', 'Api', { content: 3, branch: 'main' })
  .verifies('Api 2', 'Web 3', 'failed')
  .verifies('Api 2', 'Web 3')
  .releases('Web 3', 'prod')
  .publishes('Web 4', 'Api', { content: 1, branch: 'main' })
  .deploys('Web 4', 'prod', 'blue')
  .publishes('Web 5', 'Other', { content: 5, branch: 'main' })
  .next((draft, at) => {
    const [first] = draft.now.presences(environmentName('prod'));
    if (first) undeploy(draft, first.uuid, at);
  });

describe('the history of a contract', () => {
  const { contents, chapters } = contractHistory(past.snapshot(), pair);

  it('has each content once, by the version that brought it, newest first', () => {
    expect(contents).toBe(3);
    const versions = chapters.map(({ pacts }) => pacts.map(({ consumerVersion }) => consumerVersion.number));
    expect(versions).toEqual([['3'], ['2'], ['1', '4']]);
  });

  it('compares with the content before of the same branch, else of the main branch', () => {
    expect(chapters.map(({ before }) => before?.consumerVersion.number)).toEqual(['1', '1', undefined]);
    expect(chapters.map(({ diff }) => diff?.verdict)).toEqual(['may-break', 'may-break', undefined]);
    const other = past.publishes('Web 9', 'Api', { content: 9, branch: 'new' });
    const branchless = contractHistory(other.publishes('Web 8', 'Api', { content: 8 }).snapshot(), pair);
    expect(branchless.chapters.map(({ before }) => before?.consumerVersion.number).slice(0, 2)).toEqual([
      '4',
      '4',
    ]);
  });

  it('has the newest result of each provider version', () => {
    const told = chapters.map(({ verifications }) =>
      verifications.map(({ result, providerVersion }) => [providerVersion?.number, result.success]),
    );
    expect(told).toEqual([
      [['2', true]],
      [],
      [
        ['1', false],
        ['2', true],
      ],
    ]);
  });

  it('tells where its versions are and were', () => {
    const told = chapters.map(({ stays }) =>
      stays.map(({ environment, kind, version, target, until }) =>
        [environment, kind, version, target ?? '', until === undefined ? 'now' : 'then']
          .join(' ')
          .replace('  ', ' '),
      ),
    );
    expect(told).toEqual([['prod released 3 now'], [], ['prod deployed 1 then', 'prod deployed 4 blue now']]);
  });

  it('is cut by count, and by when a content came first', () => {
    const versionsOf = (part: Parameters<typeof contractHistory>[2]) =>
      contractHistory(past.snapshot(), pair, part).chapters.map(
        ({ pacts }) => pacts[0]?.consumerVersion.number,
      );
    expect(versionsOf({ limit: 1 })).toEqual(['3']);
    const second = chapters[1]?.pacts[0]?.publication.createdAt as Instant;
    expect(versionsOf({ since: second })).toEqual(['3', '2']);
    expect(versionsOf({ since: past.at })).toEqual([]);
  });

  it('reads the contents and results of what is shown only', () => {
    const { answer, files } = readPartially(past.root, (root) =>
      contractHistory(snapshotOf(root), pair, { limit: 1 }),
    );
    expect(answer).toEqual(contractHistory(past.snapshot(), pair, { limit: 1 }));
    expect(files.filter((path) => /\/content\/.*[0-9a-f]{40}\.json$/.test(path)).length).toBe(2);
    expect(files.filter((path) => path.startsWith('results/')).length).toBe(2);
  });
});

it('is told in sentences', () => {
  expect(
    historyText(contractHistory(past.snapshot(), pair), plain).replace(/^[0-9a-f]{8} /gm, ''),
  ).toBe(`The contract of Web with Api: 3 contents

2026-01-01 00:00 Web 3 (main) changed the contract.
    Compared with 1 (main): May break the provider. Interactions: 1 added, 1 removed.
    ✓ Api 2 (main) passed, last on 2026-01-01 00:00.
    3 is released to prod since 2026-01-01 00:00.

2026-01-01 00:00 Web 2 (feat) changed the contract.
    Compared with 1 (main): May break the provider. Interactions: 1 added, 1 removed.
    ? Nobody has verified it.

2026-01-01 00:00 Web 1 (main) began the contract.
    Published again by 4 (main), last on 2026-01-01 00:00.
    ✗ Api 1 (main) failed, last on 2026-01-01 00:00.
    ✓ Api 2 (main) passed, last on 2026-01-01 00:00.
    1 was deployed to prod from 2026-01-01 00:00 to 2026-01-01 00:00.
    4 (blue) is deployed to prod since 2026-01-01 00:00.
`);
});

it('lists a few of many names', () => {
  const many = Array.from({ length: 9 }, (_, n) => n + 10).reduce(
    (before, n) =>
      before.publishes(`Web ${n}`, 'Api', { content: 1, branch: 'main' }).verifies(`Api ${n}`, `Web ${n}`),
    past,
  );
  const text = historyText(contractHistory(many.snapshot(), pair), plain);
  expect(text).toContain(
    'Published again by 4 (main), 10 (main), 11 (main), 12 (main), 13 (main) and 5 more, last on',
  );
  expect(text).toContain('✓ Api 18, 17, 16, 15, 14 and 5 more passed, last on');
});
