import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ObjectFiles } from '../../src/store/object-files.ts';
import { objectId } from '../../src/store/objects.ts';
import { git } from '../helpers/git-program.ts';
import { puts } from './contract.ts';
import { bareRepository, newFolder, openAt } from './places.ts';

const opened: ObjectFiles[] = [];

afterEach(() => {
  for (const files of opened.splice(0)) files.close();
});

function filesOf(folder: string): ObjectFiles {
  const files = new ObjectFiles(folder);
  opened.push(files);
  return files;
}

/** A repository whose files grow and change a little with each commit; some are long, some do not compress. */
async function grown(): Promise<string> {
  const folder = await bareRepository();
  const store = await openAt({ repository: folder });
  const lines = Array.from({ length: 3_000 }, (_, i) => `line ${i} of a file that is long`);
  for (let count = 0; count < 30; count += 1) {
    lines[(count * 977) % lines.length] = `another line ${count}`;
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`many/${count}-${i}`, `${i}`]));
    const random = randomBytes(6_000).toString('base64');
    await store.transact(
      { title: `Commit ${count}` },
      puts({ ...many, text: lines.join('\n'), empty: '', random, small: `${count}` }),
    );
  }
  await store.close();
  git(folder, 'tag', '--annotate', '--message=a tag', 'v1', 'main');
  return folder;
}

function packsOf(folder: string): string[] {
  const packs = join(folder, 'objects', 'pack');
  return readdirSync(packs).flatMap((name) => (name.endsWith('.pack') ? [join(packs, name)] : []));
}

function repack(...args: readonly string[]) {
  return (folder: string) => {
    git(folder, ...args);
    expect(packsOf(folder)).toHaveLength(1);
  };
}

function unpack(folder: string): void {
  for (const pack of packsOf(folder)) {
    const aside = join(newFolder(), 'aside.pack');
    renameSync(pack, aside);
    rmSync(pack.replace(/pack$/, 'idx'));
    execFileSync('git', ['unpack-objects', '-q'], { cwd: folder, input: readFileSync(aside) });
  }
}

/** An index that keeps most offsets in 8 bytes, as one of a pack of more than 2 GB does. */
function indexAnew(folder: string): void {
  git(folder, 'repack', '-adq');
  for (const pack of packsOf(folder)) {
    rmSync(pack.replace(/pack$/, 'idx'));
    git(folder, 'index-pack', '--index-version=2,0x40', pack);
  }
}

describe('the objects of a repository, read from its files', () => {
  it.each<[string, (folder: string) => void]>([
    ['as gitpact writes them', (folder) => expect(packsOf(folder).length).toBeGreaterThan(5)],
    ['that are loose', unpack],
    ['in a pack of differences', repack('repack', '-adfq', '--depth=50', '--window=50')],
    ['in a pack whose bases are named', repack('-c', 'repack.useDeltaBaseOffset=false', 'repack', '-adfq')],
    ['in a pack that is not compressed', repack('-c', 'pack.compression=0', 'repack', '-adFq')],
    ['in a pack with far offsets', indexAnew],
  ])('are those that git knows: %s', async (_what, arrange) => {
    const folder = await grown();
    arrange(folder);
    const all = git(folder, 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)');
    const named = all.split('\n').map((line) => line.split(' '));
    const read = filesOf(folder).read(named.map(([, oid = '']) => oid));
    const known = read?.map((one) =>
      typeof one === 'string' ? one : [one.type, objectId(one.type, one.data)],
    );
    expect(known).toEqual(named);
    expect(new Set(named.map(([type]) => type))).toEqual(new Set(['commit', 'tree', 'blob', 'tag']));
  });

  it('are missing where they are, and found when somebody has written them', async () => {
    const folder = await bareRepository();
    const files = filesOf(folder);
    const oid = objectId('blob', Buffer.from('later'));
    expect(files.read([oid])).toEqual(['missing']);
    const store = await openAt({ repository: folder });
    await store.transact({ title: 'Later' }, puts({ file: 'later' }));
    expect(files.read([oid, 'f'.repeat(40)])).toMatchObject([{ oid, type: 'blob' }, 'missing']);
    git(folder, 'repack', '-adq');
    await store.transact({ title: 'Latest' }, puts({ file: 'latest' }));
    const latest = objectId('blob', Buffer.from('latest'));
    expect(files.read([latest, oid])).toMatchObject([{ oid: latest }, { oid }]);
    await store.close();
  });

  it.each<[string, (folder: string) => void]>([
    [
      'a pack is damaged',
      (folder) => {
        const [pack = ''] = packsOf(folder);
        chmodSync(pack, 0o644);
        writeFileSync(pack, readFileSync(pack).fill(0x55, 40));
      },
    ],
    [
      'an index is of another version',
      (folder) => {
        const [pack = ''] = packsOf(folder);
        rmSync(pack.replace(/pack$/, 'idx'));
        git(folder, 'index-pack', '--index-version=1', pack);
      },
    ],
  ])('are left to git where %s', async (_what, damage) => {
    const folder = await grown();
    git(folder, 'repack', '-adq');
    const tip = git(folder, 'rev-parse', 'main');
    expect(filesOf(folder).read([tip])).toMatchObject([{ oid: tip }]);
    damage(folder);
    expect(filesOf(folder).read([tip])).toBeUndefined();
  });

  it('are left to git where another repository lends them', async () => {
    const lender = await grown();
    const folder = newFolder();
    git(folder, 'clone', '-q', '--bare', '--shared', lender, '.');
    expect(filesOf(folder).read([git(folder, 'rev-parse', 'main')])).toBeUndefined();
  });
});
