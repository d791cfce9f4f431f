/**
 * Replays golden answers of the real Pact Broker: `node bench/golden.mjs <file.jsonl.gz>…`. Prints what differs, how many
 * answers each named deviation touches, and `N passed, M failed`.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { recordDeployment, recordRelease } from '../../dist/decide/deployments.js';
import { createEnvironment } from '../../dist/decide/environments.js';
import { publish } from '../../dist/decide/publish.js';
import { recordResult } from '../../dist/decide/verification.js';
import { addToBranch, ensureVersion, putTag } from '../../dist/decide/versions.js';
import { parseJson } from '../../dist/domain/json.js';
import { emptyFolder } from '../../dist/domain/tree.js';
import { Draft } from '../../dist/format/draft.js';
import { defaultSettings } from '../../dist/format/settings.js';
import { snapshotOf } from '../../dist/format/snapshot.js';
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
import { checkHistory } from './golden-check.mjs';

const gitpact = {
  addToBranch,
  createEnvironment,
  defaultSettings,
  Draft,
  emptyFolder,
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
  snapshotOf,
  verificationNotices,
  wipUrlMetadata,
};

const shown = 5;
const touched = new Map();
let passed = 0;
const failures = [];
for (const path of process.argv.slice(2)) {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean);
  lines.forEach((line, index) => {
    for (const outcome of checkHistory(gitpact, JSON.parse(line))) {
      for (const name of outcome.deviations) touched.set(name, (touched.get(name) ?? 0) + 1);
      if (outcome.differences.length === 0) passed += 1;
      else failures.push({ where: `${path} line ${index + 1}`, ...outcome });
    }
  });
}
for (const { where, asked, differences } of failures.slice(0, shown)) {
  console.log(`${where}: ${asked}`);
  for (const { what, recorded, ours } of differences) {
    console.log(`  ${what}\n    broker:  ${JSON.stringify(recorded)}\n    gitpact: ${JSON.stringify(ours)}`);
  }
}
if (failures.length > shown) console.log(`… and ${failures.length - shown} more answers that differ`);
for (const [name, count] of [...touched].sort()) console.log(`${name}: ${count}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
