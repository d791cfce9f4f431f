import { layOutAlone } from './alone.ts';
import type { PlacedBox } from './placed-box.ts';

/** A graph to be laid out: boxes of a known size, and arrows between them by their index. */
export interface DrawnGraph {
  /** In pixels. */
  readonly boxes: readonly { readonly width: number; readonly height: number }[];
  readonly arrows: readonly { readonly from: number; readonly to: number }[];
  /** Boxes that belong together, by their index; drawn together where there are too many arrows to follow. */
  readonly clusters?: readonly { readonly boxes: readonly number[] }[];
}

/** Where everything of a {@link DrawnGraph} lies, in its order; pixels, from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** The lines as the `d` of an SVG path, from consumer to provider. */
  readonly arrows: readonly string[];
  /** Where the clusters lie; empty where boxes are placed by their arrows. */
  readonly clusters: readonly PlacedBox[];
}

/** Graphviz counts in inches of 72 points. */
const pointsPerInch = 72;

/** From how many arrows on curved lines take too long. */
const manyArrows = 150;

/** From how many arrows on nobody can follow them all, and `dot` takes too long. */
const tooManyArrows = 400;

/** From how many arrows for a box on there is no flow from left to right to show. */
const crowded = 3;

/**
 * How to place boxes: by the flow of the arrows, which Graphviz does; on a circle where almost everything has to do with
 * everything; in clusters where there are too many arrows to follow.
 */
export function engineFor({ boxes, arrows }: DrawnGraph): 'dot' | 'circle' | 'clusters' {
  if (arrows.length > tooManyArrows) return 'clusters';
  return arrows.length > crowded * boxes.length ? 'circle' : 'dot';
}

/** The boxes that arrows lead to or from, in order. */
export function joinedBoxes({ arrows }: DrawnGraph): readonly number[] {
  return [...new Set(arrows.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
}

/**
 * The graph in the language of Graphviz. It holds numbers only, no name gets there. Large graphs get straight lines and less
 * polish: `dot` takes ten seconds for 600 arrows else.
 */
export function layoutDot(graph: DrawnGraph): string {
  const { boxes, arrows } = graph;
  const hasty = 'splines=line; nslimit=0.5; nslimit1=0.5; mclimit=0.1; searchsize=5;';
  const inches = (pixels: number) => (pixels / pointsPerInch).toFixed(3);
  const lines = [
    `rankdir=LR; ranksep=0.7; nodesep=0.18; ${arrows.length > manyArrows ? hasty : ''}`,
    'node [shape=box fixedsize=true label=""];',
    ...joinedBoxes(graph).map((i) => {
      const { width = 0, height = 0 } = boxes[i] ?? {};
      return `n${i} [width=${inches(width)} height=${inches(height)}];`;
    }),
    ...arrows.map(({ from, to }) => `n${from} -> n${to};`),
  ];
  return `digraph { ${lines.join('\n')} }`;
}

/** What Graphviz writes as JSON with `-y`, as far as it is read here. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly GraphvizObject[];
  readonly edges?: readonly { readonly pos: string }[];
}

interface GraphvizObject {
  /** `n3` for the box 3. */
  readonly name: string;
  readonly pos?: string;
  readonly width?: string;
  readonly height?: string;
}

/**
 * Reads the JSON that Graphviz made of {@link layoutDot}. Boxes that no arrow leads to or from come below the others, so
 * that they do not push them out of sight.
 */
export function parseLayout(json: unknown, graph: DrawnGraph): Layout {
  const { bb, objects = [], edges = [] } = json as GraphvizJson;
  const all = cornersOf(bb);
  const byName = new Map(objects.map((object) => [object.name, object]));
  const point = (text: string) => {
    const [x = 0, y = 0] = text.split(',').map(Number);
    return `${pixels(x - all.x)} ${pixels(y - all.y)}`;
  };
  const placed = new Map(
    joinedBoxes(graph).map((index) => [index, placeOf(byName.get(`n${index}`), all)] as const),
  );
  const rest = layOutAlone(graph.boxes, placed, { width: all.width, height: all.height });
  return {
    width: pixels(rest.width),
    height: pixels(rest.height),
    boxes: rest.boxes,
    arrows: edges.map(({ pos }) => pathOf(pos, point)),
    clusters: [],
  };
}

function pixels(value: number): number {
  return Math.round(value * 10) / 10;
}

/** `x,y,x,y`: two corners that face each other. */
function cornersOf(bb: string): PlacedBox {
  const [left = 0, top = 0, right = 0, bottom = 0] = bb.split(',').map(Number);
  return {
    x: Math.min(left, right),
    y: Math.min(top, bottom),
    width: Math.abs(right - left),
    height: Math.abs(bottom - top),
  };
}

/** Of the middle and the size of a node, its corner. */
function placeOf(object: GraphvizObject | undefined, { x: left, y: top }: PlacedBox): PlacedBox {
  const [x = 0, y = 0] = (object?.pos ?? '').split(',').map(Number);
  const width = Number(object?.width ?? 0) * pointsPerInch;
  const height = Number(object?.height ?? 0) * pointsPerInch;
  return {
    x: pixels(x - left - width / 2),
    y: pixels(y - top - height / 2),
    width: pixels(width),
    height: pixels(height),
  };
}

/** `e,x,y p0 c c p …`: a Bézier curve with the tip of the arrow named first. */
function pathOf(pos: string, point: (text: string) => string): string {
  const parts = pos.split(' ');
  const tip = parts.find((part) => part.startsWith('e,'))?.slice(2);
  const [start, ...curve] = parts.filter((part) => !/^[es],/.test(part));
  const end = tip === undefined ? '' : `L${point(tip)}`;
  return `M${point(start ?? '0,0')}C${curve.map(point).join(' ')}${end}`;
}
