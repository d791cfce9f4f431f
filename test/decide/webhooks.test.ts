import { describe, expect, it } from 'vitest';
import { deleteWebhook, putWebhook, type WebhookDescription } from '../../src/decide/webhooks.ts';
import type { WebhookRequest } from '../../src/domain/records.ts';
import { type Story, story } from '../helpers/story.ts';

const asked = { method: 'POST', url: 'http://example.org/', headers: { accept: 'x', 'x-key': 'k1' } };

function put(past: Story, request: Partial<WebhookRequest>, described: Partial<WebhookDescription> = {}) {
  const description = { enabled: true, events: ['contract_published'], ...described };
  return past.next(
    (draft, at) => void putWebhook(draft, 'a1', { ...description, request: { ...asked, ...request } }, at),
  );
}
const webhookIn = (past: Story) => past.snapshot().webhook('a1');

describe('a webhook (webhooks.md §2)', () => {
  it('is made once, and described anew from then on', () => {
    const made = put(story(), {}, { description: 'tell CI' });
    expect(webhookIn(made)).toStrictEqual({
      uuid: 'a1',
      enabled: true,
      description: 'tell CI',
      events: ['contract_published'],
      request: asked,
      createdAt: '2026-01-01T00:00:00.000Z',
    });
    const anew = { enabled: false, description: '' };
    expect(webhookIn(put(made, { url: 'http://other/' }, anew))).toStrictEqual({
      uuid: 'a1',
      enabled: false,
      events: ['contract_published'],
      request: { ...asked, url: 'http://other/' },
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T00:00:01.000Z',
    });
  });

  it('keeps its description until another is said', () => {
    const made = put(story(), {}, { description: 'tell CI' });
    expect(webhookIn(put(made, {}))?.description).toBe('tell CI');
    expect(webhookIn(put(made, {}, { description: 'tell all' }))?.description).toBe('tell all');
  });

  it('says whether it is new, and what it became', () => {
    const outcomes: unknown[] = [];
    const once = (past: Story) =>
      past.next((draft, at) => {
        const description = { enabled: true, events: [], request: asked };
        const { created, webhook } = putWebhook(draft, 'a1', description, at);
        outcomes.push([created, webhook.uuid, webhook.updatedAt]);
      });
    once(once(story()));
    expect(outcomes).toEqual([
      [true, 'a1', undefined],
      [false, 'a1', '2026-01-01T00:00:01.000Z'],
    ]);
  });

  it('can be removed, once', () => {
    const outcomes: boolean[] = [];
    const removed = put(story(), {}).next((draft) => {
      outcomes.push(deleteWebhook(draft, 'a1'), deleteWebhook(draft, 'a1'));
    });
    expect(outcomes).toEqual([true, false]);
    expect(webhookIn(removed)).toBeUndefined();
  });
});

describe('a secret of a webhook that is described anew (webhooks.md §3)', () => {
  const made = put(story(), { username: 'u', password: 'secret' });

  it.each<[sent: string, request: Partial<WebhookRequest>, password: string | undefined]>([
    ['no password', {}, 'secret'],
    ['an empty one', { password: '' }, 'secret'],
    ['a masked one', { password: '**********' }, 'secret'],
    ['another', { password: 'new' }, 'new'],
    ['one that begins with stars', { password: '**n' }, '**n'],
    ['one that ends in stars', { password: 'n**' }, 'n**'],
  ])('sent with %s', (_sent, request, password) => {
    const after = webhookIn(put(made, request))?.request;
    expect(after?.password).toBe(password);
    expect(after).not.toHaveProperty('username');
  });

  it.each<[header: string, becomes: string]>([
    ['*****', 'k1'],
    ['', 'k1'],
    ['k2', 'k2'],
    ['*k2', '*k2'],
  ])('sent with the header %j', (header, becomes) => {
    const after = webhookIn(put(made, { headers: { 'x-key': header, 'x-new': '***' } }));
    expect(after?.request.headers).toEqual({ 'x-key': becomes, 'x-new': '***' });
  });

  it('is none where there was none', () => {
    const open = put(story(), {});
    expect(webhookIn(put(open, {}))?.request).not.toHaveProperty('password');
    expect(webhookIn(put(open, { password: '***' }))?.request).not.toHaveProperty('password');
  });

  it('is what a new webhook is made with, even if it looks masked', () => {
    expect(webhookIn(put(story(), { password: '***' }))?.request.password).toBe('***');
  });
});
