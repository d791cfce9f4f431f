import { type Complaint, GitpactError } from '../domain/failure.ts';
import { negotiated } from './accept.ts';
import type { Exchange } from './exchange.ts';

/** Carries out what was read from a request, and answers. */
export type Answer = () => Promise<Response> | Response;

/**
 * One method of a resource, in two steps: it reads the request and complains of everything that is wrong with it; then,
 * when the client accepts the kind of answer there is, the answer is made. So a bad request is told even to a client
 * that would not understand the answer, as the Pact Broker does (api.md §1.4).
 */
export type Method = (x: Exchange) => Promise<Answer> | Answer;

const known = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'] as const;

/** A place of the API: its path as a route, what it can answer with, and its methods. */
export interface Resource extends Partial<Readonly<Record<(typeof known)[number], Method>>> {
  readonly path: string;
  /** What it provides, the usual first; `application/hal+json` alone unless told. */
  readonly types?: readonly string[];
}

/** A method that has nothing to read. */
export function answering(answer: (x: Exchange) => Promise<Response> | Response): Method {
  return (x) => () => answer(x);
}

/** Answers a request to a resource, in the order of the Pact Broker's checks (api.md §1.4, §1.5). */
export async function respond(resource: Resource, x: Exchange): Promise<Response> {
  const methods = known.filter((name) => resource[name]);
  if (x.request.method === 'OPTIONS') {
    return new Response(null, {
      status: 200,
      headers: { 'access-control-allow-methods': [...methods, 'OPTIONS'].join(', ') },
    });
  }
  const name = known.find((method) => method === x.request.method);
  const method = name && resource[name];
  if (!method) return new Response(null, { status: 405, headers: { allow: methods.join(', ') } });
  const answer = await method(x);
  const type = negotiated(x.accept, resource.types ?? ['application/hal+json']);
  if (type === undefined) return new Response(null, { status: 406 });
  x.type = type;
  return answer();
}

/** A method that takes bodies of some types only, and says so once everything else is right (api.md §1.3). */
export function taking(accepts: (x: Exchange) => boolean, method: Method): Method {
  return async (x) => {
    const answer = await method(x);
    return () =>
      accepts(x)
        ? answer()
        : new Response(null, {
            status: 415,
            headers: { 'content-type': `${x.type};charset=utf-8` },
          });
  };
}

/** The same for JSON of any kind. */
export function takingJson(method: Method): Method {
  return taking((x) => x.sendsJson, method);
}

/** The same for JSON that is no patch: it says everything about what it describes. */
export function takingWhole(method: Method): Method {
  return taking((x) => x.sendsJson && x.contentType !== mergePatch, method);
}

/** The same for patches that say what changes. */
export function takingPatch(method: Method): Method {
  return taking((x) => x.contentType === mergePatch, method);
}

const mergePatch = 'application/merge-patch+json';

/** Everything that is wrong with a request, as one failure. */
export function refusal(complaints: readonly Complaint[]): GitpactError {
  const sentence = complaints.map(({ where, text }) => `${where} ${text}`.trim()).join('; ');
  return new GitpactError('bad-request', `${sentence}.`, { complaints });
}

/** Refuses a request that there are complaints about. @throws GitpactError `bad-request` */
export function refuseIf(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw refusal(complaints);
}
