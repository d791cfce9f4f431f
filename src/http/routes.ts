import type { Resource } from './resource.ts';
import { badges } from './routes/badges.ts';
import { branches } from './routes/branches.ts';
import { brokerMetrics } from './routes/broker-metrics.ts';
import { contracts } from './routes/contracts.ts';
import { deployedVersions } from './routes/deployed-versions.ts';
import { diffs } from './routes/diffs.ts';
import { docs } from './routes/docs.ts';
import { environments } from './routes/environments.ts';
import { forVerification } from './routes/for-verification.ts';
import { indexAndStatus } from './routes/index-and-status.ts';
import { integrations } from './routes/integrations.ts';
import { labels } from './routes/labels.ts';
import { matrix } from './routes/matrix.ts';
import { pactLists } from './routes/pact-lists.ts';
import { pacticipants } from './routes/pacticipants.ts';
import { pacts } from './routes/pacts.ts';
import { providerStates } from './routes/provider-states.ts';
import { releasedVersions } from './routes/released-versions.ts';
import { tags } from './routes/tags.ts';
import { verificationResults } from './routes/verification-results.ts';
import { versions } from './routes/versions.ts';
import { webhookRuns } from './routes/webhook-runs.ts';
import { webhooks } from './routes/webhooks.ts';

/** Every resource of the API. Of two routes that fit a path, the first answers. */
export const resources: readonly Resource[] = [
  ...indexAndStatus,
  ...contracts,
  ...badges,
  ...forVerification,
  ...providerStates,
  ...verificationResults,
  ...diffs,
  ...pacts,
  ...pactLists,
  ...matrix,
  ...pacticipants,
  ...labels,
  ...versions,
  ...tags,
  ...branches,
  ...environments,
  ...deployedVersions,
  ...releasedVersions,
  ...integrations,
  ...brokerMetrics,
  ...webhookRuns,
  ...webhooks,
  ...docs,
];
