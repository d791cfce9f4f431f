import { aboutRule, areFactsWhole, type Finding, isSound, type Rule } from '../decide/finding.ts';
import { groupBy } from '../domain/grouping.ts';
import type { paint } from './notices.ts';

/** What a check found, after the repair if there was one. */
export interface Checkup {
  readonly findings: readonly Finding[];
  readonly repaired: readonly Finding[];
}

type Colours = ReturnType<typeof paint>;

/** The stable shape of `gitpact fsck --output json`. */
export function checkupJson({ findings, repaired }: Checkup): string {
  const told = (finding: Finding) => {
    const { severity, hint, repair } = aboutRule(finding.rule);
    return { ...finding, severity, repairable: repair !== undefined, hint };
  };
  const checkup = {
    sound: isSound(findings),
    derivedFilesChecked: areFactsWhole(findings),
    findings: findings.map(told),
    repaired: repaired.map(({ path, rule, text }) => ({ path, rule, text })),
  };
  return `${JSON.stringify(checkup, null, 2)}\n`;
}

/** A check in sentences: what was repaired, and what remains, by rule, with a hint for each. */
export function checkupText({ findings, repaired }: Checkup, colours: Colours): string {
  const mended = repaired.map(({ path, text }) => `${colours.bold(path)} ${text}: repaired\n`);
  const groups = groupBy(findings, ({ rule }) => rule);
  const found = [...groups].map(([rule, group]) => groupText(rule as Rule, group, colours));
  return [...mended, ...found, underivedText(findings), verdict(findings, repaired, colours)].join('');
}

function groupText(rule: Rule, group: readonly Finding[], colours: Colours): string {
  const { hint, severity } = aboutRule(rule);
  const label = severity === 'note' ? colours.yellow('note: ') : '';
  const lines = group.map(({ path, text }) => `${label}${colours.bold(path)} ${text}\n`);
  return `${lines.join('')}  ${colours.dim(hint)}\n`;
}

function underivedText(findings: readonly Finding[]): string {
  if (areFactsWhole(findings)) return '';
  return 'Derived files were not looked at: they follow from the facts, so mend these first.\n';
}

function verdict(findings: readonly Finding[], repaired: readonly Finding[], colours: Colours): string {
  const done = repaired.length === 0 ? '' : `${colours.green(`${counted(repaired.length)} repaired.`)}\n`;
  const errors = findings.filter(({ rule }) => aboutRule(rule).severity === 'error').length;
  if (errors === 0) return `${done}${colours.green('The contract repository is sound.')}\n`;
  const wrong =
    errors === 1 ? 'One thing is not as it should be.' : `${errors} things are not as they should be.`;
  return `${done}${colours.red(wrong)}\n`;
}

function counted(count: number): string {
  return count === 1 ? 'One thing was' : `${count} things were`;
}
