import Table from 'cli-table3';

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

/** A table in box characters, as the Pact Broker's command line draws it. */
export function terminalTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], chars: frame, style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  const [top, header, line, ...body] = table.toString().split('\n');
  return [top, header, line, ...body.filter((_, index) => index % 2 === 0), body.at(-1)]
    .filter(uniqueLast)
    .join('\n');
}

function uniqueLast(
  line: string | undefined,
  index: number,
  lines: readonly (string | undefined)[],
): boolean {
  return line !== undefined && !(index === lines.length - 1 && line === lines[index - 1]);
}
