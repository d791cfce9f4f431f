import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLabel } from '../../src/decide/pacticipants.ts';
import { pacticipantName } from '../../src/domain/names.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { currentPublications } from '../../src/domain/version.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { type NetworkQuestion, network } from '../../src/query/network.ts';
import { anyStep, played } from '../helpers/any-story.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from './partial.ts';

/** A network in short: `Web 1 → Api: verified`, and the names of all nodes. */
function told(past: Story, question?: NetworkQuestion) {
  const { nodes, edges, leftOut } = network(past.snapshot(), question);
  return {
    nodes: nodes.map(({ name, live }) => (live ? `${name} ${live.join('+') || '–'}` : name)),
    edges: edges.map(
      ({ consumer, provider, state, pact, result }) =>
        `${consumer} ${pact.consumerVersion.number} → ${provider} ${result?.providerVersion ?? '–'}: ${state}`,
    ),
    leftOut,
  };
}

const nothing = { pacticipants: 0, integrations: 0 };
const published = story().creates('prod', true).publishes('Web 1', 'Api', { content: 1, branch: 'main' });

describe('how an integration stands', () => {
  it.each<[when: string, past: Story, edge: string]>([
    ['nobody has verified it', published, 'Web 1 → Api –: unverified'],
    ['its content passed', published.verifies('Api 1', 'Web 1'), 'Web 1 → Api 1: verified'],
    ['its content failed', published.verifies('Api 1', 'Web 1', 'failed'), 'Web 1 → Api 1: failed'],
    [
      'the newest of several results failed',
      published.verifies('Api 1', 'Web 1').verifies('Api 2', 'Web 1', 'failed'),
      'Web 1 → Api 2: failed',
    ],
    [
      'the content before passed',
      published.verifies('Api 1', 'Web 1').publishes('Web 2', 'Api', { content: 2, branch: 'main' }),
      'Web 2 → Api –: changed',
    ],
    [
      'the content is again what passed, though another was verified since',
      published
        .verifies('Api 1', 'Web 1')
        .publishes('Web 2', 'Api', { content: 2, branch: 'feat' })
        .verifies('Api 1', 'Web 2', 'failed'),
      'Web 1 → Api 1: verified',
    ],
    [
      'a branch that is not the main branch is newer',
      published.publishes('Web 2', 'Api', { content: 2, branch: 'feat' }),
      'Web 1 → Api –: unverified',
    ],
    [
      'the head of the main branch has no pact with it any more',
      published.publishes('Web 2', 'Other', { content: 2, branch: 'main' }),
      'Web 1 → Api –: unverified',
    ],
  ])('when %s', (_when, past, edge) => expect(told(past).edges).toContain(edge));
});

describe('in an environment', () => {
  const live = published.deploys('Web 1', 'prod');
  const both = live.verifies('Api 1', 'Web 1').deploys('Api 1', 'prod');
  const two = both.versions('Api 2').deploys('Api 2', 'prod', 'blue');
  it.each<[when: string, past: Story, nodes: readonly string[], edges: readonly string[]]>([
    ['nothing is there', published, [], []],
    ['the provider is not there', live, ['Api –', 'Web 1'], ['Web 1 → Api –: unverified']],
    ['both are there', both, ['Api 1', 'Web 1'], ['Web 1 → Api 1: verified']],
    ['one of two versions never verified it', two, ['Api 1+2', 'Web 1'], ['Web 1 → Api –: changed']],
    [
      'one of two versions fails',
      two.verifies('Api 2', 'Web 1', 'failed'),
      ['Api 1+2', 'Web 1'],
      ['Web 1 → Api 2: failed'],
    ],
    [
      'only the provider is there',
      published.verifies('Api 1', 'Web 1').deploys('Api 1', 'prod'),
      ['Api 1'],
      [],
    ],
  ])('where %s', (_when, past, nodes, edges) =>
    expect(told(past, { environment: 'prod' })).toEqual({ nodes, edges, leftOut: nothing }),
  );
});

describe('of a branch', () => {
  it('shows the newest pacts on it, and nobody who has none', () => {
    const past = published
      .publishes('Web 2', 'Api', { content: 2, branch: 'feat' })
      .verifies('Api 1', 'Web 2')
      .publishes('Web 3', 'Api', { content: 3, branch: 'main' })
      .publishes('Other 1', 'Api', { branch: 'main' })
      .versions('Lonely 1');
    expect(told(past, { branch: 'feat' })).toEqual({
      nodes: ['Api', 'Web'],
      edges: ['Web 2 → Api 1: verified'],
      leftOut: nothing,
    });
    const headless = past.publishes('Web 4', 'Else', { branch: 'feat' });
    expect(told(headless, { branch: 'feat' }).edges).toContain('Web 2 → Api 1: verified');
    expect(told(past, { branch: 'nobody’s' }).edges).toEqual([]);
  });
});

