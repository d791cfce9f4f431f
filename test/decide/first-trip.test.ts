import { expect, it } from 'vitest';
import { entriesOf, type Folder } from '../../src/domain/tree.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { story } from '../helpers/story.ts';

const may = (version: string, environment: string) => ({
  selectors: [{ pacticipant: version.split(' ')[0] ?? '', version: version.split(' ')[1] ?? '' }],
  destination: { environment },
});

const published = story().creates('prod').publishes('Web 1', 'Api', { branch: 'main' });
const inProd = published.versions('Api 9').deploys('Web 1', 'prod').deploys('Api 9', 'prod');

it.each([
  ['nothing was verified', inProd, 'unknown'],
  ['verification passed', inProd.verifies('Api 9', 'Web 1'), 'yes'],
  ['it failed, then passed', inProd.verifies('Api 9', 'Web 1', 'failed').verifies('Api 9', 'Web 1'), 'yes'],
  ['it failed', inProd.verifies('Api 9', 'Web 1', 'failed'), 'no'],
  ['another version passed', inProd.verifies('Api 8', 'Web 1'), 'unknown'],
] as const)('when %s, answers both sides alike', (_when, past, answer) => {
  expect(canIDeploy(past.snapshot(), may('Web 1', 'prod')).verdict).toBe(answer);
  expect(canIDeploy(past.snapshot(), may('Api 9', 'prod')).verdict).toBe(answer);
});

it('lays the files where FORMAT.md says', () => {
  const sha = 'cf5330630f0271daea6f8d448c819ad64fe81c2b';
  const pair = 'pacts/provider/Api/consumer/Web';
  expect(pathsIn(inProd.verifies('Api 9', 'Web 1').root).sort()).toEqual([
    expect.stringMatching(/^deployments\/by-uuid\/[0-9a-f]{2}\/[0-9a-f-]{36}\.json$/),
    expect.stringMatching(/^deployments\/by-uuid\//),
    'deployments/prod.json',
    'environments/prod.yaml',
    'gitpact.yaml',
    'pacticipants/Api/latest.json',
    'pacticipants/Api/pacticipant.yaml',
    'pacticipants/Api/versions/0a/9.json',
    'pacticipants/Web/branches/b2/main.json',
    'pacticipants/Web/latest.json',
    'pacticipants/Web/pacticipant.yaml',
    'pacticipants/Web/versions/35/1.json',
    `${pair}/branch/b2/main.json`,
    `${pair}/content/cf/${sha}.json`,
    `${pair}/content/cf/${sha}.order.json`,
    `${pair}/environment/prod/1.json`,
    `${pair}/integration.json`,
    `${pair}/latest.json`,
    `${pair}/main-branch.json`,
    'results/last.json',
    `results/provider/Api/consumer/Web/cf/${sha}/0a/9~1.json`,
  ]);
});

function pathsIn(folder: Folder, at = ''): string[] {
  return [...entriesOf(folder)].flatMap(([name, node]) =>
    node.kind === 'folder' ? pathsIn(node, `${at}${name}/`) : [at + name],
  );
}
