import type { NetworkState } from '../../../query/network.ts';
import { type Drawing, type DrawnArrow, type DrawnBox, lineHeight } from '../../graph/drawing.ts';
import type { Layout, PlacedBox } from '../../graph/layout.ts';
import { stateMarks } from '../../graph/network-words.ts';
import type { Markup } from '../page.ts';

const margin = 8;
const markSize = 14;

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
  return (
    <svg class="network" width={width} height={height} viewBox={`${-margin} ${-margin} ${width} ${height}`}>
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
      {drawing.arrows.map((arrow, index) => (
        <Arrow arrow={arrow} path={layout.arrows[index] ?? ''} />
      ))}
      {drawing.boxes.map((box, index) => {
        const place = layout.boxes[index];
        return place ? <Box box={box} place={place} /> : '';
      })}
    </svg>
  );
}

function Arrow({ arrow, path }: { readonly arrow: DrawnArrow; readonly path: string }): Markup {
  const { title, state, href } = arrow;
  const shape = (
    <>
      <title>{title}</title>
      <path class="reach" d={path} />
      <path class="stroke" d={path} marker-end={`url(#tip-${state})`} />
    </>
  );
  if (href === undefined) return <g class={`arrow ${state}`}>{shape}</g>;
  return (
    <a class={`arrow ${state}`} href={href} tabindex={-1}>
      {shape}
    </a>
  );
}

function Box({ box, place }: { readonly box: DrawnBox; readonly place: PlacedBox }): Markup {
  const { lines, title, state, kind, href } = box;
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
  const shown = `box ${kind} ${state ?? 'alone'}`;
  if (href === undefined) return <g class={shown}>{shape}</g>;
  return (
    <a class={shown} href={href}>
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
          {stateMarks[state].word}: {count}
        </li>
      ))}
    </ul>
  );
}
