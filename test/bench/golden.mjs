/**
 * Replays golden answers of the real Pact Broker: `npm run -s conformance:golden -- <file.jsonl.gz>…`, on the memory store,
 * or with `--git` on a bare Git repository for each history; `--sample 50` takes so many of the histories. Prints what
 * differs, how many answers each named deviation touches, and `N passed, M failed`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Broker } from '../../dist/broker/broker.js';
import { recordDeployment, recordRelease } from '../../dist/decide/deployments.js';
import { createEnvironment } from '../../dist/decide/environments.js';
import { publish } from '../../dist/decide/publish.js';
import { recordResult } from '../../dist/decide/verification.js';
import { addToBranch, ensureVersion, putTag } from '../../dist/decide/versions.js';
import { parseJson } from '../../dist/domain/json.js';
import { defaultSettings } from '../../dist/format/settings.js';
import { metadataFields } from '../../dist/query/for-verification/metadata.js';
import {
  metadataFor,
  pactsForVerification,
} from '../../dist/query/for-verification/pacts-for-verification.js';
import { parseVerificationRequest } from '../../dist/query/for-verification/request.js';
import { matrix } from '../../dist/query/matrix/matrix.js';
import { verificationNotices, wipUrlMetadata } from '../../dist/render/words/for-verification.js';
import { reasonNotice } from '../../dist/render/words/reasons.js';
import { shortDescription } from '../../dist/render/words/selectors.js';
import { memoryStore } from '../../dist/store/memory.js';
import { openStore } from '../../dist/store/open.js';
import { checkHistory } from './golden-check.mjs';

const gitpact = {
  addToBranch,
  Broker,
  createEnvironment,
  defaultSettings,
  ensureVersion,
  matrix,
  metadataFields,
  metadataFor,
  pactsForVerification,
  parseJson,
  parseVerificationRequest,
  publish,
  putTag,
  reasonNotice,
  recordDeployment,
  recordRelease,
  recordResult,
  shortDescription,
  verificationNotices,
  wipUrlMetadata,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { git: { type: 'boolean' }, sample: { type: 'string' } },
});

const folder = mkdtempSync(join(tmpdir(), 'gitpact-golden-'));
let repositories = 0;

/** A store in a new bare repository, through the git program. */
function gitStore(clock) {
  repositories += 1;
  const repository = join(folder, `${repositories}.git`);
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', repository]);
  const env = { ...process.env, GITPACT_GIT: 'git', HOME: folder };
  return openStore({ repository, env, cwd: folder, clock });
}

/** `count` of them, evenly spread. */
function sampleOf(histories, count) {
  if (count >= histories.length) return histories;
  return Array.from(
    { length: count },
    (_, index) => histories[Math.floor((index * histories.length) / count)],
  );
}

const histories = positionals.flatMap((path) => {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
  return lines.map((line, index) => ({ where: `${path} line ${index + 1}`, line }));
});
const chosen = sampleOf(histories, Number(values.sample ?? histories.length));
const open = values.git ? gitStore : (clock) => memoryStore({ clock });
const shown = 5;
const touched = new Map();
let passed = 0;
const failures = [];
try {
  for (const { where, line } of chosen) {
    for await (const outcome of checkHistory(gitpact, open, JSON.parse(line))) {
      for (const name of outcome.deviations) touched.set(name, (touched.get(name) ?? 0) + 1);
      if (outcome.differences.length === 0) passed += 1;
      else failures.push({ where, ...outcome });
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
for (const { where, asked, differences } of failures.slice(0, shown)) {
  console.log(`${where}: ${asked}`);
  for (const { what, recorded, ours } of differences) {
    console.log(`  ${what}\n    broker:  ${JSON.stringify(recorded)}\n    gitpact: ${JSON.stringify(ours)}`);
  }
}
if (failures.length > shown) console.log(`… and ${failures.length - shown} more answers that differ`);
for (const [name, count] of [...touched].sort()) console.log(`${name}: ${count}`);
console.log(`${chosen.length} of ${histories.length} histories, on ${values.git ? 'Git' : 'memory'}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
