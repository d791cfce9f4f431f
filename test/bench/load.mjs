/** Load on an HTTP server: so many clients, each asking again as soon as it is answered. */
import { Agent, request } from 'node:http';

const types = { accept: 'application/hal+json, application/json', 'content-type': 'application/json' };

/** One call; resolves to its status and text. */
function call(agent, url, { method = 'GET', path, body }) {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), { agent, method, headers: types }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asks once, outside any measurement. @returns the answer's text */
export async function askOnce(url, question) {
  const agent = new Agent();
  const { status, text } = await call(agent, url, question);
  agent.destroy();
  if (status >= 400) throw new Error(`${question.path}: ${status} ${text}`);
  return text;
}

/**
 * Asks `count` questions, `clients` at a time, or as many as there is time for until `isOver`. `questionOf` makes the
 * question of a number: `{ method, path, body }`.
 * @returns how many were answered a second, and the milliseconds within which 99 of 100 were
 */
export async function load(
  url,
  { count = Number.POSITIVE_INFINITY, clients, questionOf, isOver = () => false },
) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const milliseconds = [];
  let next = 0;
  const client = async () => {
    while (next < count && !isOver()) {
      const question = questionOf(next);
      next += 1;
      const started = performance.now();
      const { status, text } = await call(agent, url, question);
      milliseconds.push(performance.now() - started);
      if (status >= 400) throw new Error(`${question.path}: ${status} ${text}`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  milliseconds.sort((a, b) => a - b);
  return {
    'a second': milliseconds.length / seconds,
    'p99 ms': milliseconds[Math.floor(milliseconds.length * 0.99)],
  };
}
