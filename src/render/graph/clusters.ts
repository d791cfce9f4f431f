import type { DrawnGraph, Layout } from './layout.ts';
import type { PlacedBox } from './placed-box.ts';
import { arrowBetween } from './straight-arrow.ts';

/** Around and between boxes of a cluster, between clusters, and of the line for its name, in pixels. */
const [gap, between, nameHeight] = [14, 28, 24];

/** How much wider than high the picture is. */
const shape = 1.8;

interface Cluster {
  readonly width: number;
  readonly height: number;
  /** Where its boxes lie in it, by their index. */
  readonly places: ReadonlyMap<number, PlacedBox>;
}

/**
 * Places the boxes of each cluster in a block, and the blocks in rows, with straight arrows; all in one block where there are
 * no clusters. For graphs with too many arrows to follow, at once however large they are.
 */
export function layOutInClusters(graph: DrawnGraph): Layout {
  const all = graph.boxes.map((_, index) => index);
  const { clusters = [] } = graph;
  const hasClusters = clusters.length > 0;
  const members = hasClusters || all.length === 0 ? clusters : [{ boxes: all }];
  const blocks = members.map(({ boxes }) => blockOf(graph, boxes));
  const area = blocks.reduce((sum, { width, height }) => sum + (width + between) * (height + between), 0);
  const { places, width, height } = inRows(blocks, Math.sqrt(area * shape));
  const placed = new Map(
    blocks.flatMap((block, index) => {
      const { x = 0, y = 0 } = places[index] ?? {};
      return [...block.places].map(
        ([box, place]) => [box, { ...place, x: place.x + x, y: place.y + y }] as const,
      );
    }),
  );
  const boxes = all.map((index) => placed.get(index) ?? { x: 0, y: 0, width: 0, height: 0 });
  return {
    width,
    height,
    boxes,
    arrows: graph.arrows.map(({ from, to }) => arrowBetween(boxes[from], boxes[to])),
    clusters: hasClusters ? places : [],
  };
}

/** The boxes of a cluster in columns of one width. */
function blockOf({ boxes }: DrawnGraph, members: readonly number[]): Cluster {
  const sizes = members.map((index) => boxes[index] ?? { width: 0, height: 0 });
  const cell = {
    width: Math.max(...sizes.map(({ width }) => width)) + gap,
    height: Math.max(...sizes.map(({ height }) => height)) + gap,
  };
  const columns = Math.max(1, Math.round(Math.sqrt((members.length * shape * cell.height) / cell.width)));
  const places = members.map((index, place) => {
    const { width = 0, height = 0 } = sizes[place] ?? {};
    const x = gap + (place % columns) * cell.width;
    const y = gap + nameHeight + Math.floor(place / columns) * cell.height;
    return [index, { x, y, width, height }] as const;
  });
  return {
    width: gap + Math.min(columns, members.length) * cell.width,
    height: gap + nameHeight + Math.ceil(members.length / columns) * cell.height,
    places: new Map(places),
  };
}

/** Blocks beside each other, in rows of about a width. */
function inRows(blocks: readonly Cluster[], most: number) {
  let [x, y, rowHeight, width] = [0, 0, 0, 0];
  const places = blocks.map((block): PlacedBox => {
    if (x > 0 && x + block.width > most) [x, y, rowHeight] = [0, y + rowHeight + between, 0];
    const place = { x, y, width: block.width, height: block.height };
    rowHeight = Math.max(rowHeight, block.height);
    width = Math.max(width, x + block.width);
    x += block.width + between;
    return place;
  });
  return { places, width, height: y + rowHeight };
}
