/**
 * The hard questions, in this process, over a state that is loaded: a hub with 500 consumers, and a pair with 15,000
 * results for one content.
 */
import { recordDeployment } from '../../../dist/decide/deployments.js';
import { createEnvironment } from '../../../dist/decide/environments.js';
import { publish } from '../../../dist/decide/publish.js';
import { recordResult } from '../../../dist/decide/verification.js';
import { jsonOf } from '../../../dist/domain/json.js';
import { emptyFolder } from '../../../dist/domain/tree.js';
import { Draft } from '../../../dist/format/draft.js';
import { defaultSettings } from '../../../dist/format/settings.js';
import { snapshotOf } from '../../../dist/format/snapshot.js';
import { canIDeploy } from '../../../dist/query/can-i-deploy.js';
import { matrix } from '../../../dist/query/matrix/matrix.js';
import { timed } from '../rounds.mjs';

const instantOf = (seconds) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

function contentOf(consumer, provider) {
  return jsonOf({
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [{ description: 'd', request: { method: 'GET', path: '/' }, response: { status: 200 } }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });
}

/** Plays steps, each a second after the one before, from an empty store with an environment. */
function played(steps) {
  const draft = new Draft(emptyFolder);
  draft.putSettings({ ...defaultSettings, checkSimilarNames: false });
  createEnvironment(draft, { name: 'production', production: true, contacts: [], at: instantOf(0) });
  let seconds = 0;
  for (const step of steps) {
    seconds += 1;
    step(draft, instantOf(seconds));
  }
  return draft.root;
}

function publishing(consumer, version, provider) {
  const contracts = [{ provider, content: contentOf(consumer, provider), onConflict: 'overwrite' }];
  return (draft, at) => publish(draft, { consumer, version, branch: 'main', tags: [], contracts, at });
}

function verifying(consumer, consumerVersion, provider, providerVersion) {
  return (draft, at) => {
    const { sha } = draft.now
      .version(consumer, consumerVersion)
      .pacts.find((pact) => pact.provider === provider);
    recordResult(draft, { consumer, provider, sha, providerVersion, success: true, at });
  };
}

function deploying(pacticipant, version) {
  return (draft, at) => recordDeployment(draft, { pacticipant, version, environment: 'production', at });
}

/** One provider that everybody consumes: everything verified and live. */
function hub(consumers) {
  return played(
    Array.from({ length: consumers }, (_, index) => {
      const name = `consumer-${index + 1}`;
      return [publishing(name, '1', 'Hub'), verifying(name, '1', 'Hub', '1'), deploying(name, '1')];
    })
      .flat()
      .concat(deploying('Hub', '1')),
  );
}

/** One content, published by many versions and verified by many provider versions. */
function pair({ consumerVersions, providerVersions }) {
  return played([
    ...Array.from({ length: consumerVersions }, (_, index) => publishing('Web', `${index + 1}`, 'Api')),
    ...Array.from({ length: providerVersions }, (_, index) => verifying('Web', '1', 'Api', `${index + 1}`)),
    deploying('Web', `${consumerVersions}`),
    deploying('Api', `${providerVersions}`),
  ]);
}

const deploy = (pacticipant, version) => (now) =>
  canIDeploy(now, { selectors: [{ pacticipant, version }], destination: { environment: 'production' } });
const matrixOf =
  (...selectors) =>
  (now) =>
    matrix(now, {
      selectors: selectors.map((pacticipant) => ({ pacticipant })),
      latestBy: 'cvpv',
      limit: 100,
    });

/** The questions, each over a state that is loaded. */
export const queries = {
  isOfNoSize: true,
  subjects() {
    const hubRoot = hub(500);
    const pairRoot = pair({ consumerVersions: 200, providerVersions: 15_000 });
    const questions = [
      ['hub: may the hub be deployed', hubRoot, deploy('Hub', '1')],
      ['hub: may a consumer be deployed', hubRoot, deploy('consumer-250', '1')],
      ['hub: matrix of the hub', hubRoot, matrixOf('Hub')],
      ['hub: matrix of a consumer and the hub', hubRoot, matrixOf('consumer-250', 'Hub')],
      ['pair: may the consumer be deployed', pairRoot, deploy('Web', '200')],
      ['pair: may the provider be deployed', pairRoot, deploy('Api', '15000')],
      ['pair: matrix of both', pairRoot, matrixOf('Web', 'Api')],
      ['pair: matrix of the provider', pairRoot, matrixOf('Api')],
    ];
    return questions.map(([what, root, ask]) => ({
      what,
      measure: () =>
        timed(() => {
          const { verdict, rows } = ask(snapshotOf(root));
          if (verdict !== 'yes' || rows.length === 0)
            throw new Error(`${what}: ${verdict}, ${rows.length} rows`);
        }),
    }));
  },
};
