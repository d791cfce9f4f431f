import { createServer } from 'node:http';

/** A small real provider: reserves seats. Takes provider states at `/_states`, as a test build of a service does. */
export function startProvider() {
  let shows = new Map();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://provider');
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const answer = (status, value) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value));
      };
      if (url.pathname === '/_states') {
        const { state, params } = JSON.parse(body);
        if (state === 'a show exists') shows = new Map([[String(params.show), params.price]]);
        return answer(200, {});
      }
      const [, show] = /^\/shows\/(\d+)\/reservations$/.exec(url.pathname) ?? [];
      if (request.method !== 'POST' || !shows.has(show)) return answer(404, { error: 'no such show' });
      return answer(201, { reservation: 7, price: shows.get(show), expires: '2026-11-23T17:00:00.000Z' });
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ url: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() });
    });
  });
}
