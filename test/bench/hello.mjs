// A plain hono server that says hello: what the machine, Node and hono can do at most.
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.all('*', (context) => context.json({ hello: 'world' }));
const server = createAdaptorServer({ fetch: (request) => app.fetch(request) });
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
