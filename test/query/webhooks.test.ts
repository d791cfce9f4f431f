import { describe, expect, it } from 'vitest';
import { addLabel } from '../../src/decide/pacticipants.ts';
import { putWebhook } from '../../src/decide/webhooks.ts';
import { pacticipantName } from '../../src/domain/names.ts';
import type { WebhookSide } from '../../src/domain/records.ts';
import { webhooksFor } from '../../src/query/webhooks.ts';
import { story } from '../helpers/story.ts';

const foo = pacticipantName('Foo');
const bar = pacticipantName('Bar');

describe('whose webhook it is (webhooks.md §4.1)', () => {
  const named = (name: string): WebhookSide => ({ name: pacticipantName(name) });
  const labelled = (label: string): WebhookSide => ({ label });

  it.each<[consumer: WebhookSide | undefined, provider: WebhookSide | undefined, isFor: boolean]>([
    [undefined, undefined, true],
    [named('Foo'), undefined, true],
    [named('Bar'), undefined, false],
    [undefined, named('Bar'), true],
    [undefined, named('Foo'), false],
    [named('Foo'), named('Bar'), true],
    [named('Foo'), named('Foo'), false],
    [labelled('team'), undefined, true],
    [labelled('other'), undefined, true],
    [labelled('nobody'), undefined, false],
    [undefined, labelled('team'), false],
    [undefined, labelled('backend'), true],
    [labelled('team'), named('Bar'), true],
    [labelled('team'), labelled('team'), false],
  ])('of the consumer %j and the provider %j: %s', (consumer, provider, isFor) => {
    const past = story()
      .publishes('Foo 1', 'Bar')
      .next((draft, at) => {
        addLabel(draft, foo, 'team', at);
        addLabel(draft, foo, 'other', at);
        addLabel(draft, bar, 'backend', at);
        const request = { method: 'POST', url: 'http://example.org', headers: {} };
        const sides = { ...(consumer ? { consumer } : {}), ...(provider ? { provider } : {}) };
        putWebhook(draft, 'a1', { enabled: false, events: [], request, ...sides }, at);
      });
    expect(webhooksFor(past.snapshot(), { consumer: foo, provider: bar }).map(({ uuid }) => uuid)).toEqual(
      isFor ? ['a1'] : [],
    );
  });

  it('is nobody’s by a label that an unknown pacticipant cannot have', () => {
    const past = story().next((draft, at) => {
      const request = { method: 'POST', url: 'http://example.org', headers: {} };
      putWebhook(draft, 'a1', { enabled: true, events: [], request, consumer: labelled('team') }, at);
    });
    expect(webhooksFor(past.snapshot(), { consumer: foo, provider: bar })).toEqual([]);
  });
});
