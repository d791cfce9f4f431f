import { describe, expect, it } from 'vitest';
import { undeploy } from '../../src/decide/deployments.ts';
import { environmentName, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { withNode } from '../../src/domain/tree.ts';
import { paths } from '../../src/format/paths.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { canIDeploy, canIMerge, complaintsAboutDeploying } from '../../src/query/can-i-deploy.ts';
import { type MatrixAnswer, matrix } from '../../src/query/matrix/matrix.ts';
import { complaintsAbout, type MatrixQuestion } from '../../src/query/matrix/question.ts';
import { reasonNotices } from '../../src/render/words/reasons.ts';
import type { Story } from '../helpers/story.ts';
import { asks, cid, recording as empty, selector, told } from './asking.ts';

const NO_ENVIRONMENT =
  'WARN: It is recommended to specify the environment into which you are deploying. Without the environment, this result will not be reliable.';
const NO_NUMBER =
  'WARN: It is recommended to specify the version number (rather than the tag or branch) of the pacticipant you wish to deploy to avoid race conditions. Without a version number, this result will not be reliable.';
const ALL_GOOD = 'All required verification results are published and successful';
const NOTHING_MISSING = 'There are no missing dependencies';
const between = (text: string) => `There is no verified pact between ${text}`;
const failed = (text: string) => `The verification for the pact between ${text} failed`;

const fooBar = empty.publishes('Foo 1', 'Bar', { content: 1 });
const verified = fooBar.verifies('Bar 2', 'Foo 1');
const twoProviders = fooBar
  .publishes('Foo 1', 'Baz', { content: 1 })
  .verifies('Bar 2', 'Foo 1')
  .deploys('Bar 2', 'production');
const tagged = fooBar
  .verifies('Bar 10', 'Foo 1')
  .tags('Bar 10', 'prod')
  .verifies('Bar 11', 'Foo 1', 'failed')
  .tags('Bar 11', 'prod');
const halfVerified = fooBar.verifies('Bar 10', 'Foo 1').publishes('Foo 2', 'Bar', { content: 2 });
const zoo = empty
  .publishes('Foo 1', 'Bar', { content: 1, tags: ['prod'] })
  .verifies('Bar 2', 'Foo 1')
  .publishes('Foo 2', 'Bar', { content: 1, tags: ['prod'] })
  .publishes('Foo 3', 'Bar', { content: 3 })
  .verifies('Bar 2', 'Foo 3', 'failed')
  .publishes('Cat 20', 'Bar', { content: 20, tags: ['prod'] })
  .publishes('Dog 40', 'Bar', { content: 40 })
  .verifies('Bar 2', 'Dog 40');
const branches = empty
  .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
  .verifies('Bar 10', 'Foo 1', 'passed', { branch: 'main' })
  .verifies('Bar 11', 'Foo 1', 'failed', { branch: 'feat' })
  .publishes('Foo 2', 'Bar', { content: 1, branch: 'feat' });
const onlyMain = empty.publishes('Foo 1', 'Bar', { content: 1, branch: 'main' });
const chain = empty
  .publishes('A 1', 'B', { content: 1 })
  .verifies('B 5', 'A 1')
  .deploys('A 1', 'test')
  .publishes('B 5', 'C', { content: 5 });

type Told = ReturnType<typeof told>;
type Example = readonly [
  example: string,
  past: Story,
  question: (past: Story) => Told,
  deployable: boolean | null,
  counts: string,
  rows: readonly string[],
  notices: readonly string[],
];

const nowhere = 'no version is currently recorded as deployed/released in this environment';

const examples: readonly Example[] = [
  [
    '1',
    fooBar,
    cid('Foo', '1', 'production'),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [between(`version 1 of Foo and a version of Bar currently in production (${nowhere})`)],
  ],
  [
    '2a',
    verified,
    cid('Foo', '1', 'production'),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [between(`version 1 of Foo and a version of Bar currently in production (${nowhere})`)],
  ],
  ['2b', verified, cid('Bar', '2', 'production'), true, '0/0/0', [], [NOTHING_MISSING]],
  [
    '3',
    verified.deploys('Bar 2', 'production'),
    cid('Foo', '1', 'production'),
    true,
    '1/0/0',
    ['Foo 1 → Bar 2 true'],
    [ALL_GOOD],
  ],
  [
    '4',
    fooBar.verifies('Bar 2', 'Foo 1', 'failed').deploys('Bar 2', 'production'),
    cid('Foo', '1', 'production'),
    false,
    '0/1/0',
    ['Foo 1 → Bar 2 false'],
    [failed('version 1 of Foo and the version of Bar currently in production (2)')],
  ],
  [
    '5',
    fooBar,
    cid('Foo', '99', 'production'),
    false,
    '0/0/0',
    [],
    ['No pacts or verifications have been published for version 99 of Foo'],
  ],
  ['6', empty.versions('Foo 1'), cid('Foo', '1', 'production'), true, '0/0/0', [], [NOTHING_MISSING]],
  [
    '7a',
    twoProviders,
    cid('Foo', '1', 'production'),
    null,
    '1/0/1',
    ['Foo 1 → Bar 2 true', 'Foo 1 → Baz – null'],
    [between(`version 1 of Foo and a version of Baz currently in production (${nowhere})`)],
  ],
  [
    '7b',
    twoProviders,
    cid('Foo', '1', 'production', 'Baz'),
    true,
    '1/0/0/1',
    ['Foo 1 → Bar 2 true', 'Foo 1 → Baz – null ignored'],
    [ALL_GOOD],
  ],
  [
    '7c',
    twoProviders,
    cid('Foo', '1', 'production', 'Nope'),
    null,
    '1/0/1/0',
    ['Foo 1 → Bar 2 true', 'Foo 1 → Baz – null'],
    [
      'WARN: Cannot ignore any version of Nope (no such pacticipant exists)',
      between(`version 1 of Foo and a version of Baz currently in production (${nowhere})`),
    ],
  ],
  [
    '7d',
    twoProviders,
    cid('Foo', '1', 'production', 'Bar 77'),
    null,
    '1/0/1/0',
    ['Foo 1 → Bar 2 true', 'Foo 1 → Baz – null'],
    [
      'WARN: Cannot ignore version 77 of Bar (no such version exists)',
      between(`version 1 of Foo and a version of Baz currently in production (${nowhere})`),
    ],
  ],
  [
    '7e',
    twoProviders,
    cid('Foo', '1', 'production', 'Bar 2'),
    null,
    '0/0/1/1',
    ['Foo 1 → Baz – null', 'Foo 1 → Bar 2 true ignored'],
    [between(`version 1 of Foo and a version of Baz currently in production (${nowhere})`)],
  ],
  ['7f', twoProviders, cid('Foo', '99', 'production', 'Foo'), true, '0/0/0/0', [], [NOTHING_MISSING]],
  [
    '8',
    fooBar
      .verifies('Bar 10', 'Foo 1', 'failed')
      .releases('Bar 10', 'production')
      .verifies('Bar 11', 'Foo 1')
      .releases('Bar 11', 'production'),
    cid('Foo', '1', 'production'),
    false,
    '1/1/0',
    ['Foo 1 → Bar 11 true', 'Foo 1 → Bar 10 false'],
    [failed('version 1 of Foo and one of the versions of Bar currently in production (10)')],
  ],
  [
    '9',
    fooBar
      .versions('Bar 10')
      .releases('Bar 10', 'production')
      .verifies('Bar 11', 'Foo 1')
      .releases('Bar 11', 'production'),
    cid('Foo', '1', 'production'),
    true,
    '1/0/0',
    ['Foo 1 → Bar 11 true'],
    [ALL_GOOD],
  ],
  [
    '10',
    fooBar
      .verifies('Bar 10', 'Foo 1')
      .deploys('Foo 1', 'production', 'a')
      .publishes('Foo 2', 'Bar', { content: 2 })
      .deploys('Foo 2', 'production', 'b'),
    cid('Bar', '10', 'production'),
    null,
    '1/0/1',
    ['Foo 2 → Bar – null', 'Foo 1 → Bar 10 true'],
    [between('one of the versions of Foo currently in production (2) and version 10 of Bar')],
  ],
  [
    '11',
    fooBar.verifies('Bar 10', 'Foo 1').deploys('Bar 10', 'test').publishes('Foo 2', 'Bar', { content: 1 }),
    cid('Foo', '2', 'test'),
    true,
    '1/0/0',
    ['Foo 2 → Bar 10 true'],
    [ALL_GOOD],
  ],
  [
    '12a',
    tagged,
    (past) =>
      told(canIDeploy(past.snapshot(), { selectors: [selector('Foo 1')], destination: { tag: 'prod' } })),
    false,
    '0/1/0',
    ['Foo 1 → Bar 11 false'],
    [failed('version 1 of Foo and the latest version of Bar with tag prod (11)')],
  ],
  [
    '12b',
    tagged,
    asks(['Foo 1'], { destination: { tag: 'prod' } }),
    false,
    '1/1/0',
    ['Foo 1 → Bar 11 false', 'Foo 1 → Bar 10 true'],
    [failed('version 1 of Foo and a version of Bar with tag prod (11)')],
  ],
  [
    '12c',
    tagged,
    asks(['Foo 1'], { destination: { tag: 'prod' }, latestBy: 'cvp' }),
    false,
    '0/1/0',
    ['Foo 1 → Bar 11 false'],
    [failed('version 1 of Foo and a version of Bar with tag prod (11)')],
  ],
  [
    '12d',
    tagged,
    asks(['Foo 1'], { destination: { tag: 'prod', latest: true }, latestBy: 'cvp', success: [true] }),
    null,
    '0/0/1',
    [],
    [between('version 1 of Foo and the latest version of Bar with tag prod (11)')],
  ],
  [
    '13a',
    halfVerified,
    asks(['Foo', 'Bar']),
    null,
    '1/0/1',
    ['Foo 2 → Bar – null', 'Foo 1 → Bar 10 true'],
    [between('any version of Foo and any version of Bar')],
  ],
  [
    '13b',
    halfVerified,
    asks(['Foo']),
    null,
    '1/0/1',
    ['Foo 2 → Bar – null', 'Foo 1 → Bar 10 true'],
    [NO_ENVIRONMENT, between('any version of Foo and any version of Bar')],
  ],
  ['13c', halfVerified, asks(['Bar']), true, '1/0/0', ['Foo 1 → Bar 10 true'], [NO_ENVIRONMENT, ALL_GOOD]],
  [
    '13d',
    halfVerified,
    asks(['Foo latest', 'Bar latest'], { latestBy: 'cvp' }),
    null,
    '0/0/1',
    ['Foo 2 → Bar – null'],
    [NO_NUMBER, between('the latest version of Foo (2) and the latest version of Bar (10)')],
  ],
  [
    '14',
    empty
      .publishes('ServiceB 100', 'ServiceA', { content: 1 })
      .verifies('ServiceA 99', 'ServiceB 100')
      .publishes('ServiceA 1', 'ServiceB', { content: 2 })
      .verifies('ServiceB 100', 'ServiceA 1'),
    asks(['ServiceA 1', 'ServiceB 100'], { latestBy: 'cvpv' }),
    null,
    '1/0/1',
    ['ServiceA 1 → ServiceB 100 true', 'ServiceB 100 → ServiceA – null'],
    [between('version 100 of ServiceB and version 1 of ServiceA')],
  ],
  [
    '15a',
    zoo,
    asks(['Bar 2', 'Foo tag=prod'], { destination: { latest: true, tag: 'prod' } }),
    null,
    '2/0/1',
    ['Cat 20 → Bar – null', 'Foo 2 → Bar 2 true', 'Foo 1 → Bar 2 true'],
    [between('the latest version of Cat with tag prod (20) and version 2 of Bar')],
  ],
  [
    '15b',
    zoo,
    asks(['Bar 2', 'Foo tag=prod']),
    true,
    '2/0/0',
    ['Foo 2 → Bar 2 true', 'Foo 1 → Bar 2 true'],
    [ALL_GOOD],
  ],
  [
    '15c',
    zoo,
    asks(['Bar 2'], { destination: { latest: true, tag: 'prod' }, latestBy: 'cvp' }),
    null,
    '1/0/1',
    ['Cat 20 → Bar – null', 'Foo 2 → Bar 2 true'],
    [between('the latest version of Cat with tag prod (20) and version 2 of Bar')],
  ],
  [
    '15d',
    zoo,
    asks(['Bar 2'], { latestBy: 'cvp' }),
    false,
    '3/1/0',
    ['Dog 40 → Bar 2 true', 'Foo 3 → Bar 2 false', 'Foo 2 → Bar 2 true', 'Foo 1 → Bar 2 true'],
    [NO_ENVIRONMENT, failed('version 3 of Foo and version 2 of Bar')],
  ],
  [
    '15e',
    zoo,
    asks(['Bar 2'], { destination: { latest: true }, latestBy: 'cvp' }),
    null,
    '1/1/1',
    ['Cat 20 → Bar – null', 'Dog 40 → Bar 2 true', 'Foo 3 → Bar 2 false'],
    [
      NO_ENVIRONMENT,
      failed('the latest version of Foo (3) and version 2 of Bar'),
      between('the latest version of Cat (20) and version 2 of Bar'),
    ],
  ],
  [
    '16a',
    branches,
    asks(['Foo branch=feat latest'], { destination: { mainBranch: true }, latestBy: 'cvp' }),
    true,
    '1/0/0',
    ['Foo 2 → Bar 10 true'],
    [NO_NUMBER, ALL_GOOD],
  ],
  [
    '16b',
    branches,
    asks(['Foo branch=nope latest'], { destination: { mainBranch: true, latest: true } }),
    false,
    '0/0/0',
    [],
    [NO_NUMBER, 'No version of Foo from branch nope exists'],
  ],
  [
    '16c',
    branches,
    asks(['Foo mainBranch', 'Bar 11']),
    false,
    '0/1/0',
    ['Foo 1 → Bar 11 false'],
    [failed('the version of Foo from branch main (1) and version 11 of Bar')],
  ],
  [
    '16d',
    fooBar,
    asks(['Foo 1'], { destination: { mainBranch: true, latest: true } }),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [
      between(
        'version 1 of Foo and the latest version of Bar from the main branch (no versions exist for this branch)',
      ),
    ],
  ],
  [
    '16d without latest',
    fooBar,
    asks(['Foo 1'], { destination: { mainBranch: true } }),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [
      between(
        'version 1 of Foo and any version of Bar from the main branch (no versions exist for this branch)',
      ),
    ],
  ],
  [
    '17, said once',
    fooBar.publishes('Foo 2', 'Bar', { content: 2 }),
    asks(['Foo', 'Bar']),
    null,
    '0/0/2',
    ['Foo 2 → Bar – null', 'Foo 1 → Bar – null'],
    [between('any version of Foo and any version of Bar')],
  ],
  [
    '18, naming its own version',
    fooBar
      .verifies('Bar 2', 'Foo 1', 'failed')
      .publishes('Foo 3', 'Bar', { content: 3 })
      .verifies('Bar 2', 'Foo 3'),
    asks(['Bar 2'], { latestBy: 'cvp' }),
    false,
    '1/1/0',
    ['Foo 3 → Bar 2 true', 'Foo 1 → Bar 2 false'],
    [NO_ENVIRONMENT, failed('version 1 of Foo and version 2 of Bar')],
  ],
  [
    '19',
    fooBar
      .verifies('Bar 10', 'Foo 1')
      .deploys('Bar 10', 'test', 'a')
      .verifies('Bar 11', 'Foo 1')
      .deploys('Bar 11', 'test', 'b')
      .publishes('Foo 2', 'Bar', { content: 2 }),
    cid('Foo', '2', 'test'),
    null,
    '0/0/1',
    ['Foo 2 → Bar – null'],
    [between('version 2 of Foo and any version of Bar')],
  ],
  [
    '20',
    chain,
    cid('B', '5', 'test'),
    null,
    '1/0/1',
    ['A 1 → B 5 true', 'B 5 → C – null'],
    [between(`version 5 of B and a version of C currently in test (${nowhere})`)],
  ],
  [
    '20, then C verifies',
    chain.verifies('C 9', 'B 5').deploys('C 9', 'test'),
    cid('B', '5', 'test'),
    true,
    '2/0/0',
    ['A 1 → B 5 true', 'B 5 → C 9 true'],
    [ALL_GOOD],
  ],
  [
    '20, ignoring both',
    chain.verifies('C 9', 'B 5').deploys('C 9', 'test'),
    cid('B', '5', 'test', 'C', 'A'),
    true,
    '0/0/0/2',
    ['A 1 → B 5 true ignored', 'B 5 → C 9 true ignored'],
    [NOTHING_MISSING],
  ],
  [
    '21',
    empty.publishes('A 1', 'B').deploys('A 1', 'test').versions('B 1'),
    cid('B', '1', 'test'),
    null,
    '0/0/1',
    ['A 1 → B – null'],
    [between('the version of A currently in test (1) and version 1 of B')],
  ],
  [
    '22',
    empty.publishes('A 1', 'B').publishes('A 2', 'C').deploys('A 2', 'test').versions('B 1'),
    cid('B', '1', 'test'),
    true,
    '0/0/0',
    [],
    [NOTHING_MISSING],
  ],
  [
    '23 unverified',
    empty.publishes('A 1', 'A'),
    cid('A', '1', 'test'),
    null,
    '0/0/1',
    ['A 1 → A – null'],
    [between('version 1 of A and version 1 of A')],
  ],
  [
    '23 verified',
    empty.publishes('A 1', 'A').verifies('A 1', 'A 1'),
    cid('A', '1', 'test'),
    true,
    '1/0/0',
    ['A 1 → A 1 true'],
    [ALL_GOOD],
  ],
  [
    '24',
    fooBar.verifies('Bar 2', 'Foo 1', 'failed').deploys('Bar 2', 'test').publishes('Foo 1', 'Baz'),
    cid('Foo', '1', 'test'),
    null,
    '0/1/1',
    ['Foo 1 → Bar 2 false', 'Foo 1 → Baz – null'],
    [
      failed('version 1 of Foo and the version of Bar currently in test (2)'),
      between(`version 1 of Foo and a version of Baz currently in test (${nowhere})`),
    ],
  ],
  [
    '25',
    undeployed(verified.deploys('Bar 2', 'test'), 'test'),
    cid('Foo', '1', 'test'),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [between(`version 1 of Foo and a version of Bar currently in test (${nowhere})`)],
  ],
  [
    '26',
    fooBar.verifies('Bar 10', 'Foo 1').publishes('Foo 1', 'Bar', { content: 2 }),
    asks(['Foo', 'Bar']),
    null,
    '1/0/1',
    ['Foo 1 → Bar – null', 'Foo 1 → Bar 10 true'],
    [between('any version of Foo and any version of Bar')],
  ],
  [
    '26, last revision',
    fooBar.verifies('Bar 10', 'Foo 1').publishes('Foo 1', 'Bar', { content: 2 }),
    asks(['Foo', 'Bar'], { latestBy: 'cvpv' }),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [between('any version of Foo and any version of Bar')],
  ],
  [
    '26, destination latest',
    fooBar.verifies('Bar 10', 'Foo 1').publishes('Foo 1', 'Bar', { content: 2 }),
    asks(['Foo 1'], { destination: { latest: true }, latestBy: 'cvp' }),
    null,
    '0/0/1',
    ['Foo 1 → Bar – null'],
    [NO_ENVIRONMENT, between('version 1 of Foo and the latest version of Bar (10)')],
  ],
  [
    '27',
    fooBar.verifies('Bar 10', 'Foo 1').verifies('Bar 10', 'Foo 1', 'failed'),
    asks(['Foo 1'], { destination: { latest: true }, latestBy: 'cvp' }),
    false,
    '0/1/0',
    ['Foo 1 → Bar 10 false'],
    [NO_ENVIRONMENT, failed('version 1 of Foo and the latest version of Bar (10)')],
  ],
  [
    '27, every result',
    fooBar.verifies('Bar 10', 'Foo 1').verifies('Bar 10', 'Foo 1', 'failed'),
    asks(['Foo 1'], { destination: { latest: true } }),
    false,
    '1/1/0',
    ['Foo 1 → Bar 10 false', 'Foo 1 → Bar 10 true'],
    [NO_ENVIRONMENT, failed('version 1 of Foo and the latest version of Bar (10)')],
  ],
  [
    '28',
    fooBar
      .verifies('Bar 10', 'Foo 1')
      .verifies('Bar 10', 'Foo 1', 'failed')
      .versions('Bar 9')
      .verifies('Bar 9', 'Foo 1'),
    asks(['Foo 1'], { latestBy: 'cp' }),
    true,
    '1/0/0',
    ['Foo 1 → Bar 9 true'],
    [NO_ENVIRONMENT, ALL_GOOD],
  ],
  [
    '29',
    onlyMain.verifies('Bar 9', 'Foo 1').publishes('Foo 2', 'Bar', { content: 2, branch: 'main' }),
    asks(['Foo branch=main', 'Bar 9'], { latestBy: 'cvpv' }),
    null,
    '1/0/1',
    ['Foo 2 → Bar – null', 'Foo 1 → Bar 9 true'],
    [between('one of the versions of Foo from branch main (2) and version 9 of Bar')],
  ],
  [
    '30',
    chain.deploys('B 5', 'test').verifies('C 8', 'B 5').versions('C 9'),
    cid('C', '9', 'test'),
    null,
    '0/0/1',
    ['B 5 → C – null'],
    [between('the version of B currently in test (5) and version 9 of C')],
  ],
  [
    '30, the verified one',
    chain.deploys('B 5', 'test').verifies('C 8', 'B 5'),
    cid('C', '8', 'test'),
    true,
    '1/0/0',
    ['B 5 → C 8 true'],
    [ALL_GOOD],
  ],
  [
    '31',
    empty
      .publishes('A 1', 'B')
      .verifies('B 5', 'A 1', 'failed')
      .deploys('B 5', 'test', 'x')
      .deploys('B 5', 'test', 'y')
      .releases('B 5', 'test'),
    cid('A', '1', 'test'),
    false,
    '0/1/0',
    ['A 1 → B 5 false'],
    [failed('version 1 of A and the version of B currently in test (5)')],
  ],
  [
    '32a',
    empty.publishes('A 1', 'B').verifies('B 5', 'A 1', 'failed').deploys('B 5', 'test').publishes('A 2', 'B'),
    cid('A', '2', 'test', 'B 5'),
    null,
    '0/0/1/0',
    ['A 2 → B – null'],
    [between('version 2 of A and the version of B currently in test (5)')],
  ],
  [
    '32b',
    empty.publishes('A 1', 'B').verifies('B 5', 'A 1', 'failed').deploys('B 5', 'test'),
    cid('A', '1', 'test', 'B 5'),
    true,
    '0/0/0/1',
    ['A 1 → B 5 false ignored'],
    [NOTHING_MISSING],
  ],
  [
    '32c',
    empty.publishes('A 1', 'B').deploys('A 1', 'test').publishes('A 2', 'B'),
    cid('A', '2', 'test', 'A 2'),
    true,
    '0/0/0/1',
    ['A 2 → B – null ignored'],
    [NOTHING_MISSING],
  ],
  [
    '34',
    branches.versions('Foo 3').branches('Foo 3', 'main'),
    asks(['Bar 10'], { destination: { mainBranch: true, latest: true }, latestBy: 'cvp' }),
    true,
    '0/0/0',
    [],
    [NOTHING_MISSING],
  ],
  [
    '34 without latest',
    branches.versions('Foo 3').branches('Foo 3', 'main'),
    asks(['Bar 10'], { destination: { mainBranch: true }, latestBy: 'cvp' }),
    true,
    '1/0/0',
    ['Foo 1 → Bar 10 true'],
    [ALL_GOOD],
  ],
  [
    '35',
    empty
      .publishes('Foo 1', 'Bar', { tags: ['prod'] })
      .verifies('Bar 10', 'Foo 1')
      .publishes('Foo 2', 'Bar'),
    asks(['Bar 10'], { destination: { latest: true }, latestBy: 'cvp' }),
    null,
    '0/0/1',
    ['Foo 2 → Bar – null'],
    [NO_ENVIRONMENT, between('the latest version of Foo (2) and version 10 of Bar')],
  ],
];

function undeployed(past: Story, environment: string): Story {
  const [presence] = past.snapshot().presences(environmentName(environment));
  return past.next((draft, at) => void undeploy(draft, presence?.uuid ?? '', at));
}

describe('the matrix answers as the reference says (matrix.md §8)', () => {
  it.each(examples)('example %s', (_example, past, question, deployable, counts, rows, notices) => {
    expect(question(past)).toEqual({ deployable, counts, rows, notices });
  });

  it('takes the limit of all pacts of the store before it looks at the consumer (example 33)', () => {
    const past = [2, 3, 4, 5].reduce(
      (before, n) => before.verifies(`B ${n}`, 'A 1'),
      empty.publishes('A 1', 'B').verifies('B 1', 'A 1'),
    );
    const two = past.publishes('A 2', 'B').verifies('B 1', 'A 2');
    expect(asks(['A'], { limit: 1 })(two)).toMatchObject({ deployable: true, rows: ['A 2 → B 1 true'] });
    expect(asks(['A'], { limit: 1 })(two.publishes('Z 9', 'B'))).toMatchObject({
      deployable: null,
      counts: '0/0/1',
      rows: [],
    });
  });
});

describe('the order of rows', () => {
  it('puts the newest revision first, verified or not', () => {
    const past = fooBar.publishes('Foo 1', 'Bar', { content: 2 }).verifies('Bar 1', 'Foo 1');
    expect(asks(['Foo', 'Bar'])(past).rows).toEqual(['Foo 1 → Bar 1 true', 'Foo 1 → Bar – null']);
  });

  it('takes the last result for the newest where a limit cuts', () => {
    const past = ['B 1', 'B 2', 'B 1'].reduce(
      (before, version) => before.verifies(version, 'A 1'),
      empty.publishes('A 1', 'B', { content: 1 }),
    );
    const again = past.publishes('A 2', 'B', { content: 1 });
    expect(asks(['A', 'B'], { latestBy: 'cvpv', limit: 1 })(again).rows).toEqual(['A 2 → B 1 true']);
  });

  it('takes a provider version for as old as its first result, of the latest of each, where a limit cuts', () => {
    const past = ['B 1', 'B 2', 'B 1'].reduce(
      (before, version) => before.verifies(version, 'A 1'),
      empty.publishes('A 1', 'B'),
    );
    expect(asks(['A', 'B'], { latestBy: 'cvpv', limit: 1 })(past).rows).toEqual(['A 1 → B 2 true']);
    expect(asks(['A', 'B'], { limit: 1 })(past).rows).toEqual(['A 1 → B 1 true']);
  });
});

describe('a pacticipant that consumes itself', () => {
  const itself = empty
    .publishes('A 1', 'A', { content: 1 })
    .verifies('A 1', 'A 1')
    .verifies('A 1', 'A 1', 'failed')
    .verifies('A 2', 'A 1')
    .publishes('A 2', 'A', { content: 2 });

  it('has each of its rows once', () => {
    const answer = asks(['A'])(itself);
    expect(answer.rows).toEqual(['A 2 → A – null', 'A 1 → A 2 true', 'A 1 → A 1 false', 'A 1 → A 1 true']);
  });

  it('has those where the version asked about is either side', () => {
    expect(asks(['A 2'])(itself).rows).toEqual(['A 2 → A – null', 'A 1 → A 2 true']);
    expect(asks(['A 1'])(itself).rows).toEqual(['A 1 → A 2 true', 'A 1 → A 1 false', 'A 1 → A 1 true']);
  });
});

describe('a store with a result by a version that is gone', () => {
  it('is damaged, and says which', () => {
    const path = paths.version(pacticipantName('Bar'), versionNumber('2'));
    const root = withNode(verified.root, path, undefined);
    const ask = () => matrix(snapshotOf(root), { selectors: [selector('Foo 1')] });
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'store-damaged',
        message: 'There is a verification result of version 2 of Bar, which does not exist.',
        hint: 'Run `gitpact fsck` to find and repair what is inconsistent.',
      }),
    );
  });
});

