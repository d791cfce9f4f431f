// The one write that soak and kill do over and over: a real publish of a new version, as `gitpact publish` does it.
import { Broker } from '../../dist/broker/broker.js';
import { examine } from '../../dist/decide/examine.js';
import { publish } from '../../dist/decide/publish.js';
import { jsonOf } from '../../dist/domain/json.js';
import { gather } from '../../dist/domain/tree.js';
import { snapshotOf } from '../../dist/format/snapshot.js';
import { publishIntent } from '../../dist/render/words/intents.js';

const consumers = ['Web', 'Mobile', 'Kiosk'];
const providers = ['Api', 'Billing'];

/** Makes the place a contract repository. */
export function begin(store) {
  return new Broker(store, () => new Date()).init();
}

/** Publishes one version; resolves to what was acknowledged. */
export function writeOne(store, writer, number) {
  const consumer = consumers[(writer + number) % consumers.length];
  const version = `${writer}-${number}`;
  const branch = `writer-${writer}`;
  return new Broker(store, () => new Date()).change(
    publishIntent({ consumer, version, branch, providers }),
    (draft, at) => {
      if (draft.now.version(consumer, version)) throw new Error(`${consumer} ${version} is published twice`);
      const contracts = providers.map((provider) => ({
        provider,
        content: contentOf(consumer, provider, number),
        onConflict: 'overwrite',
      }));
      publish(draft, { consumer, version, branch, tags: [], contracts, at });
      return { name: `${consumer} ${version}`, order: draft.now.version(consumer, version).order };
    },
  );
}

function contentOf(consumer, provider, number) {
  const interaction = {
    description: `request ${number}`,
    request: { method: 'GET', path: `/${number}` },
    response: { status: 200 },
  };
  return jsonOf({ consumer: { name: consumer }, provider: { name: provider }, interactions: [interaction] });
}

/** Everything that was published, by name. */
export function allWrites(root) {
  const now = snapshotOf(root);
  const versions = gather(consumers, (consumer) => now.versions(consumer)).flat();
  return new Map(
    versions.map(({ pacticipant, number, order }) => [
      `${pacticipant} ${number}`,
      { name: `${pacticipant} ${number}`, pacticipant, order },
    ]),
  );
}

/** What `gitpact fsck` finds, as lines. */
export async function findings(store) {
  return (await store.read(examine)).map(({ path, text }) => `gitpact fsck: ${path} ${text}`);
}
