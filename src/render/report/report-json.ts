import { type JsonValue, jsonOf, prettyJson } from '../../domain/json.ts';
import type { ContractChange, ContractReport } from '../../query/contract-report.ts';
import { renderDiffJson } from '../diff/diff-json.ts';
import { networkJson } from '../graph/network-json.ts';
import { matrixJson } from '../matrix-text.ts';

/**
 * The report for programs, as text. The shape is stable: members may be added, none changed or removed.
 *
 * ```
 * { "pacticipant", "version", "branch"?,
 *   "base": { "version", "branch"? } or null,
 *   "contracts": [ { "provider", "state": "added" | "removed" | "changed" | "same", "sha",
 *                    "live": [ { "environment", "version" } ], "diff"? } ],
 *   "canMerge": answer,
 *   "canDeploy": [ { "environment", "answer": answer } ],
 *   "network": network }
 * ```
 *
 * `diff` is as `gitpact diff --output json` prints it, an answer as `gitpact matrix --output json` does, and the network as
 * `gitpact graph --output json`.
 */
export function reportJson(report: ContractReport): string {
  const { pacticipant, subject, base, contracts, canMerge, canDeploy, network } = report;
  const document = new Map<string, JsonValue>([
    ['pacticipant', pacticipant],
    ['version', subject.number],
    ...(subject.branch === undefined ? [] : [['branch', subject.branch] as const]),
    [
      'base',
      base
        ? jsonOf({ version: base.number, ...(base.branch === undefined ? {} : { branch: base.branch }) })
        : null,
    ],
    ['contracts', contracts.map(contractJson)],
    ['canMerge', jsonOf(matrixJson(canMerge))],
    [
      'canDeploy',
      canDeploy.map(({ environment, answer }) => jsonOf({ environment, answer: matrixJson(answer) })),
    ],
    ['network', jsonOf(networkJson(network))],
  ]);
  return prettyJson(document);
}

function contractJson({ provider, state, sha, live, diff }: ContractChange): JsonValue {
  return new Map<string, JsonValue>([
    ['provider', provider],
    ['state', state],
    ['sha', sha],
    ['live', live.map(({ environment, version }) => jsonOf({ environment, version }))],
    ...(diff ? [['diff', renderDiffJson(diff)] as const] : []),
  ]);
}
