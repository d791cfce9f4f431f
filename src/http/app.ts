import { Hono } from 'hono';
import type { Broker } from '../broker/broker.ts';
import { GitpactError } from '../domain/failure.ts';
import type { Instant } from '../domain/names.ts';
import { Links } from '../render/hal/links.ts';
import { actions } from './action-routes.ts';
import { assetResources } from './assets.ts';
import { admission } from './auth.ts';
import { baseUrlOf, pathBelow } from './base-url.ts';
import { reportBug } from './bug-report.ts';
import { conditional } from './conditional.ts';
import { durable, withWitness } from './durable.ts';
import { Exchange, notFound } from './exchange.ts';
import { KeptAnswers } from './kept-answers.ts';
import { Counters } from './metrics.ts';
import {
  audienceOf,
  failurePage,
  pageRoutes,
  signInPage,
  toBrowser,
  wantsBrowser,
  wantsPage,
} from './page-routes.ts';
import { pathProblem, rawPath, rawQuery, routedPath } from './paths.ts';
import { type Asker, bugResponse, failureResponse, pathProblemResponse } from './problem.ts';
import { type Resource, respond } from './resource.ts';
import { resources } from './routes.ts';
import type { AppOptions } from './settings.ts';
import { upToDate } from './up-to-date.ts';

/** The server as one function; listening is somebody else's business. */
export interface App {
  fetch(request: Request): Promise<Response>;
}

/** A request on its way: where it goes, and how its sender wants to be told. */
interface Routed extends Asker {
  readonly path: string;
  readonly query: string;
}

/** The Pact Broker's HTTP API over a contract repository (api.md). */
export function createApp(broker: Broker, options: AppOptions = {}): App {
  const counters = new Counters();
  const kept = new KeptAnswers();
  const getPath = (request: Request) => routedPath(pathBelow(options, rawPath(request.url))).path;
  const router = new Hono({ getPath });
  const all: readonly Resource[] = [
    ...resources,
    ...assetResources,
    ...actions((request) => router.fetch(request)),
    counters.resource(options),
    ...upkeep(broker),
  ];
  for (const resource of all) {
    router.all(resource.path, (context) => {
      const routed = route(context.req.raw, options);
      const moments: Instant[] = [];
      const x = new Exchange({
        ...routed,
        request: context.req.raw,
        broker: options.queue ? withWitness(broker, moments) : broker,
        options,
        parameter: (name) => context.req.param(name),
      });
      return durable(x, moments, () => upToDate(x, () => conditional(x, kept, () => respond(resource, x))));
    });
  }
  router.notFound(() => {
    throw notFound();
  });
  router.onError((error, context) => tellFailure(error, route(context.req.raw, options), options));
  const pages = new Hono({ getPath });
  for (const [path, answer] of pageRoutes) {
    pages.get(path, (context) => {
      const { raw: request } = context.req;
      const routed = route(request, options);
      const parameter = (name: string) => context.req.param(name);
      const audience = audienceOf(request, routed.path, options);
      const x = new Exchange({ ...routed, request, broker, options, parameter, audience });
      const told = options.site ? answer(x) : conditional(x, kept, () => answer(x));
      return told.catch((error: unknown) => failurePage(error, x));
    });
  }
  pages.notFound(async ({ req: { raw: request } }) => {
    const response = await router.fetch(request);
    if (response.status !== 404) return response;
    const parameter = () => undefined;
    return failurePage(
      notFound(),
      new Exchange({ ...route(request, options), request, broker, options, parameter }),
    );
  });
  pages.onError((error, context) => tellFailure(error, route(context.req.raw, options), options));
  const serve = async (request: Request): Promise<Response> => {
    const routed = route(request, options);
    const problem = pathProblem(rawPath(request.url));
    if (problem) return pathProblemResponse(problem.status, problem.detail);
    const refused = refusal(request, routed, options);
    if (refused) return refused;
    if (wantsBrowser(request)) return toBrowser(options, request);
    return (wantsPage(request.method, routed) ? pages : router).fetch(request);
  };
  return {
    fetch: async (request) => {
      const started = performance.now();
      const response = withUsualHeaders(await serve(request), options);
      const warning = outageWarning(broker);
      if (warning !== undefined && response.status < 500) response.headers.append('warning', warning);
      const milliseconds = performance.now() - started;
      counters.count(request.method, response.status, milliseconds);
      options.log?.info({
        method: request.method,
        path: rawPath(request.url),
        status: response.status,
        milliseconds: Math.round(milliseconds),
      });
      return response;
    },
  };
}

function route(request: Request, options: AppOptions): Routed {
  const { path, type } = routedPath(pathBelow(options, rawPath(request.url)));
  return {
    path,
    query: rawQuery(request.url),
    links: new Links(baseUrlOf(options, request)),
    accept: type ?? request.headers.get('accept') ?? undefined,
  };
}

function refusal(request: Request, routed: Routed, { access }: AppOptions): Response | undefined {
  if (!access) return undefined;
  const authorization = request.headers.get('authorization') ?? undefined;
  const admitted = admission(access, { method: request.method, path: routed.path, authorization });
  if (admitted === 'granted') return undefined;
  const refused = wantsPage(request.method, routed) ? signInPage() : new Response(null, { status: 401 });
  refused.headers.set('www-authenticate', 'Basic realm="Restricted area"');
  return refused;
}

/** A failure of the catalogue as its own answer; anything else is a bug, told with a reference to the log. */
function tellFailure(error: unknown, asker: Asker, options: AppOptions): Response {
  if (error instanceof GitpactError) {
    if (error.kind !== 'usage' && error.kind !== 'missing')
      options.log?.warn({ code: error.code, err: error });
    return failureResponse(error, asker);
  }
  return bugResponse(reportBug(error, options), asker);
}

/** The headers of every answer, put in where they are missing. A copy of the answer would cost more than making it. */
function withUsualHeaders(response: Response, { version = '' }: AppOptions): Response {
  const usual = {
    vary: 'Accept',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-pact-broker-version': version,
  };
  const { headers } = response;
  for (const [name, value] of Object.entries(usual))
    if (value !== '' && !headers.has(name)) headers.set(name, value);
  return response;
}

/** What clients are told while answers are from the last commit that was seen (RFC 7234 §5.5). */
function outageWarning({ store }: Broker): string | undefined {
  const outage = store.outage();
  if (!outage) return undefined;
  const since = outage.since.toISOString();
  return `110 - "The contract repository cannot be reached since ${since}; this is what it was before"`;
}

/** What an operator may ask of the server itself: to look for what others pushed, and which commit is the newest. */
function upkeep(broker: Broker): readonly Resource[] {
  return [
    {
      path: '/-/refresh',
      types: ['application/json', 'application/hal+json'],
      POST: (x) => async () => x.document({ commit: (await broker.store.tip(true)) ?? null }),
    },
  ];
}
