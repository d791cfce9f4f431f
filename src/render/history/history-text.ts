import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { Instant } from '../../domain/names.ts';
import type { Chapter, ContractHistory, Stay, Verification } from '../../query/contract-history.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { countWords, verdictWords } from '../diff/diff-words.ts';
import { elided } from '../elided.ts';
import { counted, stateMarks } from '../graph/network-words.ts';
import type { StatePaint } from '../state-paint.ts';
import { andList } from '../words/lists.ts';

/** How many names a sentence lists. */
const most = 5;

/** The history of a contract in sentences, a paragraph for each content, newest first. Ends with a line break. */
export function historyText(history: ContractHistory, paint: StatePaint): string {
  const { consumer, provider, contents, chapters } = history;
  const shown = chapters.length < contents ? `, ${chapters.length} shown` : '';
  const title = `The contract of ${escapeHidden(consumer)} with ${escapeHidden(provider)}: ${counted(contents, 'content')}${shown}`;
  return `${[title, ...chapters.map((chapter) => paragraph(chapter, paint))].join('\n\n')}\n`;
}

/** A moment to the minute, in UTC. */
export function toTheMinute(instant: Instant): string {
  return instant.slice(0, 16).replace('T', ' ');
}

function paragraph(chapter: Chapter, paint: StatePaint): string {
  const [first, ...others] = chapter.pacts;
  if (!first) return '';
  const { consumer, consumerVersion, publication } = first;
  const head = `${paint.unverified(chapter.sha.slice(0, 8))} ${paint.faint(toTheMinute(publication.createdAt))}`;
  const what = chapter.before ? 'changed the contract' : 'began the contract';
  return [
    `${head} ${escapeHidden(consumer)} ${versionWords(consumerVersion)} ${what}.`,
    ...[changeWords(chapter), othersWords(others), ...verifiedWords(chapter.verifications, paint)]
      .concat(stayWords(chapter.stays))
      .filter((sentence) => sentence !== '')
      .map((sentence) => `    ${sentence}`),
  ].join('\n');
}

function changeWords({ before, diff }: Chapter): string {
  if (!before || !diff) return '';
  return `Compared with ${versionWords(before.consumerVersion)}: ${verdictWords(diff)} ${countWords(diff)}`;
}

function othersWords(others: readonly PublishedPact[]): string {
  const last = others.at(-1);
  if (!last) return '';
  const names = listed(others.map(({ consumerVersion }) => versionWords(consumerVersion)));
  return `Published again by ${names}, last on ${toTheMinute(last.publication.createdAt)}.`;
}

/** What provider versions said of it, the newest first: those that failed, then those that passed. */
function verifiedWords(verifications: readonly Verification[], paint: StatePaint): readonly string[] {
  if (verifications.length === 0)
    return [`${paint.unverified(stateMarks.unverified.mark)} Nobody has verified it.`];
  const sentence = (state: 'failed' | 'verified', word: string) => {
    const those = verifications
      .filter(({ result }) => result.success === (state === 'verified'))
      .toReversed();
    const [newest] = those;
    if (!newest) return '';
    const names = listed(
      those.map(({ result, providerVersion }) =>
        providerVersion ? versionWords(providerVersion) : elided(result.providerVersion, 20),
      ),
    );
    const when = toTheMinute(newest.result.createdAt);
    return `${paint[state](stateMarks[state].mark)} ${escapeHidden(newest.result.provider)} ${names} ${word}, last on ${when}.`;
  };
  return [sentence('failed', 'failed'), sentence('verified', 'passed')];
}

function stayWords(stays: readonly Stay[]): readonly string[] {
  const told = stays.slice(-most).map(({ environment, kind, version, target, from, until }) => {
    const as = `${elided(version, 20)}${target === undefined ? '' : ` (${target})`}`;
    const place = elided(environment, 40);
    if (until !== undefined) {
      return `${as} was ${kind} to ${place} from ${toTheMinute(from)} to ${toTheMinute(until)}.`;
    }
    return `${as} is ${kind} to ${place} since ${toTheMinute(from)}.`;
  });
  const more = stays.length - told.length;
  return [...(more > 0 ? [`Deployed or released ${counted(more, 'time')} before.`] : []), ...told];
}

function versionWords({ number, branches }: PublishedPact['consumerVersion']): string {
  const names = branches.map(({ name }) => elided(name, 30));
  return `${elided(number, 20)}${names.length > 0 ? ` (${names.join(', ')})` : ''}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - most;
  return andList(more > 0 ? [...names.slice(0, most), `${more} more`] : names);
}
