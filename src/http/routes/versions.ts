import { deleteVersion } from '../../decide/deletions.ts';
import { replaceTags, setBuildUrl, touchVersion } from '../../decide/versions.ts';
import type { PacticipantName, TagName, VersionNumber } from '../../domain/names.ts';
import { whyNotAName } from '../../domain/names.ts';
import type { Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { hasTag, isOnBranch } from '../../domain/version.ts';
import { findBranch, findHead, findLatestTagged, findTag } from '../../query/asked.ts';
import type { Link } from '../../render/hal/document.ts';
import { versionDocument, versionsDocument } from '../../render/hal/version.ts';
import { deletionIntent, versionIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { Fields, hasMembers, oneLine, wellFormed } from '../fields.ts';
import { asked, named } from '../names.ts';
import { onPage, pageAsked, withPage } from '../pages.ts';
import { answering, type Method, type Resource, refuseIf, takingPatch, takingWhole } from '../resource.ts';
import { askedVersion } from './deployed-versions.ts';
import { noPacticipant } from './pacticipants.ts';

interface Names {
  readonly [name: string]: string;
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
}

/** A method that tells one version, with the URL that was asked as its own. */
function telling(find: (x: Exchange, now: Snapshot, name: PacticipantName) => Version | undefined): Method {
  return answering(async (x) => {
    const name = asked<PacticipantName>(x, 'pacticipant');
    const document = await x.find((now) => {
      const version = find(x, now, name);
      return version && versionDocument(x.links, now, version, x.self);
    });
    return x.document(document);
  });
}

interface Listing {
  readonly versions: readonly Version[];
  readonly title: string;
}

/** A method that lists versions, newest first; what finds none at all finds nothing. */
function listing(find: (x: Exchange, now: Snapshot, name: PacticipantName) => Listing | undefined): Method {
  return (x) => {
    const page = pageAsked(x);
    return async () => {
      const name = asked<PacticipantName>(x, 'pacticipant');
      const document = await x.find((now) => {
        const found = find(x, now, name);
        if (!found) return undefined;
        const { versions, title } = found;
        const self: Link = { href: x.self + x.query, title };
        const newest = [...versions].reverse();
        const shown = versionsDocument(x.links, now, name, onPage(newest, page), self);
        return withPage(x, shown, page, versions.length);
      });
      return x.document(document);
    };
  };
}

const allOf = listing((_x, now, name) => {
  if (!now.pacticipant(name)) throw noPacticipant(name);
  return { versions: now.versions(name), title: `All application versions of ${name}` };
});

const onBranch = listing((x, now, name) => {
  const branch = findBranch(now, name, x.segment('branch'))?.name;
  if (branch === undefined) return undefined;
  const versions = now.versions(name).filter((version) => isOnBranch(version, branch));
  return { versions, title: `Versions for branch ${branch} of ${name}` };
});

const withTag = listing((x, now, name) => {
  const tag = findTag(now, name, x.segment('tag'))?.name;
  if (tag === undefined) return undefined;
  const versions = now.versions(name).filter((version) => hasTag(version, tag));
  return { versions, title: `All application versions of ${name}` };
});

/** Every version that is or was in an environment. */
const inEnvironment = listing((x, now, name) => {
  const environment = now.environments().find(({ uuid }) => uuid === x.segment('environment'));
  if (!environment || !now.pacticipant(name)) return undefined;
  const isThere = (record: { readonly environment: string }) => record.environment === environment.uuid;
  const versions = now
    .versions(name)
    .filter(({ deployments, releases }) => deployments.some(isThere) || releases.some(isThere));
  return { versions, title: `Versions for ${name} in environment ${environment.displayName}` };
});

/** What a body says of a version: its build URL, and its tags if it speaks of them. */
async function description(x: Exchange) {
  const fields = new Fields(await x.plain('empty is {}'));
  const buildUrl = fields.blankable('buildUrl', oneLine, wellFormed);
  const tags = fields.has('tags') ? tagsIn(fields) : undefined;
  refuseIf(fields.complaints);
  return { buildUrl, saysBuildUrl: fields.has('buildUrl'), tags };
}

function tagsIn(fields: Fields): readonly TagName[] {
  const tags = fields.value('tags');
  if (!Array.isArray(tags)) {
    fields.complain('tags', 'must be an array');
    return [];
  }
  return tags.flatMap((tag, index): TagName[] => {
    const name = hasMembers(tag) ? tag.name : undefined;
    const problem = typeof name === 'string' ? whyNotAName(name) : 'name is missing';
    if (problem !== undefined) fields.complain('tags', `${problem} (at index ${index})`);
    return problem === undefined ? [name as TagName] : [];
  });
}

/** Writes what a body says of a version; `keeps` what it does not speak of. */
function describing(keeps: boolean): Method {
  return async (x) => {
    const { buildUrl, saysBuildUrl, tags } = await description(x);
    const { pacticipant, version: number } = named<Names>(x, 'pacticipant', 'version');
    return async () => {
      const { document, existed } = await x.change(versionIntent(pacticipant, number), (draft, at) => {
        const before = draft.now.version(pacticipant, number);
        const kept = keeps && !saysBuildUrl ? before?.buildUrl : buildUrl;
        setBuildUrl(draft, pacticipant, number, kept, at);
        if (tags) replaceTags(draft, pacticipant, number, tags, at);
        if (before && draft.now.version(pacticipant, number) !== before) {
          touchVersion(draft, askedVersion(x, draft.now), at);
        }
        const version = askedVersion(x, draft.now);
        return {
          document: versionDocument(x.links, draft.now, version, x.self),
          existed: before !== undefined,
        };
      });
      return x.document(document, existed ? 200 : 201);
    };
  };
}

const remove: Method = answering(async (x) => {
  const pacticipant = asked<PacticipantName>(x, 'pacticipant');
  const number = asked<VersionNumber>(x, 'version');
  await x.change(deletionIntent(`${pacticipant} ${number}`), (draft) => {
    const version = draft.now.version(pacticipant, number);
    if (!version) throw notFound();
    deleteVersion(draft, version);
  });
  return x.nothing();
});

/** Versions of pacticipants (domain.md §2, api.md §3.3). */
export const versions: readonly Resource[] = [
  { path: '/pacticipants/:pacticipant/versions', GET: allOf },
  {
    path: '/pacticipants/:pacticipant/versions/:version',
    GET: telling((x, now, name) => now.version(name, asked<VersionNumber>(x, 'version'))),
    PUT: takingWhole(describing(false)),
    PATCH: takingPatch(describing(true)),
    DELETE: remove,
  },
  {
    path: '/pacticipants/:pacticipant/latest-version',
    GET: telling((_x, now, name) => now.latestVersion(name)),
  },
  {
    path: '/pacticipants/:pacticipant/latest-version/:tag',
    GET: telling((x, now, name) => findLatestTagged(now, name, x.segment('tag'))),
  },
  {
    path: '/pacticipants/:pacticipant/branches/:branch/latest-version',
    GET: telling((x, now, name) => findHead(now, name, x.segment('branch'))),
  },
  { path: '/pacticipants/:pacticipant/branches/:branch/versions', GET: onBranch },
  { path: '/pacticipants/:pacticipant/tags/:tag/versions', GET: withTag },
  { path: '/pacticipants/:pacticipant/environments/:environment/versions', GET: inEnvironment },
];
