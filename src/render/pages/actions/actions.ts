import { Links } from '../../hal/links.ts';
import type { Action, ActionMaker, ActionParameters } from './action.ts';
import { deletions } from './deletions.ts';

const api = new Links('');

/** Every action, by its name in the address. */
const actions: Readonly<Record<string, ActionMaker>> = {
  ...deletions,
  tag: (given) => {
    const [pacticipant, version, tag] = [given('pacticipant'), given('version'), given('tag').trim()];
    return {
      title: `Tag version ${version} of ${pacticipant}`,
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
      title: `Take the tag ${tag} off?`,
      words: `This takes the tag ${tag} off version ${version} of ${pacticipant}.`,
      button: 'Take it off',
      isDangerous: true,
      request: { method: 'DELETE', path: api.tag(pacticipant, version, tag) },
      next: (links) => links.pacticipant(pacticipant),
    };
  },
  'test-webhook': (given) => ({
    title: `Test the webhook ${given('description') || given('uuid')}?`,
    words:
      'This sends its request once, now, filled in with the newest pact it is for. Nothing is recorded, and what comes back is shown.',
    button: 'Send it',
    isDangerous: false,
    request: { method: 'POST', path: `${api.webhook(given('uuid'))}/execute`, body: '' },
    back: (links) => links.webhooks(),
  }),
};

/** The action of a name; undefined when there is none. */
export function findAction(name: string, given: ActionParameters): Action | undefined {
  return Object.hasOwn(actions, name) ? actions[name]?.(given) : undefined;
}

/** What an action's token stands for: which action, with what, for whom. */
export function actionSubject(name: string, { request, title, words }: Action, user: string): string {
  return JSON.stringify([name, request?.method ?? '', request?.path ?? '', title, words, user]);
}
