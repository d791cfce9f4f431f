import { layOutAlone } from './alone.ts';
import { type DrawnGraph, joinedBoxes, type Layout } from './layout.ts';
import { arrowBetween } from './straight-arrow.ts';

/** Between boxes beside each other, in pixels. */
const gap = 18;

/** How much wider and higher the ellipse is than boxes beside or above each other need, so that none overlap between. */
const stretch = { x: 1.3, y: 1.5 } as const;

/** Of the ellipse, in pixels: so that arrows between few boxes have a length. */
const leastRadius = 120;

/**
 * Places the boxes that arrows join on an ellipse, in their order, with straight arrows across; the others below. For graphs
 * in which almost everything has to do with everything: there is no flow from left to right to show.
 */
export function layOutInCircle(graph: DrawnGraph): Layout {
  const joined = joinedBoxes(graph);
  const sizes = joined.map((index) => graph.boxes[index] ?? { width: 0, height: 0 });
  const width = Math.max(0, ...sizes.map((size) => size.width));
  const height = Math.max(0, ...sizes.map((size) => size.height));
  const chord = 2 * Math.sin(Math.PI / Math.max(joined.length, 2));
  const radius = {
    x: Math.max(((width + gap) * stretch.x) / chord, leastRadius),
    y: Math.max(((height + gap) * stretch.y) / chord, leastRadius),
  };
  const placed = new Map(
    joined.map((index, place) => {
      const angle = (place / joined.length) * 2 * Math.PI - Math.PI / 2;
      const size = sizes[place] ?? { width: 0, height: 0 };
      const x = Math.round(radius.x * (1 + Math.cos(angle)) + (width - size.width) / 2);
      const y = Math.round(radius.y * (1 + Math.sin(angle)) + (height - size.height) / 2);
      return [index, { x, y, ...size }] as const;
    }),
  );
  const all = layOutAlone(graph.boxes, placed, {
    width: 2 * radius.x + width,
    height: 2 * radius.y + height,
  });
  return {
    ...all,
    arrows: graph.arrows.map(({ from, to }) => arrowBetween(all.boxes[from], all.boxes[to])),
    clusters: [],
  };
}
