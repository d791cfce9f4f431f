import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';

// Packs the command line into a few files: Node spends a millisecond on each module it opens, a command would open 80.
// They are CommonJS, with which Node begins 5 ms sooner, and what V8 makes of them lies beside them (see bin/load.js).
// What a short command needs is packed along; what only some commands need stays a package and is loaded when needed.
const packed = [
  'yargs-parser',
  'picocolors',
  'cli-table3',
  'string-width',
  'strip-ansi',
  'ansi-regex',
  'emoji-regex',
  'is-fullwidth-code-point',
  '@colors/colors',
  'fast-json-stable-stringify',
];

/** Files that are loaded together, each by what it begins with; a module lies in the first that reaches it by imports. */
const together = [
  ['start', ['src/cli/main.ts']],
  ['ask', ['src/cli/commands/can-i-deploy.ts']],
  ['record', ['src/cli/commands/publish.ts', 'src/cli/commands/deployments/record-deployment.ts']],
];

/** The modules that the modules of these ends of paths import, and what those import. */
function reachOf(ends, getModuleInfo, ids) {
  const reached = new Set();
  const visit = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    for (const imported of getModuleInfo(id)?.importedIds ?? []) visit(imported);
  };
  for (const id of ids) if (ends.some((end) => id.endsWith(`/${end}`))) visit(id);
  return reached;
}

const groupOf = new Map();

/** Which files are packed together depends on who imports whom, which is known when all are read. */
const grouping = {
  name: 'loaded-together',
  buildEnd() {
    groupOf.clear();
    const ids = [...this.getModuleIds()];
    for (const [name, ends] of together) {
      for (const id of reachOf(ends, (of) => this.getModuleInfo(of), ids)) {
        if (!groupOf.has(id)) groupOf.set(id, name);
      }
    }
  },
};

/** What pages load beside themselves is read from where it lies in the sources. */
const assets = {
  name: 'assets',
  writeBundle: ({ dir }) =>
    cpSync('src/render/pages/assets', join(dir, '..', 'render', 'pages', 'assets'), { recursive: true }),
};

/** What is loaded with its compiled form cannot import packages by itself: bin/load.js does that for it. */
const packages = {
  name: 'packages',
  renderChunk: (code, { name }) =>
    name === 'verifier-child' ? code : code.replaceAll(/\bimport\((?=["'`][^."'`])/g, 'importPackage('),
};

/** Node takes the files of the folder as CommonJS, and finds what V8 makes of them beside them. */
const compiled = {
  name: 'compiled',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
  writeBundle({ dir }) {
    // Without, it works as well, and starts a little later.
    spawnSync(process.execPath, ['.compile.cjs', dir], { stdio: 'inherit' });
  },
};

export default {
  input: { main: 'src/cli/main.ts', 'verifier-child': 'src/broker/verifier-child.ts' },
  platform: 'node',
  external: (id) =>
    !id.startsWith('.') &&
    !id.startsWith('/') &&
    !/^[A-Z]:/.test(id) &&
    !id.startsWith('src/') &&
    !packed.some((name) => id === name || id.startsWith(`${name}/`)),
  plugins: [assets, grouping, packages, compiled],
  output: {
    dir: 'dist/bundle',
    format: 'cjs',
    cleanDir: true,
    // Names stay, for whoever reads a stack; a third of what Node reads is room and comments.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ debugName: 'loaded together', name: (id) => groupOf.get(id) ?? null }],
    },
  },
};
