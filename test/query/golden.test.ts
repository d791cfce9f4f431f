import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordDeployment, recordRelease } from '../../src/decide/deployments.ts';
import { createEnvironment } from '../../src/decide/environments.ts';
import { publish } from '../../src/decide/publish.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { addToBranch, ensureVersion, putTag } from '../../src/decide/versions.ts';
import { parseJson } from '../../src/domain/json.ts';
import { emptyFolder } from '../../src/domain/tree.ts';
import { Draft } from '../../src/format/draft.ts';
import { defaultSettings } from '../../src/format/settings.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { metadataFields } from '../../src/query/for-verification/metadata.ts';
import {
  metadataFor,
  pactsForVerification,
} from '../../src/query/for-verification/pacts-for-verification.ts';
import { parseVerificationRequest } from '../../src/query/for-verification/request.ts';
import { matrix } from '../../src/query/matrix/matrix.ts';
import { verificationNotices, wipUrlMetadata } from '../../src/render/words/for-verification.ts';
import { reasonNotice } from '../../src/render/words/reasons.ts';
import { shortDescription } from '../../src/render/words/selectors.ts';
import { checkHistory } from '../bench/golden-check.mjs';

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

describe.each(['matrix', 'for-verification'])('%s, as the real Pact Broker answered', (name) => {
  const packed = readFileSync(new URL(`../../fixtures/golden/${name}.jsonl.gz`, import.meta.url));
  const histories = gunzipSync(packed).toString('utf8').trim().split('\n');

  it.each(histories.map((line, index) => [index + 1, line] as const))('history %i', (_number, line) => {
    const outcomes = [...checkHistory(gitpact, JSON.parse(line))];
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });
});