describe('what gitpact says beyond the Pact Broker', () => {
  const own = (answer: MatrixAnswer) => reasonNotices(answer).filter(({ origin }) => origin === 'gitpact');
  const hidden = fooBar
    .versions('Bar 10')
    .releases('Bar 10', 'production')
    .verifies('Bar 11', 'Foo 1')
    .releases('Bar 11', 'production');
  const question = { selectors: [selector('Foo 1')], destination: { environment: 'production' } };

  it('warns of a live version without a result that another live version hides', () => {
    expect(own(canIDeploy(hidden.snapshot(), question)).map(({ text }) => text)).toEqual([
      'WARN: There is no verified pact between version 1 of Foo and one of the versions of Bar currently in production (10), though another version of Bar in production has verified it. This does not change the answer, unless it is asked for strictly.',
    ]);
  });

  it('counts it as unknown when asked strictly', () => {
    const answer = canIDeploy(hidden.snapshot(), { ...question, strict: true });
    expect(told(answer)).toEqual({
      deployable: null,
      counts: '1/0/1',
      rows: ['Foo 1 → Bar 11 true', 'Foo 1 → Bar 10 null'],
      notices: [between('version 1 of Foo and one of the versions of Bar currently in production (10)')],
    });
    expect(own(answer)).toEqual([]);
  });

  it('takes strictness from the settings of the store, unless the question says otherwise', () => {
    const strict = hidden.next((draft) => draft.putSettings({ ...draft.now.settings, strict: true }));
    expect(canIDeploy(strict.snapshot(), question).verdict).toBe('unknown');
    expect(canIDeploy(strict.snapshot(), { ...question, strict: false }).verdict).toBe('yes');
  });

  it('does not warn of a version that is ignored', () => {
    const answer = canIDeploy(hidden.snapshot(), { ...question, ignore: [selector('Bar 10')] });
    expect(own(answer)).toEqual([]);
  });

  it('warns where a limit may have left out something, and can take it of the answer alone', () => {
    const past = verified.publishes('Zoo 1', 'Yak');
    const limited = (limit: number, limitWithin: 'store' | 'answer') =>
      matrix(past.snapshot(), { selectors: [selector('Foo')], limit, limitWithin });
    expect(own(limited(1, 'store'))[0]?.text).toContain('the limit is 1.');
    expect(told(limited(1, 'store')).rows).toEqual([]);
    expect(own(limited(1, 'answer'))[0]?.text).toContain('the limit is 1.');
    expect(told(limited(1, 'answer')).rows).toEqual(['Foo 1 → Bar 2 true']);
    expect(own(limited(2, 'answer'))).toEqual([]);
    expect(own(limited(2, 'store'))).toEqual([]);
  });

  it('warns of a live version beside another that was named', () => {
    const selectors = [selector('Foo 1'), selector('Bar environment=production'), selector('Bar 11')];
    const past = fooBar.versions('Bar 10').releases('Bar 10', 'production').verifies('Bar 11', 'Foo 1');
    expect(own(matrix(past.snapshot(), { selectors }))).toHaveLength(1);
  });

  it('warns of the latest version of all, which may be from any branch', () => {
    const answer = canIDeploy(verified.snapshot(), { selectors: [selector('Foo 1')] });
    expect(own(answer)[0]?.text).toContain('The latest version of Bar may be from any branch');
  });
});

