import type { Chapter, ContractHistory } from '../../query/contract-history.ts';
import type { InteractionDiff } from '../../query/diff.ts';

/** The history of a contract as stable JSON (README, "JSON shapes"). */
export function historyJson({ consumer, provider, contents, chapters }: ContractHistory): unknown {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    count: contents,
    contents: chapters.map(chapterJson),
  };
}

function chapterJson({ sha, pacts, before, diff, verifications, stays }: Chapter) {
  const count = (change: InteractionDiff['change']) =>
    diff?.interactions.filter((interaction) => interaction.change === change).length ?? 0;
  return {
    sha,
    publications: pacts.map(({ consumerVersion, publication }) => ({
      version: { number: consumerVersion.number },
      branches: consumerVersion.branches.map(({ name }) => name),
      createdAt: publication.createdAt,
    })),
    change:
      before && diff
        ? {
            since: { version: { number: before.consumerVersion.number }, sha: before.publication.sha },
            verdict: diff.verdict,
            interactions: {
              added: count('added'),
              removed: count('removed'),
              changed: count('changed'),
              unchanged: diff.unchanged,
            },
          }
        : null,
    verificationResults: verifications.map(({ result, providerVersion }) => ({
      version: { number: result.providerVersion },
      branches: providerVersion?.branches.map(({ name }) => name) ?? [],
      success: result.success,
      number: result.number,
      verifiedAt: result.createdAt,
    })),
    environments: stays.map(({ environment, kind, version, target, from, until }) => ({
      environment,
      kind,
      version: { number: version },
      applicationInstance: target ?? null,
      from,
      until: until ?? null,
    })),
  };
}
