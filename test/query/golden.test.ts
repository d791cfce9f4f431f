import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { recordDeployment, recordRelease } from '../../src/decide/deployments.ts';
import { createEnvironment } from '../../src/decide/environments.ts';
import { publish } from '../../src/decide/publish.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { addToBranch, ensureVersion, putTag } from '../../src/decide/versions.ts';
import { parseJson } from '../../src/domain/json.ts';
import { defaultSettings } from '../../src/format/settings.ts';
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
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { checkHistory, type Outcome } from '../bench/golden-check.mjs';
import { bareRepository, openAt } from '../store/places.ts';

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

type OpenStore = (clock: () => Date) => Store | Promise<Store>;

const onMemory: OpenStore = (clock) => memoryStore({ clock });
const onGit: OpenStore = async (clock) => openAt({ repository: await bareRepository(), clock });

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** How many answers each difference touched, of those that were replayed on memory. */
const touched = new Map<string, number>();

async function outcomesOf(open: OpenStore, line: string): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of checkHistory(gitpact, open, JSON.parse(line))) outcomes.push(outcome);
  return outcomes;
}

describe.each(['matrix', 'for-verification'])('%s, as the real Pact Broker answered', (name) => {
  const packed = readFileSync(new URL(`../../fixtures/golden/${name}.jsonl.gz`, import.meta.url));
  const lines = gunzipSync(packed).toString('utf8').trim().split('\n');
  const histories = lines.map((line, index) => [index + 1, line] as const);

  it.each(histories)('history %i', async (_number, line) => {
    const outcomes = await outcomesOf(onMemory, line);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ differences }) => differences.length > 0)).toEqual([]);
    for (const name of outcomes.flatMap(({ deviations }) => deviations)) {
      touched.set(name, (touched.get(name) ?? 0) + 1);
    }
  });

  it.each(histories.filter(([number]) => number % 13 === 0))('history %i, on Git', async (_number, line) => {
    const outcomes = await outcomesOf(onGit, line);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.filter(({ differences }) => differences.length > 0)).toEqual([]);
  });
});

it('README counts the answers that each difference touches', () => {
  const rows = readme.matchAll(/^\| (.+?) \|.*\| \d+ \((\d+)\) \|$/gm);
  const told = [...rows].flatMap(([, name = '', count]) => (count === '0' ? [] : [[name, Number(count)]]));
  expect(told.length).toBeGreaterThan(0);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(touched));
});