describe('can-i-merge', () => {
  it.each([
    ['the main branch of the provider has verified it', branches, 'yes'],
    ['it has not', onlyMain.branches('Bar 7', 'main'), 'unknown'],
    ['it failed', onlyMain.verifies('Bar 7', 'Foo 1', 'failed', { branch: 'main' }), 'no'],
  ] as const)('when %s', (_when, past, verdict) => {
    expect(canIMerge(past.snapshot(), 'Foo').verdict).toBe(verdict);
    expect(canIMerge(past.snapshot(), 'Foo', '1').verdict).toBe(verdict);
  });

  it('means the head of the main branch, or the version that is named', () => {
    const past = onlyMain
      .verifies('Bar 7', 'Foo 1', 'passed', { branch: 'main' })
      .publishes('Foo 2', 'Bar', { content: 2, branch: 'main' })
      .verifies('Bar 7', 'Foo 2', 'failed');
    const verdicts = [undefined, '1', '2'].map(
      (version) => canIMerge(past.snapshot(), 'Foo', version).verdict,
    );
    expect(verdicts).toEqual(['no', 'yes', 'no']);
  });

  it('deploys to a branch in the same way', () => {
    const destination = { branch: 'feat' };
    const answer = canIDeploy(branches.snapshot(), { selectors: [selector('Foo 1')], destination });
    expect(told(answer)).toMatchObject({
      deployable: false,
      notices: [failed('version 1 of Foo and the latest version of Bar from branch feat (11)')],
    });
  });
});

