import { request as plainRequest, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect } from 'node:tls';
import { allowsHost, bare } from '../query/webhook-rules.ts';

/** Finds the proxy that a URL is reached through; undefined: none. */
export type ProxyOf = (url: URL) => URL | undefined;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxies that an environment names, as curl and git read it: `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`,
 * in small letters or capitals. This machine is never reached through one.
 */
export function proxiesOf(env: Environment): ProxyOf {
  const variable = (name: string) => env[name] || env[name.toUpperCase()] || undefined;
  return (url) => {
    const named = variable(`${url.protocol.slice(0, -1)}_proxy`) ?? variable('all_proxy');
    if (named === undefined || isThisMachine(url) || isExcepted(url, variable('no_proxy') ?? ''))
      return undefined;
    const proxy = /^[a-z][a-z\d+.-]*:\/\//i.test(named) ? named : `http://${named}`;
    if (!URL.canParse(proxy) || !/^https?:$/.test(new URL(proxy).protocol)) {
      throw new Error('the proxy that the environment names is no http or https URL');
    }
    return new URL(proxy);
  };
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || allowsHost(['127.0.0.0/8', '::1'], hostname);
}

/** Whether `no_proxy` names a host: by itself, by a domain it is in, with its port, as an address or a range; `*` is all. */
function isExcepted({ hostname, port, protocol }: URL, exceptions: string): boolean {
  const host = bare(hostname).replace(/\.$/, '');
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return exceptions.split(/[\s,]+/).some((entry) => {
    if (entry === '') return false;
    if (entry === '*') return true;
    const [, name = entry, only] = /^([^:]+|\[.*\]):(\d+)$/.exec(entry) ?? [];
    if (only !== undefined && only !== ownPort) return false;
    const domain = name.replace(/^\*?\./, '').toLowerCase();
    return allowsHost([bare(domain)], host) || (isIP(host) === 0 && host.endsWith(`.${domain}`));
  });
}

/** How a request goes through a proxy: what is to be said to it of the connection. @throws Error */
export async function throughProxy(proxy: URL, url: URL, patience: number): Promise<RequestOptions> {
  const credentials = credentialsOf(proxy);
  if (url.protocol === 'http:') {
    const { protocol, port } = proxy;
    return {
      protocol,
      hostname: bare(proxy.hostname),
      port: port || (protocol === 'https:' ? 443 : 80),
      path: url.href,
      headers: credentials,
    };
  }
  const socket = await tunnel(proxy, url, credentials, patience);
  const host = bare(url.hostname);
  const options = { socket, rejectUnauthorized: true, ...(isIP(host) ? {} : { servername: host }) };
  return { createConnection: () => connect(options) };
}

function credentialsOf({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text).toString('base64')}` };
}

/** A connection to the host of the URL, made by the proxy. @throws Error when it makes none */
function tunnel(
  proxy: URL,
  { hostname, port }: URL,
  credentials: Readonly<Record<string, string>>,
  patience: number,
): Promise<Socket> {
  const target = `${hostname}:${port || 443}`;
  const start = proxy.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const asked = start({
      hostname: bare(proxy.hostname),
      port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentials },
      agent: false,
      timeout: patience,
    });
    asked.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new Error(`the proxy answers ${statusCode}`));
    });
    asked.once('response', ({ statusCode }) => {
      asked.destroy();
      reject(new Error(`the proxy answers ${statusCode}`));
    });
    asked.once('timeout', () =>
      asked.destroy(new Error(`no answer of the proxy within ${patience / 1000} s`)),
    );
    asked.once('error', reject);
    asked.end();
  });
}
