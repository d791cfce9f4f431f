import { describe, expect, it } from 'vitest';
import {
  endSupport,
  recordDeployment,
  recordRelease,
  undeploy,
  uuidFrom,
} from '../../src/decide/deployments.ts';
import {
  createEnvironment,
  deleteEnvironment,
  type EnvironmentRequest,
  updateEnvironment,
} from '../../src/decide/environments.ts';
import { environmentName, instant, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import type { Environment } from '../../src/domain/records.ts';
import { type Story, story } from '../helpers/story.ts';

const test = environmentName('test');
const live = environmentName('live');
const foo = pacticipantName('Foo');
const at = instant(new Date('2026-02-01T00:00:00Z'));
const environmentOf = (past: Story, name = test) => {
  const environment = past.snapshot().environment(name);
  if (!environment) throw new Error(`no environment ${name}`);
  return environment;
};
const versionOf = (past: Story, number: string) => past.snapshot().version(foo, versionNumber(number));
const liveIn = (past: Story, name = test) =>
  past
    .snapshot()
    .presences(name)
    .map(({ kind, version, target }) => [kind, version, target].filter(Boolean).join(' '));

const two = story().creates('test').versions('Foo 1').versions('Foo 2');

describe('a deployment (domain.md §8)', () => {
  it.each<[what: string, past: Story, live: readonly string[], deployed: readonly [string, boolean][]]>([
    ['one', two.deploys('Foo 1', 'test'), ['deployed 1'], [['1', true]]],
    ['the same again', two.deploys('Foo 1', 'test').deploys('Foo 1', 'test'), ['deployed 1'], [['1', true]]],
    [
      'another',
      two.deploys('Foo 1', 'test').deploys('Foo 2', 'test'),
      ['deployed 2'],
      [
        ['1', false],
        ['2', true],
      ],
    ],
    [
      'the first once more',
      two.deploys('Foo 1', 'test').deploys('Foo 2', 'test').deploys('Foo 1', 'test'),
      ['deployed 1'],
      [
        ['1', false],
        ['1', true],
        ['2', false],
      ],
    ],
    [
      'one for each application instance',
      two.deploys('Foo 1', 'test').deploys('Foo 2', 'test', 'blue').deploys('Foo 1', 'test', 'green'),
      ['deployed 1', 'deployed 2 blue', 'deployed 1 green'],
      [
        ['1', true],
        ['1', true],
        ['2', true],
      ],
    ],
    [
      'a blank application instance: the same slot as none',
      two.deploys('Foo 1', 'test').deploys('Foo 2', 'test', ''),
      ['deployed 2'],
      [
        ['1', false],
        ['2', true],
      ],
    ],
    [
      'one of another pacticipant',
      two.versions('Bar 5').deploys('Bar 5', 'test').deploys('Foo 1', 'test'),
      ['deployed 5', 'deployed 1'],
      [['1', true]],
    ],
    [
      'one to another environment',
      two.creates('live').deploys('Foo 1', 'test').deploys('Foo 2', 'live'),
      ['deployed 1'],
      [
        ['1', true],
        ['2', true],
      ],
    ],
    [
      'one beside a release',
      two.releases('Foo 1', 'test').deploys('Foo 2', 'test').deploys('Foo 1', 'test'),
      ['released 1', 'deployed 1'],
      [
        ['1', true],
        ['2', false],
      ],
    ],
  ])('%s', (_what, past, presences, deployed) => {
    expect(liveIn(past)).toEqual(presences);
    const all = ['1', '2'].flatMap((number) =>
      (versionOf(past, number)?.deployments ?? []).map(({ undeployedAt }) => [
        number,
        undeployedAt === undefined,
      ]),
    );
    expect(all).toEqual(deployed);
  });

  it('has an id of its own, by which it is found and undeployed once', () => {
    const past = two.deploys('Foo 1', 'test').deploys('Foo 2', 'test', 'blue');
    const [first, second] = past.snapshot().presences(test);
    expect(first?.uuid).not.toBe(second?.uuid);
    expect(first?.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(past.snapshot().versionOfDeployment(second?.uuid ?? '')?.number).toBe('2');
    const after = past.next((draft) => {
      expect(undeploy(draft, first?.uuid ?? '', at)).toMatchObject({ undeployedAt: at });
      expect(undeploy(draft, first?.uuid ?? '', instant(new Date()))).toMatchObject({ undeployedAt: at });
      expect(undeploy(draft, 'nothing', at)).toBeUndefined();
    });
    expect(liveIn(after)).toEqual(['deployed 2 blue']);
    expect(liveIn(after.deploys('Foo 1', 'test'))).toEqual(['deployed 2 blue', 'deployed 1']);
    expect(versionOf(after.deploys('Foo 1', 'test'), '1')?.deployments).toHaveLength(2);
  });

  it('ends alone: in its environment, in its application instance', () => {
    const past = two
      .creates('live')
      .deploys('Foo 1', 'test')
      .deploys('Foo 1', 'live')
      .deploys('Foo 1', 'live', 'blue')
      .releases('Foo 1', 'live');
    const [first, , release] = past.snapshot().presences(live);
    const after = past.next((draft, now) => {
      expect(undeploy(draft, release?.uuid ?? '', now)).toBeUndefined();
      expect(endSupport(draft, first?.uuid ?? '', now)).toBeUndefined();
      undeploy(draft, first?.uuid ?? '', now);
    });
    expect([liveIn(after), liveIn(after, live)]).toEqual([['deployed 1'], ['deployed 1 blue', 'released 1']]);
    const ended = versionOf(after, '1')?.deployments.filter(({ undeployedAt }) => undeployedAt);
    expect(ended?.map(({ uuid }) => uuid)).toEqual([first?.uuid]);
  });

  it('takes the place only of the one in its slot', () => {
    const past = two
      .versions('Bar 1')
      .deploys('Bar 1', 'test')
      .releases('Foo 1', 'test')
      .deploys('Foo 1', 'test', 'blue');
    const after = past.deploys('Foo 2', 'test').deploys('Foo 1', 'test').deploys('Foo 1', 'test', '');
    expect(liveIn(after)).toEqual(['deployed 1', 'released 1', 'deployed 1 blue', 'deployed 1']);
    expect(versionOf(after, '2')?.deployments).toMatchObject([{ undeployedAt: '2026-01-01T00:00:08.000Z' }]);
    expect(versionOf(after, '1')?.deployments.map(({ undeployedAt }) => undeployedAt)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('leaves the other instances and environments of the version it replaces or ends', () => {
    const past = two
      .creates('live')
      .deploys('Foo 1', 'test', 'blue')
      .deploys('Foo 1', 'live')
      .deploys('Foo 1', 'test');
    const replaced = past.deploys('Foo 2', 'test');
    expect([liveIn(replaced), liveIn(replaced, live)]).toEqual([
      ['deployed 1 blue', 'deployed 2'],
      ['deployed 1'],
    ]);
    const current = (all: Story) =>
      versionOf(all, '1')?.deployments.filter(({ undeployedAt }) => !undeployedAt);
    expect(current(replaced)?.map(({ target }) => target)).toEqual(['blue', undefined]);
    const [blue] = past.snapshot().presences(test);
    const ended = past.next((draft, now) => void undeploy(draft, blue?.uuid ?? '', now));
    expect([liveIn(ended), liveIn(ended, live)]).toEqual([['deployed 1'], ['deployed 1']]);
  });

  it('is the current one again, not the first, when the version came back', () => {
    const back = two.deploys('Foo 1', 'test').deploys('Foo 2', 'test').deploys('Foo 1', 'test');
    expect(back.deploys('Foo 1', 'test').root).toBe(back.root);
    back.next((draft) => {
      const [presence] = draft.now.presences(test);
      const again = recordDeployment(draft, {
        pacticipant: foo,
        version: versionNumber('1'),
        environment: test,
        at,
      });
      expect(again.uuid).toBe(presence?.uuid);
    });
  });

  it('is marked when a tag made it', () => {
    const put = two.tags('Foo 1', 'test');
    expect(versionOf(put, '1')?.deployments).toMatchObject([{ auto: true }]);
    expect(versionOf(two.deploys('Foo 1', 'test'), '1')?.deployments[0]).not.toHaveProperty('auto');
    expect(
      versionOf(
        two
          .next((draft) =>
            draft.putSettings({ ...draft.now.settings, deployTagsNamedLikeEnvironments: false }),
          )
          .tags('Foo 1', 'test'),
        '1',
      )?.deployments,
    ).toEqual([]);
  });

  it('answers with the same deployment when the version is there already', () => {
    two.next((draft) => {
      const request = { pacticipant: foo, version: versionNumber('1'), environment: test, target: 'blue' };
      const first = recordDeployment(draft, { ...request, at });
      expect(recordDeployment(draft, { ...request, at: instant(new Date()) })).toEqual(first);
      expect(first).toMatchObject({ target: 'blue', createdAt: at });
    });
  });

  it('has an id that is a random UUID in form', () => {
    const uuids = Array.from({ length: 50 }, (_, n) => uuidFrom('deployed', `${n}`));
    for (const uuid of uuids)
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(uuids).size).toBe(50);
    expect([...new Set(uuids.map((uuid) => uuid[19]))].sort()).toEqual(['8', '9', 'a', 'b']);
  });

  it('tells versions deployed at the same moment apart', () => {
    two.next((draft) => {
      const deploy = (version: string, target: string | undefined) =>
        recordDeployment(draft, {
          pacticipant: foo,
          version: versionNumber(version),
          environment: test,
          target,
          at,
        }).uuid;
      const uuids = [
        deploy('1', undefined),
        deploy('1', 'a'),
        deploy('2', 'b'),
        deploy('2', undefined),
        deploy('1', undefined),
      ];
      expect(new Set(uuids).size).toBe(uuids.length);
    });
  });

  it.each([
    ['version', 'Foo 9', 'test', 'version-missing'],
    ['environment', 'Foo 1', 'nope', 'environment-missing'],
  ])('needs a %s that is there', (_what, version, environment, code) => {
    expect(() => two.deploys(version, environment)).toThrow(expect.objectContaining({ code }));
    expect(() => two.releases(version, environment)).toThrow(expect.objectContaining({ code }));
  });

  it('names what is missing, and the environments there are', () => {
    expect(() => two.deploys('Foo 9', 'test')).toThrow(
      expect.objectContaining({
        message: 'No version 9 of Foo found.',
        hint: 'Publish its pacts or verification results first: that is what makes a version known.',
      }),
    );
    expect(() => two.creates('live').deploys('Foo 1', 'nope')).toThrow(
      expect.objectContaining({
        message: "Environment with name 'nope' does not exist.",
        hint: 'There are: live, test. Make a new one with `gitpact create-environment --name nope`.',
      }),
    );
    expect(() => two.deploys('Foo 1', 'nope')).toThrow(
      expect.objectContaining({
        hint: 'There are: test. Make a new one with `gitpact create-environment --name nope`.',
      }),
    );
    expect(() => story().versions('Foo 1').deploys('Foo 1', 'nope')).toThrow(
      expect.objectContaining({ hint: 'Make it with `gitpact create-environment --name nope`.' }),
    );
  });
});

describe('a release (domain.md §9)', () => {
  it('is made once, ended once, and opened again under the same id', () => {
    two.next((draft) => {
      const request = { pacticipant: foo, version: versionNumber('1'), environment: test };
      const [t1, t2, t3] = [1, 2, 3].map((day) => instant(new Date(Date.UTC(2026, 2, day))));
      const { release, created } = recordRelease(draft, { ...request, at: t1 ?? at });
      expect(created).toBe(true);
      expect(recordRelease(draft, { ...request, at: t2 ?? at })).toEqual({ release, created: false });
      const other = recordRelease(draft, { ...request, version: versionNumber('2'), at: t2 ?? at });
      const presences = () => draft.now.presences(test).map(({ kind, version }) => `${kind} ${version}`);
      expect(presences()).toEqual(['released 1', 'released 2']);
      const ended = { ...release, supportEndedAt: t2, updatedAt: t2 };
      expect(endSupport(draft, release.uuid, t2 ?? at)).toEqual(ended);
      expect(endSupport(draft, release.uuid, t3 ?? at)).toEqual(ended);
      expect(endSupport(draft, 'nothing', at)).toBeUndefined();
      expect(presences()).toEqual(['released 2']);
      const opened = { ...release, updatedAt: t3 };
      expect(recordRelease(draft, { ...request, at: t3 ?? at })).toEqual({ release: opened, created: false });
      expect(presences().toSorted()).toEqual(['released 1', 'released 2']);
      expect(draft.now.version(foo, versionNumber('1'))?.releases).toEqual([opened]);
      expect(other.release.uuid).not.toBe(release.uuid);
    });
  });

  it('is one for each environment', () => {
    const past = two.creates('live').releases('Foo 1', 'test').releases('Foo 1', 'live');
    expect(liveIn(past)).toEqual(['released 1']);
    expect(liveIn(past, live)).toEqual(['released 1']);
    const [presence] = past.snapshot().presences(live);
    const ended = past.next((draft, now) => void endSupport(draft, presence?.uuid ?? '', now));
    expect([liveIn(ended), liveIn(ended, live)]).toEqual([['released 1'], []]);
    const supported = (all: Story) =>
      versionOf(all, '1')?.releases.filter(({ supportEndedAt }) => !supportEndedAt);
    expect(supported(ended)).toHaveLength(1);
    expect(supported(ended.releases('Foo 1', 'live'))).toHaveLength(2);
  });
});

describe('an environment (domain.md §7)', () => {
  const made = (request: Partial<EnvironmentRequest>): Environment => {
    const environments: Environment[] = [];
    story().next((draft, now) => {
      environments.push(
        createEnvironment(draft, { name: test, production: false, contacts: [], at: now, ...request }),
      );
      expect(draft.now.environments()).toEqual(environments);
    });
    return environments[0] as Environment;
  };

  it.each<[request: Partial<EnvironmentRequest>, environment: Partial<Environment>]>([
    [{}, { name: test, displayName: 'Test', production: false, contacts: [] }],
    [{ name: environmentName('uat2-x') }, { displayName: 'Uat2 X' }],
    [{ displayName: 'The test' }, { displayName: 'The test' }],
    [{ production: true }, { production: true }],
    [
      { contacts: [{ name: 'Us', details: { mail: 'a@b.c' } }] },
      { contacts: [{ name: 'Us', details: { mail: 'a@b.c' } }] },
    ],
  ])('made from %j', (request, environment) => {
    expect(made(request)).toMatchObject({ ...environment, createdAt: '2026-01-01T00:00:00.000Z' });
  });

  it('has a name of its own', () => {
    const taken = expect.objectContaining({
      code: 'environment-exists',
      message: "name 'test' is already used by an existing environment.",
      hint: 'Choose another name, or update the environment that has it.',
    });
    const both = two.creates('live');
    expect(() => both.creates('test')).toThrow(taken);
    const renamed = () =>
      both.next((draft) => {
        updateEnvironment(draft, environmentOf(both, live), {
          name: test,
          production: true,
          contacts: [],
          at,
        });
      });
    expect(renamed).toThrow(taken);
  });

  it('is replaced as a whole, its id and beginning apart', () => {
    const past = story().next((draft, now) => {
      createEnvironment(draft, {
        name: test,
        displayName: 'X',
        production: true,
        contacts: [{ name: 'Us' }],
        at: now,
      });
    });
    const after = past.next((draft) => {
      updateEnvironment(draft, environmentOf(past), { name: test, production: false, contacts: [], at });
    });
    const { uuid, createdAt } = environmentOf(past);
    expect(environmentOf(after)).toEqual({
      uuid,
      createdAt,
      name: 'test',
      displayName: 'Test',
      production: false,
      contacts: [],
      updatedAt: at,
    });
  });

  const busy = two.deploys('Foo 1', 'test').releases('Foo 2', 'test').deploys('Foo 2', 'test', 'blue');

  it('takes along what is in it when it is renamed', () => {
    const after = busy.next((draft) => {
      updateEnvironment(draft, environmentOf(busy), { name: live, production: true, contacts: [], at });
    });
    expect(
      after
        .snapshot()
        .environments()
        .map(({ name }) => name),
    ).toEqual(['live']);
    expect([liveIn(after), liveIn(after, live)]).toEqual([[], liveIn(busy)]);
    expect(liveIn(after.deploys('Foo 2', 'live'), live)).toEqual([
      'released 2',
      'deployed 2 blue',
      'deployed 2',
    ]);
  });

  it('takes along everything that was ever recorded when it is deleted', () => {
    const past = busy
      .creates('live')
      .deploys('Foo 1', 'live')
      .deploys('Foo 2', 'test')
      .releases('Foo 2', 'live');
    const uuids = (all: Story) =>
      ['1', '2'].flatMap((number) => {
        const version = versionOf(all, number);
        return [...(version?.deployments ?? []), ...(version?.releases ?? [])].map(({ uuid }) => uuid);
      });
    const after = past.next((draft) => deleteEnvironment(draft, environmentOf(past)));
    expect(
      after
        .snapshot()
        .environments()
        .map(({ name }) => name),
    ).toEqual(['live']);
    expect([uuids(past).length, uuids(after).length]).toEqual([6, 2]);
    const found = uuids(past).filter((uuid) => after.snapshot().versionOfDeployment(uuid));
    expect(found).toEqual(uuids(after));
    expect(liveIn(after, live)).toEqual(['deployed 1', 'released 2']);
  });
});
