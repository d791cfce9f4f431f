import type { BranchName, PacticipantName, TagName, VersionNumber } from '../domain/names.ts';
import type { Branch, Label, Pacticipant, TagIndex } from '../domain/records.ts';
import { Fields, readJsonFields } from './reading.ts';
import { present, unlessEmpty, writeRecord } from './writing.ts';
import { editYaml, parseYaml } from './yaml.ts';

/** Reads `pacticipant.yaml`. @throws GitpactError `bad-record` */
export function readPacticipant(path: string, text: string): Pacticipant {
  const fields = new Fields(path, parseYaml(path, text));
  return present<Pacticipant>({
    name: fields.text<PacticipantName>('name'),
    displayName: fields.text('displayName'),
    mainBranch: fields.maybeText<BranchName>('mainBranch'),
    repositoryUrl: fields.maybeText('repositoryUrl'),
    repositoryName: fields.maybeText('repositoryName'),
    repositoryNamespace: fields.maybeText('repositoryNamespace'),
    labels: fields.list<Label>('labels', (label) => ({
      name: label.text('name'),
      createdAt: label.instant('createdAt'),
    })),
    createdAt: fields.instant('createdAt'),
    updatedAt: fields.maybeInstant('updatedAt'),
  });
}

/** Writes `pacticipant.yaml`; comments of the file as it was survive. */
export function writePacticipant(pacticipant: Pacticipant, before: string | undefined): string {
  const { name, displayName, mainBranch, repositoryUrl, repositoryName, repositoryNamespace } = pacticipant;
  const { labels, createdAt, updatedAt } = pacticipant;
  return editYaml(before, {
    name,
    displayName,
    mainBranch,
    repositoryUrl,
    repositoryName,
    repositoryNamespace,
    labels: unlessEmpty(labels),
    createdAt,
    updatedAt,
  });
}

/** Reads a branch. @throws GitpactError `bad-record` */
export function readBranch(path: string, text: string): Branch {
  const fields = readJsonFields(path, text);
  return present<Branch>({
    name: fields.text<BranchName>('name'),
    createdAt: fields.instant('createdAt'),
    updatedAt: fields.instant('updatedAt'),
    head: fields.maybeText<VersionNumber>('head'),
  });
}

/** Writes a branch. */
export function writeBranch({ name, createdAt, updatedAt, head }: Branch): string {
  return writeRecord({ name, createdAt, updatedAt, head });
}

/** Reads what is derived of a tag. @throws GitpactError `bad-record` */
export function readTagIndex(path: string, text: string): TagIndex {
  const fields = readJsonFields(path, text);
  return {
    name: fields.text<TagName>('name'),
    createdAt: fields.instant('createdAt'),
    latest: fields.text<VersionNumber>('latest'),
  };
}

/** Writes what is derived of a tag. */
export function writeTagIndex({ name, createdAt, latest }: TagIndex): string {
  return writeRecord({ name, createdAt, latest });
}

/** Reads a pacticipant's newest version. @throws GitpactError `bad-record` */
export function readLatest(path: string, text: string): { number: VersionNumber; order: number } {
  const fields = readJsonFields(path, text);
  return { number: fields.text<VersionNumber>('number'), order: fields.whole('order') };
}

/** Writes a pacticipant's newest version. */
export function writeLatest({ number, order }: { number: VersionNumber; order: number }): string {
  return writeRecord({ number, order });
}
