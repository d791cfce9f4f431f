import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { installed } from '../e2e/installed.ts';

interface Row {
  readonly area: string;
  readonly versions?: number;
  readonly what: string;
  readonly unit: string;
  readonly median: number;
  readonly beside?: string;
  readonly ratio?: number;
}

/** All areas but those that take long however small the store is. */
const areas = [
  ...['start-up', 'can-i-deploy', 'matrix', 'publish', 'serve-start', 'serve-reads'],
  ...['serve-publishes', 'serve-mixed', 'fsck', 'clean', 'events', 'growth'],
];

const app = installed();
cpSync(fileURLToPath(new URL('.', import.meta.url)), join(app, 'test', 'bench'), { recursive: true });

/** Runs the benchmarks. */
function bench(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(app, 'test', 'bench', 'bench.mjs'), ...args], {
    encoding: 'utf8',
  });
}

it('prints a table, and as JSON a row for each figure of every area', { timeout: 300_000 }, () => {
  const json = join(app, 'figures.json');
  const options = ['--sizes', '50', '--rounds', '1', '--requests', '8', '--stores', join(app, 'stores')];
  const { status, stdout, stderr } = bench(...options, '--json-file', json, ...areas);
  expect(status, stderr).toBe(0);
  const { machine, rows } = JSON.parse(readFileSync(json, 'utf8')) as {
    machine: object;
    rows: readonly Row[];
  };
  expect(machine).toMatchObject({ node: process.version.slice(1), rounds: 1 });
  expect([...new Set(rows.map(({ area }) => area))]).toEqual(areas);
  for (const { area, versions, what, unit, median, beside, ratio } of rows) {
    expect([area, what, unit, median]).toEqual([area, what, unit, expect.any(Number)]);
    expect(versions).toBe(area === 'start-up' ? undefined : 50);
    expect(ratio === undefined).toBe(beside === undefined);
    expect(stdout).toContain(what);
  }
});

it('prints nothing but JSON where that is wished for', () => {
  const { stdout } = bench('start-up', '--rounds', '1', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ rows: [{ what: 'node -e 0', unit: 'ms' }, {}, {}] });
});

it('names the areas there are when it knows none of a name', () => {
  const { status, stdout, stderr } = bench('no-such');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('There is no area "no-such"; there are: start-up, can-i-deploy,');
});
