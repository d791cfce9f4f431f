/** Comparing two contents of 5 MB, in this process, beside parsing the same text with JSON.parse. */
import { parseJson } from '../../../dist/domain/json.js';
import { diffPacts } from '../../../dist/query/diff.js';
import { brokerDiff } from '../../../dist/query/diff-broker.js';
import { timed } from '../rounds.mjs';

function pactText(count, change) {
  const items = Array.from({ length: 20 }, (_, j) => ({ sku: `sku-${j}`, count: j }));
  return JSON.stringify({
    interactions: Array.from({ length: count }, (_, i) => ({
      description: `interaction ${i}`,
      providerStates: [{ name: `state ${i % 50}` }],
      request: { method: 'GET', path: `/things/${i}` },
      response: {
        status: 200,
        body: { id: i, items, ...change(i) },
        matchingRules: { body: { '$.items': { matchers: [{ match: 'type', min: 1 }] } } },
      },
    })),
  });
}

/** The comparisons. */
export const diffs = {
  isOfNoSize: true,
  subjects() {
    const text = pactText(5000, () => ({}));
    const before = parseJson(text);
    const one = parseJson(pactText(5000, (i) => (i === 7 ? { id: -1 } : {})));
    const all = parseJson(pactText(5000, (i) => ({ id: -i - 1 })));
    const work = {
      [`JSON.parse of ${(text.length / 1e6).toFixed(1)} MB`]: () => JSON.parse(text),
      'parseJson, lossless': () => parseJson(text),
      'diff, one interaction changed': () => diffPacts(before, one),
      'diff, every interaction changed': () => diffPacts(before, all),
      'the Pact Broker’s text diff, every interaction changed': () => brokerDiff(before, all),
    };
    const [parsing] = Object.keys(work);
    return Object.entries(work).map(([what, run]) => ({
      what,
      beside: parsing,
      measure: () => timed(run),
    }));
  },
};
