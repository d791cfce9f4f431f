import type { Subject } from '../../query/matrix/reasons.ts';
import type { Status } from '../../query/status.ts';
import { reasonNotice } from '../words/reasons.ts';

/** A status as stable JSON (README, "JSON shapes"). */
export function statusJson({ environments, pacticipants, unverified }: Status): unknown {
  return {
    environments: environments.map(({ name, displayName, production }) => ({
      name,
      displayName,
      production,
    })),
    pacticipants: pacticipants.map(({ name, mainBranch, head, places, clearances }) => ({
      name,
      mainBranch: mainBranch ?? null,
      head: head ? { number: head.number, branches: head.branches.map((branch) => branch.name) } : null,
      places: places.map(({ environment, kind, version, target, since }) => ({
        environment,
        kind,
        version: { number: version },
        applicationInstance: target ?? null,
        since,
      })),
      destinations: clearances.map(({ environment, verdict, isThere, obstacles }) => ({
        environment,
        verdict,
        isThere,
        obstacles: obstacles.map((obstacle) => ({
          reason: obstacle.kind,
          consumer: sideJson(obstacle.consumer),
          provider: sideJson(obstacle.provider),
          text: reasonNotice(obstacle).text,
        })),
      })),
    })),
    unverified: unverified.map(
      ({ environment, edge: { consumer, provider, pact, providerVersion, state } }) => ({
        environment: environment ?? null,
        consumer: { name: consumer, version: { number: pact.consumerVersion.number } },
        provider: {
          name: provider,
          version: providerVersion === undefined ? null : { number: providerVersion },
        },
        state,
      }),
    ),
  };
}

function sideJson({ pacticipant, version }: Subject) {
  return { name: pacticipant, version: version === undefined ? null : { number: version } };
}
