import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitId } from '../../src/domain/names.ts';
import { type Person, parseCommit, serializeCommit } from '../../src/store/commits.ts';
import {
  decodeName,
  emptyTreeId,
  encodeName,
  objectId,
  parseTree,
  serializeTree,
} from '../../src/store/objects.ts';
import { settingsIn } from '../../src/store/user-config.ts';

const oid = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 });

describe('objects', () => {
  it('has the ids git gives', () => {
    expect(objectId('tree', serializeTree([]))).toBe(emptyTreeId);
    expect(objectId('blob', Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });

  it('orders a folder as if its name ended in a slash', () => {
    const entry = (mode: string, name: string) => ({ mode, name, oid: '0'.repeat(40) });
    const tree = serializeTree([entry('40000', 'a'), entry('100644', 'a.b'), entry('100644', 'a0')]);
    expect(parseTree(tree).map(({ name }) => name)).toEqual(['a.b', 'a', 'a0']);
  });

  it('gives back every file name that git can have, whatever its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(encodeName(decodeName(Buffer.from(bytes)))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('gives back every tree', () => {
    const entry = fc.record({
      mode: fc.constantFrom('100644', '100755', '120000', '40000', '160000'),
      name: fc
        .string({ unit: 'binary', minLength: 1 })
        .filter((name) => name.isWellFormed() && !name.includes('\0')),
      oid,
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ name }) => name }), (entries) => {
        const read = parseTree(serializeTree(entries));
        expect(new Set(read.map((one) => JSON.stringify(one)))).toEqual(
          new Set(entries.map(({ mode, name, oid: id }) => JSON.stringify({ mode, name, oid: id }))),
        );
      }),
    );
  });

  it('gives back what a commit says', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aü .-'), maxLength: 8 }).map((text) => `x${text}x`);
    const person: fc.Arbitrary<Person> = fc.record({ name: word, email: word });
    fc.assert(
      fc.property(
        person,
        person,
        fc.nat(2 ** 31),
        fc.array(oid, { maxLength: 2 }),
        fc.string(),
        (author, committer, seconds, parents, message) => {
          const commit = {
            tree: emptyTreeId,
            parents: parents.map(commitId),
            author,
            committer,
            seconds,
            message,
          };
          expect(parseCommit('0'.repeat(40), serializeCommit(commit))).toMatchObject({
            tree: emptyTreeId,
            parents,
            author,
            message: message.toWellFormed(),
            committedAt: new Date(seconds * 1000).toISOString(),
          });
        },
      ),
    );
  });
});

it('finds the user in a git configuration file', () => {
  const text =
    '[core]\n\tname = no\n[user]\n\tname = "A \\"B\\" C" ; who\n\tEmail = a@example.org # where\n[userx]\nname = no\n';
  expect(Object.fromEntries(settingsIn(text, 'user'))).toEqual({ name: 'A "B" C', email: 'a@example.org' });
});
