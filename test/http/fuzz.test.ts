import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/http/app.ts';
import { resources } from '../../src/http/routes.ts';
import { base, newApp, send } from './serving.ts';

const content = Buffer.from(
  JSON.stringify({ interactions: [{ description: 'd', request: {}, response: {} }] }),
).toString('base64');

/** A world in which every kind of thing exists, so that routes find something to break on. */
async function inhabited(): Promise<App> {
  const app = await newApp();
  await send(app, 'POST', '/contracts/publish', {
    body: {
      pacticipantName: 'Foo',
      pacticipantVersionNumber: '1',
      branch: 'main',
      tags: ['dev'],
      contracts: [
        {
          consumerName: 'Foo',
          providerName: 'Bar',
          specification: 'pact',
          contentType: 'application/json',
          content,
        },
      ],
    },
  });
  await send(app, 'POST', '/environments', { body: { name: 'test', production: false } });
  return app;
}

const names = ['Foo', 'Bar', '1', 'main', 'dev', 'test', 'latest', 'all', 'label', 'badge'];
const oddities = [
  '%00',
  '%20',
  '%',
  '%zz',
  '%FF',
  '%2F',
  '%2e%2e',
  '%0A',
  '%ED%A0%80',
  '..',
  '.',
  '*',
  '{x}',
  ':x',
  '()',
  '<b>',
  "'",
  '__proto__',
  'constructor',
  'é',
  '%F0%9F%92%A9',
  'x'.repeat(3000),
  'a.json',
  'a.svg',
  'CON',
  '-1',
  '1e999',
];
const segment = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...names) },
  { weight: 2, arbitrary: fc.constantFrom(...oddities) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary' }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
);

const path = fc
  .tuple(
    fc.constantFrom(...resources.map((resource) => resource.path)),
    fc.array(segment, { minLength: 8, maxLength: 8 }),
  )
  .map(([route, segments]) => {
    let next = 0;
    return route.replaceAll(/:\w+/g, () => segments[next++ % segments.length] ?? 'x');
  });

const key = fc.constantFrom(
  'q[][pacticipant]',
  'q[][version]',
  'q[][latest]',
  'q',
  'q[]',
  'q[a]',
  'q[][][]',
  'latestby',
  'limit',
  'page',
  'size',
  'pageNumber',
  'success',
  'success[]',
  'ignore[]',
  'ignore[][pacticipant]',
  'environment',
  'tag',
  'mainBranch',
  'name',
  'consumer_version_selectors[][tag]',
  'consumer_version_selectors',
  'include_pending_status',
  'exclude[]',
  'initials',
  'provider_version_tags',
  'pacticipant',
  'version',
  'to',
  'maxPacticipants',
  '__proto__',
  '[',
  ']',
  '=',
  '%',
  'a[b',
);
const query = fc
  .array(fc.tuple(key, segment), { maxLength: 6 })
  .map((pairs) =>
    pairs.length === 0 ? '' : `?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`,
  );

const member = fc.constantFrom(
  'name',
  'displayName',
  'mainBranch',
  'production',
  'contacts',
  'pacticipantName',
  'pacticipantVersionNumber',
  'tags',
  'branch',
  'contracts',
  'content',
  'consumerName',
  'providerName',
  'success',
  'providerApplicationVersion',
  'buildUrl',
  'testResults',
  'verifiedBy',
  'consumerVersionSelectors',
  'providerVersionBranch',
  'providerVersionTags',
  'latest',
  'includePendingStatus',
  'includeWipPactsSince',
  'tag',
  'events',
  'request',
  'url',
  'method',
  'headers',
  'consumer',
  'provider',
  'label',
  'enabled',
  'password',
  'interactions',
  'messages',
  'currentlyDeployed',
  'target',
  '__proto__',
);
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -1,
      1.5,
      '',
      ' ',
      'Foo',
      'Bar',
      '1',
      'main',
      'a\nb',
      '\0',
      '2020-01-01',
      content,
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(member, tie('any'), { maxKeys: 6 }),
  ),
})).any;

const body = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.dictionary(member, value, { maxKeys: 8 }).map((members) => JSON.stringify(members)),
  },
  { weight: 2, arbitrary: value.map((any) => JSON.stringify(any)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '{',
      '[]',
      '{"a":1e400}',
      '['.repeat(5000),
      '{"a":'.repeat(5000),
      '\ufeff{}',
      'null',
      '"',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  path,
  query,
  body,
  accept: fc.constantFrom(
    'application/hal+json',
    '*/*',
    'application/json',
    'application/problem+json, application/hal+json',
    'text/plain',
    'text/csv',
    'image/svg+xml',
    'text/html',
    ';;q=,',
    'a/b;q=x',
  ),
  type: fc.constantFrom(
    'application/json',
    'application/merge-patch+json',
    'text/plain',
    'application/hal+json',
    '',
  ),
  authorization: fc.constantFrom('', 'Basic', 'Basic ====', 'Bearer x', 'Digest y'),
});

describe('whatever is sent', () => {
  let app: App;
  beforeAll(async () => {
    app = await inhabited();
  });

  it('is answered, and never as a failure of the server', { timeout: 240_000 }, async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, query, body, accept, type, authorization }) => {
        const headers = new Headers({ accept });
        if (type !== '') headers.set('content-type', type);
        if (authorization !== '') headers.set('authorization', authorization);
        const bytes = new TextEncoder().encode(body);
        const hasBody = method !== 'GET' && method !== 'HEAD';
        const response = await app.fetch(
          new Request(base + path + query, { method, headers, ...(hasBody ? { body: bytes } : {}) }),
        );
        await response.text();
        seen.add(response.status);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 10_000 },
    );
    // Were all of them refused, this test would say nothing.
    expect([...seen]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404, 405, 406, 415]));
  });
});
