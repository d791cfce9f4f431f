import { once } from 'node:events';
import { createServer } from 'node:http';

/** Somebody who is called when a verification failed; every fifth time he is out. */
export async function startReceiver() {
  const heard = new Map();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    if (Math.random() < 0.2) {
      response.writeHead(503).end();
      return;
    }
    const { version } = JSON.parse(Buffer.concat(chunks).toString());
    heard.set(version, (heard.get(version) ?? 0) + 1);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    /** For each provider version that failed, how often it was told. */
    heard,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What makes the store call him. */
export function webhookTo(url) {
  return {
    description: 'A verification failed',
    events: [{ name: 'provider_verification_failed' }],
    request: {
      method: 'POST',
      url,
      headers: { 'Content-Type': 'application/json' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the Pact Broker names it
      body: { version: '${pactbroker.providerVersionNumber}' },
    },
  };
}
