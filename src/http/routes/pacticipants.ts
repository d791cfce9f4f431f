import { deletePacticipant } from '../../decide/deletions.ts';
import { describePacticipant, type PacticipantPatch, replacing } from '../../decide/pacticipants.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { allPacticipants } from '../../query/asked.ts';
import {
  labelledPacticipantsDocument,
  pacticipantDocument,
  pacticipantsDocument,
} from '../../render/hal/pacticipant.ts';
import { deletionIntent, pacticipantIntent } from '../../render/words/other-intents.ts';
import type { Exchange } from '../exchange.ts';
import { Fields, noSpaces, oneLine, wellFormed } from '../fields.ts';
import { named } from '../names.ts';
import { onPage, pageAsked, withPage } from '../pages.ts';
import { answering, type Method, type Resource, refuseIf, takingJson, takingWhole } from '../resource.ts';

/** That there is no such pacticipant, in the Pact Broker's words (api.md §1.4). */
export function noPacticipant(name: string, role = 'pacticipant'): GitpactError {
  return new GitpactError('pacticipant-missing', `No ${role} with name '${name}' found`);
}

const list: Method = (x) => {
  const page = pageAsked(x);
  const wanted = x.parameters.get('q')?.toLowerCase() ?? '';
  return async () => {
    const document = await x.ask((now) => {
      const found = allPacticipants(now).filter(({ name }) => name.toLowerCase().includes(wanted));
      return withPage(x, pacticipantsDocument(x.links, now, onPage(found, page)), page, found.length);
    });
    return x.document(document);
  };
};

/** What a body says of a pacticipant; members that are absent are absent, null clears. */
function patchIn(fields: Fields): PacticipantPatch {
  const read = (name: string, ...rules: Parameters<Fields['blankable']>[1][]) =>
    fields.has(name) ? (fields.blankable(name, oneLine, wellFormed, ...rules) ?? null) : undefined;
  return {
    displayName: read('displayName'),
    mainBranch: read('mainBranch', noSpaces) as PacticipantPatch['mainBranch'],
    repositoryUrl: read('repositoryUrl'),
    repositoryName: read('repositoryName'),
    repositoryNamespace: read('repositoryNamespace'),
  };
}

const create: Method = async (x) => {
  const fields = new Fields(await x.plain());
  const name = fields.required('name', wellFormed) as PacticipantName;
  if (/[\n\r]/.test(name)) {
    fields.complain('name', 'cannot contain multiple lines');
    fields.complain('name', 'cannot contain multiple lines');
  }
  const patch = patchIn(fields);
  refuseIf(fields.complaints);
  return async () => {
    const document = await x.change(pacticipantIntent(name), (draft, at) => {
      const known = draft.now.pacticipant(name);
      const { pacticipant } = known ? { pacticipant: known } : describePacticipant(draft, name, patch, at);
      return pacticipantDocument(x.links, draft.now, pacticipant, true);
    });
    const location = x.links.pacticipant(name).replace('/pacticipants/', '/pacticpants/');
    return x.document(document, 201, location);
  };
};

const read: Method = answering(async (x) => {
  const name = x.segment<PacticipantName>('pacticipant');
  const document = await x.ask((now) => {
    const pacticipant = now.pacticipant(name);
    return pacticipant && pacticipantDocument(x.links, now, pacticipant);
  });
  if (!document) throw noPacticipant(name);
  return x.document(document);
});

const replace: Method = async (x) => {
  const fields = new Fields(await x.plain());
  const patch = replacing(patchIn(fields));
  refuseIf(fields.complaints);
  const name = x.segment<PacticipantName>('pacticipant');
  return async () => {
    const document = await x.change(pacticipantIntent(name), (draft, at) => {
      if (!draft.now.pacticipant(name)) throw noPacticipant(name);
      const { pacticipant } = describePacticipant(draft, name, patch, at);
      return pacticipantDocument(x.links, draft.now, pacticipant);
    });
    return x.document(document);
  };
};

const update: Method = async (x) => {
  const fields = new Fields(await x.plain());
  const patch = patchIn(fields);
  refuseIf(fields.complaints);
  const { pacticipant: name } = named<{ pacticipant: PacticipantName }>(x, 'pacticipant');
  return async () => {
    const { document, created } = await x.change(pacticipantIntent(name), (draft, at) => {
      const described = describePacticipant(draft, name, patch, at);
      return {
        document: pacticipantDocument(x.links, draft.now, described.pacticipant),
        created: described.created,
      };
    });
    return created ? x.document(document, 201, x.links.pacticipant(name)) : x.document(document);
  };
};

const remove: Method = answering(async (x) => {
  const name = x.segment<PacticipantName>('pacticipant');
  await x.change(deletionIntent(`pacticipant ${name}`), (draft) => {
    if (!draft.now.pacticipant(name)) throw noPacticipant(name);
    deletePacticipant(draft, name);
  });
  return x.nothing();
});

function labelled(x: Exchange, now: Snapshot) {
  const label = x.segment('label');
  const found = allPacticipants(now).filter(({ labels }) => labels.some(({ name }) => name === label));
  return labelledPacticipantsDocument(x.links, now, found);
}

/** Pacticipants (domain.md §1, api.md §3.3). */
export const pacticipants: readonly Resource[] = [
  { path: '/pacticipants', GET: list, POST: takingJson(create) },
  {
    path: '/pacticipants/label/:label',
    GET: answering(async (x) => x.document(await x.ask((now) => labelled(x, now)))),
  },
  {
    path: '/pacticipants/:pacticipant',
    GET: read,
    PUT: takingWhole(replace),
    PATCH: takingJson(update),
    DELETE: remove,
  },
];
