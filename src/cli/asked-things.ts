import { GitpactError } from '../domain/failure.ts';
import type { Environment, Webhook } from '../domain/records.ts';
import type { Snapshot } from '../domain/snapshot.ts';

/** The status that a Pact Broker gives for what is not there: what is brought over from there may look for it. */
export const notFoundStatus = { where: '', text: '404 Not Found' } as const;

/** That something does not exist which a command is about. */
export function noSuch(sentence: string, hint: string): GitpactError {
  return new GitpactError('not-found', sentence, { hint, complaints: [notFoundStatus] });
}

/** The environment of this UUID or else of this name. @throws GitpactError `not-found` @throws NotLoaded */
export function requireEnvironment(now: Snapshot, asked: string): Environment {
  const all = now.environments();
  const found = all.find(({ uuid }) => uuid === asked) ?? all.find(({ name }) => name === asked);
  if (found) return found;
  throw noSuch(
    `Environment with UUID ${asked} not found.`,
    'See all environments with `gitpact list-environments`.',
  );
}

/** The webhook of this UUID. @throws GitpactError `not-found` @throws NotLoaded */
export function requireWebhook(now: Snapshot, uuid: string): Webhook {
  const found = now.webhook(uuid);
  if (found) return found;
  throw noSuch(
    `Webhook with UUID ${uuid} not found.`,
    'Webhooks lie in webhooks/<uuid>.yaml of the contract repository.',
  );
}