describe('questions that cannot be answered', () => {
  it.each([
    ['no selector', {}, ['Please provide 1 or more version selectors.']],
    ['no name', { selectors: [selector('')] }, ['Please specify the pacticipant name']],
    [
      'number and latest',
      { selectors: [selector('Foo 1 latest')] },
      ['A version number and latest flag cannot both be specified for Foo'],
    ],
    ['an unknown pacticipant', { selectors: [selector('Nope')] }, ['Pacticipant Nope not found']],
    ['a name that cannot be', { selectors: [{ pacticipant: ' ' }] }, ['Pacticipant   not found']],
    [
      'ignoring nobody',
      { selectors: [selector('Foo')], ignore: [{ pacticipant: '' }] },
      ['Please specify the pacticipant name to ignore'],
    ],
    [
      'ignoring twice',
      { selectors: [selector('Foo')], ignore: [selector('Foo 1 latest')] },
      ['A version number and latest flag cannot both be specified for Foo to ignore'],
    ],
    [
      'two destinations',
      { selectors: [selector('Foo')], destination: { tag: 'a', mainBranch: false } },
      ['Cannot specify more than one of tag, environment and mainBranch.'],
    ],
    [
      'the latest of an environment',
      { selectors: [selector('Foo')], destination: { environment: 'test', latest: true } },
      ['Cannot specify both latest=true and an environment.'],
    ],
    [
      'an unknown environment',
      { selectors: [selector('Foo')], destination: { environment: 'moon' } },
      ["Environment with name 'moon' does not exist"],
    ],
    ['no limit at all', { selectors: [selector('Foo')], limit: 0 }, ['The limit must be 1 or greater.']],
    [
      'a limit that is no number',
      { selectors: [selector('Foo')], limit: Number.NaN },
      ['The limit must be 1 or greater.'],
    ],
    [
      'everything',
      {
        selectors: [selector(''), selector('Nope 1 latest')],
        ignore: [selector('')],
        destination: { tag: 'a', environment: 'moon', latest: true },
        limit: -1,
      },
      [
        'Please specify the pacticipant name',
        'A version number and latest flag cannot both be specified for Nope',
        'Pacticipant Nope not found',
        'Please specify the pacticipant name to ignore',
        'Cannot specify more than one of tag, environment and mainBranch.',
        'Cannot specify both latest=true and an environment.',
        "Environment with name 'moon' does not exist",
        'The limit must be 1 or greater.',
      ],
    ],
  ] satisfies readonly (readonly [string, Partial<MatrixQuestion>, readonly string[]])[])(
    '%s',
    (_what, question, complaints) => {
      const asked = { selectors: [], ...question };
      expect(complaintsAbout(fooBar.snapshot(), asked)).toEqual(complaints);
      expect(() => matrix(fooBar.snapshot(), asked)).toThrow(
        expect.objectContaining({
          code: 'bad-request',
          message: complaints.join('\n'),
          complaints: complaints.map((text) => ({ where: '', text })),
        }),
      );
    },
  );

  it.each([
    [
      {},
      ['pacticipant is missing', 'version is missing', " Must specify either an environment or a 'to' tag."],
    ],
    [
      { pacticipant: 'Nope', version: ' ', environment: 'moon', to: 'prod' },
      [
        'pacticipant does not match an existing pacticipant',
        'version is missing',
        "environment with name 'moon' does not exist",
        " Cannot specify both a 'to' tag and an environment.",
      ],
    ],
    [{ pacticipant: 'Foo', version: '99', to: 'prod' }, []],
  ])('GET /can-i-deploy with %j', (parameters, complaints) => {
    expect(
      complaintsAboutDeploying(fooBar.snapshot(), parameters).map(({ where, text }) => `${where} ${text}`),
    ).toEqual(complaints);
  });
});
