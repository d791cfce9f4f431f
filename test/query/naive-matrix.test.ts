import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matrix } from '../../src/query/matrix/matrix.ts';
import { complaintsAbout, type MatrixQuestion } from '../../src/query/matrix/question.ts';
import {
  anyBranch,
  anyEnvironment,
  anyNumber,
  anyPacticipant,
  anyStep,
  anyTag,
  played,
} from '../helpers/any-story.ts';
import { defined, maybe } from '../helpers/optional.ts';
import { NaiveMatrix } from './naive-matrix.ts';

const yes = fc.constant(true);

const place = fc.oneof(
  fc.constant({}),
  anyNumber.map((version) => ({ version })),
  fc.record({ latest: yes }),
  fc.record({ tag: anyTag, latest: maybe(yes) }).map(defined),
  fc.record({ branch: anyBranch, latest: maybe(yes) }).map(defined),
  fc.record({ mainBranch: yes, latest: maybe(yes) }).map(defined),
  anyEnvironment.map((environment) => ({ environment })),
  fc.record({ tag: anyTag, branch: anyBranch, environment: maybe(anyEnvironment) }).map(defined),
);
const selector = fc.tuple(anyPacticipant, place).map(([pacticipant, rest]) => ({ pacticipant, ...rest }));
const destination = fc.oneof(
  anyEnvironment.map((environment) => ({ environment })),
  fc.record({ tag: anyTag, latest: maybe(yes) }).map(defined),
  fc.record({ mainBranch: yes, latest: maybe(yes) }).map(defined),
  fc.record({ branch: anyBranch, latest: maybe(yes) }).map(defined),
  fc.constant({ latest: true }),
);
const question = fc
  .record({
    selectors: fc.array(selector, { minLength: 1, maxLength: 3 }),
    destination: maybe(destination),
    ignore: maybe(fc.array(selector, { minLength: 1, maxLength: 2 })),
    latestBy: maybe(fc.constantFrom('cvp', 'cvpv', 'cp')),
    success: maybe(fc.constantFrom([true], [false], [null], [true, null])),
    limit: maybe(fc.constantFrom(1, 2, 3, 100)),
  })
  .map(defined) as unknown as fc.Arbitrary<MatrixQuestion>;

it('the matrix tells what all facts, joined one with another, tell', () => {
  let asked = 0;
  const histories = fc.array(anyStep, { minLength: 5, maxLength: 30 });
  fc.assert(
    fc.property(histories, fc.array(question, { minLength: 10, maxLength: 10 }), (steps, questions) => {
      const now = played(steps).snapshot();
      const naive = new NaiveMatrix(now);
      for (const one of questions.filter((any) => complaintsAbout(now, any).length === 0)) {
        asked += 1;
        const { deployable, counts, rows, ignoredRows } = matrix(now, one);
        const inWords = (list: typeof rows) =>
          list.map(({ consumer, consumerVersion, provider, providerVersion, result }) =>
            [consumer, consumerVersion.number, provider, providerVersion?.number, result?.success].join(' '),
          );
        const told = { deployable, counts, rows: inWords(rows), ignoredRows: inWords(ignoredRows) };
        expect(told).toEqual(naive.ask(one));
      }
    }),
    { numRuns: 500 },
  );
  expect(asked).toBeGreaterThan(2_000);
});
