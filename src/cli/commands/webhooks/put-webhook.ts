import { putWebhook } from '../../../decide/webhooks.ts';
import { refuseIf } from '../../../http/resource.ts';
import { secretsLeft, withoutSecrets } from '../../../http/secrets.ts';
import { secretsInFile } from '../../../http/secrets-file.ts';
import { parseWebhook } from '../../../http/webhook-request.ts';
import { definitionRules } from '../../../query/webhook-rules.ts';
import { webhookDocument } from '../../../render/hal/webhook.ts';
import { webhookIntent } from '../../../render/words/other-intents.ts';
import { linksFor, printDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { requireKnown } from '../../known-names.ts';
import { secretsPlace } from '../../secrets-place.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { bodyIn } from './webhook-description.ts';

/**
 * Makes a webhook, or describes the one of this UUID anew, and prints it. Its secrets stay on this machine, in a file; they
 * are kept first, since a name in Git without its secret would be of no use.
 * @throws GitpactError with every complaint
 */
export async function describeWebhook(world: World, given: Arguments, uuid: string): Promise<ExitCode> {
  const place = secretsPlace(world, given);
  return withBroker(world, given, async (broker) => {
    const parsed = await broker.ask((now) => {
      const names = [given.maybe('consumer'), given.maybe('provider')];
      requireKnown(now, { pacticipants: names.filter((name) => name !== undefined) });
      return parseWebhook(now, bodyIn(given), definitionRules, {});
    });
    const { description, secrets } = withoutSecrets(uuid, parsed);
    refuseIf(secretsLeft(description));
    await secretsInFile(place).keep(secrets);
    const webhook = await broker.change(
      webhookIntent(uuid),
      (draft, at) => putWebhook(draft, uuid, description, at).webhook,
    );
    printDocument(world, given, webhookDocument(linksFor(world), webhook));
    if (Object.keys(secrets).length > 0) {
      world.err(
        `gitpact: its secrets are in ${place}, not in the repository: a server that sends it needs them there.\n`,
      );
    }
    return exitCodes.yes;
  });
}