describe('a part of the network', () => {
  /** A → B → C → D, E → B, and F alone. */
  const chain = story()
    .publishes('A 1', 'B')
    .publishes('B 1', 'C')
    .publishes('C 1', 'D')
    .publishes('E 1', 'B')
    .versions('F 1');
  const labelled = chain.next((draft, at) => {
    addLabel(draft, pacticipantName('C'), 'team', at);
    addLabel(draft, pacticipantName('F'), 'team', at);
  });
  it.each<[asked: NetworkQuestion, nodes: string, edges: string]>([
    [{}, 'ABCDEF', 'AB BC CD EB'],
    [{ pacticipants: ['A'], depth: 1 }, 'AB', 'AB'],
    [{ pacticipants: ['A'], depth: 2 }, 'ABCE', 'AB BC EB'],
    [{ pacticipants: ['A'] }, 'ABCDE', 'AB BC CD EB'],
    [{ pacticipants: ['D', 'F'], depth: 1 }, 'CDF', 'CD'],
    [{ pacticipants: ['nobody'] }, '', ''],
    [{ label: 'team', depth: 1 }, 'BCDF', 'BC CD'],
    [{ label: 'team', pacticipants: ['C', 'A'], depth: 1 }, 'BCD', 'BC CD'],
    [{ label: 'nobody’s' }, '', ''],
    [{ most: 3 }, 'ABC', 'AB BC'],
    [{ most: 2 }, 'BC', 'BC'],
    [{ pacticipants: ['A'], most: 2 }, 'AB', 'AB'],
    [{ pacticipants: ['A'], depth: 2, most: 3 }, 'ABC', 'AB BC'],
  ])('%j', (asked, nodes, edges) => {
    const found = network(labelled.snapshot(), asked);
    expect(found.nodes.map(({ name }) => name).join('')).toBe(nodes);
    expect(found.edges.map(({ consumer, provider }) => consumer + provider).join(' ')).toBe(edges);
  });

  it('tells what the limit left out', () => {
    const left = (question: NetworkQuestion) => network(chain.snapshot(), question).leftOut;
    expect(left({ most: 3 })).toEqual({ pacticipants: 3, integrations: 2 });
    expect(left({ pacticipants: ['A'], most: 2 })).toEqual({ pacticipants: 3, integrations: 3 });
    expect(left({ pacticipants: ['A'], depth: 1 })).toEqual(nothing);
  });
});

/** The worst standing of all live pairs of versions, found by looking at everything. */
function liveStates(now: Snapshot, environment: string): readonly string[] {
  const place = now.environments().find(({ name }) => name === environment);
  const there = place ? now.presences(place.name) : [];
  const found = new Map<string, string[]>();
  for (const { pacticipant, version } of there) {
    const consumer = now.version(pacticipant, version);
    for (const { provider, sha } of consumer ? currentPublications(consumer) : []) {
      const key = `${pacticipant} → ${provider}`;
      const opposite = there.filter((other) => other.pacticipant === provider);
      const all = now
        .contentShas(pacticipant, provider)
        .flatMap((one) => now.results(pacticipant, provider, one));
      const states = opposite.map((other) => {
        const own = now
          .results(pacticipant, provider, sha)
          .filter((one) => one.providerVersion === other.version);
        if (own.length > 0) return own.at(-1)?.success ? 'verified' : 'failed';
        return all.length > 0 ? 'changed' : 'unverified';
      });
      found.set(key, [...(found.get(key) ?? []), ...(opposite.length > 0 ? states : ['unverified'])]);
    }
  }
  const order = ['failed', 'unverified', 'changed', 'verified'];
  return [...found].map(([key, states]) => `${key}: ${order.find((state) => states.includes(state))}`).sort();
}

const anyStory = fc.array(anyStep, { maxLength: 30 }).map((steps) => played(steps));

describe('of any history', () => {
  it('an environment shows the worst of what is live there', () => {
    fc.assert(
      fc.property(anyStory, fc.constantFrom('test', 'live'), (past, environment) => {
        const { edges } = network(past.snapshot(), { environment });
        const states = edges.map(({ consumer, provider, state }) => `${consumer} → ${provider}: ${state}`);
        expect(states.sort()).toEqual(liveStates(past.snapshot(), environment));
      }),
    );
  });

  it('every edge joins two nodes, and has the newest result for its content', () => {
    fc.assert(
      fc.property(anyStory, (past) => {
        const now = past.snapshot();
        const { nodes, edges } = network(now);
        const names = nodes.map(({ name }) => name);
        expect(names).toEqual(now.pacticipantNames());
        for (const { consumer, provider, state, pact, result } of edges) {
          expect(names).toEqual(expect.arrayContaining([consumer, provider]));
          const newest = now.results(consumer, provider, pact.publication.sha).at(-1);
          expect(result).toEqual(newest);
          if (newest) expect(state).toBe(newest.success ? 'verified' : 'failed');
          else expect(['changed', 'unverified']).toContain(state);
        }
      }),
    );
  });

  it('a partial snapshot gives the same answer', () => {
    fc.assert(
      fc.property(
        anyStory,
        fc.constantFrom({}, { environment: 'live' }, { label: 'x' }, { branch: 'feat' }),
        (past, question) => {
          const { answer } = readPartially(past.root, (root) => network(snapshotOf(root), question));
          expect(answer).toEqual(network(past.snapshot(), question));
        },
      ),
      { numRuns: 30 },
    );
  });
});

it('looks at no version that it does not show', () => {
  const many = Array.from({ length: 40 }, (_, n) => n + 2).reduce(
    (past, n) =>
      past.publishes(`Web ${n}`, 'Api', { content: n, branch: 'main' }).verifies(`Api ${n}`, `Web ${n}`),
    published,
  );
  const { files, rounds } = readPartially(many.root, (root) => network(snapshotOf(root)));
  expect(files.filter((path) => path.includes('/versions/')).length).toBe(1);
  expect(files.filter((path) => path.startsWith('results/')).length).toBe(1);
  expect(rounds).toBeLessThanOrEqual(6);
});
