import { compactJson, isJsonArray, isJsonObject, JsonNumber, type JsonValue } from '../../../domain/json.ts';
import type { Part } from '../../../query/diff-part.ts';
import { shellWord } from '../../shell-word.ts';

/** A JSON value as it stands in a line: a text without quotes. */
export function inLine(value: JsonValue | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : compactJson(value);
}

/** The method, path and query of a request: `GET /berths?status=free`. */
export function requestLine({ rest }: Part): string {
  const method = inLine(rest.get('method') ?? 'GET').toUpperCase();
  return `${method} ${inLine(rest.get('path') ?? '/')}${queryText(rest.get('query'))}`;
}

/** The query of a request of any version of the specification, with its `?`; empty without one. */
function queryText(query: JsonValue | undefined): string {
  if (typeof query === 'string') return query === '' ? '' : `?${query}`;
  if (!isJsonObject(query) || query.size === 0) return '';
  const pairs = [...query].flatMap(([name, value]) =>
    (isJsonArray(value) ? value : [value]).map((one) => [name, inLine(one)]),
  );
  return `?${pairs.map((pair) => pair.map((text) => encodeURIComponent((text ?? '').toWellFormed())).join('=')).join('&')}`;
}

/** The status of a response in words; `any status` where none is told. */
export function statusLine({ rest }: Part): string {
  const status = rest.get('status');
  if (status === undefined) return 'any status';
  const words = status instanceof JsonNumber ? statusNames[status.literal] : undefined;
  return words === undefined ? inLine(status) : `${inLine(status)} ${words}`;
}

const statusNames: Readonly<Record<string, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** The request as a command for a shell, against a provider that runs on this machine. */
export function curlCommand(part: Part): string {
  const line = requestLine(part);
  const space = line.indexOf(' ');
  const [method, target] = [line.slice(0, space), line.slice(space + 1)];
  const path = target.startsWith('/') ? target : `/${target}`;
  const headers = [...part.fields.values()].map(
    ({ name, value }) => `-H ${shellWord(`${name}: ${inLine(value)}`)}`,
  );
  const body = part.body?.value;
  const isSent = body !== undefined && body !== null;
  return [
    `curl -X ${shellWord(method)} ${shellWord(`http://localhost:8080${path}`)}`,
    ...headers,
    ...(isSent ? [`--data-raw ${shellWord(inLine(body))}`] : []),
  ].join(' \\\n  ');
}
