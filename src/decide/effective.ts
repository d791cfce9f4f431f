import type { PacticipantName } from '../domain/names.ts';
import type { Version } from '../domain/records.ts';
import { type Folder, file, fileAt, gather, textOf, withNode } from '../domain/tree.ts';
import { Draft } from '../format/draft.ts';
import { readPresences } from '../format/environments.ts';
import { paths } from '../format/paths.ts';
import { decodeSegment } from '../format/segment.ts';
import { readVersion } from '../format/versions.ts';
import type { Overlay } from './overlay.ts';
import { readable } from './policy-needs.ts';
import { rebuiltAround } from './rebuild.ts';
import type { Standing } from './standing.ts';
import { crowdedSlots } from './twins.ts';

/**
 * The tree of what is in force: that of the commit, with the files of the overlay as they are in force, and with all that
 * follows from those made anew. What no overlay touches is shared with the tree of the commit.
 * @throws NotLoaded
 */
export function inForce(root: Folder, { overlay }: Standing): Folder {
  if (overlay.size === 0) return root;
  const facts = [...overlay].reduce(
    (tree, [path, { text }]) => withNode(tree, path, text === null ? undefined : file(text)),
    root,
  );
  const { pacticipants, pairs } = touchedBy(root, overlay);
  const settled = withoutCrowds(withoutPointers(facts, root, overlay), pacticipants);
  return rebuiltAround(settled, pacticipants, pairs);
}

interface Touched {
  readonly pacticipants: ReadonlySet<PacticipantName>;
  readonly pairs: readonly { readonly consumer: PacticipantName; readonly provider: PacticipantName }[];
}

function nameIn(segment: string | undefined): PacticipantName {
  return (decodeSegment(segment ?? '') ?? segment ?? '') as PacticipantName;
}

/** Whose facts, or what follows from them, are not as they lie in the commit. @throws NotLoaded */
function touchedBy(root: Folder, overlay: Overlay): Touched {
  const found = gather([...overlay.keys()], (path): Partial<Touched> => {
    const [area, , second, , fourth] = path.split('/');
    if (area === 'pacticipants') return { pacticipants: new Set([nameIn(path.split('/')[1])]) };
    if (area === 'deployments')
      return { pacticipants: new Set(presentIn(root, path, overlay.get(path)?.text)) };
    if (fourth === undefined || (area !== 'pacts' && area !== 'results')) return {};
    return { pairs: [{ provider: nameIn(second), consumer: nameIn(fourth) }] };
  });
  return {
    pacticipants: new Set(found.flatMap(({ pacticipants = [] }) => [...pacticipants])),
    pairs: found.flatMap(({ pairs = [] }) => pairs),
  };
}

function presentIn(root: Folder, path: string, inForce: string | null | undefined): PacticipantName[] {
  const lies = fileAt(root, path);
  const texts = [lies && textOf(lies), inForce ?? undefined].filter((text) => text !== undefined);
  return texts.flatMap((text) =>
    (readable(() => readPresences(path, text)) ?? []).map(({ pacticipant }) => pacticipant),
  );
}

/** The tree without pointers to deployments that are not in force. */
function withoutPointers(facts: Folder, root: Folder, overlay: Overlay): Folder {
  const versions = [...overlay].filter(([path]) => /^pacticipants\/[^/]+\/versions\//.test(path));
  const gone = gather(versions, ([path, { text }]) => {
    const lies = fileAt(root, path);
    const [was, is] = [lies && textOf(lies), text ?? undefined].map((one) =>
      one === undefined ? [] : uuidsIn(readable(() => readVersion(path, one))),
    );
    return (was ?? []).filter((uuid) => !is?.includes(uuid));
  }).flat();
  return gone.reduce((tree, uuid) => withNode(tree, paths.deploymentPointer(uuid), undefined), facts);
}

function uuidsIn(version: Version | undefined): readonly string[] {
  return [...(version?.deployments ?? []), ...(version?.releases ?? [])].map(({ uuid }) => uuid);
}

/**
 * One deployment is current for an environment and target: where a change that ended one is not in force, what came later
 * and is has ended it.
 */
function withoutCrowds(root: Folder, pacticipants: ReadonlySet<PacticipantName>): Folder {
  const draft = new Draft(root);
  const known = draft.now.pacticipantNames().filter((name) => pacticipants.has(name));
  const versions = gather(known, (name) => draft.now.versions(name)).flat();
  const records = versions.map((record) => ({
    kind: 'version' as const,
    path: paths.version(record.pacticipant, record.number),
    record,
  }));
  for (const slot of crowdedSlots({ paths: new Set(), records })) {
    for (const [index, { version, deployment }] of slot.slice(0, -1).entries()) {
      const { pacticipant, number } = version.record;
      const now = draft.now.version(pacticipant, number);
      const undeployedAt = slot[index + 1]?.deployment.createdAt;
      if (!now || undeployedAt === undefined) continue;
      const deployments = now.deployments.map((one) =>
        one.uuid === deployment.uuid ? { ...one, undeployedAt } : one,
      );
      draft.putVersion({ ...now, deployments });
    }
  }
  return draft.root;
}
