import { describe, expect, it } from 'vitest';
import { layOut } from '../../src/broker/graph-layout.ts';
import type { DrawnGraph } from '../../src/render/graph/layout.ts';

/** A graph of so many boxes, each with arrows to others that are chosen without order but always the same. */
function graphOf(boxes: number, arrows: number): DrawnGraph {
  let seed = 7;
  const any = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * boxes);
  };
  return {
    boxes: Array.from({ length: boxes }, (_, i) => ({ width: 80 + (i % 5) * 20, height: 30 })),
    arrows: Array.from({ length: arrows }, () => ({ from: any(), to: any() })),
  };
}

describe('the layout of a graph', () => {
  it('places boxes in their order and size, arrows from left to right', async () => {
    const layout = await layOut({
      boxes: [
        { width: 100, height: 30 },
        { width: 60, height: 40 },
      ],
      arrows: [{ from: 1, to: 0 }],
    });
    expect(layout?.boxes.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([
      [100, 30],
      [60, 40],
    ]);
    const [a, b] = layout?.boxes ?? [];
    expect((a?.x ?? 0) > (b?.x ?? 0) + 60).toBe(true);
    expect(layout?.arrows).toEqual([expect.stringMatching(/^M[\d. ]+C[\d. ]+L[\d. ]+$/)]);
  });

  it.each([
    [1, 0],
    [3, 3],
    [300, 600],
    [300, 2_000],
  ])('has a place for each of %d boxes and %d arrows', async (boxes, arrows) => {
    const layout = await layOut(graphOf(boxes, arrows));
    expect(layout?.boxes).toHaveLength(boxes);
    expect(layout?.arrows).toHaveLength(arrows);
    for (const { x, y, width, height } of layout?.boxes ?? []) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual((layout?.width ?? 0) + 1);
      expect(y + height).toBeLessThanOrEqual((layout?.height ?? 0) + 1);
    }
  });

  it('draws nothing of nothing', async () => {
    expect((await layOut({ boxes: [], arrows: [] }))?.boxes).toEqual([]);
  });
});
