// Do the tests notice when a question or a decision is wrong? Breaks the code in every small way, one at a time, and runs
// the tests that reach it.
//
//   npm run mutation                            all areas
//   npm run mutation -- matrix diff             some of them
//   npm run mutation -- overviews dashboard.ts  one file of an area
//   npm run mutation -- --static                what is built once when a module is loaded (tables, patterns) as well: slow
//
// Works on a copy in the folder for temporary files and installs Stryker there: as a dependency it would bring 120 packages
// to everybody. Prints each change that no test noticed, and the scores. What remains, and why: test/bench/mutation.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const stryker = ['@stryker-mutator/core@9.6.1', '@stryker-mutator/vitest-runner@9.6.1'];

/** For each area: the code that is changed, and the tests that shall notice; without those that take seconds each time. */
const areas = {
  matrix: {
    mutate: ['query/matrix/*', 'query/{asked,both,can-i-deploy,publications}', 'query/version-*'],
    tests: [
      'query/{asked,hard-parts,limit,matrix,matrix-fine-points,matrix-query,matrix-reasons,matrix-rows}',
      'query/{overviews,version-selectors}',
    ],
  },
  'for-verification': {
    mutate: ['query/for-verification/*'],
    tests: ['query/{for-verification,verification-request,metadata,hard-parts}'],
  },
  diff: {
    mutate: ['query/diff*'],
    tests: [
      'query/diff{,-alignment,-broker,-generated,-json,-judgements,-matchers,-part,-parts,-rule-search,-rules}',
    ],
  },
  overviews: {
    mutate: [
      'query/{broker-metrics,dashboard,events,integrations,latest-pacts,provider-states,required-verifications}',
      'query/{verification-status,webhooks}',
    ],
    tests: ['query/{broker-metrics,dashboard,events,hard-parts,overviews,webhooks}'],
  },
  decide: {
    mutate: [
      'decide/{deletions,deployments,environments,fact,pacticipants,publish,verification,versions,webhooks}',
    ],
    tests: [
      'decide/{deletions,environments,first-trip,pacticipants,publish,rebuild,verification,versions,webhooks}',
      'query/hard-parts',
    ],
  },
  upkeep: { mutate: ['decide/upkeep'], tests: ['decide/{laws,rebuild,deletions,upkeep}'] },
  fsck: {
    mutate: ['decide/{examine*,finding,rebuild,repair,survey,twins}'],
    tests: ['decide/{examine,examine-facts,rebuild}'],
  },
};

const { values: wish, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    static: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '2' },
    folder: { type: 'string', default: join(tmpdir(), 'gitpact-mutation') },
  },
});
const chosen = positionals.filter((name) => name in areas);
const files = positionals.filter((name) => !(name in areas));

copyProject(wish.folder);
const scores = (chosen.length > 0 ? chosen : Object.keys(areas)).flatMap((area) => scoresOf(area, run(area)));
printScores(scores);

/** Puts what Git knows of the project into `folder`, as it lies here, with its packages and Stryker. */
function copyProject(folder) {
  const project = fileURLToPath(new URL('../..', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const part of ['src', 'test', 'fixtures'])
    rmSync(join(folder, part), { recursive: true, force: true });
  const known = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
  });
  for (const path of known.toString('utf8').split('\0').filter(Boolean)) {
    if (!existsSync(join(project, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(project, path), join(folder, path));
  }
  if (existsSync(join(folder, 'node_modules/@stryker-mutator/core'))) return;
  const install = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...stryker];
  execFileSync('npm', install, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Runs Stryker over an area. @returns its report. */
function run(area) {
  const { mutate, tests } = areas[area];
  const report = join(wish.folder, `${area}.json`);
  const wanted =
    files.length > 0
      ? files.map((file) => `src/${mutate[0].split('/')[0]}/**/${file}`)
      : mutate.map((glob) => `src/${glob}.ts`);
  const vitest = {
    include: tests.map((glob) => `test/${glob}.test.ts`),
    testTimeout: 60_000,
    isolate: wish.static,
    maxWorkers: 1,
  };
  writeFileSync(
    join(wish.folder, '.vitest.mutation.mjs'),
    `export default ${JSON.stringify({ test: vitest })};\n`,
  );
  const options = {
    mutate: wanted,
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: '.vitest.mutation.mjs', related: false },
    coverageAnalysis: 'perTest',
    ignoreStatic: !wish.static,
    ignorePatterns: ['dist'],
    concurrency: Number(wish.concurrency),
    timeoutMS: 60_000,
    tsconfigFile: 'none.json',
    tempDirName: '.stryker-tmp',
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
  };
  writeFileSync(join(wish.folder, '.stryker.json'), JSON.stringify(options));
  const done = spawnSync('npx', ['stryker', 'run', '.stryker.json'], {
    cwd: wish.folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** One line for each file; prints what was not noticed in it. */
function scoresOf(area, report) {
  return Object.entries(report.files).map(([file, { source, mutants }]) => {
    const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
    for (const mutant of mutants)
      if (['Survived', 'NoCoverage'].includes(mutant.status)) printChange(file, source, mutant);
    return {
      area,
      file: file.replace('src/', ''),
      noticed: count('Killed', 'Timeout'),
      unnoticed: count('Survived', 'NoCoverage'),
      left: count('Ignored'),
    };
  });
}

function printChange(file, source, { location: { start, end }, status, mutatorName, replacement }) {
  const lines = source.split('\n');
  const first = lines[start.line - 1];
  const was = start.line === end.line ? first.slice(start.column - 1, end.column - 1) : `${first.trim()} …`;
  const becomes = replacement.replace(/\s+/g, ' ');
  console.log(`${file}:${start.line}:${start.column} ${status} ${mutatorName}\n    ${was}\n  → ${becomes}`);
}

function printScores(scores) {
  const total = (name, of) => {
    const sum = (field) => of.reduce((before, score) => before + score[field], 0);
    const [noticed, unnoticed] = [sum('noticed'), sum('unnoticed')];
    const score = ((100 * noticed) / Math.max(noticed + unnoticed, 1)).toFixed(1);
    console.log(
      `${score.padStart(6)} %  ${noticed} of ${noticed + unnoticed}  ${name} (${sum('left')} not tried)`,
    );
  };
  for (const score of scores) total(score.file, [score]);
  for (const area of new Set(scores.map(({ area }) => area)))
    total(
      `area ${area}`,
      scores.filter((score) => score.area === area),
    );
  total('all', scores);
}
