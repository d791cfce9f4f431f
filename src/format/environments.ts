import type { EnvironmentName, PacticipantName, VersionNumber } from '../domain/names.ts';
import { byCodePoint } from '../domain/names.ts';
import type { Contact, Environment, Presence } from '../domain/records.ts';
import { badRecord, Fields, parseJsonFile, readJsonFields } from './reading.ts';
import { present, unlessEmpty, writeList, writeRecord } from './writing.ts';
import { editYaml, parseYaml } from './yaml.ts';

/** Reads an environment. @throws GitpactError `bad-record` */
export function readEnvironment(path: string, text: string): Environment {
  const fields = new Fields(path, parseYaml(path, text));
  return present<Environment>({
    uuid: fields.text('uuid'),
    name: fields.text<EnvironmentName>('name'),
    displayName: fields.text('displayName'),
    production: fields.flag('production'),
    contacts: fields.list('contacts', (contact) =>
      present<Contact>({
        name: contact.text('name'),
        details: contact.anything('details') as Contact['details'],
      }),
    ),
    createdAt: fields.instant('createdAt'),
    updatedAt: fields.maybeInstant('updatedAt'),
  });
}

/** Writes an environment; comments of the file as it was survive. */
export function writeEnvironment(environment: Environment, before: string | undefined): string {
  const { uuid, name, displayName, production, contacts, createdAt, updatedAt } = environment;
  return editYaml(before, {
    uuid,
    name,
    displayName,
    production,
    contacts: unlessEmpty(contacts),
    createdAt,
    updatedAt,
  });
}

/** Reads what is in an environment now. @throws GitpactError `bad-record` */
export function readPresences(path: string, text: string): readonly Presence[] {
  const values = parseJsonFile(path, text);
  if (!Array.isArray(values)) throw badRecord(path, 'is not a list');
  return values.map((value) => {
    const fields = new Fields(path, value);
    const kind = fields.text('kind');
    if (kind !== 'deployed' && kind !== 'released')
      throw badRecord(path, `has an entry of the kind "${kind}"`);
    return present<Presence>({
      kind,
      uuid: fields.text('uuid'),
      pacticipant: fields.text<PacticipantName>('pacticipant'),
      version: fields.text<VersionNumber>('version'),
      target: fields.maybeText('target'),
      createdAt: fields.instant('createdAt'),
    });
  });
}

/** Writes what is in an environment now, one entry a line, in order of recording. */
export function writePresences(presences: readonly Presence[]): string {
  const entries = [...presences]
    .sort(byRecording)
    .map(({ kind, uuid, pacticipant, version, target, createdAt }) => ({
      pacticipant,
      version,
      kind,
      target,
      createdAt,
      uuid,
    }));
  return `${writeList(entries)}\n`;
}

function byRecording(a: Presence, b: Presence): number {
  return byCodePoint(a.createdAt, b.createdAt) || byCodePoint(a.uuid, b.uuid);
}

/** Where the version of a deployment or release lies. */
export interface DeploymentPointer {
  readonly pacticipant: PacticipantName;
  readonly version: VersionNumber;
}

/** Reads a pointer from a deployment's uuid to its version. @throws GitpactError `bad-record` */
export function readPointer(path: string, text: string): DeploymentPointer {
  const fields = readJsonFields(path, text);
  return {
    pacticipant: fields.text<PacticipantName>('pacticipant'),
    version: fields.text<VersionNumber>('version'),
  };
}

/** Writes a pointer from a deployment's uuid to its version. */
export function writePointer({ pacticipant, version }: DeploymentPointer): string {
  return writeRecord({ pacticipant, version });
}
