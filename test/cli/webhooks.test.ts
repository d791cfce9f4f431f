import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { textIn } from '../helpers/repository.ts';
import { type Desk, desk } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await at.gitpact('publish', at.pact('Web', 'Api'), '-a=1');
});

const uuid = 'abcdefghijklmnop1';

describe('webhooks', () => {
  it('are made as they are described', async () => {
    const { code, out, err } = await at.gitpact(
      ...['create-webhook', 'https://ci.example.org/run', '-X', 'post', '-H', 'A: b', 'C: d:e'],
      ...['-d', '{"a": [1]}', '--consumer=Web', '--provider-label=core', '--description=Run it'],
      ...['--contract-published', '--provider-verification-failed'],
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      description: 'Run it',
      consumer: { name: 'Web' },
      provider: { label: 'core' },
      enabled: true,
      events: [{ name: 'contract_published' }, { name: 'provider_verification_failed' }],
      request: {
        method: 'POST',
        url: 'https://ci.example.org/run',
        headers: { a: 'b', c: 'd:e' },
        body: { a: [1] },
      },
    });
    await at.soundTip();
  });

  it('keep their secrets on this machine, and say where', async () => {
    const describing = ['create-or-update-webhook', 'https://x.example.org', '--uuid', uuid, '-X=POST'];
    const { code, out, err } = await at.gitpact(
      ...describing,
      ...['--contract-content-changed', '--user=ci:pa:ss', '-H=authorization: Bearer t0ken'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ uuid, request: { username: 'ci', password: '**********' } });
    expect(err).toContain(join(at.folder, '.local/state/gitpact/secrets.json'));
    const stored = await textIn(at.repository, `webhooks/${uuid}.yaml`);
    expect(stored).toContain(`\${secret:${uuid}/password}`);
    expect(stored + out + err).not.toMatch(/pa:ss|t0ken/);
    const again = await at.gitpact(...describing, '--contract-published');
    expect(JSON.parse(again.out)).toMatchObject({ events: [{ name: 'contract_published' }] });
    await at.soundTip();
  });

  it('are sent once to try them, with everything filled in, and nothing is written', async () => {
    const seen: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
    const receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ method: request.method, headers: request.headers, body });
      response.end('thanks');
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/run`;
    try {
      await at.gitpact(
        ...['create-or-update-webhook', url, '--uuid', uuid, '-X=PUT', '--contract-published'],
        ...[`-d={"who": "\${pactbroker.consumerName}"}`, '--user=ci:secret'],
      );
      const tip = await at.soundTip();
      const { code, out, err } = await at.gitpact('test-webhook', '--uuid', uuid);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(JSON.parse(out)).toMatchObject({ success: true, response: { status: 200, body: 'thanks' } });
      expect(out).not.toContain('secret');
      expect(seen).toMatchObject([
        {
          method: 'PUT',
          headers: { authorization: `Basic ${Buffer.from('ci:secret').toString('base64')}` },
          body: '{"who":"Web"}',
        },
      ]);
      expect(await at.soundTip()).toBe(tip);
    } finally {
      await new Promise((resolve) => receiver.close(resolve));
    }
    const { code, out } = await at.gitpact('test-webhook', '--uuid', uuid);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ success: false });
  });

  it('are deleted; one that is not there is no failure', async () => {
    await at.gitpact(
      ...['create-or-update-webhook', 'https://x.example.org', '--uuid', uuid, '-X=POST'],
      '--contract-published',
    );
    const gone = ['delete-webhook', '--uuid', uuid];
    expect((await at.gitpact(...gone)).out).toBe(`Webhook with UUID ${uuid} successfully deleted\n`);
    expect(await at.gitpact(...gone)).toEqual({
      code: 0,
      err: '',
      out: `Webhook with UUID ${uuid} was not found\n`,
    });
    expect(await at.gitpact('test-webhook', '--uuid', uuid)).toMatchObject({
      code: 2,
      err: expect.stringContaining(`Webhook with UUID ${uuid} not found.\n  404 Not Found\n`),
    });
  });

  it.each([
    [
      ['create-webhook'],
      [
        '  --request: is missing',
        '  <URL>: is missing',
        '  No events are given: at least one of --contract-published, --contract-content-changed, --provider-verification-published, --provider-verification-succeeded, --provider-verification-failed, --contract-requiring-verification-published',
      ],
    ],
    [
      [
        'create-or-update-webhook',
        'x',
        'y',
        '--uuid=short',
        '-X=POST',
        '-H=x',
        '--consumer=a',
        '--consumer-label=b',
      ],
      [
        '  --uuid: The UUID can only contain the characters A-Z, a-z, 0-9, _ and -, and must be 16 or more characters.: "short"',
        '  --header: must be "Name: value": "x"',
        '  --consumer, --consumer-label: cannot be given together: each says which consumers',
        '  y: is not expected here: there is one URL',
      ],
    ],
    [
      ['create-webhook', 'ftp://x', '-X=SING', '--contract-published'],
      [
        'gitpact: request.method is not a recognised HTTP method; request.url scheme must be https, http. See /doc/webhooks#whitelist for more information..',
      ],
    ],
    [
      ['create-webhook', 'https://x', '-X=POST', '--contract-published', '--consumer=web', '--provider=Ap'],
      ['gitpact: Pacticipant web not found.', '  Pacticipant Ap not found.'],
    ],
    [
      ['create-webhook', 'https://x', '--team-uuid=1'],
      ['  --team-uuid: there are no teams here: leave it out'],
    ],
  ])('%j is refused with everything that is wrong, and nothing is written', async (call, lines) => {
    const tip = await at.soundTip();
    const { code, out, err } = await at.gitpact(...call);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const line of lines) expect(err.split('\n')).toContain(line);
    expect(await at.soundTip()).toBe(tip);
  });
});

it('generate-uuid prints a new UUID', async () => {
  const [one, other] = [await at.gitpact('generate-uuid'), await at.gitpact('generate-uuid')];
  expect(one.out).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\n$/);
  expect(one.out).not.toBe(other.out);
});
