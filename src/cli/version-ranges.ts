import type { Broker } from '../broker/broker.ts';
import { type Complaint, GitpactError } from '../domain/failure.ts';
import { pacticipantName } from '../domain/names.ts';
import { gather } from '../domain/tree.ts';
import type { VersionSelector } from '../query/version-selectors.ts';
import type { AskedSelector } from './version-arguments.ts';

/**
 * The selectors with each range replaced by the newest version in it, as of `at`.
 * @throws GitpactError `version-missing` when no version is in a range, `bad-arguments` when it is none.
 */
export async function withinRanges(
  broker: Broker,
  selectors: readonly AskedSelector[],
  at: string | undefined,
): Promise<readonly VersionSelector[]> {
  if (selectors.every(({ range }) => range === undefined)) return selectors;
  const { findVersionInRange } = await import('../query/version-range.ts');
  const { found, complaints } = await broker.ask((now) => {
    const complaints: Complaint[] = [];
    const found = gather(selectors, ({ range, ...selector }) => {
      if (range === undefined) return selector;
      const version = findVersionInRange(now, pacticipantName(selector.pacticipant), range);
      if (version) return { ...selector, version: version.number };
      const text = `No version of ${selector.pacticipant} is in the range ${range}.`;
      complaints.push({ where: '', text });
      return selector;
    });
    return { found, complaints };
  }, at);
  const [first] = complaints;
  if (!first) return found;
  throw new GitpactError('version-missing', first.text, {
    complaints,
    hint: 'Only versions that are semantic, such as 1.2.3, can be in a range.',
  });
}
