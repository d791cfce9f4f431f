import type { NetworkState } from '../../../query/network.ts';
import { elided } from '../../elided.ts';
import { type Drawing, type DrawnArrow, type DrawnBox, lineHeight } from '../../graph/drawing.ts';
import type { Layout } from '../../graph/layout.ts';
import { stateMarks } from '../../graph/network-words.ts';
import type { PlacedBox } from '../../graph/placed-box.ts';
import type { Markup } from '../page.ts';

const margin = 8;
const markSize = 14;

/** From how many arrows on they are drawn faint, until somebody looks at one. */
const manyArrows = 150;

/**
 * The drawing of a network as SVG. Arrows can be clicked; with the keyboard one goes from box to box, and what arrows tell
 * stands in the table below.
 */
export function NetworkPicture({
  drawing,
  layout,
}: {
  readonly drawing: Drawing;
  readonly layout: Layout;
}): Markup {
  const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin];
  const isDense = drawing.arrows.length > manyArrows;
  const ends = drawing.graph.arrows;
  return (
    <svg
      class={isDense ? 'network dense' : 'network'}
      width={width}
      height={height}
      viewBox={`${-margin} ${-margin} ${width} ${height}`}
    >
      <title>Boxes are pacticipants, arrows lead from consumers to providers</title>
      <defs>
        {Object.keys(stateMarks).map((state) => (
          <marker
            id={`tip-${state}`}
            class={`tip ${state}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="7"
            markerHeight="7"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0L10 5L0 10z" />
          </marker>
        ))}
      </defs>
      {layout.clusters.map((place, index) => (
        <Cluster name={drawing.clusters[index] ?? ''} place={place} />
      ))}
      {drawing.arrows.map((arrow, index) => (
        <Arrow
          arrow={arrow}
          path={layout.arrows[index] ?? ''}
          from={ends[index]?.from}
          to={ends[index]?.to}
        />
      ))}
      {drawing.boxes.map((box, index) => {
        const place = layout.boxes[index];
        return place ? <Box box={box} index={index} place={place} /> : '';
      })}
    </svg>
  );
}

/** Where boxes that belong together lie. */
function Cluster({ name, place }: { readonly name: string; readonly place: PlacedBox }): Markup {
  const { x, y, width, height } = place;
  return (
    <g class="cluster">
      <title>{name}</title>
      <rect x={x} y={y} width={width} height={height} rx="8" />
      <text x={x + 12} y={y + 18}>
        {elided(name, Math.max(4, Math.floor((width - 24) / 8)))}
      </text>
    </g>
  );
}

/** `from` and `to` are the numbers of boxes, for the script. */
function Arrow({
  arrow,
  path,
  from,
  to,
}: {
  readonly arrow: DrawnArrow;
  readonly path: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}): Markup {
  const { title, state, href } = arrow;
  const shape = (
    <>
      <title>{title}</title>
      <path class="reach" d={path} />
      <path class="stroke" d={path} marker-end={`url(#tip-${state})`} />
    </>
  );
  const marks = { class: `arrow ${state}`, 'data-from': from, 'data-to': to };
  if (href === undefined) return <g {...marks}>{shape}</g>;
  return (
    <a {...marks} href={href} tabindex={-1}>
      {shape}
    </a>
  );
}

function Box({
  box,
  index,
  place,
}: {
  readonly box: DrawnBox;
  readonly index: number;
  readonly place: PlacedBox;
}): Markup {
  const { lines, title, state, kind, href, isCentre = false } = box;
  const { x, y, width, height } = place;
  const first = y + height / 2 - ((lines.length - 1) * lineHeight) / 2;
  const shape = (
    <>
      <title>{title}</title>
      <rect x={x} y={y} width={width} height={height} rx={kind === 'group' ? 12 : 4} />
      {state && (
        <use
          href={`#state-${state}`}
          class="mark"
          x={x + 8}
          y={first - markSize / 2}
          width={markSize}
          height={markSize}
        />
      )}
      {lines.map((line, index) => (
        <text
          class={index === 0 ? 'name' : 'more'}
          x={x + 28}
          y={first + index * lineHeight}
          dominant-baseline="central"
        >
          {line}
        </text>
      ))}
    </>
  );
  const marks = {
    class: `box ${kind} ${state ?? 'alone'}${isCentre ? ' centre' : ''}`,
    'data-box': index,
  };
  if (href === undefined) return <g {...marks}>{shape}</g>;
  return (
    <a {...marks} href={href}>
      {shape}
    </a>
  );
}

/** What colours and lines of the picture mean, and how many of each there are. */
export function NetworkLegend({
  counts,
}: {
  readonly counts: readonly { readonly state: NetworkState; readonly count: number }[];
}): Markup {
  return (
    <ul class="legend">
      {counts.map(({ state, count }) => (
        <li class={`arrow ${state}`}>
          <svg width="40" height="12" aria-hidden="true">
            <path class="stroke" d="M0 6L40 6" />
          </svg>{' '}
          <svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
            <use href={`#state-${state}`} />
          </svg>{' '}
          {stateMarks[state].word}: {count}
        </li>
      ))}
    </ul>
  );
}
