import Table from 'cli-table3';
import { groupBy } from '../../domain/grouping.ts';
import { byCodePoint } from '../../domain/names.ts';
import type { Version } from '../../domain/records.ts';
import type { MatrixAnswer } from '../../query/matrix/matrix.ts';
import { type MatrixRow, successOf } from '../../query/matrix/reduce.ts';
import { characters, elided } from '../elided.ts';
import type { StatePaint } from '../state-paint.ts';

/** How many versions of either side a picture shows at the most. */
const most = 60;

/** A picture's cell: a shape and a word. The colour comes on top. */
const cells = {
  verified: { mark: '✓', word: 'passed' },
  failed: { mark: '✗', word: 'failed' },
  faint: { mark: '·', word: 'no result' },
} as const;

type Cell = keyof typeof cells;

/**
 * The matrix as pictures, one for each pair: consumer versions down, provider versions across, newest first. Where not
 * everything fits with words into so many columns, cells are marks alone and versions are written downwards; what does not
 * fit then is left out, and counted. Ends with a line break; empty without rows.
 */
export function matrixGrids(answer: MatrixAnswer, columns: number, paint: StatePaint): string {
  const keyOfPair = ({ consumer, provider }: MatrixRow) => JSON.stringify([consumer, provider]);
  const pairs = [...groupBy(answer.rows, keyOfPair)].sort(([a], [b]) => byCodePoint(a, b));
  if (pairs.length === 0) return '';
  const legend = (['verified', 'failed', 'faint'] as const).map(
    (cell) => `${paint[cell](cells[cell].mark)} ${cells[cell].word}`,
  );
  const ignored = answer.ignoredRows.length;
  const more = ignored > 0 ? `\nNot shown: ${ignored} ignored.` : '';
  return `${[...pairs.map(([, rows]) => picture(rows, columns, paint)), `${legend.join('   ')}${more}`].join('\n\n')}\n`;
}

function picture(rows: readonly MatrixRow[], columns: number, paint: StatePaint): string {
  const [first] = rows;
  if (!first) return '';
  const consumers = newestFirst(rows.map(({ consumerVersion }) => consumerVersion));
  const providers = newestFirst(rows.flatMap(({ providerVersion }) => providerVersion ?? []));
  const states = statesIn(rows);
  const shown = consumers.slice(0, most);
  const draw = (many: number, style: Style) => {
    const across = providers.slice(0, many);
    const body = shown.map((consumer) => [
      titleOf(consumer),
      ...across.map((provider) => style.cell(states.get(keyOf(consumer, provider)) ?? 'faint', paint)),
    ]);
    return drawn(['', ...across.map(({ number }) => style.head(number))], body, style.gap);
  };
  const { lines, many } = fitting(Math.min(providers.length, most), columns, draw);
  const title = `${paint.faint('down:')} ${elided(first.consumer, 40)}   ${paint.faint('across:')} ${elided(first.provider, 40)}`;
  const left = [
    leftOut(consumers.length - shown.length, first.consumer),
    leftOut(providers.length - many, first.provider),
  ].filter((text) => text !== undefined);
  return [
    title,
    ...(providers.length === 0 ? ['Nobody has verified any of these versions:'] : []),
    ...lines,
    ...(left.length > 0 ? [`Not shown: ${left.join(', ')}.`] : []),
  ].join('\n');
}

interface Style {
  readonly head: (number: string) => string;
  readonly cell: (cell: Cell, paint: StatePaint) => string;
  readonly gap: string;
}

const inWords: Style = {
  head: (number) => elided(number, 12),
  cell: (cell, paint) =>
    paint[cell](cell === 'faint' ? cells[cell].mark : `${cells[cell].mark} ${cells[cell].word}`),
  gap: '  ',
};

const inMarks: Style = {
  head: (number) => characters(elided(number, 12)).join('\n'),
  cell: (cell, paint) => paint[cell](cells[cell].mark),
  gap: ' ',
};

interface Drawn {
  readonly lines: readonly string[];
  /** How wide each column is. */
  readonly widths: readonly number[];
}

/** With words when all of it fits, else with marks, as many provider versions as fit. */
function fitting(all: number, columns: number, draw: (many: number, style: Style) => Drawn) {
  const widthOf = ({ widths }: Drawn, many: number, { gap }: Style) =>
    widths.slice(0, many + 1).reduce((sum, width) => sum + width + gap.length, -gap.length);
  const worded = draw(all, inWords);
  if (widthOf(worded, all, inWords) <= columns) return { lines: worded.lines, many: all };
  const marked = draw(all, inMarks);
  let many = all;
  while (many > 1 && widthOf(marked, many, inMarks) > columns) many -= 1;
  return { lines: draw(many, inMarks).lines, many };
}

const noLines = {
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
};

/** A table without lines. Its columns are as wide as a terminal shows them, which the line on top tells. */
function drawn(head: readonly string[], rows: readonly (readonly string[])[], gap: string): Drawn {
  const table = new Table({
    chars: { ...noLines, top: '─', 'top-mid': '┬', middle: gap },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  table.push(
    head.map((content) => ({ content, vAlign: 'bottom' as const })),
    ...rows.map((row) => [...row]),
  );
  const [top = '', ...lines] = table.toString().split('\n');
  return {
    lines: lines.map((line) => line.trimEnd()),
    widths: top.split('┬').map(({ length }) => length),
  };
}

function newestFirst(versions: readonly Version[]): readonly Version[] {
  const distinct = new Map(versions.map((version) => [version.number, version]));
  return [...distinct.values()].sort((a, b) => b.order - a.order);
}

/** What the newest result says of each two versions. */
function statesIn(rows: readonly MatrixRow[]): ReadonlyMap<string, Cell> {
  const newest = new Map<string, MatrixRow>();
  for (const row of rows) {
    if (!row.providerVersion) continue;
    const key = keyOf(row.consumerVersion, row.providerVersion);
    const before = newest.get(key);
    if (!before || (row.result?.number ?? 0) > (before.result?.number ?? 0)) newest.set(key, row);
  }
  return new Map([...newest].map(([key, row]) => [key, successOf(row) ? 'verified' : 'failed']));
}

function keyOf(consumer: Version, provider: Version): string {
  return JSON.stringify([consumer.number, provider.number]);
}

/** A consumer version, with the branch it was added to last. */
function titleOf({ number, branches }: Version): string {
  const branch = branches.at(-1);
  return branch ? `${elided(number, 16)} (${elided(branch.name, 16)})` : elided(number, 16);
}

function leftOut(count: number, name: string): string | undefined {
  return count > 0
    ? `${count} older ${count === 1 ? 'version' : 'versions'} of ${elided(name, 40)}`
    : undefined;
}
