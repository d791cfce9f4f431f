import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { type StatusQuestion, status } from '../../src/query/status.ts';
import { statusText } from '../../src/render/status/status-text.ts';
import { anyStep, played } from '../helpers/any-story.ts';
import { type Story, story } from '../helpers/story.ts';
import { plain } from '../render/paint.ts';
import { readPartially } from './partial.ts';

const begun = story().creates('prod', true).creates('test');
const past = begun
  .publishes('Web 1', 'Api', { content: 1, branch: 'main' })
  .verifies('Api 1', 'Web 1', 'passed', { branch: 'main' })
  .deploys('Api 1', 'prod')
  .deploys('Web 1', 'prod', 'blue')
  .publishes('Web 2', 'Api', { content: 2, branch: 'main' })
  .publishes('Web 3', 'Api', { content: 3, branch: 'feat' })
  .verifies('Api 1', 'Web 2', 'failed')
  .releases('Web 2', 'test');

/** A status in short. */
function told(of: Story, question?: StatusQuestion) {
  const { environments, pacticipants, unverified } = status(of.snapshot(), question);
  return {
    environments: environments.map(({ name }) => name),
    pacticipants: pacticipants.map(({ name, head, places, clearances }) => ({
      name,
      head: head?.number,
      places: places.map((place) =>
        [place.environment, place.kind, place.version, ...(place.target ? [place.target] : [])].join(' '),
      ),
      may: clearances.map(({ environment, verdict, isThere, obstacles }) =>
        [environment, verdict, ...(isThere ? ['there'] : []), ...obstacles.map(({ kind }) => kind)].join(' '),
      ),
    })),
    unverified: unverified.map(
      ({ environment, edge: { consumer, provider, state } }) =>
        `${environment ?? 'heads'}: ${consumer} → ${provider} ${state}`,
    ),
  };
}

describe('the status', () => {
  it('tells what is where, where heads of main branches may go, and what is not verified', () => {
    expect(told(past)).toEqual({
      environments: ['prod', 'test'],
      pacticipants: [
        {
          name: 'Api',
          head: '1',
          places: ['prod deployed 1'],
          may: ['prod yes there', 'test no verification-failed'],
        },
        {
          name: 'Web',
          head: '2',
          places: ['prod deployed 1 blue', 'test released 2'],
          may: ['prod no verification-failed', 'test unknown there no-verified-pact'],
        },
      ],
      unverified: ['heads: Web → Api failed', 'test: Web → Api unverified'],
    });
  });

  it('tells a part of that', () => {
    expect(told(past, { pacticipants: ['Api'], environments: ['prod'] })).toEqual({
      environments: ['prod'],
      pacticipants: [{ name: 'Api', head: '1', places: ['prod deployed 1'], may: ['prod yes there'] }],
      unverified: ['heads: Web → Api failed'],
    });
  });

  it('takes the newest version where there is no main branch, and none where there is no version', () => {
    const [newest] = status(begun.publishes('Web 1', 'Api').versions('Web 2').snapshot()).pacticipants.slice(
      1,
    );
    expect(newest?.head?.number).toBe('2');
    const [none] = status(begun.publishes('Web 1', 'Api').snapshot()).pacticipants;
    expect(none).toEqual({ name: 'Api', places: [], clearances: [] });
  });

  it('agrees with can-i-deploy, whatever has happened', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        const now = played(steps).snapshot();
        for (const { head, clearances } of status(now).pacticipants) {
          for (const { environment, verdict, obstacles } of clearances) {
            const selectors = [{ pacticipant: head?.pacticipant ?? '', version: head?.number ?? '' }];
            expect(canIDeploy(now, { selectors, destination: { environment } }).verdict).toBe(verdict);
            expect(obstacles.length > 0).toBe(verdict !== 'yes');
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same of a partial snapshot, and looks at no version but heads and what is live', () => {
    const many = Array.from({ length: 30 }, (_, n) => n + 10).reduce(
      (before, n) =>
        before.publishes(`Web ${n}`, 'Api', { content: n, branch: 'main' }).verifies(`Api ${n}`, `Web ${n}`),
      past,
    );
    const { answer, files, rounds } = readPartially(many.root, (root) => status(snapshotOf(root)));
    expect(answer).toEqual(status(many.snapshot()));
    const versions = files
      .filter((path) => path.includes('/versions/'))
      .map((path) => path.split('/').at(-1));
    expect(new Set(versions)).toEqual(new Set(['1.json', '2.json', '39.json']));
    expect(rounds).toBeLessThanOrEqual(8);
  });
});

describe('in the terminal', () => {
  const shown = (of: Story, columns = 100) => statusText(status(of.snapshot()), columns, plain);

  it('is a table, what is not verified, and what blocks what', () => {
    expect(shown(past)).toBe(`┌─────────────┬──────┬───────────────────┬────────────────────┐
│ PACTICIPANT ┆ HEAD ┆ prod              ┆ test               │
╞═════════════╪══════╪═══════════════════╪════════════════════╡
│ Api         ┆ 1    ┆ 1 (head)          ┆ –                  │
│             ┆ main ┆ ✓ fits            ┆ ✗ head is blocked  │
├╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ Web         ┆ 2    ┆ 1 (blue)          ┆ 2 (head, released) │
│             ┆ main ┆ ✗ head is blocked ┆ ? not verified     │
└─────────────┴──────┴───────────────────┴────────────────────┘

NOT VERIFIED
✗ Web 2 → Api 1: verification failed
? Web 2 → Api: never verified (in test)

WHAT BLOCKS WHAT
✗ Api 1 → test
    The verification for the pact between the version of Web currently in test (2) and version 1 of Api failed
✗ Web 2 → prod
    The verification for the pact between version 2 of Web and the version of Api currently in prod (1) failed
`);
  });

  it.each([100, 70, 50])('fits %d columns with long names', (columns) => {
    const long = begun
      .publishes(`${'consumer'.repeat(20)} ${'f'.repeat(40)}`, 'Api', { branch: 'b'.repeat(60) })
      .deploys(`${'consumer'.repeat(20)} ${'f'.repeat(40)}`, 'prod');
    const table = shown(long, columns).split('\n\n')[0]?.split('\n') ?? [];
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  it('says how much more there is than it lists', () => {
    const many = Array.from({ length: 50 }, (_, n) => n).reduce(
      (before, n) => before.publishes(`Web${n} 1`, `Api${n}`),
      story({ checkSimilarNames: false }),
    );
    expect(shown(many)).toContain('\n… and 10 more\n');
  });
});
