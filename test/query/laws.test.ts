import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Instant, instant, pacticipantName } from '../../src/domain/names.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { allPairs, dashboard } from '../../src/query/dashboard.ts';
import {
  metadataFor,
  pactsForVerification,
} from '../../src/query/for-verification/pacts-for-verification.ts';
import type { VerificationRequest } from '../../src/query/for-verification/request.ts';
import { integrations } from '../../src/query/integrations.ts';
import { matrix } from '../../src/query/matrix/matrix.ts';
import type { MatrixQuestion } from '../../src/query/matrix/question.ts';
import { requiredVerifications } from '../../src/query/required-verifications.ts';
import { reasonNotices } from '../../src/render/words/reasons.ts';
import { shortDescription } from '../../src/render/words/selectors.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

const name = fc.constantFrom('Ant', 'Bee', 'Cat');
const number = fc.constantFrom('1', '2', '3');
const branch = fc.constantFrom('main', 'feat');
const tag = fc.constantFrom('dev', 'prod');
const environment = fc.constantFrom('test', 'live');
const version = fc.tuple(name, number).map((parts) => parts.join(' '));

/** A step that is left out where the story so far does not allow it. */
type Step = (past: Story) => Story;
const ifPossible =
  (step: Step): Step =>
  (past) => {
    try {
      return step(past);
    } catch {
      return past;
    }
  };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(version, name, fc.integer({ min: 1, max: 3 }), fc.option(branch), fc.option(tag)).map(
    ([consumer, provider, content, on, tagged]): Step =>
      (past) =>
        past.publishes(consumer, provider, {
          content,
          ...(on ? { branch: on } : {}),
          ...(tagged ? { tags: [tagged] } : {}),
        }),
  ),
  fc
    .tuple(
      version,
      version,
      fc.constantFrom('passed' as const, 'failed' as const),
      fc.option(branch),
      fc.option(tag),
    )
    .map(([provider, consumer, result, on, tagged]) =>
      ifPossible((past) =>
        past.verifies(provider, consumer, result, {
          ...(on ? { branch: on } : {}),
          ...(tagged ? { tags: [tagged] } : {}),
        }),
      ),
    ),
  fc.tuple(version, environment).map(([of, to]) => ifPossible((past) => past.deploys(of, to))),
  fc.tuple(version, environment).map(([of, to]) => ifPossible((past) => past.releases(of, to))),
  fc.tuple(version, branch).map(
    ([of, on]): Step =>
      (past) =>
        past.branches(of, on),
  ),
);

const empty = story({
  allowContractModification: true,
  firstTagAsBranch: false,
  deployTagsNamedLikeEnvironments: false,
})
  .creates('test')
  .creates('live', true);
const steps = fc.array(step, { minLength: 5, maxLength: 25 });

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const defined = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;

const selector = fc
  .record({
    pacticipant: name,
    version: maybe(number),
    tag: maybe(tag),
    branch: maybe(branch),
    environment: maybe(environment),
  })
  .map(defined);
const destination = fc.oneof(
  fc.constant({}),
  fc.constant({ latest: true }),
  environment.map((to) => ({ environment: to })),
  tag.map((to) => ({ tag: to, latest: true })),
  tag.map((to) => ({ tag: to })),
  fc.constant({ mainBranch: true, latest: true }),
);
const question = fc
  .record({
    selectors: fc.array(selector, { minLength: 1, maxLength: 2 }),
    destination,
    latestBy: maybe(fc.constantFrom('cvp' as const, 'cvpv' as const, 'cp' as const)),
    ignore: maybe(
      fc.array(
        name.map((pacticipant) => ({ pacticipant })),
        { maxLength: 1 },
      ),
    ),
  })
  .map(defined) as unknown as fc.Arbitrary<MatrixQuestion>;

const request: fc.Arbitrary<VerificationRequest> = fc
  .record({
    provider: name.map(pacticipantName),
    selectors: fc.subarray([
      { mainBranch: true },
      { branch: 'feat' },
      { branch: true },
      { tag: 'dev' },
      { tag: 'prod', latest: true, fallbackTag: 'dev' },
      { latest: true },
      { environment: 'test' },
      { deployedOrReleased: true },
      { branch: 'feat', fallbackBranch: 'main' },
    ] as const),
    providerVersionBranch: maybe(branch),
    providerVersionTags: fc.subarray(['dev', 'prod']),
    includePendingStatus: fc.boolean(),
    includeWipPactsSince: maybe(fc.constant('2020-01-01T00:00:00.000Z' as Instant)),
  })
  .map(defined) as unknown as fc.Arbitrary<VerificationRequest>;

