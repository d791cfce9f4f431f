import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom, from the bottom up: a folder may import itself and what its row names. `pure` folders are
 * synchronous functions of what they are given: no promises, clock, randomness, process or console.
 */
const layers: Readonly<Record<string, { readonly imports: readonly string[]; readonly pure?: true }>> = {
  domain: { imports: [], pure: true },
  format: { imports: ['domain'], pure: true },
  query: { imports: ['domain'], pure: true },
  decide: { imports: ['domain', 'format', 'query'], pure: true },
  render: { imports: ['domain', 'format', 'query', 'decide'], pure: true },
  store: { imports: ['domain'] },
  broker: { imports: ['domain', 'format', 'query', 'decide', 'render', 'store'] },
  http: { imports: ['domain', 'format', 'query', 'decide', 'render', 'broker'] },
  cli: { imports: ['domain', 'format', 'query', 'decide', 'render', 'store', 'broker', 'http'] },
  'index.ts': { imports: ['domain', 'format', 'query', 'decide', 'render', 'store', 'broker', 'http'] },
};

/** Packages of Node that pure folders may use: they compute, and touch nothing. */
const pureNode = new Set(['node:buffer', 'node:crypto', 'node:module']);

type Sources = ReadonlyMap<string, string>;

const sources: Sources = new Map(
  readdirSync(fileURLToPath(new URL('../src', import.meta.url)), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [
      path.replaceAll('\\', '/'),
      readFileSync(join(fileURLToPath(new URL('../src', import.meta.url)), path), 'utf8'),
    ]),
);

function code(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, (literal) =>
      /^['"]/.test(literal) ? literal : '``',
    );
}

function importsOf(text: string): string[] {
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  return [...text.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(pattern)].map(([, a, b]) => a ?? b ?? '');
}

const layerOf = (path: string): string => path.split('/')[0] ?? '';

function wrongImports(all: Sources): string[] {
  return [...all].flatMap(([path, text]) =>
    importsOf(text).flatMap((target) => {
      const from = layerOf(path);
      const rules = layers[from];
      if (!rules) return [`${path} lies in a folder that is not in the table`];
      if (!target.startsWith('.')) {
        return rules.pure && target.startsWith('node:') && !pureNode.has(target)
          ? [`${path} imports ${target}`]
          : [];
      }
      const to = layerOf(posix.join(posix.dirname(path), target));
      return to === from || rules.imports.includes(to) ? [] : [`${path} imports ${to}`];
    }),
  );
}

function circles(all: Sources): string[] {
  const graph = new Map(
    [...all].map(([path, text]) => [
      path,
      importsOf(text)
        .filter((target) => target.startsWith('.'))
        .map((target) => posix.join(posix.dirname(path), target)),
    ]),
  );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

const impurities: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['async', /\basync\s+(?:function\b|\(|\w+\s*(?:=>|\())|\bawait\s|\bPromise\b/],
  ['a clock', /\bnew Date\(\)|\bDate\.now\b|\bperformance\b|\bsetTimeout\b/],
  ['randomness', /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b/],
  ['the process', /\bprocess\b\s*[.[]/],
  ['the console', /\bconsole\b\s*\./],
];

function impure(all: Sources): string[] {
  return [...all].flatMap(([path, text]) =>
    layers[layerOf(path)]?.pure
      ? impurities.flatMap(([what, pattern]) => (pattern.test(code(text)) ? [`${path} uses ${what}`] : []))
      : [],
  );
}

function spawning(all: Sources): string[] {
  return [...all]
    .flatMap(([path, text]) => (/^import (?!type\b).*'node:child_process'/m.test(text) ? [path] : []))
    .sort();
}

describe('the architecture', () => {
  it('lets imports point down only', () => expect(wrongImports(sources)).toEqual([]));
  it('has no circle of imports', () => expect(circles(sources)).toEqual([]));
  it('keeps pure folders pure', () => expect(impure(sources)).toEqual([]));
  it('starts processes in three places: Git, the verifier, and the commands of users', () => {
    const allowed = ['broker/verifier.ts', 'cli/child-command.ts', 'store/run-git.ts'];
    expect(spawning(sources).filter((path) => !allowed.includes(path))).toEqual([]);
  });
  it('has no barrel but index.ts', () => {
    const barrels = [...sources].filter(
      ([path, text]) => path !== 'index.ts' && /^export (\*|\{[^}]*\}) from/m.test(text),
    );
    expect(barrels.map(([path]) => path)).toEqual([]);
  });
});

describe('the architecture test notices', () => {
  const planted = (path: string, text: string): Sources => new Map([...sources, [path, text]]);

  it.each([
    [
      'an upward import',
      'query/planted.ts',
      "import { Draft } from '../format/draft.ts';",
      'query/planted.ts imports format',
    ],
    [
      'an upward import of a type',
      'domain/planted.ts',
      "import type { A } from '../query/a.ts';",
      'domain/planted.ts imports query',
    ],
    [
      'an upward dynamic import',
      'store/planted.ts',
      "const a = import('../broker/broker.ts');",
      'store/planted.ts imports broker',
    ],
    [
      'a package that touches the world',
      'decide/planted.ts',
      "import { readFileSync } from 'node:fs';",
      'decide/planted.ts imports node:fs',
    ],
    [
      'a folder nobody named',
      'utils/planted.ts',
      "import '../domain/tree.ts';",
      'utils/planted.ts lies in a folder that is not in the table',
    ],
  ])('%s', (_what, path, text, complaint) => {
    expect(wrongImports(planted(path, text))).toContain(complaint);
  });

  it('a circle', () => {
    const all = new Map([
      ...planted('query/one.ts', "import './two.ts';"),
      ['query/two.ts', "import { a } from './one.ts';"] as const,
    ]);
    expect(circles(all)).toEqual(['query/one.ts → query/two.ts → query/one.ts']);
  });

  it.each([
    ['async', 'export async function a() {}'],
    ['async', 'const a = () => Promise.resolve(1);'],
    ['a clock', 'const now = new Date();'],
    ['randomness', 'const a = Math.random();'],
    ['the process', 'const a = process.env.A;'],
    ['the console', "console.log('a');"],
  ])('%s in a pure folder', (what, text) => {
    expect(impure(planted('decide/planted.ts', text))).toEqual([`decide/planted.ts uses ${what}`]);
  });

  it('a process started elsewhere', () => {
    expect(spawning(planted('http/planted.ts', "import { spawn } from 'node:child_process';"))).toContain(
      'http/planted.ts',
    );
  });
});
