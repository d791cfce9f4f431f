import { expect, it } from 'vitest';
import { recordDeployment } from '../../src/decide/deployments.ts';
import { publish } from '../../src/decide/publish.ts';
import {
  branchName,
  environmentName,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import { Draft } from '../../src/format/draft.ts';
import { contentOf, story } from '../helpers/story.ts';
import { readPartially } from '../query/partial.ts';

const foo = pacticipantName('Foo');

const past = story({ deployTagsNamedLikeEnvironments: false })
  .creates('test')
  .creates('production')
  .publishes('Foo 1', 'Bar', { branch: 'main', tags: ['dev'] })
  .publishes('Foo 2', 'Bar', { branch: 'main', tags: ['dev'] })
  .publishes('Foo 2', 'Baz', { branch: 'main' })
  .verifies('Bar 1', 'Foo 2', 'passed', { branch: 'main' })
  .verifies('Bar 2', 'Foo 2', 'passed', { branch: 'main' })
  .verifies('Baz 1', 'Foo 2', 'passed', { branch: 'main' })
  .deploys('Foo 1', 'production')
  .deploys('Bar 1', 'production')
  .deploys('Bar 2', 'test');

const publication =
  (version: string, tags: readonly string[] = []) =>
  (draft: Draft) =>
    void publish(draft, {
      consumer: foo,
      version: versionNumber(version),
      branch: branchName('main'),
      tags: tags.map(tagName),
      contracts: ['Bar', 'Baz'].map((provider) => ({
        provider: pacticipantName(provider),
        content: contentOf('Foo', provider, version),
        onConflict: 'overwrite',
      })),
      at: past.at,
    });

const deployment = (draft: Draft) =>
  void recordDeployment(draft, {
    pacticipant: foo,
    version: versionNumber('2'),
    environment: environmentName('production'),
    at: past.at,
  });

it.each([
  ['a new version, the newest having tags', publication('3'), 3],
  ['a new version with a tag', publication('3', ['dev']), 2],
  ['what a version has published', publication('2'), 4],
  ['a deployment in the place of another', deployment, 2],
])('%s costs few trips to the host', (_what, wish, rounds) => {
  const reading = readPartially(past.root, (root) => {
    const draft = new Draft(root);
    if (draft.now.settings) wish(draft);
  });
  // The settings come first: they tell whether this is a store.
  expect(reading.rounds).toBe(1 + rounds);
});
