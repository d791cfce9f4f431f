import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import Table from 'cli-table3';

/** On what it was measured, and how. */
export function machine(how) {
  const [{ model }, ...others] = cpus();
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return {
    gitpact: version,
    node: process.version.slice(1),
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).replace('git version', '').trim(),
    platform: `${process.platform} ${process.arch}`,
    processors: `${others.length + 1} × ${model}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    loadBefore: Number(loadavg()[2].toFixed(1)),
    ...how,
  };
}

/** All figures as one table, below a line that says of what. */
export function tableOf({ machine: { rounds, ...others }, rows }) {
  const about = Object.entries(others).map(([name, value]) => `${name} ${value}`);
  const head = ['area', 'versions', 'what', 'median', 'of', 'least–most', '×', 'beside'];
  const colAligns = head.map((name) => (['versions', 'median', '×'].includes(name) ? 'right' : 'left'));
  const style = { head: [], border: [], 'padding-left': 0 };
  const table = new Table({ head, colAligns, style, chars: { ...noLines, middle: ' ' } });
  let above = {};
  for (const row of rows) {
    table.push(cellsOf(row, above));
    above = row;
  }
  return `${about.join(', ')}; medians of ${rounds} runs\n\n${table}\n`;
}

const edges = ['top', 'bottom', 'left', 'right', 'mid'];
const crossings = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'];
const noLines = Object.fromEntries(
  [...edges, ...crossings, 'left-mid', 'mid-mid', 'right-mid'].map((place) => [place, '']),
);

/** What is as in the row above is not said again. */
function cellsOf({ area, versions = '', what, unit, median, min, max, ratio, beside }, above) {
  const isSameArea = area === above.area && versions === (above.versions ?? '');
  return [
    isSameArea ? '' : area,
    isSameArea ? '' : versions,
    isSameArea && what === above.what ? '' : what,
    rounded(median),
    unit,
    min === undefined ? '' : `${rounded(min)}–${rounded(max)}`,
    ratio === undefined ? '' : rounded(ratio),
    beside ?? '',
  ];
}

/** Three digits that count. */
function rounded(figure) {
  return figure >= 100 ? figure.toFixed(0) : String(Number(figure.toPrecision(3)));
}
