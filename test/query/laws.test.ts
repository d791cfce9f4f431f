import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { parseJson } from '../../src/domain/json.ts';
import { type Instant, instant, pacticipantName } from '../../src/domain/names.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { entriesOf, type Folder, file, type Node, textOf } from '../../src/domain/tree.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { brokerMetrics } from '../../src/query/broker-metrics.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { allPairs, dashboard } from '../../src/query/dashboard.ts';
import { diffPacts } from '../../src/query/diff.ts';
import {
  metadataFor,
  pactsForVerification,
} from '../../src/query/for-verification/pacts-for-verification.ts';
import type { VerificationRequest } from '../../src/query/for-verification/request.ts';
import { connectedIntegrations, integrations } from '../../src/query/integrations.ts';
import { findPreviousDistinctPact, latestPacts } from '../../src/query/latest-pacts.ts';
import { matrix } from '../../src/query/matrix/matrix.ts';
import type { MatrixQuestion } from '../../src/query/matrix/question.ts';
import { providerStates } from '../../src/query/provider-states.ts';
import type { PublishedPact } from '../../src/query/publications.ts';
import { requiredVerifications } from '../../src/query/required-verifications.ts';
import { findLatestResult } from '../../src/query/verification-status.ts';
import { findVersionInRange } from '../../src/query/version-range.ts';
import { webhooksFor } from '../../src/query/webhooks.ts';
import { reasonNotices } from '../../src/render/words/reasons.ts';
import { shortDescription } from '../../src/render/words/selectors.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import {
  anyBranch,
  anyEnvironment,
  anyNumber,
  anyPacticipant,
  anyStep,
  anyTag,
  beginning,
  played,
  type Step,
} from '../helpers/any-story.ts';
import { defined, maybe } from '../helpers/optional.ts';
import type { Story } from '../helpers/story.ts';
import { bareRepository, openAt } from '../store/places.ts';
import { readPartially } from './partial.ts';

const steps = fc.array(anyStep, { minLength: 5, maxLength: 30 });

const selector = fc
  .record({
    pacticipant: anyPacticipant,
    version: maybe(anyNumber),
    tag: maybe(anyTag),
    branch: maybe(anyBranch),
    environment: maybe(anyEnvironment),
  })
  .map(defined);
const destination = fc.oneof(
  fc.constant({}),
  fc.constant({ latest: true }),
  anyEnvironment.map((to) => ({ environment: to })),
  anyTag.map((to) => ({ tag: to, latest: true })),
  anyTag.map((to) => ({ tag: to })),
  fc.constant({ mainBranch: true, latest: true }),
);
const question = fc
  .record({
    selectors: fc.array(selector, { minLength: 1, maxLength: 2 }),
    destination,
    latestBy: maybe(fc.constantFrom('cvp' as const, 'cvpv' as const, 'cp' as const)),
    ignore: maybe(
      fc.array(
        anyPacticipant.map((pacticipant) => ({ pacticipant })),
        { maxLength: 1 },
      ),
    ),
  })
  .map(defined) as unknown as fc.Arbitrary<MatrixQuestion>;

