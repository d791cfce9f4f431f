import { Links } from '../hal/links.ts';
import type { PageLinks } from './links.ts';

/** Something a person may do from a page: a request to the API, in words before and after. */
export interface Action {
  readonly title: string;
  /** What will happen, for who is asked to confirm it. */
  readonly words: string;
  /** What the button says. */
  readonly button: string;
  /** Whether something is taken away. */
  readonly isDangerous: boolean;
  /** A text that is asked for in the form. */
  readonly field?: { readonly name: string; readonly label: string };
  /** The request to the API; its path is below the base. Undefined while the field is empty. */
  readonly request: { readonly method: string; readonly path: string; readonly body?: string } | undefined;
  /** Where to go when it is done; the answer is shown where there is none. */
  readonly next?: (links: PageLinks) => string | undefined;
}

/** The parameters of an action, as they came. */
export type ActionParameters = (name: string) => string;

const api = new Links('');

/** Every action, by its name in the address; what they say is what the Pact Broker asks (ui.md §2.3, §4). */
const actions: Readonly<Record<string, (given: ActionParameters) => Action>> = {
  'delete-pact': (given) => {
    const pair = { consumer: given('consumer'), provider: given('provider') };
    const version = given('version');
    return {
      title: 'Delete a pact',
      words: `This deletes the pact for version ${version} of ${pair.consumer} with ${pair.provider}. The versions and results stay.`,
      button: 'Delete the pact',
      isDangerous: true,
      request: { method: 'DELETE', path: api.pact(pair, version) },
      next: (links) => links.pacticipant(pair.consumer),
    };
  },
  'delete-pacts': (given) => {
    const pair = { consumer: given('consumer'), provider: given('provider') };
    return {
      title: 'Delete all pacts of two',
      words: `This deletes all versions of the pact between ${pair.consumer} and ${pair.provider}. It keeps ${pair.consumer} and ${pair.provider}, and all other data related to them (webhooks, verifications, application versions, and tags).`,
      button: 'Delete all pacts',
      isDangerous: true,
      request: { method: 'DELETE', path: `${api.pair(pair)}/versions` },
      next: (links) => links.overview(),
    };
  },
  'delete-integration': (given) => {
    const pair = { consumer: given('consumer'), provider: given('provider') };
    return {
      title: 'Delete an integration',
      words: `This deletes ${pair.consumer} and ${pair.provider}, and all associated data (pacts, verifications, application versions, tags and webhooks) that are not associated with other integrations.`,
      button: 'Delete the integration',
      isDangerous: true,
      request: { method: 'DELETE', path: api.integration(pair) },
      next: (links) => links.overview(),
    };
  },
  tag: (given) => {
    const [pacticipant, version, tag] = [given('pacticipant'), given('version'), given('tag').trim()];
    return {
      title: 'Tag a version',
      words: `This puts a tag on version ${version} of ${pacticipant}.`,
      button: 'Tag it',
      isDangerous: false,
      field: { name: 'tag', label: 'Tag' },
      request:
        tag === '' ? undefined : { method: 'PUT', path: api.tag(pacticipant, version, tag), body: '{}' },
      next: (links) => links.pacticipant(pacticipant),
    };
  },
  'delete-tag': (given) => {
    const [pacticipant, version, tag] = [given('pacticipant'), given('version'), given('tag')];
    return {
      title: 'Take a tag off',
      words: `This takes the tag ${tag} off version ${version} of ${pacticipant}.`,
      button: 'Take it off',
      isDangerous: true,
      request: { method: 'DELETE', path: api.tag(pacticipant, version, tag) },
      next: (links) => links.pacticipant(pacticipant),
    };
  },
  'test-webhook': (given) => ({
    title: 'Test a webhook',
    words: `This sends the request of the webhook ${given('description') || given('uuid')} once, now, with the newest pact it is for. Nothing is recorded.`,
    button: 'Send it',
    isDangerous: false,
    request: { method: 'POST', path: `${api.webhook(given('uuid'))}/execute`, body: '' },
  }),
};

/** The action of a name; undefined when there is none. */
export function findAction(name: string, given: ActionParameters): Action | undefined {
  return Object.hasOwn(actions, name) ? actions[name]?.(given) : undefined;
}

/** What an action's token stands for: which action, with what, for whom. */
export function actionSubject(name: string, action: Action, user: string): string {
  return JSON.stringify([name, action.request?.method ?? '', action.words, user]);
}
