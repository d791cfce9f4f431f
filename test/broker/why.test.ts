import { expect, it } from 'vitest';
import { Broker } from '../../src/broker/broker.ts';
import { whyAnswered } from '../../src/broker/why.ts';
import { createEnvironment } from '../../src/decide/environments.ts';
import { GitpactError } from '../../src/domain/failure.ts';
import { environmentName } from '../../src/domain/names.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { type Story, story } from '../helpers/story.ts';

/** A broker whose history is the story so far, one commit for each of its chapters. */
async function brokerOf(...chapters: readonly (readonly [title: string, story: Story])[]): Promise<Broker> {
  const broker = new Broker(memoryStore(), () => new Date('2026-01-01T00:00:00Z'));
  for (const [title, { root }] of chapters) {
    await broker.store.transact({ title }, () => ({ root, outcome: undefined }));
  }
  return broker;
}

const begun = story().creates('prod').publishes('Web 1', 'Api');
const deployed = begun.versions('Api 9').deploys('Api 9', 'prod');
const passed = deployed.verifies('Api 9', 'Web 1');
const failed = passed.verifies('Api 9', 'Web 1', 'failed');
const unrelated = (past: Story, n: number) => past.publishes(`Mobile ${n}`, 'Billing');
const web = { selectors: [{ pacticipant: 'Web', version: '1' }], destination: { environment: 'prod' } };

it('names the commit that turned a yes into a no, however many came after', async () => {
  let past = failed;
  const later = Array.from({ length: 9 }, (_, n) => {
    past = unrelated(past, n);
    return [`Publish Mobile ${n}`, past] as const;
  });
  const broker = await brokerOf(
    ['begin', begun],
    ['deploy', deployed],
    ['pass', passed],
    ['fail', failed],
    ...later,
  );
  const turn = await whyAnswered(broker, web);
  expect(turn).toMatchObject({ before: 'yes', commit: { title: 'fail' }, answer: { verdict: 'no' } });
});

it('finds the last change of an answer that changed there and back', async () => {
  const again = failed.verifies('Api 9', 'Web 1');
  const later = [1, 2, 3].reduce(unrelated, again);
  const broker = await brokerOf(
    ['pass', passed],
    ['fail', failed],
    ['pass again', again],
    ['more', unrelated(again, 1)],
    ['later', later],
  );
  expect(await whyAnswered(broker, web)).toMatchObject({ before: 'no', commit: { title: 'pass again' } });
});

it('notices every change among the newest commits, and not all before them', async () => {
  const chapters = [passed, failed, passed, ...Array.from({ length: 20 }, (_, n) => n)].map((chapter, n) =>
    typeof chapter === 'number' ? unrelated(passed, chapter) : unrelated(chapter, 100 + n),
  );
  const broker = await brokerOf(
    ['begin', begun],
    ...chapters.map((past, n) => [`commit ${n}`, past] as const),
  );
  const found = async (oneByOne?: number) =>
    (await whyAnswered(broker, web, undefined, oneByOne))?.commit.title;
  expect(await found()).toBe('commit 2');
  expect(await found(21)).toBe('commit 2');
  expect(await found(20)).toBe('commit 0');
});

it('says from when on the question could be asked', async () => {
  const broker = await brokerOf(['empty', story()], ['begin', begun], ['other', unrelated(begun, 1)]);
  expect(await whyAnswered(broker, web)).toMatchObject({ before: 'none', commit: { title: 'begin' } });
});

it('finds nothing where the answer was never another', async () => {
  const broker = await brokerOf(['begin', begun], ['deploy', deployed]);
  expect(await whyAnswered(broker, web)).toBeUndefined();
});

it('looks back from a moment in the past', async () => {
  const broker = await brokerOf(['begin', begun], ['deploy', deployed], ['pass', passed], ['fail', failed]);
  const [, passing] = await broker.store.history();
  expect(await whyAnswered(broker, web, passing?.id)).toMatchObject({
    before: 'unknown',
    commit: { title: 'pass' },
  });
});

it('does not take a wrong question for an answer', async () => {
  const broker = await brokerOf(['begin', begun]);
  await expect(whyAnswered(broker, { selectors: [{ pacticipant: 'Nobody' }] })).rejects.toThrow(GitpactError);
});

it('refuses questions and wishes where there is no contract repository, or one from the future', async () => {
  const empty = new Broker(memoryStore(), () => new Date());
  await expect(empty.ask((now) => now.pacticipantNames())).rejects.toMatchObject({ code: 'not-a-store' });
  const wish = empty.change({ title: 'x' }, (draft, at) =>
    createEnvironment(draft, { name: environmentName('prod'), production: true, contacts: [], at }),
  );
  await expect(wish).rejects.toMatchObject({ code: 'not-a-store' });
  await empty.init();
  await expect(empty.init()).rejects.toMatchObject({ code: 'already-a-store' });
  expect(await empty.ask((now) => now.pacticipantNames())).toEqual([]);
});
