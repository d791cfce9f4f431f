import { resolve } from 'node:path';
import type { Broker } from '../../broker/broker.ts';
import { createApp } from '../../http/app.ts';
import { assets, assetVersion } from '../../http/assets.ts';
import { pathOf } from '../../render/pages/links.ts';
import { type SiteFile, siteFiles } from '../../render/pages/site.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { programVersion } from '../program-version.ts';
import { withBroker } from '../session.ts';
import { SiteFolder } from '../site-folder.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact site` */
export const command: Command = {
  name: 'site',
  about: 'Write the pages of the contract repository into files, for any web server or none',
  options: {
    out: {
      type: 'text',
      about: 'The folder to write them to; of an earlier site there, only what changed is made anew',
      required: true,
    },
    at: { type: 'text', about: 'Show the state of then: a date or a commit' },
    all: { type: 'flag', about: 'Make every page anew' },
    ...storeOptions,
  },
  examples: [
    ['gitpact site --out public', 'a site that works on GitHub Pages, GitLab Pages, or from the disk'],
    ['gitpact site --out public --at 2026-01-31', 'as everything was then'],
  ],
  run,
};

/** How many milliseconds lie between two words of progress. */
const progressEvery = 250;

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const folder = new SiteFolder(resolve(world.cwd, given.text('out')));
  await withBroker(world, given, async (broker) => {
    const commit = await broker.store.resolve(given.maybe('at') ?? 'HEAD');
    const plan = await broker.ask(() => undefined).then(() => broker.store.read(siteFiles, commit));
    const maker = `${programVersion()} ${assetVersion}`;
    await folder.open(given.flag('all') ? undefined : maker);
    const stale = plan.filter((file) => !folder.isAsBefore(file));
    await write(world, { broker, commit, plan, stale, folder });
    for (const { name, text } of assets) await folder.write(`assets/${name}`, text);
    const removed = await folder.close(maker, commit, plan);
    world.status?.(undefined);
    const kept = plan.length - stale.length;
    world.out(
      `${plan.length} pages and badges in ${given.text('out')}: ${stale.length} made, ${kept} as they were, ${removed} removed.\n` +
        `They show commit ${commit}. Begin with ${resolve(world.cwd, given.text('out'), 'index.html')}\n`,
    );
  });
  return exitCodes.yes;
}

interface Work {
  readonly broker: Broker;
  readonly commit: Awaited<ReturnType<Broker['store']['resolve']>>;
  readonly plan: readonly SiteFile[];
  readonly stale: readonly SiteFile[];
  readonly folder: SiteFolder;
}

/** Asks the server that `gitpact serve` is for each file, and writes what it answers. */
async function write(world: World, { broker, commit, plan, stale, folder }: Work): Promise<void> {
  const files = new Set(plan.map(({ file }) => file));
  const app = createApp(broker, { site: { files, commit } });
  let told = 0;
  for (const [index, { address, file }] of stale.entries()) {
    if (world.status && performance.now() - told > progressEvery) {
      told = performance.now();
      world.status(`Writing pages … ${index} of ${stale.length}`);
    }
    const accept = address.extension === '.svg' ? 'image/svg+xml' : 'text/html';
    const request = new Request(`http://site.invalid${pathOf('', address)}`, { headers: { accept } });
    const response = await app.fetch(request);
    const text = await response.text();
    if (response.status !== 200)
      throw new Error(`${pathOf('', address)} answered ${response.status}: ${text}`);
    await folder.write(file, text);
  }
}
