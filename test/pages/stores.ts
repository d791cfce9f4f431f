import { readdirSync, readFileSync } from 'node:fs';
import { Broker } from '../../src/broker/broker.ts';
import { addLabel, describePacticipant } from '../../src/decide/pacticipants.ts';
import { publish } from '../../src/decide/publish.ts';
import { jsonOf, parseJson } from '../../src/domain/json.ts';
import { branchName, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import type { Folder } from '../../src/domain/tree.ts';
import { type App, createApp } from '../../src/http/app.ts';
import { risingClock } from '../../src/http/clock.ts';
import type { AppOptions } from '../../src/http/settings.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { type Story, story } from '../helpers/story.ts';

const pacts = new URL('../../fixtures/pacts/', import.meta.url);

/** The story in which a version of a consumer, `1` unless told, publishes a document for a provider. */
export function publishesDocument(
  before: Story,
  consumer: string,
  provider: string,
  document: unknown,
  version = '1',
): Story {
  return before.next((draft, at) => {
    publish(draft, {
      consumer: pacticipantName(consumer),
      version: versionNumber(version),
      branch: branchName('main'),
      tags: [],
      contracts: [
        {
          provider: pacticipantName(provider),
          content: typeof document === 'string' ? parseJson(document) : jsonOf(document),
          onConflict: 'overwrite',
        },
      ],
      at,
    });
  });
}

function labels(before: Story, ...given: readonly (readonly [pacticipant: string, label: string])[]): Story {
  return before.next((draft, at) => {
    for (const [name, label] of given) addLabel(draft, pacticipantName(name), label, at);
  });
}

/** Every state there is, environments, labels, branches and tags; and a pact of every kind. */
function ordinary(): Story {
  const services = story()
    .creates('test')
    .creates('production', true)
    .publishes('Web 1', 'Api', { branch: 'main', content: 1 })
    .verifies('Api 7', 'Web 1', 'passed', { branch: 'main' })
    .deploys('Web 1', 'production')
    .deploys('Api 7', 'production')
    .deploys('Api 7', 'test')
    .waits(1)
    .publishes('Web 2', 'Api', { branch: 'main', content: 2, tags: ['candidate'] })
    .publishes('Web 3', 'Api', { branch: 'feature/x', content: 3 })
    .deploys('Web 2', 'test')
    .publishes('Mobile 1', 'Api', { branch: 'main' })
    .verifies('Api 8', 'Mobile 1', 'failed', { branch: 'main' })
    .publishes('Api 8', 'Billing', { branch: 'main' })
    .publishes('Mobile 1', 'Login', { branch: 'main', content: 'login' })
    .verifies('Login 1', 'Mobile 1', 'passed', { branch: 'main' })
    .releases('Mobile 1', 'production');
  const kinds = readdirSync(pacts)
    .filter((name) => name.endsWith('.json'))
    .reduce(
      (before, name) =>
        publishesDocument(
          before,
          `Kind ${name.replace('.json', '')}`,
          'Everything',
          readFileSync(new URL(name, pacts), 'utf8'),
        ),
      services,
    );
  return labels(kinds, ['Web', 'shop'], ['Mobile', 'shop'], ['Mobile', 'apps'], ['Api', 'platform']);
}

/** Names and texts that attack whoever shows them. */
export const hostile = {
  script: '<script>window.attacked = true</script>',
  image: '"><img src=x onerror="window.attacked = true">',
  long: 'L'.repeat(200),
  rightToLeft: 'عقد\u202eمقلوب',
  slashes: 'a/b?c#d%2F&amp;',
} as const;

function hostileStory(): Story {
  const { script, image, long, rightToLeft, slashes } = hostile;
  const consumers = [script, image, long, rightToLeft, slashes];
  const document = {
    interactions: Array.from({ length: 30 }, (_, index) => ({
      description: `${script} ${index}`,
      providerStates: [{ name: image, params: { [script]: long } }],
      request: {
        method: 'POST',
        path: `/${slashes}`,
        headers: { [image]: script },
        body: { [script]: image },
      },
      response: { status: 200, headers: { 'x-long': long }, body: long.repeat(10) },
    })),
    metadata: { pactSpecification: { version: '3.0.0' } },
  };
  const published = consumers.reduce(
    (before, consumer) => publishesDocument(before, consumer, image, document),
    story().creates('<b>prod</b>', true),
  );
  const described = published.next((draft, at) => {
    for (const consumer of consumers) {
      describePacticipant(
        draft,
        pacticipantName(consumer),
        { repositoryUrl: 'javascript:window.attacked=true', displayName: `${consumer} shown` },
        at,
      );
    }
  });
  const verified = consumers.reduce(
    (before, consumer) => before.verifies(`${image} ${long}`, `${consumer} 1`, 'failed', { branch: script }),
    described,
  );
  return labels(verified.deploys(`${script} 1`, '<b>prod</b>'), [script, image], [image, script]);
}

/** As many pacticipants, each a consumer of the next three. */
function estate(pacticipants: number): Story {
  const name = (index: number) => `service-${(index % pacticipants) + 1}`;
  return Array.from({ length: pacticipants }).reduce<Story>(
    (before, _, index) => {
      const published = [1, 2, 3].reduce(
        (one, step) =>
          one.publishes(`${name(index)} 1`, name(index + step), { branch: 'main', content: step }),
        before,
      );
      const verified =
        index % 3 === 0
          ? published
          : published.verifies(
              `${name(index + 1)} 1`,
              `${name(index)} 1`,
              index % 7 === 0 ? 'failed' : 'passed',
              {
                branch: 'main',
              },
            );
      return labels(verified, [name(index), `team ${index % 12}`]);
    },
    story().creates('production', true),
  );
}

/** A contract of so many interactions, and one of which nothing is known but that it is there. */
function manyInteractions(count: number): Story {
  const interactions = Array.from({ length: count }, (_, index) => ({
    description: `a request for order ${index}`,
    providerStates: [{ name: `order ${index} exists`, params: { id: index } }],
    request: { method: 'GET', path: `/orders/${index}` },
    response: {
      status: 200,
      body: { id: index, [index === 600 ? 'voucher' : 'name']: 'x' },
      matchingRules: { body: { '$.id': { matchers: [{ match: 'integer' }] } } },
    },
  }));
  const document = { interactions, metadata: { pactSpecification: { version: '3.0.0' } } };
  return publishesDocument(story(), 'Monolith', 'Core', document).next((draft, at) => {
    describePacticipant(draft, pacticipantName('Lonely'), {}, at);
  });
}

const stories = {
  ordinary,
  hostile: hostileStory,
  empty: () => story(),
  one: () =>
    story().next((draft, at) => {
      describePacticipant(draft, pacticipantName('Lonely'), {}, at);
    }),
  thirty: () => manyInteractions(30),
  thousand: () => manyInteractions(1000),
  estate: () => estate(300),
} as const;

/** A store to look at. */
export type StoreName = keyof typeof stories;

/** The app over a store to look at. */
export function appOf(name: StoreName, options: AppOptions = {}): Promise<App> {
  return appOfStory(stories[name](), options);
}

/** The app over what a story ends with. */
export async function appOfStory(told: Story, options: AppOptions = {}): Promise<App> {
  const now = risingClock(() => new Date(Date.parse(told.at)));
  const broker = new Broker(memoryStore({ clock: now }), now);
  await broker.store.transact({ title: 'Tell the story' }, () => ({ root: told.root, outcome: undefined }));
  await broker.ask((snapshot) => void snapshot.settings);
  return createApp(broker, options);
}

/** The tree of a store to look at. */
export function rootOf(name: StoreName): Folder {
  return stories[name]().root;
}
