import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { paths } from '../../src/format/paths.ts';
import { webhookTemplates } from '../../src/render/webhook-templates.ts';
import { textIn } from '../helpers/repository.ts';
import { type Desk, desk, expectTold, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

describe('gitpact webhooks create', () => {
  it.each(Object.entries(webhookTemplates))('has a template for %s', async (name, template) => {
    const target = template.example === '' ? [] : [`--target=${template.example}`];
    const { code, out, err } = await at.gitpact('webhooks', 'create', `--template=${name}`, ...target);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { uuid, events, request } = JSON.parse(out);
    expect(events.map((event: { name: string }) => event.name)).toEqual(template.events);
    expect(request.url).toMatch(/^https:\/\//);
    expect(await textIn(at.repository, paths.webhook(uuid))).toContain(`\${env:${template.secret}}`);
    await at.soundTip();
  });

  it.each([
    ['a header', ['-H', 'Authorization: Bearer abc'], 'header authorization'],
    ['a password', ['--user', 'ci:abc'], 'password of ci'],
    ['a body', ['-d', '{"a":{"token":"abc"}}'], 'body.a.token'],
  ])('refuses a secret written out in %s, and says how to name it', async (_what, words, where) => {
    const call = ['webhooks', 'create', 'https://ci.example.org/run', ...words, '--contract-published'];
    const says = [where, 'is a secret written out', '$' + '{env:NAME}'];
    expectTold(await at.gitpact(...call), { code: 2, says, hint: 'CI_TOKEN' });
    expect((await at.gitpact('webhooks', 'list', '-o', 'json')).out).toBe('[]\n');
  });

  it('refuses a secret in the URL', async () => {
    for (const url of [
      'https://ci.example.org/run?token=abc',
      'https://hooks.slack.com/services/T0/B0/abc',
    ]) {
      const ended = await at.gitpact('webhooks', 'create', url, '--contract-published');
      expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('is a secret written out') });
    }
  });

  it('says what a target is', async () => {
    const wrong = await at.gitpact('webhooks', 'create', '--template=circleci', '--target=acme');
    expectTold(wrong, {
      code: 2,
      says: ['must be the project slug, such as gh/acme/orders'],
      hint: 'create --help',
    });
  });
});

describe('gitpact needs-verification', () => {
  it('lists what live provider versions have not verified', async () => {
    await verified(at);
    expect(await at.json('needs-verification')).toEqual({ needed: [] });
    await at.gitpact('publish', at.pact('Web', 'Api', '/other'), '-a=1.11', '--branch=feat');
    expect(await at.json('needs-verification')).toMatchObject({
      needed: [
        {
          consumer: 'Web',
          provider: 'Api',
          consumerVersions: [{ number: '1.11', branches: ['feat'] }],
          providerVersions: [
            { number: '2.0', descriptions: ['latest from main branch', 'deployed in production'] },
          ],
        },
      ],
    });
    expect((await at.gitpact('needs-verification')).out).toContain('deployed in production');
  });
});

describe('gitpact notify github-status', () => {
  it('tells GitHub how the pact with each provider stands', async () => {
    const came: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
    const gitHub = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      came.push({ url: request.url, authorization: request.headers.authorization, body });
      response.writeHead(201).end();
    });
    await new Promise<void>((resolve) => gitHub.listen(0, '127.0.0.1', resolve));
    const commit = 'a'.repeat(40);
    await at.gitpact('publish', at.pact('Web', 'Api'), `-a=${commit}`);
    await at.gitpact('publish', at.pact('Web', 'Store'), `-a=${commit}`);
    await at.gitpact('record-verification', '--provider=Api', '-a=2', '--consumer=Web', '--result=success');
    const env = {
      GITHUB_API_URL: `http://127.0.0.1:${(gitHub.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_TOKEN: 'psst',
    };
    const { code, err } = await at.gitpactWith(env, 'notify', 'github-status', '-a=Web', `-e=${commit}`);
    gitHub.close();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(came.map(({ url, authorization, body }) => [url, authorization, JSON.parse(body)])).toEqual([
      [
        `/repos/acme/web/statuses/${commit}`,
        'Bearer psst',
        { state: 'success', context: 'pact: Api', description: 'verified by 2' },
      ],
      [
        `/repos/acme/web/statuses/${commit}`,
        'Bearer psst',
        { state: 'pending', context: 'pact: Store', description: 'not verified yet' },
      ],
    ]);
  });
});
