import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSteps, replay } from './recorded.ts';
import { newApp } from './serving.ts';

const corpus = new URL('../../fixtures/corpus/', import.meta.url);
const deviations = JSON.parse(readFileSync(new URL('deviations.json', corpus), 'utf8')) as Record<
  string,
  Record<string, string>
>;

describe.each(['handmade', 'random'])('the recorded answers of the Pact Broker, %s', (folder) => {
  const files = readdirSync(new URL(`${folder}/`, corpus)).sort();

  it.each(files)('%s', async (file) => {
    const differing = await replay(
      await newApp({ shieldsUrl: 'https://img.shields.io' }),
      readSteps(new URL(`${folder}/${file}`, corpus)),
    );
    const meant = Object.keys(deviations[`${folder}/${file}`] ?? {});
    expect([...differing].filter(([step]) => !meant.includes(step))).toEqual([]);
    expect(meant.filter((step) => !differing.has(step))).toEqual([]);
  });
});
