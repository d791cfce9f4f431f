import type { Attempt, Claimant, Delivery, DeliveryStatus } from '../domain/delivery.ts';
import {
  byCodePoint,
  type CommitId,
  type PacticipantName,
  type PactSha,
  type VersionNumber,
} from '../domain/names.ts';
import { entriesOf, type Folder, file, fileAt, folderAt, gather, withNode } from '../domain/tree.ts';
import { Fields, readJsonFields } from './reading.ts';
import { readOnce, recordAt } from './recall.ts';
import { present, writeRecord } from './writing.ts';

/*
 * The tree of `refs/gitpact/webhooks/…`, beside the contracts: how far events have been looked at, and what became of the
 * requests they triggered (FORMAT.md, "Deliveries of webhooks").
 */

const cursorPath = 'cursor.json';
const openFolder = 'open';
const doneFolder = 'done';

/** How many deliveries that are over are kept; older ones make room. */
export const mostDone = 1000;

interface Cursor {
  readonly commit: CommitId;
  readonly moves: number;
}

function readCursor(path: string, text: string): Cursor {
  const fields = readJsonFields(path, text);
  return { commit: fields.text<CommitId>('commit'), moves: fields.whole('moves') };
}

/** The commit up to which events have become deliveries; undefined before the first time. @throws NotLoaded */
export function cursorIn(root: Folder): CommitId | undefined {
  return recordAt(root, cursorPath, readCursor)?.commit;
}

/** How often the cursor was moved. @throws NotLoaded */
export function movesIn(root: Folder): number {
  return recordAt(root, cursorPath, readCursor)?.moves ?? 0;
}

/** The tree with the cursor at a commit. @throws NotLoaded */
export function withCursor(root: Folder, commit: CommitId): Folder {
  return withNode(root, cursorPath, file(writeRecord({ format: 1, commit, moves: movesIn(root) + 1 })));
}

/** The deliveries that are not over, oldest first. @throws NotLoaded */
export function openDeliveries(root: Folder): readonly Delivery[] {
  return deliveriesBelow(root, openFolder);
}

/** The deliveries that are over, oldest first. @throws NotLoaded */
export function doneDeliveries(root: Folder): readonly Delivery[] {
  return deliveriesBelow(root, doneFolder);
}

/** All deliveries that are kept, over or not, newest first. @throws NotLoaded */
export function newestDeliveries(root: Folder): readonly Delivery[] {
  const all = [...openDeliveries(root), ...doneDeliveries(root)];
  return all.sort(
    (a, b) => byCodePoint(b.triggeredAt, a.triggeredAt) || rank(b) - rank(a) || byCodePoint(a.id, b.id),
  );
}

/** The events of one moment in the order they are detected in (webhooks.md §1); what a verification was comes last. */
const detection = [
  'contract_published',
  'contract_requiring_verification_published',
  'contract_content_changed',
  'provider_verification_published',
];

function rank({ event }: Delivery): number {
  const at = detection.indexOf(event);
  return at < 0 ? detection.length : at;
}

/** The delivery of an id. @throws NotLoaded */
export function findDelivery(root: Folder, id: string): Delivery | undefined {
  for (const at of [openFolder, doneFolder]) {
    const folder = folderAt(root, at);
    const name = folder && [...entriesOf(folder).keys()].find((key) => key.endsWith(`~${id}.json`));
    const found = name === undefined ? undefined : recordAt(root, `${at}/${name}`, readDelivery);
    if (found) return found;
  }
  return undefined;
}

/** Whether there is a delivery of this id, over or not; reads none. @throws NotLoaded */
export function hasDelivery(root: Folder, { triggeredAt, id }: Delivery): boolean {
  return [openFolder, doneFolder].some((at) => fileAt(root, `${at}/${nameOf({ triggeredAt, id })}`));
}

/** The tree with a delivery as it stands now, and with no more that are over than are kept. @throws NotLoaded */
export function withDelivery(root: Folder, delivery: Delivery): Folder {
  const name = nameOf(delivery);
  const isOver = delivery.dueAt === undefined;
  const moved = withNode(root, `${isOver ? openFolder : doneFolder}/${name}`, undefined);
  const placed = withNode(
    moved,
    `${isOver ? doneFolder : openFolder}/${name}`,
    file(writeDelivery(delivery)),
  );
  return isOver ? withoutOldest(placed) : placed;
}

function withoutOldest(root: Folder): Folder {
  const done = folderAt(root, doneFolder);
  const names = done ? [...entriesOf(done).keys()].sort() : [];
  return names
    .slice(0, Math.max(0, names.length - mostDone))
    .reduce((left, name) => withNode(left, `${doneFolder}/${name}`, undefined), root);
}

function deliveriesBelow(root: Folder, at: string): readonly Delivery[] {
  const folder = folderAt(root, at);
  if (!folder) return [];
  const files = [...entriesOf(folder)].sort(([a], [b]) => (a < b ? -1 : 1));
  return gather(files, ([name, node]) =>
    node.kind === 'file' ? [readOnce(node, `${at}/${name}`, readDelivery)] : [],
  ).flat();
}

/** Sorts by the time of the event. */
function nameOf({ triggeredAt, id }: Pick<Delivery, 'triggeredAt' | 'id'>): string {
  return `${triggeredAt.replaceAll(/[-:.]/g, '')}~${id}.json`;
}

function readDelivery(path: string, text: string): Delivery {
  const fields = readJsonFields(path, text);
  const claim = fields.anything('claim');
  return present<Delivery>({
    id: fields.text('id'),
    webhook: fields.text('webhook'),
    event: fields.text('event'),
    commit: fields.text<CommitId>('commit'),
    triggeredAt: fields.instant('triggeredAt'),
    consumer: fields.text<PacticipantName>('consumer'),
    consumerVersion: fields.text<VersionNumber>('consumerVersion'),
    provider: fields.text<PacticipantName>('provider'),
    sha: fields.text<PactSha>('sha'),
    result: fields.anything('result') === undefined ? undefined : fields.whole('result'),
    parameters: (fields.anything('parameters') ?? {}) as Delivery['parameters'],
    attempts: fields.list('attempts', readAttempt),
    status: fields.text<DeliveryStatus>('status'),
    dueAt: fields.maybeInstant('dueAt'),
    claim: claim === undefined ? undefined : readClaim(new Fields(path, claim), path),
  });
}

function readAttempt(fields: Fields): Attempt {
  return present<Attempt>({
    at: fields.instant('at'),
    success: fields.flag('success'),
    status: fields.anything('status') === undefined ? undefined : fields.whole('status'),
    log: fields.text('log'),
  });
}

function readClaim(fields: Fields, path: string): NonNullable<Delivery['claim']> {
  const by = new Fields(path, fields.anything('by'));
  const claimant: Claimant = { run: by.text('run'), host: by.text('host'), process: by.whole('process') };
  return { by: claimant, until: fields.instant('until') };
}

function writeDelivery(delivery: Delivery): string {
  const { id, webhook, event, commit, triggeredAt, consumer, consumerVersion, provider, sha } = delivery;
  const { result, parameters, attempts, status, dueAt, claim } = delivery;
  return writeRecord({
    id,
    webhook,
    event,
    commit,
    triggeredAt,
    consumer,
    consumerVersion,
    provider,
    sha,
    result,
    parameters,
    attempts,
    status,
    dueAt,
    claim,
  });
}
