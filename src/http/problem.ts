import { type Complaint, type FailureCode, type FailureKind, GitpactError } from '../domain/failure.ts';
import type { Links } from '../render/hal/links.ts';
import { wantsProblems } from './accept.ts';

/** How the one who asked wants to be told. */
export interface Asker {
  readonly links: Links;
  readonly accept: string | undefined;
}

const statuses: Readonly<Record<FailureKind, number>> = {
  usage: 400,
  missing: 404,
  conflict: 409,
  busy: 503,
  refused: 502,
  outside: 502,
  bug: 500,
};

/** The status of a failure: its kind decides, but for bodies that HTTP has words of its own for. */
export function statusOf(failure: GitpactError): number {
  if (failure.code === 'body-too-large') return 413;
  if (failure.code === 'body-too-slow') return 408;
  if (away.has(failure.code)) return 503;
  return statuses[failure.kind];
}

/** That the contract repository cannot be reached: a server that runs once found it, so it will be back. */
const away: ReadonlySet<FailureCode> = new Set(['network-failed', 'not-a-repository']);

const problemJson = 'application/problem+json';

function json(status: number, type: string, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });
}

/** The answer to a request that failed on purpose (api.md §1.4). */
export function failureResponse(failure: GitpactError, asker: Asker): Response {
  const status = statusOf(failure);
  const response = bodyOf(failure, status, asker);
  if (status === 503) response.headers.set('retry-after', '1');
  return response;
}

function bodyOf(failure: GitpactError, status: number, asker: Asker): Response {
  if (failure.complaints.length > 0) return complaintsResponse(failure.complaints, status, asker);
  const { message, hint } = failure;
  if (failure.code === 'not-found') return notFoundResponse(message, asker);
  if (failure.code === 'bad-json') return badJsonResponse(message, asker);
  const text = status >= 500 && hint !== undefined ? `${message} ${hint}` : message;
  if (wantsProblems(asker.accept)) {
    return json(status, `${problemJson};charset=utf-8`, {
      title: status === 404 ? 'Not found' : status < 500 ? 'Refused' : 'Server error',
      type: asker.links.problem(status === 404 ? 'not-found' : status < 500 ? 'refused' : 'server-error'),
      detail: text,
      status,
    });
  }
  return json(status, 'application/hal+json;charset=utf-8', { error: text });
}

function notFoundResponse(detail: string, asker: Asker): Response {
  if (!wantsProblems(asker.accept)) return json(404, 'application/json;charset=utf-8', { error: detail });
  const body = { title: '404 Not Found', type: '/problem/not-found', detail, status: 404 };
  return json(404, `${problemJson};charset=utf-8`, body);
}

function badJsonResponse(message: string, asker: Asker): Response {
  const text = message.includes('non UTF-8') ? message : `JSON::ParserError - ${message}`;
  if (!wantsProblems(asker.accept)) {
    return json(400, 'application/hal+json;charset=utf-8', { error: text });
  }
  const type = asker.links.problem('server-error');
  return json(400, `${problemJson};charset=utf-8`, {
    title: 'Server error',
    type,
    detail: text,
    status: 400,
  });
}

/** Every complaint by the field it is about, or as a plain list where none is about a field. */
function complaintsResponse(complaints: readonly Complaint[], status: number, asker: Asker): Response {
  if (wantsProblems(asker.accept)) {
    return json(status, `${problemJson};charset=utf-8`, {
      title: 'Validation errors',
      type: asker.links.problem('validation-error'),
      status,
      instance: '/',
      errors: complaints.map((complaint) => problemOf(complaint, asker.links)),
    });
  }
  return json(status, 'application/hal+json;charset=utf-8', { errors: errorsOf(complaints) });
}

/** Where complaints say what they are about, they are told by field; `''` is then the request as a whole. */
function errorsOf(complaints: readonly Complaint[]): unknown {
  if (complaints.every(({ where }) => where === listed)) return complaints.map(({ text }) => text);
  const byField = new Map<string, string[]>();
  for (const { where, text } of complaints) byField.set(where, [...(byField.get(where) ?? []), text]);
  return Object.fromEntries(byField);
}

/** Stands for "no field at all" in a complaint: the errors are then told as a list (matrix.md §3.3). */
const listed = '\0';

/** A failure whose complaints are told as a list. */
export function listedFailure(failure: GitpactError): GitpactError {
  return new GitpactError(failure.code, failure.message, {
    complaints: failure.complaints.map(({ text }) => ({ where: listed, text })),
  });
}

function problemOf({ where, text }: Complaint, links: Links) {
  const index = / \(at index (\d+)\)$/.exec(text);
  const detail = index ? text.slice(0, index.index) : text;
  const kind = /missing/.test(text) ? 'missing-body-property' : 'invalid-body-property-value';
  const problem = { type: links.problem(kind), title: 'Invalid body parameter', detail };
  if (where === listed) return problem;
  return { ...problem, pointer: `/${where.replaceAll('.', '/')}${index ? `/${index[1]}` : ''}` };
}

/** A path that can name nothing (api.md §1.4). */
export function pathProblemResponse(status: 404 | 422, detail: string): Response {
  const [title, kind] =
    status === 404 ? ['Not Found', 'not-found'] : ['Unprocessable', 'invalid-request-parameter-value'];
  return json(status, problemJson, { title, type: `/problem/${kind}`, detail, status });
}

/** Something broke that is not in the catalogue; the log has more under the same reference. */
export function bugResponse(reference: string, asker: Asker): Response {
  const message = `An error has occurred. The details have been logged with the reference ${reference}`;
  if (!wantsProblems(asker.accept)) {
    return json(500, 'application/hal+json;charset=utf-8', { error: { message, reference } });
  }
  const type = asker.links.problem('server-error');
  return json(500, `${problemJson};charset=utf-8`, {
    title: 'Server error',
    type,
    detail: message,
    status: 500,
  });
}
