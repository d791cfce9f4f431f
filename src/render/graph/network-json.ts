import type { Network } from '../../query/network.ts';

/** The network as stable JSON (README, "JSON shapes"). */
export function networkJson({ nodes, edges, leftOut }: Network): unknown {
  return {
    nodes: nodes.map(({ name, displayName, labels, live }) => ({
      name,
      displayName,
      labels,
      ...(live ? { versions: live } : {}),
    })),
    edges: edges.map(({ consumer, provider, state, pact, providerVersion, result }) => ({
      consumer: { name: consumer, version: { number: pact.consumerVersion.number } },
      provider: {
        name: provider,
        version: providerVersion === undefined ? null : { number: providerVersion },
      },
      state,
      pact: { sha: pact.publication.sha, createdAt: pact.publication.createdAt },
      verificationResult: result
        ? { success: result.success, number: result.number, verifiedAt: result.createdAt }
        : null,
    })),
    leftOut,
  };
}
