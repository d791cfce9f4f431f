import { expect, it } from 'vitest';
import { deleteIntegration, deletePacticipant, deleteVersion } from '../../src/decide/deletions.ts';
import { endSupport, undeploy } from '../../src/decide/deployments.ts';
import { updateEnvironment } from '../../src/decide/environments.ts';
import { examine } from '../../src/decide/examine.ts';
import { rebuilt } from '../../src/decide/rebuild.ts';
import { environmentName, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { withNode } from '../../src/domain/tree.ts';
import { type Story, story } from '../helpers/story.ts';

const web = pacticipantName('Web');
const busy = story()
  .creates('test')
  .creates('prod', true)
  .publishes('Web 1', 'Api', { branch: 'main', tags: ['dev'] })
  .publishes('Web 1', 'Billing', { branch: 'main' })
  .publishes('Web 2', 'Api', { branch: 'feat/x' })
  .verifies('Api 9', 'Web 1', 'passed', { branch: 'main' })
  .verifies('Api 9', 'Web 2', 'failed')
  .deploys('Web 1', 'prod')
  .deploys('Web 2', 'prod', 'blue')
  .deploys('Web 2', 'prod')
  .releases('Web 1', 'test')
  .releases('Api 9', 'test')
  .publishes('Mobile 1', 'Api', { content: 7, tags: ['dev', 'prod'] })
  .verifies('Api 10', 'Mobile 1', 'passed', { wip: true });

/** What is there now is gone, as undeployed or no longer supported. */
function emptied(past: Story): Story {
  return past.next((draft, at) => {
    for (const { name } of draft.now.environments()) {
      for (const { kind, uuid } of draft.now.presences(name)) {
        if (kind === 'deployed') undeploy(draft, uuid, at);
        else endSupport(draft, uuid, at);
      }
    }
  });
}

const lenient = story({ allowContractModification: true })
  .creates('test')
  .publishes('Web 1', 'Api', { content: 1 });

const endings = {
  'all of it': busy,
  'a new content of a version that is deployed': lenient
    .deploys('Web 1', 'test')
    .publishes('Web 1', 'Api', { content: 2 }),
  'a new content of a version that was deployed': emptied(lenient.deploys('Web 1', 'test')).publishes(
    'Web 1',
    'Api',
    { content: 2 },
  ),
  'a new content of a version that was released': emptied(lenient.releases('Web 1', 'test')).publishes(
    'Web 1',
    'Api',
    { content: 2 },
  ),
  'a version deleted': busy.next((draft) => {
    const version = draft.now.version(web, versionNumber('2'));
    if (version) deleteVersion(draft, version);
  }),
  'a pacticipant deleted': busy.next((draft) => deletePacticipant(draft, web)),
  'an integration deleted': busy.next((draft) => deleteIntegration(draft, web, pacticipantName('Api'))),
};

it.each(Object.entries(endings))(
  'finds nothing wrong with %s, which is its own rebuilt tree',
  (_what, past) => {
    expect(examine(past.root)).toEqual([]);
    expect(examine(rebuilt(past.root))).toEqual([]);
  },
);

it('takes names for names, whatever folders are called', () => {
  const past = ['content', 'branch', 'tag', 'latest', 'environment', 'consumer'].reduce(
    (before, name) =>
      before
        .publishes(`${name} 1`, 'Api', { branch: 'content', tags: ['latest'] })
        .publishes('Web 1', name)
        .verifies(`${name} 2`, 'Web 1')
        .deploys(`${name} 1`, 'prod'),
    story().creates('prod').creates('content').versions('Api 1'),
  );
  expect(examine(past.root)).toEqual([]);
});

it('makes derived files anew from the facts', () => {
  const damaged = [
    'pacticipants/Web/latest.json',
    'deployments',
    'pacts/provider/Api/consumer/Web/branch',
  ].reduce((tree, path) => withNode(tree, path, undefined), busy.root);
  expect(examine(damaged).length).toBeGreaterThan(3);
  expect(examine(rebuilt(damaged))).toEqual([]);
});

it('refuses to rename an environment to what cannot be told from another', () => {
  const past = story().creates('prod').creates('test');
  const renamed = (to: string) =>
    past.next((draft, at) => {
      const test = draft.now.environment(environmentName('test'));
      if (test)
        updateEnvironment(draft, test, { name: environmentName(to), production: false, contacts: [], at });
    });
  expect(() => renamed('PROD')).toThrow(expect.objectContaining({ code: 'name-clash' }));
  expect(
    renamed('TEST')
      .snapshot()
      .environments()
      .map(({ name }) => name),
  ).toEqual(['TEST', 'prod']);
});
