import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/decide/publish.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { putWebhook } from '../../src/decide/webhooks.ts';
import { pacticipantName, tagName, versionNumber } from '../../src/domain/names.ts';
import { emptyFolder, type Folder } from '../../src/domain/tree.ts';
import { recordChanges } from '../../src/format/record-changes.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { verificationEvents } from '../../src/query/events.ts';
import { eventsBetween, type HistoryEvent } from '../../src/query/history-events.ts';
import { eventWords } from '../../src/render/words/events.ts';
import { contentOf, type Story, story } from '../helpers/story.ts';

/** The events of one commit that takes one state to another. */
function events(before: Folder, after: Folder): readonly HistoryEvent[] {
  return eventsBetween(snapshotOf(before), snapshotOf(after), recordChanges(before, after));
}

/** An event of a pact or a result in one line; undefined of what the Pact Broker has no event for. */
function line(event: HistoryEvent): string | undefined {
  if (event.kind === 'pact') {
    const who = event.required.map(({ providerVersion }) => providerVersion.number).join(',');
    return `${event.consumer} ${event.consumerVersion.number} ${event.provider}: ${eventWords(event)} ${who}`;
  }
  return event.kind === 'result' ? `#${event.result.number} ${event.name}` : undefined;
}

const lines = (found: readonly HistoryEvent[]) => found.map(line).filter((text) => text !== undefined);

/** A story, and what those who made it were told. */
interface Telling {
  readonly past: Story;
  readonly told: readonly string[];
}

/** One step, a second after the one before. */
type Step = (telling: Telling) => Telling;

const consumers = fc.constantFrom('Ant', 'Bee');
const numbers = fc.constantFrom('1', '2', '3', '4');
const tags = fc.constantFrom('dev', 'prod');
const branches = fc.constantFrom('main', 'feat');

const publishing = fc
  .record({
    consumer: consumers,
    number: numbers,
    provider: fc.constantFrom('Api', 'Bee'),
    content: fc.constantFrom(1, 2),
    tag: fc.option(tags),
  })
  .map(
    (wish): Step =>
      ({ past, told }) => {
        const said: string[] = [];
        const next = past.next((draft, at) => {
          const [consumer, provider] = [pacticipantName(wish.consumer), pacticipantName(wish.provider)];
          const outcome = publish(draft, {
            consumer,
            version: versionNumber(wish.number),
            tags: wish.tag ? [tagName(wish.tag)] : [],
            contracts: [
              { provider, content: contentOf(consumer, provider, wish.content), onConflict: 'overwrite' },
            ],
            at,
          });
          if (outcome.kind === 'refused') throw new Error('refused');
          for (const { events: found, result } of outcome.contracts) {
            if (result === 'unchanged') continue;
            said.push(
              ...found.map((event) => `${consumer} ${wish.number} ${provider}: ${eventWords(event)}`),
            );
          }
        });
        return { past: next, told: [...told, ...said] };
      },
  );

const verifying = fc.record({ consumer: consumers, number: numbers, by: numbers, success: fc.boolean() }).map(
  (wish): Step =>
    ({ past, told }) => {
      const now = past.snapshot();
      const publication = now
        .version(pacticipantName(wish.consumer), versionNumber(wish.number))
        ?.pacts.at(-1);
      if (!publication) return { past, told };
      const next = past.next((draft, at) => {
        recordResult(draft, {
          consumer: pacticipantName(wish.consumer),
          provider: publication.provider,
          sha: publication.sha,
          providerVersion: versionNumber(wish.by),
          success: wish.success,
          at,
        });
      });
      const number = now.lastResultNumber + 1;
      return {
        past: next,
        told: [...told, ...verificationEvents(wish.success).map((name) => `#${number} ${name}`)],
      };
    },
);

const silently =
  (step: (past: Story) => Story): Step =>
  ({ past, told }) => ({ past: step(past), told });

const arranging = fc.oneof(
  fc
    .tuple(fc.constantFrom('Ant', 'Bee', 'Api'), numbers, branches)
    .map(([name, number, branch]) => silently((past) => past.branches(`${name} ${number}`, branch))),
  fc
    .tuple(fc.constantFrom('Ant', 'Bee', 'Api'), numbers, tags)
    .map(([name, number, tag]) => silently((past) => past.tags(`${name} ${number}`, tag))),
  fc
    .tuple(fc.constantFrom('Bee', 'Api'), numbers)
    .map(([name, number]) =>
      silently((past) => past.versions(`${name} ${number}`).deploys(`${name} ${number}`, 'live')),
    ),
);