/** Everything the matrix says, without the numbers of results and instants, which others move. */
function matrixTold(now: Snapshot, asked: MatrixQuestion) {
  try {
    const answer = matrix(now, asked);
    const rows = [...answer.rows, ...answer.ignoredRows].map(
      ({ consumer, consumerVersion, provider, providerVersion, result }) =>
        [consumer, consumerVersion.number, provider, providerVersion?.number, result?.success].join(' '),
    );
    return { verdict: answer.verdict, counts: answer.counts, rows, notices: reasonNotices(answer) };
  } catch (error) {
    return refusal(error);
  }
}

function refusal(error: unknown): string {
  if (error instanceof Error && error.name === 'GitpactError') return error.message;
  throw error;
}

function pactsTold(now: Snapshot, asked: VerificationRequest, at: Instant) {
  return pactsForVerification(now, asked, at).map((pact) => ({
    pact: `${pact.consumer} ${pact.consumerVersion.number} ${pact.publication.sha}`,
    short: shortDescription(pact.selectors),
    pending: [pact.pending, pact.pendingTags, pact.otherTags, pact.wip],
    metadata: metadataFor(pact, asked.includePendingStatus),
  }));
}

describe('laws of every question', () => {
  it('is answered from a part of the store as from the whole', () => {
    fc.assert(
      fc.property(steps, question, request, (history, asked, wanted) => {
        const past = history.reduce((before, next) => next(before), empty);
        const answers = (now: Snapshot) => ({
          matrix: matrixTold(now, asked),
          pacts: pactsTold(now, wanted, past.at),
          integrations: integrations(now),
          dashboard: dashboard(now, 'all', allPairs(now)),
          required: integrations(now).map(({ consumer, provider }) =>
            now
              .contentShas(consumer, provider)
              .map((sha) => requiredVerifications(now, consumer, provider, sha)),
          ),
        });
        const partly = readPartially(past.root, (root) => answers(snapshotOf(root)));
        expect(partly.answer).toEqual(answers(past.snapshot()));
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on pacticipants that have nothing to do with it', () => {
    fc.assert(
      fc.property(steps, question, request, (history, asked, wanted) => {
        const alone = history.reduce((before, next) => next(before), empty);
        const among = history.reduce(
          (before, next, index) =>
            next(before)
              .publishes(`Zoo ${index}`, 'Yak', { content: 1, branch: 'main', tags: ['prod'] })
              .verifies(`Yak ${index}`, `Zoo ${index}`, 'failed', { branch: 'main' })
              .deploys(`Zoo ${index}`, 'live')
              .releases(`Yak ${index}`, 'test'),
          empty,
        );
        const at = instant(new Date(Date.parse(among.at) + 1000));
        expect(matrixTold(among.snapshot(), asked)).toEqual(matrixTold(alone.snapshot(), asked));
        expect(pactsTold(among.snapshot(), wanted, at)).toEqual(pactsTold(alone.snapshot(), wanted, at));
      }),
      { numRuns: 20 },
    );
  });
});

describe('an answer costs what the question touches', () => {
  const small = empty
    .publishes('Web 0', 'Api', { content: 1, branch: 'main' })
    .verifies('Api 0', 'Web 0', 'passed', { branch: 'main' })
    .deploys('Api 0', 'live')
    .deploys('Web 0', 'live');
  const large = Array.from({ length: 40 }, (_, index) => index + 1).reduce(
    (past, n) =>
      past.publishes(`Web ${n}`, 'Api', { content: n, branch: 'main' }).verifies(`Api ${n}`, `Web ${n}`),
    small,
  );

  it.each([
    ['a consumer version', 'Web', '0'],
    ['a provider version', 'Api', '0'],
  ])(
    'may %s be deployed: as many files with many versions as with few, in few rounds',
    (_what, pacticipant, of) => {
      const ask = (past: Story) =>
        readPartially(
          past.root,
          (root) =>
            canIDeploy(snapshotOf(root), {
              selectors: [{ pacticipant, version: of }],
              destination: { environment: 'live' },
            }).verdict,
        );
      const [few, many] = [ask(small), ask(large)];
      expect(many.answer).toBe('yes');
      expect(many.files.toSorted()).toEqual(few.files.toSorted());
      expect(many.files.filter((path) => path.includes('/versions/')).length).toBeLessThanOrEqual(2);
      expect(many.rounds).toBeLessThanOrEqual(3);
    },
  );

  it('reads the pacts of a branch without the other versions', () => {
    const read = readPartially(large.root, (root) =>
      pactsForVerification(
        snapshotOf(root),
        {
          provider: pacticipantName('Api'),
          selectors: [{ mainBranch: true }, { deployedOrReleased: true }],
          providerVersionBranch: 'main',
          providerVersionTags: [],
          includePendingStatus: true,
        },
        large.at,
      ),
    );
    expect(read.answer.map(({ consumerVersion }) => consumerVersion.number)).toEqual(['0', '40']);
    expect(read.files.filter((path) => path.includes('/versions/')).length).toBeLessThanOrEqual(5);
    expect(read.rounds).toBeLessThanOrEqual(5);
  });
});
