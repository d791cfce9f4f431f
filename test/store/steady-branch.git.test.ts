import { rmSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { puts, textAt } from './contract.ts';
import { bareRepository, openAt, servedRepository } from './places.ts';

/** A proxy that keeps one answer about refs to itself until it is told to hand it out. */
async function withholding(url: string) {
  let next: ((handOut: () => void) => void) | undefined;
  const server = createServer((request, response) => {
    const { method, headers } = request;
    const onward = send(new URL(request.url ?? '', url), { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const handOut = () =>
          response.writeHead(answer.statusCode ?? 500, answer.headers).end(Buffer.concat(chunks));
        const isAboutRefs = method === 'GET' && request.url?.includes('/info/refs?service=git-upload-pack');
        if (!next || !isAboutRefs) return handOut();
        next(handOut);
        next = undefined;
        return undefined;
      });
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(url).pathname}`,
    /** The next answer about refs, once it is kept back; calling it hands it out. */
    withhold: () => new Promise<() => void>((resolve) => (next = resolve)),
    close: () => server.close().closeAllConnections(),
  };
}

it('shows a write to whoever asks once it is in, though the host was asked before it was', async () => {
  const proxy = await withholding((await servedRepository()).url);
  const store = await openAt({ repository: proxy.url, freshFor: 0, carryOn: true });
  const read = () => store.read((root) => textAt(root, 'count'));
  await store.transact({ title: 'Begin' }, puts({ count: '0' }));
  const kept = proxy.withhold();
  const early = read();
  const handOut = await kept;
  await store.transact({ title: 'Count' }, puts({ count: '1' }));
  const late = read();
  handOut();
  expect(await late).toBe('1');
  await early;
  await store.close();
  proxy.close();
});

it('does not carry on before anything was seen', async () => {
  const folder = await bareRepository();
  const store = await openAt({ repository: `file://${folder}`, freshFor: 0, carryOn: true });
  rmSync(folder, { recursive: true });
  await expect(store.tip()).rejects.toMatchObject({ code: 'not-a-repository' });
  expect(store.outage()).toBeUndefined();
  await store.close();
});
