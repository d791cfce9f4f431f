// The one write that soak and kill do over and over: a version with the next order of its pacticipant.
import { entriesOf, file, fileAt, folderAt, gather, textOf, withNode } from '../dist/domain/tree.js';

const pacticipants = ['Web', 'Mobile', 'Billing'];

/** Writes one version; resolves to what was acknowledged. */
export function writeOne(store, writer, number) {
  const pacticipant = pacticipants[(writer + number) % pacticipants.length];
  const name = `${pacticipant}/${writer}-${number}.json`;
  return store.transact({ title: `Publish ${pacticipant} ${writer}-${number}` }, (root) => {
    if (fileAt(root, `versions/${name}`)) throw new Error(`${name} is written twice`);
    const order = writesOf(root, pacticipant).length + 1;
    const text = `${JSON.stringify({ pacticipant, name, order })}\n`;
    return { root: withNode(root, `versions/${name}`, file(text)), outcome: { name, order } };
  });
}

/** Everything that was written, by name. */
export function allWrites(root) {
  const writes = gather(pacticipants, (pacticipant) => writesOf(root, pacticipant)).flat();
  return new Map(writes.map((write) => [write.name, write]));
}

function writesOf(root, pacticipant) {
  const folder = folderAt(root, `versions/${pacticipant}`);
  return folder ? gather(entriesOf(folder).values(), (node) => JSON.parse(textOf(node))) : [];
}
