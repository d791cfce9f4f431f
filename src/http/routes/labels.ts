import { addLabel, removeLabel } from '../../decide/pacticipants.ts';
import { byCodePoint, type PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { labelDocument, labelsDocument } from '../../render/hal/names.ts';
import { deletionIntent, labelIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { asked, named } from '../names.ts';
import { onPage, pageAsked, withPage } from '../pages.ts';
import { answering, type Method, type Resource, takingJson } from '../resource.ts';

function labelIn(x: Exchange, now: Snapshot, name: PacticipantName, label: string) {
  const found = now.pacticipant(name)?.labels.find((one) => one.name === label);
  return found && labelDocument(x.links, name, found);
}

const read: Method = answering(async (x) => {
  const name = asked<PacticipantName>(x, 'pacticipant');
  return x.document(await x.find((now) => labelIn(x, now, name, x.segment('label'))));
});

const put: Method = (x) => {
  const names = named<{ pacticipant: PacticipantName; label: string }>(x, 'pacticipant', 'label');
  return async () => {
    const { pacticipant, label } = names;
    const { document, created } = await x.change(labelIntent(pacticipant, label), (draft, at) => {
      const added = addLabel(draft, pacticipant, label, at);
      return { ...added, document: labelIn(x, draft.now, pacticipant, label) ?? {} };
    });
    return created ? x.document(document, 201, x.links.label(pacticipant, label)) : x.document(document);
  };
};

const remove: Method = answering(async (x) => {
  const name = asked<PacticipantName>(x, 'pacticipant');
  const label = x.segment('label');
  await x.change(deletionIntent(`label ${label} of ${name}`), (draft) => {
    if (!removeLabel(draft, name, label)) throw notFound();
  });
  return x.nothing();
});

const list: Method = (x) => {
  const page = pageAsked(x);
  return async () => {
    const names = await x.ask((now) => {
      const all = gather(now.pacticipantNames(), (name) => now.pacticipant(name)?.labels ?? []).flat();
      return [...new Set(all.map(({ name }) => name))].sort(byCodePoint);
    });
    return x.document(withPage(x, labelsDocument(onPage(names, page), x.self), page, names.length));
  };
};

/** Labels on pacticipants (domain.md §1.5). */
export const labels: readonly Resource[] = [
  { path: '/labels', GET: list },
  { path: '/pacticipants/:pacticipant/labels/:label', GET: read, PUT: takingJson(put), DELETE: remove },
];
