// npm run bench -- [can-i-deploy|startup|queries|diff|cold …]: figures as medians, and as ratios measured side by side in one run.
import { existsSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { timeColdPipelines } from './cold.mjs';
import { timeDiffs } from './diffs.mjs';
import { median, timeProcesses } from './processes.mjs';
import { timeQueries } from './queries.mjs';
import { seed } from './seed.mjs';

const bin = fileURLToPath(new URL('../../bin/gitpact.js', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    stores: { type: 'string', default: join(tmpdir(), 'gitpact-bench') },
    sizes: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const rounds = Number(values.rounds ?? 11);
const sizesOr = (usual) => (values.sizes ?? usual).split(',').map(Number);
const sizes = sizesOr('1000,10000,100000');
/** Exit codes of yes, no and not verified yet. */
const answers = [0, 1, 3];
const node = { name: 'node -e 0', argv: [process.execPath, '-e', '0'] };

async function storeOf(size) {
  const repo = join(values.stores, `${size}.git`);
  if (!existsSync(join(repo, 'packed-refs')) && !existsSync(join(repo, 'refs/heads/main'))) {
    process.stderr.write(`seeding ${size} versions\n`);
    await seed({ pacticipants: 50, versions: size / 50, repo });
  }
  return repo;
}

const benchmarks = {
  async 'can-i-deploy'() {
    const commands = [node];
    for (const size of sizes) {
      const version = `1.${size / 50}.0`;
      commands.push({
        name: `can-i-deploy, ${size} versions`,
        argv: [
          process.execPath,
          bin,
          'can-i-deploy',
          '-a',
          'service-1',
          '-e',
          version,
          '--to-environment',
          'production',
        ],
        env: { GITPACT_REPO: await storeOf(size) },
        expected: answers,
      });
    }
    return table(timeProcesses(commands, rounds), [
      ['node -e 0', 'node'],
      [`can-i-deploy, ${sizes[0]} versions`, 'smallest'],
    ]);
  },
  async startup() {
    const repo = await storeOf(sizes[0]);
    const question = ['-a', 'service-1', '-e', `1.${sizes[0] / 50}.0`, '--to-environment', 'production'];
    const commands = [
      node,
      { name: 'gitpact --version', argv: [process.execPath, bin, '--version'] },
      { name: 'gitpact --help', argv: [process.execPath, bin, '--help'] },
      {
        name: 'gitpact can-i-deploy',
        argv: [process.execPath, bin, 'can-i-deploy', ...question],
        env: { GITPACT_REPO: repo },
        expected: answers,
      },
    ];
    return table(timeProcesses(commands, rounds), [['node -e 0', 'node']]);
  },
  async diff() {
    const times = timeDiffs(rounds);
    const [[base]] = times;
    return table(times, [[base, 'JSON.parse']]);
  },
  async queries() {
    return table(timeQueries(rounds), []);
  },
  async cold() {
    const rows = [];
    for (const size of sizesOr('20000,100000')) {
      rows.push(...(await timeColdPipelines(await storeOf(size), size, Number(values.rounds ?? 3))));
    }
    return rows;
  },
};

function table(times, bases) {
  return [...times].map(([name, runs]) => {
    const row = { name, median: median(runs), min: runs[0], max: runs.at(-1) };
    for (const [base, label] of bases) row[`× ${label}`] = median(runs) / median(times.get(base));
    return row;
  });
}

// A cold pipeline takes minutes and says what it is in its own columns: it is run when it is named.
const usual = Object.keys(benchmarks).filter((name) => name !== 'cold');
const chosen = positionals.length > 0 ? positionals : usual;
for (const name of chosen) {
  if (!benchmarks[name])
    throw new Error(`no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(', ')}`);
}
const { model } = cpus()[0];
const machine = { node: process.version, cpu: model, cores: cpus().length, rounds };
const results = {};
for (const name of chosen) results[name] = await benchmarks[name]();
if (values.json) console.log(JSON.stringify({ machine, results }, null, 2));
else {
  console.log(
    `node ${machine.node}, ${machine.cores} × ${machine.cpu}, medians of ${rounds} runs, milliseconds`,
  );
  for (const [name, rows] of Object.entries(results)) {
    console.log(`\n${name}`);
    console.table(
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([key, value]) => [
            key,
            typeof value === 'number' ? Number(value.toFixed(2)) : value,
          ]),
        ),
      ),
    );
  }
}
