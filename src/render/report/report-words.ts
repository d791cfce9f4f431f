import type { ContractChange, ContractReport, ReportedVersion } from '../../query/contract-report.ts';
import type { Verdict } from '../../query/matrix/matrix.ts';

/** A verdict as a word, with its mark. */
export const verdictWord: Readonly<Record<Verdict, { readonly mark: string; readonly word: string }>> = {
  yes: { mark: '✅', word: 'yes' },
  no: { mark: '❌', word: 'no' },
  unknown: { mark: '❔', word: 'not verified yet' },
};

/** What became of a contract, in words. */
export function changeWords({ state, diff }: ContractChange): string {
  if (state === 'same') return 'unchanged';
  const effect = diff?.verdict === 'may-break' ? 'may break the provider' : 'cannot break the provider';
  return `${state}, ${effect}`;
}

/** Whether the change of a contract may make its provider fail. */
export function mayBreakProvider({ diff }: ContractChange): boolean {
  return diff?.verdict === 'may-break';
}

/** How many contracts changed, and how: `1 may break its provider, 2 unchanged`. */
export function changeCounts({ contracts }: ContractReport): string {
  const changed = contracts.filter(({ state }) => state !== 'same');
  const alarming = changed.filter(mayBreakProvider).length;
  const counts = [
    [alarming, 'may break the provider'],
    [changed.length - alarming, 'cannot break the provider'],
    [contracts.length - changed.length, 'unchanged'],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return told.length > 0 ? told.join(', ') : 'no contracts as a consumer';
}

/** A version with the branch that it is the head of. `show` marks up a name. */
export function versionWords({ number, branch }: ReportedVersion, show: (name: string) => string): string {
  return branch === undefined ? show(number) : `${show(number)}, the head of branch ${show(branch)}`;
}
