import { describe, expect, it } from 'vitest';
import { network } from '../../src/query/network.ts';
import { condense } from '../../src/query/network-groups.ts';
import { drawGroups, drawNetwork } from '../../src/render/graph/drawing.ts';
import { story } from '../helpers/story.ts';

const long = 'L'.repeat(200);
const past = story()
  .creates('prod', true)
  .publishes('Web 1', 'Api')
  .verifies('Api 7', 'Web 1')
  .publishes(`${long} 1`, 'Api')
  .verifies('Api 7', `${long} 1`, 'failed')
  .versions('Alone 1')
  .deploys('Web 1', 'prod');
const links = {
  node: ({ name }: { readonly name: string }) => `/node/${name.slice(0, 3)}`,
  edge: ({ consumer }: { readonly consumer: string }) => `/edge/${consumer.slice(0, 3)}`,
};

describe('the drawing of a network', () => {
  it('has a box for each pacticipant with the worst of what it takes part in, and an arrow for each pact', () => {
    const { boxes, arrows, graph } = drawNetwork(network(past.snapshot()), links);
    expect(boxes.map(({ lines, state, href }) => [lines.join(), state ?? '–', href])).toEqual([
      ['Alone', '–', '/node/Alo'],
      ['Api', 'failed', '/node/Api'],
      [`${'L'.repeat(18)}…${'L'.repeat(9)}`, 'failed', '/node/LLL'],
      ['Web', 'verified', '/node/Web'],
    ]);
    expect(boxes[2]?.title.startsWith(long)).toBe(true);
    expect(arrows.map(({ state, href }) => [state, href])).toEqual([
      ['failed', '/edge/LLL'],
      ['verified', '/edge/Web'],
    ]);
    expect(graph.arrows).toEqual([
      { from: 2, to: 1 },
      { from: 3, to: 1 },
    ]);
    expect(graph.boxes).toHaveLength(4);
  });

  it('makes room for what is written, and leads nowhere when it was not told where', () => {
    const { boxes, graph } = drawNetwork(network(past.snapshot()));
    const [alone, , wide] = graph.boxes;
    expect(wide?.width).toBeGreaterThan((alone?.width ?? 0) * 2);
    expect(boxes.every(({ href }) => href === undefined)).toBe(true);
  });

  it('tells the versions that are in an environment, and who is not there', () => {
    const { boxes } = drawNetwork(network(past.snapshot(), { environment: 'prod' }));
    expect(boxes.map(({ lines, kind }) => `${kind} ${lines.join(' ')}`)).toEqual([
      'missing Api not there',
      'pacticipant Web 1',
    ]);
  });

  it('has a box for each group, and an arrow for all that goes on between two', () => {
    const { boxes, arrows, graph } = drawGroups(condense(network(past.snapshot())), (group) => `/${group}`);
    expect(boxes.map(({ lines, kind, href }) => `${kind} ${lines[1]} ${href}`)).toEqual([
      'group 1 pacticipant /0',
      'group 2 pacticipants /1',
      'group 1 pacticipant /2',
    ]);
    expect(arrows.map(({ title, state }) => [title.replace(/L+…L+/, 'L…'), state])).toEqual([
      ['L… → around Api: 1 integration, the worst verification failed', 'failed'],
    ]);
    expect(graph.arrows).toMatchObject([{ from: 2, to: 1 }]);
  });
});
