import { putTag, removeTag } from '../../decide/versions.ts';
import type { PacticipantName, TagName, VersionNumber } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { tagDocument } from '../../render/hal/names.ts';
import { tagIntent } from '../../render/words/intents.ts';
import { deletionIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked, named } from '../names.ts';
import { answering, type Method, type Resource, takingJson } from '../resource.ts';

interface Names {
  readonly [name: string]: string;
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
  readonly tag: TagName;
}

function tagIn(x: Exchange, now: Snapshot, { pacticipant, version: number, tag }: Names) {
  const version = now.version(pacticipant, number);
  const found = version?.tags.find(({ name }) => name === tag);
  return version && found && tagDocument(x.links, version, found);
}

function askedNames(x: Exchange): Names {
  return { pacticipant: asked(x, 'pacticipant'), version: asked(x, 'version'), tag: asked(x, 'tag') };
}

const read: Method = answering(async (x) => {
  const names = askedNames(x);
  return x.document(await x.find((now) => tagIn(x, now, names)));
});

const put: Method = (x) => {
  const names = named<Names>(x, 'pacticipant', 'version', 'tag');
  const { pacticipant, version, tag } = names;
  return async () => {
    const intent = tagIntent({ pacticipant, version, tags: [tag] });
    const { document, created } = await x.change(intent, (draft, at) => {
      const put = putTag(draft, pacticipant, version, tag, at);
      return { ...put, document: tagIn(x, draft.now, names) ?? {} };
    });
    return created ? x.document(document, 201, x.links.tag(pacticipant, version, tag)) : x.document(document);
  };
};

const remove: Method = answering(async (x) => {
  const { pacticipant, version, tag } = askedNames(x);
  await x.change(deletionIntent(`tag ${tag} of ${pacticipant} ${version}`), (draft) => {
    if (!removeTag(draft, pacticipant, version, tag)) throw notFound();
  });
  return x.nothing();
});

/** Tags on versions (domain.md §4). */
export const tags: readonly Resource[] = [
  {
    path: '/pacticipants/:pacticipant/versions/:version/tags/:tag',
    GET: read,
    PUT: takingJson(put),
    DELETE: remove,
  },
];
