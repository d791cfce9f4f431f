import type { Facts } from './fact.ts';
import type { Finding } from './finding.ts';
import { crowdedSlots, type Line, lineOfResults, linesOfVersions } from './twins.ts';

/** Orders and numbers that two have, and slots where two are current. */
export function twins(facts: Facts): Finding[] {
  return [
    ...linesOfVersions(facts).flatMap((line) => sameNumbers('order', line)),
    ...sameNumbers('number', lineOfResults(facts)),
    ...crowdedSlots(facts).flatMap((slot) => {
      const current = slot.at(-1);
      if (!current) return [];
      return slot.slice(0, -1).map(
        ({ version, deployment: { uuid, target } }): Finding => ({
          path: version.path,
          rule: 'slot-taken',
          text:
            `is current by its deployment ${uuid}${target === undefined ? '' : ` (${target})`}, ` +
            `and so is version ${current.version.record.number} in the same place by ${current.deployment.uuid}`,
        }),
      );
    }),
  ];
}

function sameNumbers(what: string, line: Line): Finding[] {
  return line.flatMap(({ path, number }, index): Finding[] => {
    const before = line[index - 1];
    if (before?.number !== number) return [];
    return [{ path, rule: 'number-taken', text: `has the ${what} ${number}, as ${before.path} has` }];
  });
}
