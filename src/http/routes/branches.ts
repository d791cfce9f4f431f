import { deleteBranch, deleteBranchVersion } from '../../decide/deletions.ts';
import { addToBranch } from '../../decide/versions.ts';
import {
  type BranchName,
  byCodePoint,
  type PacticipantName,
  type VersionNumber,
} from '../../domain/names.ts';
import type { Branch } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { parseNestedQuery } from '../../query/nested-query.ts';
import { branchDocument, branchesDocument, branchVersionDocument } from '../../render/hal/names.ts';
import { branchIntent, deletionIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked, named } from '../names.ts';
import { onPage, pageAsked, withPage } from '../pages.ts';
import { answering, type Method, type Resource, takingJson } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

interface Names {
  readonly [name: string]: string;
  readonly pacticipant: PacticipantName;
  readonly branch: BranchName;
  readonly version: VersionNumber;
}

/** The branch that was last worked on first (api.md §3.3). */
function byLastUse(a: Branch, b: Branch): number {
  return byCodePoint(b.updatedAt, a.updatedAt) || byCodePoint(b.createdAt, a.createdAt);
}

const list: Method = (x) => {
  const page = pageAsked(x) ?? { number: 1, size: 100 };
  const wanted = x.parameters.get('q')?.toLowerCase() ?? '';
  return async () => {
    const name = asked<PacticipantName>(x, 'pacticipant');
    const found = await x.ask((now) => {
      if (!now.pacticipant(name)) throw noPacticipant(name);
      return now
        .branches(name)
        .filter((branch) => branch.name.toLowerCase().includes(wanted))
        .toSorted(byLastUse);
    });
    const document = branchesDocument(x.links, name, onPage(found, page), x.self + x.query);
    return x.document(withPage(x, document, page, found.length));
  };
};

/** Removes all branches but the main one and those that are excluded (api.md §3.3). */
const removeMany: Method = (x) => {
  const { exclude = [] } = parseNestedQuery(x.query);
  return async () => {
    const name = asked<PacticipantName>(x, 'pacticipant');
    const { count, kept } = await x.change(deletionIntent(`branches of ${name}`), (draft) => {
      const pacticipant = draft.now.pacticipant(name);
      if (!pacticipant) throw noPacticipant(name);
      const stays = (branch: Branch) =>
        branch.name === pacticipant.mainBranch || (Array.isArray(exclude) && exclude.includes(branch.name));
      const branches = draft.now.branches(name);
      const gone = branches.filter((branch) => !stays(branch));
      for (const branch of gone) deleteBranch(draft, name, branch.name);
      return { count: gone.length, kept: branches.filter(stays).toSorted(byLastUse) };
    });
    const remaining = kept.map((branch) => branch.name).join(', ');
    const text = `Scheduled deletion of ${count} branches for pacticipant ${name}. Remaining branches are: ${remaining}`;
    return x.document({ notices: [{ type: 'success', text }] }, 202);
  };
};

const read: Method = answering(async (x) => {
  const name = asked<PacticipantName>(x, 'pacticipant');
  const document = await x.find((now) => {
    const branch = now.branch(name, asked(x, 'branch'));
    return branch && branchDocument(x.links, name, branch);
  });
  return x.document(document);
});

const remove: Method = answering(async (x) => {
  const name = asked<PacticipantName>(x, 'pacticipant');
  const branch = asked<BranchName>(x, 'branch');
  await x.change(deletionIntent(`branch ${branch} of ${name}`), (draft) => {
    if (!deleteBranch(draft, name, branch)) throw notFound();
  });
  return x.nothing();
});

function membership(x: Exchange, now: Snapshot, { pacticipant, branch, version: number }: Names) {
  const version = now.version(pacticipant, number);
  const found = version?.branches.find(({ name }) => name === branch);
  return version && found && branchVersionDocument(x.links, version, found);
}

function askedNames(x: Exchange): Names {
  return { pacticipant: asked(x, 'pacticipant'), branch: asked(x, 'branch'), version: asked(x, 'version') };
}

const readVersion: Method = answering(async (x) => {
  const names = askedNames(x);
  return x.document(await x.find((now) => membership(x, now, names)));
});

const addVersion: Method = (x) => {
  const names = named<Names>(x, 'pacticipant', 'branch', 'version');
  const { pacticipant, branch, version } = names;
  return async () => {
    const { document, created } = await x.change(branchIntent(pacticipant, version, branch), (draft, at) => {
      const added = addToBranch(draft, pacticipant, version, branch, at);
      return { ...added, document: membership(x, draft.now, names) ?? {} };
    });
    const location = x.links.branchVersion(pacticipant, branch, version);
    return created ? x.document(document, 201, location) : x.document(document);
  };
};

const removeVersion: Method = answering(async (x) => {
  const { pacticipant, branch, version } = askedNames(x);
  await x.change(deletionIntent(`${pacticipant} ${version} from branch ${branch}`), (draft) => {
    if (!deleteBranchVersion(draft, pacticipant, version, branch)) throw notFound();
  });
  return x.nothing();
});

/** Branches, and the versions on them (domain.md §3). */
export const branches: readonly Resource[] = [
  { path: '/pacticipants/:pacticipant/branches', GET: list, DELETE: removeMany },
  { path: '/pacticipants/:pacticipant/branches/:branch', GET: read, DELETE: remove },
  {
    path: '/pacticipants/:pacticipant/branches/:branch/versions/:version',
    GET: readVersion,
    PUT: takingJson(addVersion),
    DELETE: removeVersion,
  },
];
