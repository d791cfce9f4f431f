import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a module loads when it is loaded: its imports and exports from elsewhere, but not those of types alone. */
function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(/^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  return [...statements].map(([, name = '']) => name);
}

/** Every source that is loaded with one, and every package. */
function loadedWith(...entries: readonly string[]): { sources: Set<string>; packages: Set<string> } {
  const [sources, packages] = [new Set<string>(), new Set<string>()];
  const visit = (path: string) => {
    const name = relative(root, path);
    if (sources.has(name)) return;
    sources.add(name);
    for (const imported of importsOf(readFileSync(path, 'utf8'))) {
      const next = resolve(dirname(path), imported);
      if (imported.startsWith('.') && existsSync(next)) visit(next);
      else packages.add(imported);
    }
  };
  for (const entry of entries) visit(resolve(root, entry));
  return { sources, packages };
}

const packed = [
  ...(
    /packed = \[(.*?)\]/s.exec(readFileSync(resolve(root, '.rolldown.config.mjs'), 'utf8'))?.[1] ?? ''
  ).matchAll(/'([^']+)'/g),
].map(([, name]) => name);

describe('a start', () => {
  const version = loadedWith('src/cli/main.ts');
  const ask = loadedWith('src/cli/main.ts', 'src/cli/commands/can-i-deploy.ts');
  const record = loadedWith('src/cli/main.ts', 'src/cli/commands/publish.ts');

  it.each([
    ['--version', version],
    ['can-i-deploy', ask],
    ['publish', record],
  ])('of %s opens no package: what it needs at once is packed along', (_what, { packages }) => {
    const opened = [...packages].filter((name) => !isBuiltin(name) && !packed.includes(name));
    expect(opened).toEqual([]);
  });

  it.each([
    ['--version', version, /^src\/(broker|store\/(?!location)|query|decide|render|http)/],
    ['can-i-deploy', ask, /^src\/(http|decide)\/|webhook-|\/repair|\/pages\/|\/diff|retention/],
    ['publish', record, /^src\/http\/|webhook-(runner|sending|loop|request)|\/repair|\/pages\/|retention/],
  ])('of %s loads nothing that another command is about', (_what, { sources }, others) => {
    expect([...sources].filter((path) => others.test(path))).toEqual([]);
  });

  it('is traced through what is imported', () => {
    expect(ask.sources).toContain('src/query/matrix/matrix.ts');
    expect(ask.packages).toContain('cli-table3');
    expect(
      importsOf(
        "import type { A } from './a.ts';\nimport {\n  b,\n} from './b.ts';\nexport { c } from 'c';\n",
      ),
    ).toEqual(['./b.ts', 'c']);
  });
});
