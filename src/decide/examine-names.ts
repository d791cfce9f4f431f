import { fold } from '../format/segment.ts';
import { type Facts, factsOf, type Located, pacticipantFolder } from './fact.ts';
import type { Finding } from './finding.ts';

/** Names side by side that Windows and macOS, or people, cannot tell from one another. */
export function nameClashes(facts: Facts): Finding[] {
  const named = new Map<string, string>();
  const clash = (where: string, what: string, name: string, path: string): Finding[] => {
    const key = `${where}/${what}/${fold(name)}`;
    const other = named.get(key);
    if (other === undefined) named.set(key, name);
    if (other === undefined || other === name) return [];
    const text = `cannot tell the ${what} "${name}" from "${other}": they differ only in upper and lower case or in Unicode form`;
    return [{ path, rule: 'name-clash', text }];
  };
  const within = ({ path }: Located) => pacticipantFolder(path);
  return [
    ...factsOf(facts, 'pacticipant').flatMap((one) => clash('', 'pacticipant', one.record.name, one.path)),
    ...factsOf(facts, 'environment').flatMap((one) => clash('', 'environment', one.record.name, one.path)),
    ...factsOf(facts, 'branch').flatMap((one) => clash(within(one), 'branch', one.record.name, one.path)),
    ...factsOf(facts, 'version').flatMap((one) => [
      ...clash(within(one), 'version', one.record.number, one.path),
      ...one.record.tags.flatMap(({ name }) => clash(within(one), 'tag', name, one.path)),
    ]),
  ];
}
