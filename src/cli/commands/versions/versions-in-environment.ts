import { environmentName, pacticipantName } from '../../../domain/names.ts';
import type { Presence } from '../../../domain/records.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { gather } from '../../../domain/tree.ts';
import { deployedVersionDocument, releasedVersionDocument } from '../../../render/hal/deployment.ts';
import type { HalDocument } from '../../../render/hal/document.ts';
import type { Links } from '../../../render/hal/links.ts';
import { terminalTable } from '../../../render/terminal-table.ts';
import type { Arguments } from '../../arguments.ts';
import { requireKnown } from '../../known-names.ts';

/**
 * The versions of a pacticipant in an environment, those deployed before those released: a list of what the API tells of
 * each, and a table. @throws GitpactError for names that name nothing @throws NotLoaded
 */
export function presencesAnswer(now: Snapshot, links: Links, given: Arguments, columns: number) {
  const pacticipant = pacticipantName(given.text('pacticipant'));
  const environment = environmentName(given.text('environment'));
  requireKnown(now, { pacticipants: [pacticipant], environments: [environment] });
  const all = now.presences(environment).filter((presence) => presence.pacticipant === pacticipant);
  const deployed = all.filter(({ kind }) => kind === 'deployed');
  const released = all.filter(({ kind }) => kind === 'released');
  const shown = [...(given.flag('released') ? [] : deployed), ...(given.flag('deployed') ? [] : released)];
  const rows = shown.map(({ kind, version, target }) => [
    version,
    kind === 'deployed' ? 'Deployed' : 'Released',
    environment,
    target ?? '-',
  ]);
  return {
    document: gather(shown, (presence) => documentOf(now, links, presence)).flat(),
    text: `${terminalTable(['VERSION', 'STATUS', 'ENVIRONMENT', 'APPLICATION INSTANCE'], rows, columns)}\n`,
  };
}

function documentOf(now: Snapshot, links: Links, presence: Presence): readonly HalDocument[] {
  const version = now.version(presence.pacticipant, presence.version);
  if (!version) return [];
  const hasUuid = ({ uuid }: { readonly uuid: string }) => uuid === presence.uuid;
  return [
    ...version.deployments
      .filter(hasUuid)
      .map((deployment) => deployedVersionDocument(links, deployment, { version })),
    ...version.releases
      .filter(hasUuid)
      .map((release) => releasedVersionDocument(links, release, { version })),
  ];
}
