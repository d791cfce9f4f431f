import Table from 'cli-table3';
import { escapeHidden } from '../domain/hidden-characters.ts';

const frame = {
  top: '─',
  'top-mid': '┬',
  'top-left': '┌',
  'top-right': '┐',
  bottom: '─',
  'bottom-mid': '┴',
  'bottom-left': '└',
  'bottom-right': '┘',
  left: '│',
  'left-mid': '╞',
  mid: '═',
  'mid-mid': '╪',
  right: '│',
  'right-mid': '╡',
  middle: '┆',
};

/**
 * A table in box characters, as the Pact Broker's command line draws it, in so many columns; heads are of one line. Where
 * not even these fit, each row is a list of names and values. Hidden characters of cells are shown by their escapes, so
 * that they take the room they are given.
 */
export function terminalTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  columns = Number.POSITIVE_INFINITY,
): string {
  const safe = (row: readonly string[]) => row.map((cell) => escapeHidden(cell, '\n'));
  if (leastWidths(head).reduce((sum, width) => sum + width + 1, 1) > columns) {
    return listed(safe(head), rows.map(safe));
  }
  const [top = '', header, ...below] = linesWithin(columns, safe(head), rows.map(safe));
  const body = rows.length === 0 ? below : below.slice(1).map(betweenRows);
  return [top, header, translated(top, '┌─┬┐', '╞═╪╡'), ...body].join('\n');
}

function leastWidths(head: readonly string[]): readonly number[] {
  return head.map(({ length }) => length + 2);
}

function listed(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = Math.max(...head.map(({ length }) => length)) + 2;
  const lineOf = (name: string, cell = '') =>
    `${name.padEnd(width)}${cell.replaceAll('\n', `\n${' '.repeat(width)}`)}`.trimEnd();
  return rows.map((row) => head.map((name, index) => lineOf(name, row[index])).join('\n')).join('\n\n');
}

/** The lines of the table; where it is wider than `columns`, its widest columns are made narrower and wrap. */
function linesWithin(
  columns: number,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string[] {
  const lines = linesOf(head, rows, {});
  const widths = (lines[0] ?? '')
    .slice(1, -1)
    .split('┬')
    .map(({ length }) => length);
  const least = leastWidths(head);
  let excess = widths.reduce((sum, width) => sum + width + 1, 1) - columns;
  if (excess <= 0) return lines;
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((width, index) => width - (least[index] ?? 0));
    const widest = widths.indexOf(Math.max(...widths.filter((_, index) => (spare[index] ?? 0) > 0)));
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return linesOf(head, rows, { colWidths: widths, wordWrap: true, wrapOnWordBoundary: false });
}

function linesOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  fit: Table.TableConstructorOptions,
): string[] {
  const table = new Table({ head: [...head], chars: frame, style: { head: [], border: [] }, ...fit });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split('\n');
}

/** A line between rows is fainter than the one below the head. */
function betweenRows(line: string): string {
  return line.startsWith('╞') ? translated(line, '╞═╪╡', '├╌┼┤') : line;
}

function translated(line: string, from: string, to: string): string {
  return [...line].map((part) => to[from.indexOf(part)] ?? part).join('');
}
