import { describe, expect, it } from 'vitest';
import { describePacticipant } from '../../src/decide/pacticipants.ts';
import { publish } from '../../src/decide/publish.ts';
import { putWebhook } from '../../src/decide/webhooks.ts';
import { jsonOf } from '../../src/domain/json.ts';
import { branchName, pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { brokerMetrics } from '../../src/query/broker-metrics.ts';
import { type Story, story } from '../helpers/story.ts';

const settings = { firstTagAsBranch: false, deployTagsNamedLikeEnvironments: false };

function messages(past: Story, count: number): Story {
  return past.next((draft, at) => {
    const message = (n: number) => ({ description: `m${n}`, contents: n });
    const content = jsonOf({
      messages: Array.from({ length: count }, (_, n) => message(n)),
      metadata: { pactSpecification: { version: '3.0.0' } },
    });
    publish(draft, {
      consumer: pacticipantName('Queue'),
      version: versionNumber('1'),
      branch: undefined,
      tags: [],
      contracts: [{ provider: pacticipantName('Bar'), content, onConflict: 'overwrite' }],
      at,
    });
  });
}

describe('how much of everything there is (api.md §11)', () => {
  it('is nothing in an empty store', () => {
    expect(brokerMetrics(story(settings).snapshot())).toStrictEqual({
      interactions: {
        latestInteractionsCount: 0,
        latestMessagesCount: 0,
        latestInteractionsAndMessagesCount: 0,
      },
      pacticipants: { count: 0, withMainBranchSetCount: 0 },
      integrations: { count: 0 },
      pactPublications: { count: 0 },
      pactVersions: { count: 0 },
      pactRevisionsPerConsumerVersion: { distribution: {} },
      verificationResults: { count: 0, successCount: 0, failureCount: 0, distinctCount: 0 },
      verificationResultsPerPactVersion: { distribution: {} },
      pacticipantVersions: {
        count: 0,
        withUserCreatedBranchCount: 0,
        withBranchCount: 0,
        withBranchSetCount: 0,
      },
      webhooks: { count: 0 },
      tags: { count: 0, distinctCount: 0, distinctWithPacticipantCount: 0 },
      triggeredWebhooks: { count: 0 },
      webhookExecutions: { count: 0 },
      matrix: { count: -1 },
      environments: { count: 0 },
      deployedVersions: { count: 0, userCreatedCount: 0, currentlyDeployedCount: 0 },
      releasedVersions: { count: 0, currentlySupportedCount: 0 },
    });
  });

  const past = messages(story({ ...settings, allowContractModification: true }), 2)
    .publishes('Foo 1', 'Bar', { content: 1, tags: ['a', 'b'] })
    .publishes('Foo 1', 'Bar', { content: 2 })
    .publishes('Foo 2', 'Bar', { content: 2, branch: 'feat', tags: ['a'] })
    .publishes('Ant 1', 'Bar', { content: 1, tags: ['a'] })
    .verifies('Bar 1', 'Foo 2', 'failed')
    .verifies('Bar 1', 'Foo 2')
    .verifies('Bar 1', 'Foo 2')
    .verifies('Bar 2', 'Foo 2')
    .verifies('Bar 1', 'Ant 1')
    .creates('test')
    .creates('live', true)
    .deploys('Foo 1', 'live')
    .deploys('Foo 2', 'live')
    .deploys('Bar 1', 'live')
    .releases('Bar 1', 'test')
    .next((draft, at) => {
      describePacticipant(draft, pacticipantName('Foo'), { mainBranch: branchName('main') }, at);
      const request = { method: 'POST', url: 'http://example.org', headers: {} };
      putWebhook(draft, 'a1', { enabled: true, events: [], request }, at);
    });

  it('is counted under the names the Pact Broker has for it', () => {
    expect(brokerMetrics(past.snapshot())).toStrictEqual({
      interactions: {
        latestInteractionsCount: 2,
        latestMessagesCount: 2,
        latestInteractionsAndMessagesCount: 4,
      },
      pacticipants: { count: 4, withMainBranchSetCount: 1 },
      integrations: { count: 3 },
      pactPublications: { count: 5, first: '2026-01-01T00:00:00.000Z', last: '2026-01-01T00:00:04.000Z' },
      pactVersions: { count: 4 },
      pactRevisionsPerConsumerVersion: { distribution: { 1: 3, 2: 1 } },
      verificationResults: {
        count: 5,
        successCount: 4,
        failureCount: 1,
        distinctCount: 4,
        first: '2026-01-01T00:00:05.000Z',
        last: '2026-01-01T00:00:09.000Z',
      },
      verificationResultsPerPactVersion: { distribution: { 1: 1, 4: 1 } },
      pacticipantVersions: {
        count: 6,
        withUserCreatedBranchCount: 1,
        withBranchCount: 1,
        withBranchSetCount: 1,
      },
      webhooks: { count: 1 },
      tags: { count: 4, distinctCount: 2, distinctWithPacticipantCount: 3 },
      triggeredWebhooks: { count: 0 },
      webhookExecutions: { count: 0 },
      matrix: { count: -1 },
      environments: { count: 2 },
      deployedVersions: { count: 3, userCreatedCount: 3, currentlyDeployedCount: 2 },
      releasedVersions: { count: 1, currentlySupportedCount: 1 },
    });
  });

  it('tells branches and deployments that came of tags from those that people made', () => {
    const tagged = story({ ...settings, firstTagAsBranch: true, deployTagsNamedLikeEnvironments: true })
      .creates('live')
      .publishes('Foo 1', 'Bar', { tags: ['live'] })
      .tags('Foo 1', 'live');
    const { pacticipantVersions, deployedVersions } = brokerMetrics(tagged.snapshot());
    expect(pacticipantVersions).toMatchObject({ withUserCreatedBranchCount: 0, withBranchCount: 1 });
    expect(deployedVersions).toEqual({ count: 1, userCreatedCount: 0, currentlyDeployedCount: 1 });
  });
});
