import { openStore } from '../../src/store/open.ts';
import { type Desk, desk } from '../cli/cli.ts';
import { rootOf, type StoreName } from './stores.ts';

/** A desk whose contract repository has the tree of a store to look at. */
export async function deskWith(name: StoreName): Promise<Desk> {
  const at = await desk();
  const store = await openStore({
    repository: at.repository,
    cwd: at.folder,
    env: { PATH: process.env.PATH, HOME: at.folder },
    clock: () => new Date(),
  });
  await store.transact({ title: 'Tell the story' }, () => ({ root: rootOf(name), outcome: undefined }));
  await store.close();
  return at;
}
