import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { proxiesOf } from '../../src/broker/webhook-proxy.ts';
import { send } from '../../src/broker/webhook-sending.ts';

let proxy: Server;
let address: string;
let came: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
/** What the proxy answers to who wants a tunnel. */
let tunnelStatus = 200;

beforeEach(async () => {
  [came, tunnelStatus] = [[], 200];
  proxy = createServer((request, response) => {
    came.push(request);
    request.resume();
    response.end('through the proxy');
  });
  proxy.on('connect', (request, socket) => {
    came.push(request);
    socket.end(`HTTP/1.1 ${tunnelStatus} Whatever\r\n\r\n`);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  address = `http://me:pa%20ss@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

afterEach(() => proxy.close().closeAllConnections());

const nowhere = () => Promise.reject(Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' }));
const at = (ip: string) => async () => [{ address: ip, family: 4 }];
const post = (url: string) => ({ method: 'POST', url, headers: { 'x-a': 'b' }, body: '{}' });
const credentials = `Basic ${Buffer.from('me:pa ss').toString('base64')}`;

function sending(
  url: string,
  hosts: readonly string[],
  resolve: Parameters<typeof send>[1]['resolve'] = nowhere,
) {
  const proxyOf = proxiesOf({ http_proxy: address, HTTPS_PROXY: address });
  const rules = { methods: ['POST'], schemes: ['http', 'https'], hosts };
  return send(post(url), { rules, resolve, proxyOf, patience: 2000 });
}

describe('a request through a proxy', () => {
  it('asks it for the whole URL, with the name of the receiver', async () => {
    const url = 'http://ci.example.org:8080/run?a=b';
    expect(await sending(url, ['ci.example.org'])).toMatchObject({ status: 200, body: 'through the proxy' });
    expect(came).toMatchObject([
      { method: 'POST', url, headers: { host: 'ci.example.org:8080', 'proxy-authorization': credentials } },
    ]);
  });

  it('is sent in a tunnel where it is encrypted, and tells the proxy nothing of it', async () => {
    const reply = await sending('https://ci.example.org/run', ['ci.example.org']);
    expect(reply).toHaveProperty('error');
    expect(came).toMatchObject([
      {
        method: 'CONNECT',
        url: 'ci.example.org:443',
        headers: { host: 'ci.example.org:443', 'proxy-authorization': credentials },
      },
    ]);
    expect(came[0]?.headers).not.toHaveProperty('x-a');
  });

  it('says that the proxy refuses', async () => {
    tunnelStatus = 403;
    expect(await sending('https://ci.example.org/', ['ci.example.org'])).toMatchObject({
      error: 'the proxy answers 403',
    });
  });

  it.each([
    ['a private address', 'http://10.0.0.1/', [], nowhere],
    ['metadata', 'http://169.254.169.254/', [], nowhere],
    ['a name that leads to a private address', 'http://ci.example.org/', ['ci.example.org'], at('10.0.0.1')],
    ['a name nobody here knows and nobody listed', 'http://metadata.google.internal/', [], nowhere],
    ['a host that is not listed', 'http://metadata.google.internal/', ['ci.example.org'], nowhere],
  ] as const)('goes nowhere else than without one: %s', async (_what, url, hosts, resolve) => {
    expect(await sending(url, hosts, resolve)).toHaveProperty('error');
    expect(came).toEqual([]);
  });

  it('goes to a public name that nobody listed', async () => {
    expect(await sending('http://ci.example.org/', [], at('93.184.215.14'))).toMatchObject({ status: 200 });
  });

  it('carries TLS to the receiver itself', async () => {
    const heard: string[] = [];
    proxy.removeAllListeners('connect').on('connect', (_request, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', (hello: Buffer) => {
        heard.push(hello.toString('latin1'));
        socket.destroy();
      });
    });
    expect(await sending('https://ci.example.org/', ['ci.example.org'])).toHaveProperty('error');
    expect(heard[0]?.charCodeAt(0)).toBe(0x16);
    expect(heard[0]).toContain('ci.example.org');
  });
});

describe('the proxies of an environment', () => {
  const found = (env: Record<string, string>, url: string) => proxiesOf(env)(new URL(url))?.href;
  const [http, https] = ['http://p.example:3128/', 'http://s.example/'];

  it.each<[Record<string, string>, url: string, proxy: string | undefined]>([
    [{}, 'https://ci.example.org/', undefined],
    [{ https_proxy: https }, 'https://ci.example.org/', https],
    [{ https_proxy: https }, 'http://ci.example.org/', undefined],
    [{ HTTP_PROXY: 'p.example:3128' }, 'http://ci.example.org/', http],
    [{ https_proxy: https, HTTPS_PROXY: http }, 'https://ci.example.org/', https],
    [{ ALL_PROXY: http }, 'https://ci.example.org/', http],
    [{ https_proxy: '' }, 'https://ci.example.org/', undefined],
    [{ all_proxy: http, NO_PROXY: '*' }, 'https://ci.example.org/', undefined],
    [{ all_proxy: http, NO_PROXY: 'a.b, example.org' }, 'https://ci.example.org/', undefined],
    [{ all_proxy: http, no_proxy: '.example.org' }, 'https://ci.example.org./', undefined],
    [{ all_proxy: http, no_proxy: '*.example.org' }, 'https://ci.example.org/', undefined],
    [{ all_proxy: http, no_proxy: 'ample.org' }, 'https://ci.example.org/', http],
    [{ all_proxy: http, no_proxy: 'ci.example.org:8443' }, 'https://ci.example.org/', http],
    [{ all_proxy: http, no_proxy: 'ci.example.org:443' }, 'https://ci.example.org/', undefined],
    [{ all_proxy: http, no_proxy: '10.0.0.0/8' }, 'https://10.1.2.3/', undefined],
    [{ all_proxy: http, no_proxy: '[fd00::1]:443' }, 'https://[fd00::1]/', undefined],
    [{ all_proxy: http }, 'http://localhost:1/', undefined],
    [{ all_proxy: http }, 'http://127.0.0.1:1/', undefined],
    [{ all_proxy: http }, 'http://[::1]:1/', undefined],
  ])('%j: %s', (env, url, expected) => expect(found(env, url)).toBe(expected));

  it('that are none are an error', () => {
    expect(() => found({ all_proxy: 'socks5://p.example' }, 'https://ci.example.org/')).toThrow('no http');
  });
});
