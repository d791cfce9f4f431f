import { Links, type PairNames } from '../../hal/links.ts';
import type { PageLinks } from '../links.ts';
import type { Action, ActionMaker, ActionParameters } from './action.ts';

const api = new Links('');

/** Everything that can be deleted from a page, by the action's name; what they say is what the Pact Broker asks (ui.md §2.3, §3.3, §4). */
export const deletions: Readonly<Record<string, ActionMaker>> = {
  'delete-pact': (given) => {
    const [pair, version] = [pairOf(given), given('version')];
    return {
      ...deletion(
        `the pact of ${pair.consumer} ${version} with ${pair.provider}`,
        `This deletes the pact for version ${version} of ${pair.consumer}. Its other versions, and all results, stay.`,
        api.pact(pair, version),
      ),
      next: (links) => links.pacticipant(pair.consumer),
      back: (links) => links.latestContract(pair),
    };
  },
  'delete-pacts': (given) => {
    const pair = pairOf(given);
    return {
      ...deletion(
        `all pacts of ${pair.consumer} with ${pair.provider}`,
        `This deletes all versions of the pact between ${pair.consumer} and ${pair.provider}. It keeps ${pair.consumer} and ${pair.provider}, and all other data related to them (webhooks, verifications, application versions, and tags).`,
        `${api.pair(pair)}/versions`,
      ),
      ...fromContract(pair),
    };
  },
  'delete-pacts-of-branch': (given) => deletionOfSome(given, 'branch', 'from'),
  'delete-pacts-of-tag': (given) => deletionOfSome(given, 'tag', 'with'),
  'delete-integration': (given) => {
    const pair = pairOf(given);
    return {
      ...deletion(
        `the integration of ${pair.consumer} with ${pair.provider}`,
        `This deletes ${pair.consumer} and ${pair.provider}, and all associated data (pacts, verifications, application versions, tags and webhooks) that are not associated with other integrations.`,
        api.integration(pair),
      ),
      ...fromContract(pair),
    };
  },
  'delete-pacticipant': (given) => {
    const name = given('pacticipant');
    return {
      ...deletion(
        `the pacticipant ${name}`,
        `This deletes ${name} with all its versions, branches, tags, pacts and results, what says that it is deployed or released, and the webhooks for it alone. Whoever consumed it or provided for it loses that integration.`,
        api.pacticipant(name),
      ),
      next: (links) => links.overview(),
      back: (links) => links.pacticipant(name),
    };
  },
  'delete-version': (given) => {
    const [name, version] = [given('pacticipant'), given('version')];
    return {
      ...deletion(
        `version ${version} of ${name}`,
        `This deletes version ${version} of ${name} with its pacts, its tags, the results it gave, and what says that it is deployed or released.`,
        api.version(name, version),
      ),
      next: (links) => links.pacticipant(name),
    };
  },
  'delete-branch': (given) => {
    const [name, branch] = [given('pacticipant'), given('branch')];
    return {
      ...deletion(
        `branch ${branch} of ${name}`,
        `This deletes the branch ${branch} of ${name}. Its versions and their pacts stay, and are on it no more.`,
        api.branch(name, branch),
      ),
      next: (links) => links.pacticipant(name),
    };
  },
  'delete-webhook': (given) => {
    const called = given('description') || given('uuid');
    return {
      ...deletion(
        `the webhook ${called}`,
        `This deletes the webhook ${called}. What it sent stays in the list of what was sent.`,
        api.webhook(given('uuid')),
      ),
      next: (links) => links.webhooks(),
    };
  },
};

type Deletion = Pick<Action, 'title' | 'words' | 'button' | 'isDangerous' | 'request'>;

function deletion(what: string, words: string, path: string): Deletion {
  return {
    title: `Delete ${what}?`,
    words,
    button: 'Yes, delete',
    isDangerous: true,
    request: { method: 'DELETE', path },
  };
}

/** Deletes the pacts of a pair that are from a branch or with a tag. */
function deletionOfSome(given: ActionParameters, kind: 'branch' | 'tag', from: 'from' | 'with'): Action {
  const [pair, name] = [pairOf(given), given(kind)];
  const those = `${from} ${kind} ${name}`;
  return {
    ...deletion(
      `the pacts of ${pair.consumer} with ${pair.provider} ${those}`,
      `This deletes the pacts for provider ${pair.provider} of all versions of ${pair.consumer} ${those}. The versions and results stay.`,
      kind === 'branch' ? api.pactsOfBranch(pair, name) : api.pactsOfTag(pair, name),
    ),
    next: (links) => links.dashboard(pair, kind),
  };
}

function pairOf(given: ActionParameters): PairNames {
  return { consumer: given('consumer'), provider: given('provider') };
}

/** Begun at the contract of a pair, that is gone when it is done. */
function fromContract(pair: PairNames) {
  return {
    next: (links: PageLinks) => links.overview(),
    back: (links: PageLinks) => links.latestContract(pair),
  };
}
