// Packs the command line into a few files: Node spends a millisecond on each module it opens, a command would open 80.
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

export default {
  input: { main: 'src/cli/main.ts', 'verifier-child': 'src/broker/verifier-child.ts' },
  platform: 'node',
  external: (id) =>
    !id.startsWith('.') &&
    !id.startsWith('/') &&
    !/^[A-Z]:/.test(id) &&
    !id.startsWith('src/') &&
    !packed.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: 'dist/bundle', format: 'esm', cleanDir: true },
};
