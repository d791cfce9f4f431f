import { resolve } from 'node:path';
import type { Broker } from '../../broker/broker.ts';
import type { CommitId } from '../../domain/names.ts';
import { assets, assetVersion } from '../../http/assets.ts';
import { asOfStyle } from '../../render/pages/as-of.ts';
import { type PlannedPart, siteParts } from '../../render/pages/site.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, storeOptions } from '../command.ts';
import { programVersion } from '../program-version.ts';
import { withBroker } from '../session.ts';
import { SiteFolder } from '../site-folder.ts';
import { type SiteFile, SitePress } from '../site-press.ts';
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

/** How many milliseconds lie between two words of progress, and between two notes of what is finished. */
const [progressEvery, savedEvery] = [250, 10_000];

/** How many files of a part are made side by side, while others are read and written. */
const atOnce = 16;

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const folder = new SiteFolder(resolve(world.cwd, given.text('out')), `${programVersion()} ${assetVersion}`);
  await withBroker(world, given, async (broker) => {
    await broker.ask(() => undefined);
    const commit = await broker.store.resolve(given.maybe('at') ?? 'HEAD');
    await folder.open(given.flag('all'));
    const site = await build(world, broker, { folder, commit });
    world.status?.(undefined);
    world.out(
      `${site.made + site.kept} pages and badges in ${given.text('out')}: ${site.made} made, ${site.kept} as they were, ` +
        `${site.removed} removed.\n` +
        `They show commit ${commit}. Begin with ${resolve(world.cwd, given.text('out'), 'index.html')}\n`,
    );
  });
  return exitCodes.yes;
}

interface Work {
  readonly folder: SiteFolder;
  readonly commit: CommitId;
}

/** A part that has to be made anew. */
interface StalePart {
  readonly part: PlannedPart;
  readonly files: readonly SiteFile[];
}

/** Makes what is not as it was; how many files were made, stayed and were taken away. */
async function build(world: World, broker: Broker, { folder, commit }: Work) {
  const parts = await broker.store.read(siteParts, commit);
  const press = new SitePress(broker.store, commit, world.now);
  const kept = new Set<string>();
  const stale: StalePart[] = [];
  const tell = telling(world);
  for (const part of parts) {
    const files = folder.filesOf(part);
    for (const file of files ?? []) press.files.add(file);
    if (files) kept.add(part.key);
    else stale.push({ part, files: await press.plan(part) });
    tell(`Looking at what there is … ${kept.size + stale.length} of ${parts.length}`);
  }
  const keptFiles = press.files.size;
  for (const { files } of stale) for (const { file } of files) press.files.add(file);
  const planned = stale.flatMap(({ files }) => files.map(({ file }) => file));
  await folder.begin(kept, planned);
  await writeAssets(broker, { folder, commit });
  await write(world, press, { folder, stale, count: planned.length });
  const removed = await folder.tidy();
  return { made: planned.length, kept: keptFiles, removed };
}

async function writeAssets(broker: Broker, { folder, commit }: Work): Promise<void> {
  const [shown] = await broker.store.history({ from: commit, limit: 1 });
  for (const { name, text } of assets) await folder.write(`assets/${name}`, text);
  await folder.write('assets/as-of.css', asOfStyle(commit, shown?.committedAt));
  await folder.write('.nojekyll', '');
}

/** Makes the pages of what is stale, part by part. */
async function write(
  world: World,
  press: SitePress,
  { folder, stale, count }: { folder: SiteFolder; stale: readonly StalePart[]; count: number },
): Promise<void> {
  const tell = telling(world);
  let [written, saved] = [0, performance.now()];
  for (const { part, files } of stale) {
    const sizes: Record<string, number> = {};
    for (const some of inChunks(files, atOnce)) {
      await Promise.all(
        some.map(async ({ file, address }) => {
          sizes[file] = await folder.write(file, await press.make(part, address));
        }),
      );
      written += some.length;
      tell(`Writing pages … ${written} of ${count}`);
    }
    folder.finish(part.key, { digest: part.digest ?? '', files: sizes });
    if (performance.now() - saved < savedEvery) continue;
    await folder.save();
    saved = performance.now();
  }
}

function inChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Shows a line on the terminal, but not more often than somebody can read. */
function telling({ status }: World): (line: string) => void {
  let told = 0;
  return (line) => {
    if (!status || performance.now() - told < progressEvery) return;
    told = performance.now();
    status(line);
  };
}
