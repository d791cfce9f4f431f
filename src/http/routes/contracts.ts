import { publish } from '../../decide/publish.ts';
import { similarNamesMessage } from '../../domain/similar-names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { Pair } from '../../query/latest-pacts.ts';
import { webhooksFor } from '../../query/webhooks.ts';
import { publishedDocument, refusedDocument } from '../../render/hal/publishing.ts';
import { publishIntent } from '../../render/words/intents.ts';
import { publishedNotices, refusalNotices, type Surroundings } from '../../render/words/publishing.ts';
import type { Exchange } from '../exchange.ts';
import { parsePublication } from '../publish-request.ts';
import { type Method, type Resource, takingJson } from '../resource.ts';

/** What publishing tells of the surroundings of a pact. @throws NotLoaded */
function surroundings(x: Exchange, now: Snapshot, consumer: Pair['consumer'], version: string): Surroundings {
  const pair = (provider: string) => ({ consumer, provider: provider as Pair['provider'] });
  return {
    pactUrl: (provider) => x.links.pact(pair(provider), version),
    isVerified: (provider) => now.integration(consumer, pair(provider).provider)?.lastResult !== undefined,
    hasWebhook: (provider) => webhooksFor(now, pair(provider)).length > 0,
  };
}

const post: Method = async (x) => {
  const asked = parsePublication(await x.plain());
  return async () => {
    const { consumer, version, branch, tags } = asked;
    const providers = asked.contracts.map(({ provider }) => provider);
    const intent = publishIntent({ consumer, version, branch, providers });
    const { document, refused } = await x.change(intent, (draft, at) => {
      const outcome = publish(draft, { ...asked, at });
      const told = { consumer, version, branch, tags };
      if (outcome.kind === 'refused') {
        return {
          document: refusedDocument(
            refusalNotices(told, outcome, (name, existing) =>
              similarNamesMessage(name, existing, x.links.base),
            ),
          ),
          refused: true,
        };
      }
      const notices = publishedNotices(told, outcome, surroundings(x, draft.now, consumer, version));
      return { document: publishedDocument(x.links, { ...asked, at }, notices), refused: false };
    });
    if (refused) x.type = 'application/json';
    return x.document(document, refused ? 409 : 200);
  };
};

/** Publishing pacts of one consumer version together (domain.md §5.4). */
export const contracts: readonly Resource[] = [{ path: '/contracts/publish', POST: takingJson(post) }];
