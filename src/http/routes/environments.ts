import {
  createEnvironment,
  deleteEnvironment,
  type EnvironmentRequest,
  updateEnvironment,
} from '../../decide/environments.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { EnvironmentName } from '../../domain/names.ts';
import type { Contact, Environment } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { byDisplayName, environmentDocument, environmentsDocument } from '../../render/hal/environment.ts';
import { environmentIntent } from '../../render/words/intents.ts';
import { deletionIntent, environmentChangeIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { Fields, hasMembers, noSpaces, oneLine, wellFormed } from '../fields.ts';
import { answering, type Method, type Resource, refuseIf, takingJson } from '../resource.ts';

/** The environment with the uuid in the path. @throws GitpactError `not-found` @throws NotLoaded */
export function askedEnvironment(x: Exchange, now: Snapshot): Environment {
  const uuid = x.segment('environment');
  const found = now.environments().find((environment) => environment.uuid === uuid);
  if (!found) throw notFound();
  return found;
}

const list: Method = answering(async (x) => {
  const wanted = x.parameters.get('name');
  const found = await x.ask((now) =>
    now.environments().filter(({ name }) => wanted === null || name === wanted),
  );
  const sorted = found.toSorted(byDisplayName);
  return x.document(environmentsDocument(x.links, sorted, x.self + x.query));
});

/** What a body says of an environment, all at once (domain.md §7). @throws GitpactError `bad-request` */
async function description(x: Exchange): Promise<Omit<EnvironmentRequest, 'at'>> {
  const fields = new Fields(await x.plain());
  const name = fields.required('name', oneLine, noSpaces, wellFormed) as EnvironmentName;
  const displayName = fields.blankable('displayName', oneLine, wellFormed);
  const production = fields.value('production');
  if (!fields.has('production')) fields.complain('production', 'is missing');
  else if (typeof production !== 'boolean') fields.complain('production', 'must be one of: true, false');
  const contacts = contactsIn(fields);
  refuseIf(fields.complaints);
  return { name, displayName, production: production === true, contacts };
}

function contactsIn(fields: Fields): readonly Contact[] {
  const contacts = fields.value('contacts') ?? [];
  if (!Array.isArray(contacts)) {
    fields.complain('contacts', 'must be an array');
    return [];
  }
  return contacts.flatMap((contact, index): Contact[] => {
    const { name, details } = hasMembers(contact) ? contact : {};
    if (typeof name !== 'string') {
      fields.complain('contacts', `name is missing (at index ${index})`);
      return [];
    }
    return [{ name, ...(hasMembers(details) ? { details } : {}) }];
  });
}

/** A taken name is told as a complaint about the name. */
function tellingTaken<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    if (!(error instanceof GitpactError) || error.code !== 'environment-exists') throw error;
    throw new GitpactError('bad-request', error.message, {
      complaints: [{ where: 'name', text: error.message }],
    });
  }
}

const create: Method = async (x) => {
  const request = await description(x);
  return async () => {
    const environment = await x.change(environmentIntent(request.name), (draft, at) =>
      tellingTaken(() => createEnvironment(draft, { ...request, at })),
    );
    const location = x.links.environment(environment.uuid);
    return x.document(environmentDocument(x.links, environment), 201, location);
  };
};

const replace: Method = async (x) => {
  const request = await description(x);
  return async () => {
    const environment = await x.change(environmentChangeIntent(request.name), (draft, at) => {
      const before = askedEnvironment(x, draft.now);
      return tellingTaken(() => updateEnvironment(draft, before, { ...request, at }));
    });
    return x.document(environmentDocument(x.links, environment));
  };
};

const read: Method = answering(async (x) =>
  x.document(await x.ask((now) => environmentDocument(x.links, askedEnvironment(x, now)))),
);

const remove: Method = answering(async (x) => {
  await x.change(deletionIntent(`environment ${x.segment('environment')}`), (draft) =>
    deleteEnvironment(draft, askedEnvironment(x, draft.now)),
  );
  return x.nothing();
});

/** Environments (domain.md §7). */
export const environments: readonly Resource[] = [
  { path: '/environments', GET: list, POST: takingJson(create) },
  { path: '/environments/:environment', GET: read, PUT: takingJson(replace), DELETE: remove },
];
