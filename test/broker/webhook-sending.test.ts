import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Address, type Resolve, send } from '../../src/broker/webhook-sending.ts';
import type { WebhookRules } from '../../src/query/webhook-rules.ts';
import type { SentRequest } from '../../src/render/webhook-request.ts';

let server: Server;
let port: number;
let came: IncomingMessage[] = [];
let answer: (request: IncomingMessage) => { status: number; headers?: Record<string, string>; body?: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    came.push(request);
    request.resume();
    const { status, headers = {}, body = 'thanks' } = answer(request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.close().closeAllConnections();
});

beforeEach(() => {
  came = [];
  answer = () => ({ status: 200 });
});

const rules = (hosts: readonly string[] = []): WebhookRules => ({
  methods: ['POST'],
  schemes: ['http', 'https'],
  hosts,
});

const to = (url: string): SentRequest => ({ method: 'POST', url, headers: {}, body: '{}' });

/** A resolver that answers every question with the next of its answers. */
function resolving(...answers: (readonly string[])[]): Resolve & { asked: number } {
  const resolve = async (): Promise<readonly Address[]> => {
    const addresses = answers[Math.min(resolve.asked, answers.length - 1)] ?? [];
    resolve.asked += 1;
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  resolve.asked = 0;
  return resolve;
}

describe('a request to where it must not go', () => {
  const loopback = resolving(['127.0.0.1']);
  it.each<[what: string, url: (port: number) => string, hosts?: readonly string[], resolve?: Resolve]>([
    ['loopback', (at) => `http://127.0.0.1:${at}/`],
    ['loopback by name', (at) => `http://localhost:${at}/`],
    ['a name that leads there', (at) => `http://innocent.example.org:${at}/`, [], loopback],
    ['a listed name that leads there', (at) => `http://ci.example.org:${at}/`, ['ci.example.org'], loopback],
    ['a pattern that names it', (at) => `http://x.example.org:${at}/`, ['/.*/'], loopback],
    ['a wildcard that names it', (at) => `http://x.example.org:${at}/`, ['*.example.org'], loopback],
    [
      'a host with a public and a private address',
      (at) => `http://two.example.org:${at}/`,
      [],
      resolving(['93.184.215.14', '127.0.0.1']),
    ],
    ['short form', (at) => `http://127.1:${at}/`],
    ['hexadecimal form', (at) => `http://0x7f.1:${at}/`],
    ['hexadecimal number', (at) => `http://0x7f000001:${at}/`],
    ['octal form', (at) => `http://0177.0.0.1:${at}/`],
    ['decimal number', (at) => `http://2130706433:${at}/`],
    ['nowhere', (at) => `http://0.0.0.0:${at}/`],
    ['nowhere, short', (at) => `http://0:${at}/`],
    ['full-width digits', (at) => `http://１２７.０.０.１:${at}/`],
    ['ideographic full stops', (at) => `http://127。0。0。1:${at}/`],
    ['a dot behind it', (at) => `http://127.0.0.1.:${at}/`],
    ['loopback by name, a dot behind it', (at) => `http://localhost.:${at}/`, [], loopback],
    ['percent-encoded', (at) => `http://%31%32%37.0.0.1:${at}/`],
    ['IPv6 loopback', (at) => `http://[::1]:${at}/`],
    ['IPv6 loopback, long', (at) => `http://[0:0:0:0:0:0:0:1]:${at}/`],
    ['IPv6 unspecified', (at) => `http://[::]:${at}/`],
    ['IPv4 in IPv6', (at) => `http://[::ffff:127.0.0.1]:${at}/`],
    ['IPv4 in IPv6, hexadecimal', (at) => `http://[::ffff:7f00:1]:${at}/`],
    ['IPv4-compatible IPv6', (at) => `http://[::127.0.0.1]:${at}/`],
    ['NAT64', (at) => `http://[64:ff9b::7f00:1]:${at}/`],
    ['6to4', (at) => `http://[2002:7f00:1::]:${at}/`],
    ['NAT64 of a network of one’s own', (at) => `http://[64:ff9b:1::7f00:1]:${at}/`],
    ['NAT64, with an IPv4 address written out', () => 'http://[64:ff9b::169.254.169.254]/'],
    ['6to4 of a private address', () => 'http://[2002:a00:1::]/'],
    ['IPv4-translated IPv6', (at) => `http://[::ffff:0:127.0.0.1]:${at}/`],
    ['Teredo', () => 'http://[2001:0:7f00:1::]/'],
    ['cloud metadata, IPv4 in IPv6', () => 'http://[::ffff:169.254.169.254]/'],
    ['IPv6 link-local', () => 'http://[fe80::1]/'],
    ['IPv6 link-local with a zone', () => 'http://[fe80::1%25eth0]/'],
    [
      'a name with a zone in its answer',
      (at) => `http://x.example.org:${at}/`,
      [],
      resolving(['fe80::1%eth0']),
    ],
    ['IPv6 site-local', () => 'http://[fec0::1]/'],
    ['IPv6 multicast', () => 'http://[ff02::1]/'],
    ['multicast', () => 'http://224.0.0.1/'],
    ['broadcast', () => 'http://255.255.255.255/'],
    ['reserved', () => 'http://240.0.0.1/'],
    ['benchmarks', () => 'http://198.18.0.1/'],
    ['documentation', () => 'http://192.0.2.1/'],
    ['IPv6 unique local', () => 'http://[fd00:ec2::254]/latest/meta-data/'],
    ['private', () => 'http://10.0.0.1/'],
    ['private 172.16', () => 'http://172.16.0.1/'],
    ['private 192.168', () => 'http://192.168.0.1/'],
    ['carrier-grade NAT', () => 'http://100.100.100.200/latest/meta-data/'],
    ['cloud metadata', () => 'http://169.254.169.254/latest/meta-data/'],
    ['cloud metadata by name', () => 'http://metadata.google.internal/', [], resolving(['169.254.169.254'])],
    ['Azure’s host', () => 'http://168.63.129.16/'],
    ['credentials of an ECS task', () => 'http://169.254.170.2/v2/credentials/x'],
    ['credentials of an EKS pod', () => 'http://[fd00:ec2::23]/v1/credentials'],
    ['Google’s metadata over IPv6', () => 'http://[fd20:ce::254]/computeMetadata/v1/'],
    ['OpenStack’s metadata over IPv6', () => 'http://[fe80::a9fe:a9fe]/openstack/'],
    ['Oracle’s metadata', () => 'http://192.0.0.192/latest/'],
    ['Scaleway’s metadata', () => 'http://169.254.42.42/conf'],
    [
      'public addresses with a metadata address among them',
      () => 'http://many.example.org/',
      [],
      resolving(['93.184.215.14', '2606:2800:21f::1', '169.254.169.254']),
    ],
    ['a host that is not listed', (at) => `http://127.0.0.1:${at}/`, ['10.0.0.0/8', 'localhost']],
    [
      'a port as part of a listed host',
      (at) => `http://localhost.evil.example:${at}/`,
      ['localhost'],
      loopback,
    ],
    ['credentials in the URL', (at) => `http://user:pass@127.0.0.1:${at}/`, ['127.0.0.1']],
    ['a user that looks like the host', (at) => `http://ci.example.org@127.0.0.1:${at}/`, ['ci.example.org']],
    ['a backslash', (at) => `http://127.0.0.1:${at}\\@ci.example.org/`, ['ci.example.org']],
    ['file', () => 'file:///etc/passwd'],
    ['gopher', (at) => `gopher://127.0.0.1:${at}/_GET`],
    ['ftp', (at) => `ftp://127.0.0.1:${at}/`],
    ['data', () => 'data:text/plain,x'],
    ['javascript', () => 'javascript:alert(1)'],
    ['no URL', () => '//127.0.0.1/'],
  ])('is not sent: %s', async (_what, url, hosts = [], resolve) => {
    const reply = await send(to(url(port)), { rules: rules(hosts), ...(resolve ? { resolve } : {}) });
    expect(reply).toMatchObject({ error: expect.stringMatching(/not allowed|is none/) });
    expect(came).toEqual([]);
  });

  it('goes to the address that was checked, however the name is answered later', async () => {
    const resolve = resolving(['127.0.0.1'], ['10.0.0.1']);
    const url = `http://rebinding.example.org:${port}/`;
    const reply = await send(to(url), { rules: rules(['rebinding.example.org', '127.0.0.1']), resolve });
    expect(reply).toMatchObject({ status: 200 });
    expect(resolve.asked).toBe(1);
    const turned = resolving(['93.184.215.14'], ['127.0.0.1']);
    const patience = 500;
    expect(await send(to(url), { rules: rules(), resolve: turned, patience })).toHaveProperty('error');
    expect(turned.asked).toBe(1);
    expect(came).toHaveLength(1);
  });

  it.each([
    [301, (at: number) => `http://127.0.0.1:${at}/secret`],
    [302, (at: number) => `http://localhost:${at}/secret`],
    [303, () => 'http://169.254.169.254/latest/meta-data/'],
    [307, (at: number) => `//127.0.0.1:${at}/secret`],
    [308, () => '/secret'],
    [302, () => 'file:///etc/passwd'],
  ])('follows no redirect: %i', async (status, location) => {
    answer = () => ({ status, headers: { location: location(port) } });
    const reply = await send(to(`http://127.0.0.1:${port}/`), { rules: rules(['127.0.0.1']) });
    expect(reply).toMatchObject({ status });
    expect(came.map(({ url }) => url)).toEqual(['/']);
  });

  it.each([
    ['a method', { ...to('http://ci.example.org/'), method: 'DELETE' }, 'the method DELETE is not allowed'],
    ['a body', { ...to('http://ci.example.org/'), body: 'x'.repeat(1_100_000) }, 'larger than a megabyte'],
  ])('is not sent with %s that is not allowed', async (_what, request, words) => {
    expect(await send(request, { rules: rules() })).toMatchObject({ error: expect.stringContaining(words) });
  });
});

describe('a request to where it may go', () => {
  it.each([
    ['its address', ['127.0.0.1']],
    ['a range', ['127.0.0.0/8']],
    ['localhost, for loopback', ['localhost', '127.0.0.1']],
    ['address in IPv6 form', ['::ffff:127.0.0.1']],
  ])('is sent where the list names %s', async (_what, hosts) => {
    expect(await send(to(`http://127.0.0.1:${port}/a?b`), { rules: rules(hosts) })).toMatchObject({
      status: 200,
    });
    expect(came[0]?.url).toBe('/a?b');
  });

  it('is read no further than 64 KB', async () => {
    answer = () => ({ status: 200, body: 'x'.repeat(3_000_000) });
    const reply = await send(to(`http://localhost:${port}/`), {
      rules: rules(['localhost']),
      resolve: resolving(['127.0.0.1']),
    });
    expect(reply).toMatchObject({ status: 200, body: 'x'.repeat(65_536) });
  });

  it('is given up when the receiver takes the connection and says nothing, or goes on for ever', async () => {
    const silent = createServer((request, response) => {
      if (request.url !== '/slow') return;
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    for (const path of ['/', '/slow']) {
      const reply = await send(to(at + path), { rules: rules(['127.0.0.1']), patience: 300 });
      expect(reply).toMatchObject({ error: expect.stringMatching(/no answer within|aborted/) });
    }
    silent.close().closeAllConnections();
  });
});
