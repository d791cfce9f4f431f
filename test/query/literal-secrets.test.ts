import { describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../../src/domain/records.ts';
import { literalSecrets } from '../../src/query/literal-secrets.ts';

const issued = `ghp_${'a1'.repeat(18)}`;

function found(request: Partial<WebhookRequest>): readonly string[] {
  const whole = { method: 'POST', url: 'https://ci.example.org/run', headers: {}, ...request };
  return literalSecrets(whole).map(({ where }) => where);
}

describe('a secret that is written out', () => {
  it.each<[where: string, request: Partial<WebhookRequest>]>([
    ['header Authorization', { headers: { Authorization: 'Bearer abc' } }],
    ['header x-api-key', { headers: { 'x-api-key': 'abc' } }],
    ['header x-what', { headers: { 'x-what': issued } }],
    ['password of me', { username: 'me', password: 'abc' }],
    ['token in the URL', { url: 'https://ci.example.org/run?ref=main&token=abc' }],
    ['path of the URL', { url: 'https://hooks.slack.com/services/T0/B0/abc' }],
    ['path of the URL', { url: `https://ci.example.org/${issued}/run` }],
    ['body.token', { body: { token: 'abc', ref: 'main' } }],
    ['body.a.0.secret', { body: { a: [{ secret: 'abc' }] } }],
    ['body.token', { body: '{"token":"abc"}' }],
    ['body.token', { body: 'ref=main&token=abc' }],
    ['body', { body: `please use ${issued} for it` }],
  ])('is found: %s', (where, request) => {
    expect(found(request)).toEqual([where]);
  });

  it.each<[what: string, request: Partial<WebhookRequest>]>([
    ['a reference', { headers: { Authorization: `Bearer \${env:CI_TOKEN}` }, password: `\${file:/run/s}` }],
    ['stars, for what is there already', { headers: { Authorization: '**********' }, password: '***' }],
    ['nothing', { headers: { 'x-token': '' }, password: '' }],
    ['what only looks alike', { body: { tokens: 3, text: 'token=abc is a form' }, headers: { accept: 'x' } }],
  ])('is not %s', (_what, request) => {
    expect(found(request)).toEqual([]);
  });
});