const request: fc.Arbitrary<VerificationRequest> = fc
  .record({
    provider: anyPacticipant.map(pacticipantName),
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
    providerVersionBranch: maybe(anyBranch),
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

/** What the questions say that need no more than the names there are. */
function everythingElse(now: Snapshot) {
  const all = integrations(now);
  return {
    integrations: all,
    dashboard: dashboard(now, 'all', allPairs(now)),
    metrics: brokerMetrics(now),
    latest: latestPacts(now),
    connected: now.pacticipantNames().map((name) => connectedIntegrations(now, name, 2)),
    states: now.providerNames().map((name) => providerStates(now, name, 'main-branches')),
    inRange: now.pacticipantNames().map((name) => findVersionInRange(now, name, '>=0')),
    statuses: all.map((pair) => [findLatestResult(now, pair), webhooksFor(now, pair)]),
    required: all.map(({ consumer, provider }) =>
      now.contentShas(consumer, provider).map((sha) => requiredVerifications(now, consumer, provider, sha)),
    ),
    changes: latestPacts(now).map((pact) => {
      const previous = findPreviousDistinctPact(now, pact);
      const textOf = ({ consumer, provider, publication }: PublishedPact) =>
        parseJson(now.content(consumer, provider, publication.sha) ?? 'null');
      return previous && diffPacts(textOf(previous), textOf(pact));
    }),
  };
}

describe('laws of every question', () => {
  it('is answered from a part of the store as from the whole', () => {
    fc.assert(
      fc.property(steps, question, request, (history, asked, wanted) => {
        const past = played(history);
        const answers = (now: Snapshot) => ({
          matrix: matrixTold(now, asked),
          pacts: pactsTold(now, wanted, past.at),
          others: everythingElse(now),
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
        const alone = played(history);
        const among = history.reduce(
          (before, next, index) =>
            next(before)
              .publishes(`Zoo ${index}`, 'Yak', { content: 1, branch: 'main', tags: ['prod'] })
              .verifies(`Yak ${index}`, `Zoo ${index}`, 'failed', { branch: 'main' })
              .deploys(`Zoo ${index}`, 'live')
              .releases(`Yak ${index}`, 'test'),
          beginning,
        );
        const at = instant(new Date(Date.parse(among.at) + 1000));
        expect(matrixTold(among.snapshot(), asked)).toEqual(matrixTold(alone.snapshot(), asked));
        expect(pactsTold(among.snapshot(), wanted, at)).toEqual(pactsTold(alone.snapshot(), wanted, at));
      }),
      { numRuns: 20 },
    );
  });
});

/** Steps in a world where Web consumes Api, and nobody anybody else. */
const pairStep: fc.Arbitrary<(past: Story) => Story> = fc.oneof(
  fc.tuple(anyNumber, fc.integer({ min: 1, max: 2 }), fc.boolean()).map(
    ([number, content, live]) =>
      (past: Story) =>
        live
          ? past.publishes(`Web ${number}`, 'Api', { content }).deploys(`Web ${number}`, 'live')
          : past.publishes(`Web ${number}`, 'Api', { content }),
  ),
  fc
    .tuple(anyNumber, anyNumber, fc.boolean(), fc.boolean())
    .map(([provider, consumer, passed, live]) => (past: Story) => {
      const version = `Api ${provider}`;
      const known = past.publishes(`Web ${consumer}`, 'Api', { content: consumer });
      const verified = known.verifies(version, `Web ${consumer}`, passed ? 'passed' : 'failed');
      return live ? verified.deploys(version, 'live') : verified;
    }),
);

describe('can-i-deploy', () => {
  it('answers the consumer and the provider alike about the two versions that are there', () => {
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(pairStep, { minLength: 1, maxLength: 8 }),
        anyNumber,
        anyNumber,
        (history, web, api) => {
          const past = played(history)
            .versions(`Web ${web}`)
            .versions(`Api ${api}`)
            .deploys(`Web ${web}`, 'live')
            .deploys(`Api ${api}`, 'live');
          const [consumer, provider] = [
            ['Web', web],
            ['Api', api],
          ].map(([pacticipant = '', version = '']) => {
            const { verdict, counts, rows } = canIDeploy(past.snapshot(), {
              selectors: [{ pacticipant, version }],
              destination: { environment: 'live' },
            });
            return { verdict, counts, rows };
          });
          expect(consumer).toEqual(provider);
          verdicts.add(consumer?.verdict ?? '');
        },
      ),
      { numRuns: 200 },
    );
    expect([...verdicts].sort()).toEqual(['no', 'unknown', 'yes']);
  });
});

/** The tree as one that no repository has seen yet. */
function unstored(folder: Folder): Folder {
  const entries = [...entriesOf(folder)].map(([name, node]): [string, Node] => [
    name,
    node.kind === 'folder' ? unstored(node) : file(textOf(node)),
  ]);
  return { kind: 'folder', entries: new Map(entries) };
}

describe('a question about the newest commit', () => {
  const clock = () => new Date('2026-06-01T00:00:00Z');

  /** What is answered now, at HEAD, at its id, and while only the first half had happened: now and later. */
  async function answersOver(
    store: Store,
    history: readonly Step[],
    asked: MatrixQuestion,
    wanted: VerificationRequest,
  ) {
    const broker = new Broker(store, clock);
    const question = (now: Snapshot) => [
      matrixTold(now, asked),
      pactsTold(now, wanted, broker.now),
      everythingElse(now),
    ];
    const commit = (title: string, past: Story) =>
      store.transact({ title }, () => ({ root: unstored(past.root), outcome: undefined }));
    const half = played(history.slice(0, history.length / 2));
    await commit('Begin', half);
    const begun = await broker.ask(question);
    const first = await store.tip();
    await commit('Go on', played(history.slice(history.length / 2), half).creates('new'));
    const second = await store.tip();
    const then = await broker.ask(question, first);
    const atHead = await Promise.all([undefined, 'HEAD', second].map((at) => broker.ask(question, at)));
    return { begun, then, atHead };
  }

  it.each<[where: string, open: () => Promise<Store>, numRuns: number]>([
    ['memory', async () => memoryStore({ clock }), 40],
    ['Git', async () => openAt({ repository: await bareRepository(), clock }), 3],
    [
      'isomorphic-git',
      async () => openAt({ repository: await bareRepository(), clock }, { GITPACT_GIT: 'isomorphic' }),
      3,
    ],
  ])('is answered as without one, and of an older one as it was then (%s)', async (_where, open, numRuns) => {
    await fc.assert(
      fc.asyncProperty(steps, question, request, async (history, asked, wanted) => {
        const store = await open();
        const { begun, then, atHead } = await answersOver(store, history, asked, wanted);
        await store.close();
        expect(atHead[1]).toEqual(atHead[0]);
        expect(atHead[2]).toEqual(atHead[0]);
        expect(then).toEqual(begun);
      }),
      { numRuns },
    );
  });
});

describe('an answer costs what the question touches', () => {
  const small = beginning
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
