import type {
  BranchName,
  EnvironmentName,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../domain/names.ts';
import { encodeSegment, fanOut } from './segment.ts';

/** Where everything lies in the tree; FORMAT.md in code. Paths are relative to the store's root. */
export const paths = {
  settings: 'gitpact.yaml',
  policy: 'policy.yaml',

  pacticipants: 'pacticipants',
  pacticipantFolder: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}`,
  pacticipant: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}/pacticipant.yaml`,
  latestVersion: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}/latest.json`,
  versions: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}/versions`,
  version: (p: PacticipantName, v: VersionNumber) =>
    `pacticipants/${encodeSegment(p)}/versions/${fanOut(v)}/${encodeSegment(v)}.json`,
  branches: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}/branches`,
  branch: (p: PacticipantName, b: BranchName) =>
    `pacticipants/${encodeSegment(p)}/branches/${fanOut(b)}/${encodeSegment(b)}.json`,
  tags: (p: PacticipantName) => `pacticipants/${encodeSegment(p)}/tags`,
  tag: (p: PacticipantName, t: TagName) =>
    `pacticipants/${encodeSegment(p)}/tags/${fanOut(t)}/${encodeSegment(t)}.json`,

  providers: 'pacts/provider',
  providerFolder: (provider: PacticipantName) => `pacts/provider/${encodeSegment(provider)}`,
  consumers: (provider: PacticipantName) => `pacts/provider/${encodeSegment(provider)}/consumer`,
  pair: (consumer: PacticipantName, provider: PacticipantName) =>
    `pacts/provider/${encodeSegment(provider)}/consumer/${encodeSegment(consumer)}`,
  integration: (consumer: PacticipantName, provider: PacticipantName) =>
    `${paths.pair(consumer, provider)}/integration.json`,
  contents: (consumer: PacticipantName, provider: PacticipantName) =>
    `${paths.pair(consumer, provider)}/content`,
  content: (consumer: PacticipantName, provider: PacticipantName, sha: PactSha) =>
    `${paths.pair(consumer, provider)}/content/${sha.slice(0, 2)}/${sha}.json`,
  arrangement: (consumer: PacticipantName, provider: PacticipantName, sha: PactSha) =>
    `${paths.pair(consumer, provider)}/content/${sha.slice(0, 2)}/${sha}.order.json`,

  rawLatest: 'latest.json',
  rawMainBranch: 'main-branch.json',
  rawBranch: (b: BranchName) => `branch/${fanOut(b)}/${encodeSegment(b)}.json`,
  rawTag: (t: TagName) => `tag/${fanOut(t)}/${encodeSegment(t)}.json`,
  rawEnvironment: (e: EnvironmentName, v: VersionNumber) =>
    `environment/${encodeSegment(e)}/${encodeSegment(v)}.json`,

  resultsOfProvider: (provider: PacticipantName) => `results/provider/${encodeSegment(provider)}`,
  resultsOfPair: (consumer: PacticipantName, provider: PacticipantName) =>
    `results/provider/${encodeSegment(provider)}/consumer/${encodeSegment(consumer)}`,
  results: (consumer: PacticipantName, provider: PacticipantName, sha: PactSha) =>
    `${paths.resultsOfPair(consumer, provider)}/${sha.slice(0, 2)}/${sha}`,
  resultsBy: (consumer: PacticipantName, provider: PacticipantName, sha: PactSha, v: VersionNumber) =>
    `${paths.results(consumer, provider, sha)}/${fanOut(v)}`,
  resultName: (v: VersionNumber, number: number) => `${encodeSegment(v)}~${number}`,
  lastResult: 'results/last.json',

  environments: 'environments',
  environment: (e: EnvironmentName) => `environments/${encodeSegment(e)}.yaml`,
  allDeployments: 'deployments',
  deployments: (e: EnvironmentName) => `deployments/${encodeSegment(e)}.json`,
  deploymentPointer: (uuid: string) => `deployments/by-uuid/${fanOut(uuid)}/${encodeSegment(uuid)}.json`,

  webhooks: 'webhooks',
  webhook: (uuid: string) => `webhooks/${encodeSegment(uuid)}.yaml`,
} as const;
