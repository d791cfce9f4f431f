import { describe, expect, it } from 'vitest';
import { pacticipantName } from '../../src/domain/names.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { contentTimeline } from '../../src/query/content-timeline.ts';
import { type MatrixGrid, matrixGrid } from '../../src/query/matrix-grid.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

const pair = { consumer: pacticipantName('Web'), provider: pacticipantName('Api') };

const past = story()
  .creates('test')
  .creates('prod', true)
  .publishes('Web 1', 'Api', { content: 'a', branch: 'main' })
  .verifies('Api 8', 'Web 1', 'failed', { branch: 'main' })
  .verifies('Api 9', 'Web 1', 'failed', { branch: 'main' })
  .verifies('Api 9', 'Web 1')
  .publishes('Web 2', 'Api', { content: 'a', branch: 'main' })
  .publishes('Web 3', 'Api', { content: 'b', branch: 'feat' })
  .publishes('Other 1', 'Api')
  .deploys('Web 1', 'prod')
  .deploys('Web 2', 'test')
  .releases('Web 2', 'test')
  .deploys('Api 8', 'prod');

function told({ rows, columns, leftOut }: MatrixGrid) {
  const marks = ({ headBranches, places }: MatrixGrid['columns'][number]) =>
    [
      ...headBranches.map((name) => `@${name}`),
      ...places.map(({ environment, kind }) => `${kind} ${environment.name}`),
    ].join(',');
  return {
    columns: columns.map((column) => `${column.version.number} ${marks(column)}`),
    rows: rows.map(
      (row) =>
        `${row.version.number}${row.isSameAsAbove ? '″' : ''} ${marks(row)}: ${row.results
          .map((result) => (result ? (result.success ? '+' : '-') : '·'))
          .join('')}`,
    ),
    leftOut: `${leftOut.consumers}/${leftOut.providers}`,
  };
}

describe('the grid of a pair', () => {
  it('shows consumer versions by provider versions, newest first, with the newest result of each', () => {
    expect(told(matrixGrid(past.snapshot(), pair))).toEqual({
      columns: ['9 @main', '8 deployed prod'],
      rows: ['3 @feat: ··', '2 @main,deployed test,released test: +-', '1″ deployed prod: +-'],
      leftOut: '0/0',
    });
  });

  it('shows at most so many, but always what is live and the head of the main branch', () => {
    expect(told(matrixGrid(past.snapshot(), pair, 1))).toEqual({
      columns: ['9 @main', '8 deployed prod'],
      rows: ['3 @feat: ··', '2 @main,deployed test,released test: +-', '1″ deployed prod: +-'],
      leftOut: '0/0',
    });
    const more = past.publishes('Web 4', 'Api').publishes('Web 5', 'Api').verifies('Api 7', 'Web 5');
    expect(told(matrixGrid(more.snapshot(), pair, 1))).toEqual({
      columns: ['7 ', '9 @main', '8 deployed prod'],
      rows: ['5 : +··', '2 @main,deployed test,released test: ·+-', '1″ deployed prod: ·+-'],
      leftOut: '2/0',
    });
  });

  it.each<[string, Story]>([
    ['of an empty store', story()],
    ['of a pair without a pact', story().publishes('Web 1', 'Else')],
  ])('has nothing %s', (_which, empty) => {
    expect(told(matrixGrid(empty.snapshot(), pair))).toEqual({ columns: [], rows: [], leftOut: '0/0' });
  });

  it('answers the same from a partial store, in few rounds', () => {
    const { answer, rounds } = readPartially(past.root, (root) => told(matrixGrid(snapshotOf(root), pair)));
    expect(answer).toEqual(told(matrixGrid(past.snapshot(), pair)));
    expect(rounds).toBeLessThanOrEqual(6);
  });
});

describe('the timeline of a pair', () => {
  const lines = (end: Story) =>
    contentTimeline(end.snapshot(), pair).map(
      ({ first, last, versions, heads, environments, passed, failed }) =>
        `${first.consumerVersion.number}–${last.consumerVersion.number} (${versions}) @${heads} in ${environments.map(({ name }) => name)}: +${passed} -${failed}`,
    );

  it('tells each content once, when it came, where it is and what providers say', () => {
    expect(lines(past)).toEqual(['1–2 (2) @main in prod,test: +1 -1', '3–3 (1) @feat in : +0 -0']);
    expect(lines(past.publishes('Web 4', 'Api', { content: 'a' }))[0]).toBe(
      '1–4 (3) @main in prod,test: +1 -1',
    );
  });

  it('counts the newest result of each provider version', () => {
    const more = past
      .verifies('Api 8', 'Web 3', 'failed')
      .verifies('Api 8', 'Web 3')
      .verifies('Api 9', 'Web 3');
    expect(lines(more)[1]).toBe('3–3 (1) @feat in : +2 -0');
  });

  it('is empty where there is no pact', () => expect(lines(story())).toEqual([]));
});
