/** A graph to be laid out: boxes of a known size, and arrows between them by their index. */
export interface DrawnGraph {
  /** In pixels. */
  readonly boxes: readonly { readonly width: number; readonly height: number }[];
  readonly arrows: readonly { readonly from: number; readonly to: number }[];
}

/** Where a box lies: its upper left corner and its size, in pixels. */
export interface PlacedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of a {@link DrawnGraph} lies, in its order; pixels, from the upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly PlacedBox[];
  /** The lines as the `d` of an SVG path, from consumer to provider. */
  readonly arrows: readonly string[];
}

/** Graphviz counts in inches of 72 points. */
const pointsPerInch = 72;

/** From how many arrows on curved lines take too long. */
const manyArrows = 150;

/**
 * The graph in the language of Graphviz, for `dot`. It holds numbers only, no name gets there. Large graphs get straight
 * lines and less polish: `dot` takes ten seconds for 600 arrows else.
 */
export function layoutDot({ boxes, arrows }: DrawnGraph): string {
  const hasty = 'splines=line; nslimit=0.5; nslimit1=0.5; mclimit=0.1; searchsize=5;';
  const inches = (pixels: number) => (pixels / pointsPerInch).toFixed(3);
  const lines = [
    `rankdir=LR; ranksep=0.7; nodesep=0.18; ${arrows.length > manyArrows ? hasty : ''}`,
    'node [shape=box fixedsize=true label=""];',
    ...boxes.map(({ width, height }, i) => `n${i} [width=${inches(width)} height=${inches(height)}];`),
    ...arrows.map(({ from, to }) => `n${from} -> n${to};`),
  ];
  return `digraph { ${lines.join('\n')} }`;
}

/** What Graphviz writes as JSON with `-y`, as far as it is read here. */
interface GraphvizJson {
  readonly bb: string;
  readonly objects?: readonly { readonly pos: string; readonly width: string; readonly height: string }[];
  readonly edges?: readonly { readonly pos: string }[];
}

/** Reads the JSON that Graphviz made of {@link layoutDot}; nodes and arrows come back in their order. */
export function parseLayout(json: unknown): Layout {
  const { bb, objects = [], edges = [] } = json as GraphvizJson;
  const [left = 0, top = 0, right = 0, bottom = 0] = bb.split(',').map(Number);
  const [x0, y0] = [Math.min(left, right), Math.min(top, bottom)];
  const pixels = (value: number) => Math.round(value * 10) / 10;
  const point = (text: string) => {
    const [x = 0, y = 0] = text.split(',').map(Number);
    return `${pixels(x - x0)} ${pixels(y - y0)}`;
  };
  return {
    width: pixels(Math.abs(right - left)),
    height: pixels(Math.abs(bottom - top)),
    boxes: objects.map(({ pos, width, height }) => {
      const [x = 0, y = 0] = pos.split(',').map(Number);
      const [w, h] = [Number(width) * pointsPerInch, Number(height) * pointsPerInch];
      return {
        x: pixels(x - x0 - w / 2),
        y: pixels(y - y0 - h / 2),
        width: pixels(w),
        height: pixels(h),
      };
    }),
    arrows: edges.map(({ pos }) => pathOf(pos, point)),
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
