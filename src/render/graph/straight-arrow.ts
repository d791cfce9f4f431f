import type { PlacedBox } from './placed-box.ts';

/** How far an arrow is from the one that leads back, in pixels. */
const apart = 3;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight arrow from the edge of a box to that of another, as the `d` of an SVG path; beside the one that leads back. */
export function arrowBetween(from: PlacedBox | undefined, to: PlacedBox | undefined): string {
  if (!from || !to) return '';
  const [a, b] = [middleOf(from), middleOf(to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length === 0)
    return `M${a.x - 20} ${from.y}C${a.x - 20} ${from.y - 24} ${a.x + 20} ${from.y - 24} ${a.x + 20} ${from.y}`;
  const aside = { x: ((a.y - b.y) / length) * apart, y: ((b.x - a.x) / length) * apart };
  const start = edgeOf(from, a, b);
  const end = edgeOf(to, b, a);
  const text = ({ x, y }: Point) => `${Math.round(x + aside.x)} ${Math.round(y + aside.y)}`;
  return `M${text(start)}L${text(end)}`;
}

function middleOf({ x, y, width, height }: PlacedBox): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Where the line from the middle of a box towards a point leaves the box. */
function edgeOf({ width, height }: PlacedBox, middle: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - middle.x, towards.y - middle.y];
  const share = Math.min(width / 2 / Math.max(Math.abs(dx), 1), height / 2 / Math.max(Math.abs(dy), 1));
  return { x: middle.x + dx * share, y: middle.y + dy * share };
}
