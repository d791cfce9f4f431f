import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type GitObject, objectId } from '../../src/store/objects.ts';
import { writePack } from '../../src/store/pack-file.ts';
import { git } from '../helpers/git-program.ts';
import { puts, textAt } from './contract.ts';
import { bareRepository, openAt } from './places.ts';

function blob(data: Buffer): GitObject {
  return { oid: objectId('blob', data), type: 'blob', data };
}

it('is what git reads', async () => {
  const folder = await bareRepository();
  const contents = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(15, 16, 2_047, 2_048, 262_143, 262_144).map((size) => randomBytes(size)),
    ),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(contents, async (list) => {
      const objects = list.map((bytes) => blob(Buffer.from(bytes)));
      await writePack(folder, [...objects, ...objects.slice(0, 2)]);
      for (const { oid, data } of objects) {
        expect(git(folder, 'cat-file', '-s', oid)).toBe(String(data.length));
      }
    }),
    { numRuns: 10 },
  );
  const packs = readdirSync(join(folder, 'objects', 'pack'));
  for (const name of packs.filter((pack) => pack.endsWith('.idx'))) {
    git(folder, 'verify-pack', join(folder, 'objects', 'pack', name));
  }
  expect(packs.filter((name) => name.startsWith('tmp_'))).toEqual([]);
  git(folder, 'fsck', '--strict', '--full');
});

it('is merged with others when there are many, while the store is in use', async () => {
  const folder = await bareRepository();
  const [writer, reader] = [await openAt({ repository: folder }), await openAt({ repository: folder })];
  await writer.transact({ title: 'Begin' }, puts({ count: '0' }));
  for (let count = 1; count <= 80; count += 1) {
    await writer.transact(
      { title: `Count ${count}` },
      puts({ count: String(count), [`file-${count}`]: 'x'.repeat(count) }),
    );
    if (count % 16 === 0) expect(await reader.read((root) => textAt(root, 'count'))).toBe(String(count));
  }
  const packs = readdirSync(join(folder, 'objects', 'pack')).filter((name) => name.endsWith('.pack'));
  expect(packs.length).toBeLessThan(45);
  expect(await writer.history()).toHaveLength(81);
  expect(await reader.read((root) => textAt(root, 'file-7'))).toBe('x'.repeat(7));
  git(folder, 'fsck', '--strict', '--full');
  await writer.close();
  await reader.close();
}, 60_000);
