import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOutInCircle } from '../../src/render/graph/circle.ts';
import { layOutInClusters } from '../../src/render/graph/clusters.ts';
import { type DrawnGraph, engineFor, layoutDot } from '../../src/render/graph/layout.ts';
import type { PlacedBox } from '../../src/render/graph/placed-box.ts';

const boxes = fc.array(fc.record({ width: fc.integer({ min: 40, max: 260 }), height: fc.constant(50) }), {
  minLength: 2,
  maxLength: 30,
});

/** Graphs in which some boxes are joined, and some are not. */
const graphs: fc.Arbitrary<DrawnGraph> = boxes.chain((sizes) => {
  const end = fc.integer({ min: 0, max: sizes.length - 1 });
  return fc
    .array(fc.record({ from: end, to: end }), { maxLength: 60 })
    .map((arrows) => ({ boxes: sizes, arrows }));
});

function overlap(a: PlacedBox, b: PlacedBox): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The same, with the boxes in clusters by their width. */
const clustered: fc.Arbitrary<DrawnGraph> = graphs.map((graph) => {
  const kinds = new Map<number, number[]>();
  for (const [index, { width }] of graph.boxes.entries()) {
    kinds.set(width % 4, [...(kinds.get(width % 4) ?? []), index]);
  }
  return { ...graph, clusters: [...kinds.values()].map((members) => ({ boxes: members })) };
});

describe('boxes on a circle, and in clusters', () => {
  it.each([
    ['on a circle', layOutInCircle, graphs],
    ['in clusters', layOutInClusters, clustered],
    ['in one block', layOutInClusters, graphs],
  ] as const)(
    '%s are all there in their size, inside of the picture and beside each other',
    (_how, layOut, any) => {
      fc.assert(
        fc.property(any, (graph) => {
          const layout = layOut(graph);
          expect(layout.boxes.map(({ width, height }) => ({ width, height }))).toEqual(graph.boxes);
          expect(layout.arrows).toHaveLength(graph.arrows.length);
          for (const [index, box] of layout.boxes.entries()) {
            expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
            expect(box.x + box.width).toBeLessThanOrEqual(layout.width + 1);
            expect(box.y + box.height).toBeLessThanOrEqual(layout.height + 1);
            expect(layout.boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
          }
        }),
      );
    },
  );

  it('have arrows from edge to edge, beside the one that leads back', () => {
    const two = [
      { width: 100, height: 40 },
      { width: 100, height: 40 },
    ];
    const { boxes: placed, arrows } = layOutInCircle({
      boxes: two,
      arrows: [
        { from: 0, to: 1 },
        { from: 1, to: 0 },
        { from: 0, to: 0 },
      ],
    });
    const [above, below] = placed;
    expect((below?.y ?? 0) - (above?.y ?? 0)).toBeGreaterThan(40);
    const [there = '', back = '', loop = ''] = arrows;
    const ends = (path: string) =>
      [...path.matchAll(/[ML](\d+) (\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    expect(ends(there).map(([, y]) => y)).toEqual([(above?.y ?? 0) + 40, below?.y]);
    expect(ends(back).map(([, y]) => y)).toEqual([below?.y, (above?.y ?? 0) + 40]);
    expect(ends(there)[0]?.[0]).not.toBe(ends(back)[1]?.[0]);
    expect(loop).toContain('C');
  });
});

describe('a cluster', () => {
  it('has its boxes in it, and overlaps no other', () => {
    fc.assert(
      fc.property(clustered, (graph) => {
        const { boxes: placed, clusters } = layOutInClusters(graph);
        for (const [index, cluster] of clusters.entries()) {
          expect(clusters.slice(index + 1).some((other) => overlap(cluster, other))).toBe(false);
          for (const member of graph.clusters?.[index]?.boxes ?? []) {
            const box = placed[member] ?? cluster;
            expect(box.x).toBeGreaterThan(cluster.x);
            expect(box.y).toBeGreaterThan(cluster.y);
            expect(box.x + box.width).toBeLessThan(cluster.x + cluster.width);
            expect(box.y + box.height).toBeLessThan(cluster.y + cluster.height);
          }
        }
      }),
    );
  });
});

describe('how boxes are placed', () => {
  const some = (count: number, arrows: number): DrawnGraph => ({
    boxes: Array.from({ length: count }, () => ({ width: 50, height: 20 })),
    arrows: Array.from({ length: arrows }, (_, i) => ({ from: i % 2, to: 2 })),
  });

  it.each([
    [10, 9, 'dot'],
    [10, 31, 'circle'],
    [300, 900, 'clusters'],
  ] as const)('%d with %d arrows: %s', (count, arrows, engine) => {
    expect(engineFor(some(count, arrows))).toBe(engine);
  });

  it('by the arrows, where what has none is left to be put below', () => {
    const dot = layoutDot(some(5, 2));
    expect(dot).toContain('n0 [');
    expect(dot).not.toContain('n3 [');
  });
});
