import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { GitpactError } from '../domain/failure.ts';
import type { App } from './app.ts';

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:9292` */
  readonly url: string;
  /**
   * Takes no new connections and resolves when the requests under way are answered; what is not after `patience`
   * milliseconds is cut off. Clients that keep their connection are told to leave.
   */
  close(patience: number): Promise<void>;
}

/** Lets an app listen; port 0 takes any that is free. @throws GitpactError `port-unavailable` */
export function listen(
  app: App,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createAdaptorServer({ fetch: (request) => app.fetch(request) });
  let isClosing = false;
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (isClosing) response.setHeader('connection', 'close');
  });
  const close = (patience: number) => {
    isClosing = true;
    return closed(server, patience);
  };
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new GitpactError('port-unavailable', `The server cannot listen on ${host}, port ${port}.`, {
          cause,
          hint: 'Is another server there? Choose another --port; 0 takes any that is free.',
        }),
      );
    });
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      const name = host.includes(':') ? `[${host}]` : host;
      resolve({ url: `http://${name}:${taken}`, close });
    });
  });
}

function closed(server: ServerType, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, patience);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    if ('closeIdleConnections' in server) server.closeIdleConnections();
  });
}
