import { layOut } from '../broker/graph-layout.ts';
import { layOutPatiently } from '../broker/patient-layout.ts';
import { GitpactError } from '../domain/failure.ts';
import { newestDeliveries } from '../format/deliveries.ts';
import { allPages } from '../render/pages/all-pages.ts';
import { bugView, failureView } from '../render/pages/failure-page.tsx';
import { renderPage } from '../render/pages/layout.tsx';
import { PageLinks } from '../render/pages/links.ts';
import type { Frame, Page, View } from '../render/pages/page.ts';
import { renderSignIn } from '../render/pages/sign-in-page.tsx';
import { fileOf } from '../render/pages/site-file.ts';
import { assetVersion } from './assets.ts';
import { baseUrlOf, pathBelow } from './base-url.ts';
import { reportBug } from './bug-report.ts';
import { type Exchange, mayWrite, notFound } from './exchange.ts';
import { rawPath, rawQuery } from './paths.ts';
import { statusOf } from './problem.ts';
import type { AppOptions } from './settings.ts';

/** Nothing is loaded from elsewhere, nothing in a page runs or styles itself, and no other site may show one. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What is not for people: asking for it is asking the API (api.md §1.3). */
const apiTypes = /json|text\/csv|application\/yaml|text\/plain|vnd\.graphviz/;

/** Whether a request is one of a browser that wants to show something (api.md §1.3). */
export function wantsPage(
  method: string,
  { path, accept }: { readonly path: string; readonly accept: string | undefined },
): boolean {
  if (method !== 'GET' || accept === undefined || path.endsWith('/badge')) return false;
  return /html/.test(accept) && !apiTypes.test(accept);
}

/** Whether a request is of a browser that was made to ask for JSON: the API browser shows that (api.md §1.3). */
export function wantsBrowser({ method, headers }: Request): boolean {
  const accept = headers.get('accept') ?? '';
  return method === 'GET' && accept.startsWith('text/html') && accept.includes('json');
}

/** Sends a request on to the API browser, at its path. */
export function toBrowser(options: AppOptions, request: Request): Response {
  const base = new URL(baseUrlOf(options, request)).pathname.replace(/\/+$/, '');
  const asked = base + pathBelow(options, rawPath(request.url)) + rawQuery(request.url);
  return new Response(null, {
    status: 303,
    headers: { location: `${base}/hal-browser/browser.html#${asked}` },
  });
}

/** For whom a page is: those who may write see more. Changes with what pages load, too. */
export function audienceOf(request: Request, path: string, options: AppOptions): string {
  return `-${assetVersion}${mayWrite(request, path, options) ? '-writer' : ''}`;
}

/** A way to answer a request for a page, by the route of the page. */
export const pageRoutes: readonly (readonly [path: string, answer: (x: Exchange) => Promise<Response>])[] =
  allPages.map((page) => [page.path, (x) => answer(page, x)]);

const utf8 = new TextEncoder();

/** How many deliveries a page shows. */
const mostDeliveries = 100;

async function answer(page: Page, x: Exchange): Promise<Response> {
  const query = x.parameters;
  const { site } = x.options;
  const asked = { segment: (name: string) => x.segment(name), query, isLive: site === undefined };
  const at = site?.commit ?? (query.get('at')?.trim() || undefined);
  const [view, commits, deliveries, commit] = await Promise.all([
    x.ask((now) => page.view(now, asked), at),
    page.commits ? x.history(page.commits(asked), at) : undefined,
    page.deliveries ? x.options.deliveries?.read(newestDeliveries) : undefined,
    x.commit(at),
  ]);
  if (!view) throw notFound();
  const layout = view.graph && (await (site ? layOutPatiently : layOut)(view.graph));
  const frame: Frame = {
    ...frameOf(x, site ? undefined : at),
    ...(commit ? { commit } : { isEmpty: true }),
    ...(commits ? { commits } : {}),
    ...(deliveries ? { deliveries: deliveries.slice(0, mostDeliveries) } : {}),
    ...(layout ? { layout } : {}),
  };
  return html(renderPage(view, frame), 200);
}

/** A failure as a page; what is not in the catalogue is a bug, told with a reference to the log. */
export function failurePage(error: unknown, x: Exchange): Response {
  if (!(error instanceof GitpactError)) {
    return html(renderPage(bugView(reportBug(error, x.options)), frameOf(x, undefined)), 500);
  }
  const status = statusOf(error);
  return html(renderPage(failureView(error, status), frameOf(x, undefined)), status);
}

/** What a browser is told that brought no credentials, or wrong ones. */
export function signInPage(): Response {
  return html(renderSignIn(), 401);
}

/** A view that shows nothing of the store as the answer to a request. */
export function showing(x: Exchange, view: View, status: number): Response {
  const { here: _, ...frame } = frameOf(x, undefined);
  return html(renderPage(view, frame), status);
}

/** The links of pages, as things are now. */
export function pageLinks(x: Exchange): PageLinks {
  return frameOf(x, undefined).links;
}

function html(text: string, status: number): Response {
  return new Response(utf8.encode(text), {
    status,
    headers: {
      'content-type': 'text/html;charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'same-origin',
    },
  });
}

function frameOf(x: Exchange, at: string | undefined): Frame {
  const { site } = x.options;
  const base = new URL(x.links.base).pathname.replace(/\/+$/, '');
  if (site) {
    const segments = x.path.split('/').slice(1).map(decodeURIComponent);
    const from = fileOf({ segments: x.path === '/' ? [] : segments });
    const links = new PageLinks({ kind: 'frozen', from, files: site.files }, assetVersion);
    return { links, isLive: false, mayWrite: false };
  }
  const links = new PageLinks({ kind: 'live', base, ...(at === undefined ? {} : { at }) }, assetVersion);
  const parameters = [...x.parameters].filter(([name]) => name !== 'at');
  const query = parameters.length === 0 ? '' : `?${new URLSearchParams(parameters)}`;
  return {
    links,
    base: x.links.base,
    here: { now: `${base}${x.path}${query}`, parameters },
    isLive: true,
    mayWrite: x.mayWrite,
    ...(at === undefined ? {} : { at }),
  };
}
