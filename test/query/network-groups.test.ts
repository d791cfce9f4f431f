import { describe, expect, it } from 'vitest';
import { addLabel } from '../../src/decide/pacticipants.ts';
import { pacticipantName } from '../../src/domain/names.ts';
import { network } from '../../src/query/network.ts';
import { type CondensedNetwork, condense } from '../../src/query/network-groups.ts';
import { type Story, story } from '../helpers/story.ts';

/** Two hubs, `A` with `B` and `C` around it, `X` with `Y` and `Z`; and one integration between them. */
const past = [
  ['B', 'A'],
  ['C', 'A'],
  ['Y', 'X'],
  ['Z', 'X'],
  ['C', 'B'],
  ['Z', 'Y'],
  ['C', 'X'],
].reduce((so, [consumer, provider]) => so.publishes(`${consumer} 1`, provider ?? ''), story());

function labelled(names: readonly string[], label: string, before: Story): Story {
  return names.reduce(
    (so, name) => so.next((draft, at) => void addLabel(draft, pacticipantName(name), label, at)),
    before,
  );
}

function told({ groups, links }: CondensedNetwork) {
  return {
    groups: groups.map(({ name, by, members }) => `${by} ${name}: ${members.join('')}`),
    links: links.map(
      ({ from, to, integrations, state }) =>
        `${groups[from]?.name}→${groups[to]?.name} ${integrations} ${state}`,
    ),
  };
}

const condensed = (end: Story) => told(condense(network(end.snapshot())));

describe('a network seen from afar', () => {
  it('is gathered by label, where at least half have one', () => {
    const end = labelled(['A', 'B', 'C'], 'payments', past).verifies('A 1', 'B 1');
    expect(condensed(end)).toEqual({
      groups: ['label : XYZ', 'label payments: ABC'],
      links: ['→ 3 unverified', 'payments→ 1 unverified', 'payments→payments 3 unverified'],
    });
  });

  it('is gathered around hubs else, everybody at the nearest', () => {
    const end = labelled(['A', 'B'], 'payments', past).verifies('X 1', 'C 1', 'failed');
    const { groups, links } = condensed(end);
    expect(groups.map((group) => group.replace(/^hub .*: /, '')).join('').length).toBe(6);
    expect(groups.every((group) => group.startsWith('hub '))).toBe(true);
    expect(links.join()).toContain('failed');
  });

  it('keeps everybody exactly once, and every integration', () => {
    const whole = network(past.snapshot());
    const { groups, links } = condense(whole);
    expect(groups.flatMap(({ members }) => members).sort()).toEqual(whole.nodes.map(({ name }) => name));
    expect(links.reduce((sum, { integrations }) => sum + integrations, 0)).toBe(whole.edges.length);
  });

  it('is empty where nothing is', () => {
    expect(condensed(story())).toEqual({ groups: [], links: [] });
  });
});
