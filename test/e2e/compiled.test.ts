import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundled } from './installed.ts';

const app = bundled();
const folder = join(app, 'dist', 'bundle');

/** What a call of gitpact prints. */
function gitpact(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(app, 'bin', 'gitpact.js'), ...args]);
  return `${stdout}${stderr}`;
}

/** The files that are loaded by loading `start`, and whether V8 took what it made of them before. */
function taken(start: string): Record<string, boolean> {
  const script = `
    const { loaderOf } = require(${JSON.stringify(join(app, 'bin', 'load.js'))});
    const { load, scripts } = loaderOf(${JSON.stringify(folder)});
    load(${JSON.stringify(start)});
    const taken = [...scripts].map(([name, { script }]) => [name, script.cachedDataRejected === false]);
    console.log(JSON.stringify(Object.fromEntries(taken)));
  `;
  const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  return JSON.parse(stdout) as Record<string, boolean>;
}

/** Puts another text where `before` stands in a file that is loaded, and does `work`; then all is as it was. */
function withText(name: string, before: string, after: string, work: () => void): void {
  const path = join(folder, name);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
  try {
    work();
  } finally {
    writeFileSync(path, text);
  }
}

describe('what V8 made of the command when it was packed', () => {
  it('is taken for every file that a short command loads', () => {
    expect(taken('main.js')).toEqual({ 'main.js': true });
    for (const chunk of ['ask', 'record']) {
      const [name = ''] = [...readFileSync(join(folder, 'main.js'), 'utf8').matchAll(/\.\/([\w-]+\.js)/g)]
        .flatMap(([, file = '']) => file)
        .filter((file) => file.startsWith(`${chunk}-`));
      const files = taken(name);
      expect(Object.keys(files)).toContain(name);
      expect(Object.values(files)).not.toContain(false);
    }
  });

  it('is not taken for a file that says something else by now, even of the same length', () => {
    expect(gitpact('publich')).toContain('There is no command "publich".');
    withText('main.js', 'There is no command', 'There was a command', () => {
      expect(taken('main.js')).toEqual({ 'main.js': false });
      expect(gitpact('publich')).toContain('There was a command "publich".');
    });
  });

  it('is missed by nobody when it is of another Node, damaged or gone', () => {
    const path = join(folder, 'main.js.v8');
    const kept = readFileSync(path);
    const version = gitpact('--version');
    const other = Buffer.from(kept);
    other[4 + 4] = (other[4 + 4] ?? 0) ^ 255;
    for (const found of [other, kept.subarray(0, 1000), kept.subarray(0, 4), Buffer.alloc(0)]) {
      writeFileSync(path, found);
      expect(taken('main.js')).toEqual({ 'main.js': false });
      expect(gitpact('--version')).toBe(version);
    }
    rmSync(path);
    expect(gitpact('--version')).toBe(version);
    writeFileSync(path, kept);
  });
});
