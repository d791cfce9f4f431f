import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { EnvironmentName } from '../../domain/names.ts';
import type { Clearance, PacticipantStatus, Status, StatusPlace, Unverified } from '../../query/status.ts';
import { elided } from '../elided.ts';
import { stateMarks } from '../graph/network-words.ts';
import type { StatePaint } from '../state-paint.ts';
import { terminalTable } from '../terminal-table.ts';
import { reasonNotice } from '../words/reasons.ts';

/** How many lines each list shows. */
const most = 40;

/** A status for a terminal of so many columns: a table of what is where, then lists. Ends with a line break. */
export function statusText(status: Status, columns: number, paint: StatePaint): string {
  const parts = [
    table(status, columns),
    unverifiedList(status.unverified, paint),
    blockedList(status, paint),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function table({ environments, pacticipants }: Status, columns: number): string {
  const head = ['PACTICIPANT', 'HEAD', ...environments.map(({ name }) => elided(name, 30))];
  const rows = pacticipants.map((pacticipant) => [
    elided(pacticipant.name, 40),
    headText(pacticipant),
    ...environments.map(({ name }) => placeCell(pacticipant, name)),
  ]);
  return `${terminalTable(head, rows, columns)}\n`;
}

function headText({ head, mainBranch }: PacticipantStatus): string {
  if (!head) return 'no version';
  const isOfMain = head.branches.some(({ name }) => name === mainBranch);
  return `${elided(head.number, 16)}\n${isOfMain && mainBranch ? elided(mainBranch, 16) : 'newest'}`;
}

/** What is there, and whether the head may come. */
function placeCell({ places, clearances, head }: PacticipantStatus, environment: EnvironmentName): string {
  const here = places.filter((place) => place.environment === environment);
  const clearance = clearances.find((one) => one.environment === environment);
  const versions = here.map((place) => placeText(place, place.version === head?.number));
  return [...(versions.length > 0 ? versions : ['–']), ...(clearance ? [clearanceText(clearance)] : [])].join(
    '\n',
  );
}

function placeText({ kind, version, target }: StatusPlace, isHead: boolean): string {
  const notes = [
    ...(isHead ? ['head'] : []),
    ...(kind === 'released' ? ['released'] : []),
    ...(target === undefined ? [] : [elided(target, 16)]),
  ];
  return `${elided(version, 16)}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
}

function clearanceText({ verdict, isThere }: Clearance): string {
  if (verdict === 'yes') return isThere ? '✓ fits' : '✓ head can go';
  if (verdict === 'no') return isThere ? '✗ does not fit' : '✗ head is blocked';
  return isThere ? '? not verified' : '? head not verified';
}

function unverifiedList(all: readonly Unverified[], paint: StatePaint): string {
  const lines = all.map(({ environment, edge }) => {
    const { consumer, provider, state, pact, providerVersion } = edge;
    const consumed = `${elided(consumer, 40)} ${elided(pact.consumerVersion.number, 16)}`;
    const provided = providerVersion === undefined ? '' : ` ${elided(providerVersion, 16)}`;
    const where = environment === undefined ? '' : ` (in ${elided(environment, 30)})`;
    const { mark, word } = stateMarks[state];
    return `${paint[state](mark)} ${consumed} → ${elided(provider, 40)}${provided}: ${word}${where}`;
  });
  return list('NOT VERIFIED', lines);
}

function blockedList({ pacticipants }: Status, paint: StatePaint): string {
  const lines = pacticipants.flatMap(({ name, head, clearances }) =>
    clearances
      .filter(({ obstacles, isThere }) => obstacles.length > 0 && !isThere)
      .map(({ environment, verdict, obstacles }) => {
        const what = `${elided(name, 40)} ${elided(head?.number ?? '', 16)} → ${elided(environment, 30)}`;
        const mark = verdict === 'no' ? paint.failed('✗') : paint.unverified('?');
        return [
          `${mark} ${what}`,
          ...obstacles.map((reason) => `    ${escapeHidden(reasonNotice(reason).text)}`),
        ].join('\n');
      }),
  );
  return list('WHAT BLOCKS WHAT', lines);
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const more = lines.length - most;
  const told = more > 0 ? [`… and ${more} more`] : [];
  return `${[title, ...lines.slice(0, most), ...told].join('\n')}\n`;
}