const steps = fc.array(
  fc.record({
    step: fc.oneof({ weight: 3, arbitrary: publishing }, verifying, arranging),
    commits: fc.boolean(),
  }),
  { maxLength: 14 },
);

const beginning = story({ allowContractModification: true }).creates('live');

describe('the events of a history', () => {
  it('are those that everybody was told, in that order, however many writes a commit holds', () => {
    let seen = 0;
    fc.assert(
      fc.property(steps, (made) => {
        let telling: Telling = { past: beginning, told: [] };
        let committed = beginning.root;
        const found: string[] = [];
        for (const { step, commits } of [...made, { step: (same: Telling) => same, commits: true }]) {
          telling = step(telling);
          if (!commits) continue;
          found.push(...lines(events(committed, telling.past.root)));
          committed = telling.past.root;
        }
        seen += found.length;
        expect(found.map((text) => text.replace(/ [\d,]*$/, ''))).toEqual(
          telling.told.map((text) => text.trimEnd()),
        );
      }),
      { numRuns: 500 },
    );
    expect(seen).toBeGreaterThan(1000);
  });

  it('are there for a pact that is published once more where a webhook waits for that, and only there', () => {
    const published = beginning.publishes('Web 1', 'Api');
    expect(published.publishes('Web 1', 'Api').root).toBe(published.root);
    const waiting = published.next((draft, at) => {
      const request = { method: 'POST', url: 'https://ci.example.org', headers: {} };
      putWebhook(
        draft,
        'a-webhook-that-waits',
        { enabled: true, events: ['contract_published'], request },
        at,
      );
    });
    const again = waiting.publishes('Web 1', 'Api');
    expect(lines(events(waiting.root, again.root))).toEqual(['Web 1 Api: contract_published ']);
    const twice = again.publishes('Web 1', 'Api');
    expect(lines(events(again.root, twice.root))).toEqual(['Web 1 Api: contract_published ']);
    expect(
      lines(events(waiting.root, waiting.publishes('Web 2', 'Api', { content: '1' }).root)),
    ).toHaveLength(1);
  });

  it('tell when versions come to environments and leave them', () => {
    const before = beginning.versions('Api 1').deploys('Api 1', 'live', 'blue');
    const after = before.versions('Api 2').deploys('Api 2', 'live', 'blue').releases('Api 2', 'live');
    const told = [...events(emptyFolder, before.root), ...events(before.root, after.root)];
    expect(
      told.map(
        (event) => event.kind === 'place' && [event.name, event.version, event.environment, event.target],
      ),
    ).toEqual([
      ['version_deployed', '1', 'live', 'blue'],
      ['version_undeployed', '1', 'live', 'blue'],
      ['version_deployed', '2', 'live', 'blue'],
      ['version_released', '2', 'live', undefined],
    ]);
  });

  it('name everybody who has to verify, at that moment', () => {
    const before = beginning
      .versions('Api 1')
      .branches('Api 1', 'main')
      .deploys('Api 1', 'live')
      .publishes('Web 1', 'Api');
    const [, required] = events(beginning.root, before.root).filter(({ kind }) => kind === 'pact');
    expect(required).toMatchObject({
      name: 'contract_requiring_verification_published',
      required: [{ providerVersion: { number: '1' }, mainBranch: true, deployedIn: [{ name: 'live' }] }],
    });
    const verified = before.verifies('Api 1', 'Web 1').publishes('Web 2', 'Api', { content: 1 });
    expect(lines(events(before.root, verified.root)).filter((text) => text.includes('requiring'))).toEqual(
      [],
    );
  });

  it('are none where facts are only taken back, tagged or put on branches', () => {
    const before = beginning.publishes('Web 1', 'Api').verifies('Api 1', 'Web 1');
    const after = before.tags('Web 1', 'prod').branches('Web 1', 'main');
    expect(events(before.root, after.root)).toEqual([]);
    expect(events(before.root, beginning.root)).toEqual([]);
  });
});
