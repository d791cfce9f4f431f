import { expect, it } from 'vitest';
import { historyEvents } from '../../src/broker/history-events.ts';
import { archiveHistory } from '../../src/store/archive.ts';
import { openStore } from '../../src/store/open.ts';
import { desk, verified } from '../cli/cli.ts';

it('tells the same events once the history was archived, and none twice', async () => {
  const at = await desk();
  await verified(at);
  const options = {
    repository: at.repository,
    env: { PATH: process.env.PATH, HOME: at.folder },
    cwd: at.folder,
  };
  const told = async () => {
    const store = await openStore(options);
    const events = [];
    for await (const some of historyEvents(store, {})) events.push(...some.map(({ event }) => event.name));
    await store.close();
    return events;
  };
  const before = await told();
  expect(before).toContain('provider_verification_succeeded');
  expect(await archiveHistory(options)).toBeDefined();
  expect(await told()).toEqual(before);
});
