import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { GitpactError } from '../domain/failure.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import type { Action } from '../render/pages/actions/action.ts';
import { confirmationView, outcomeView } from '../render/pages/actions/action-page.tsx';
import { actionSubject, findAction } from '../render/pages/actions/actions.ts';
import { baseUrlOf } from './base-url.ts';
import { type Exchange, notFound } from './exchange.ts';
import { failurePage, pageLinks, showing } from './page-routes.ts';
import { answering, type Resource } from './resource.ts';

/** The field that shows that a form is one of ours. */
const tokenField = 'gitpact-token';

/**
 * What people do from pages: `GET` asks whether it is meant, `POST` does it by a request to the API. Browsers send
 * credentials along from wherever a form is, so a form must bear a token that only our own page could have: made for the
 * action and the user, with a key that this process alone has.
 */
export function actions(perform: (request: Request) => Response | Promise<Response>): readonly Resource[] {
  const key = randomBytes(32);
  const tokenFor = (x: Exchange, action: Action) =>
    createHmac('sha256', key)
      .update(actionSubject(x.segment('action'), action, userOf(x)))
      .digest('base64url');
  const told = (x: Exchange, answer: () => Promise<Response>) =>
    answer().catch((error: unknown) => failurePage(error, x));
  return [
    {
      path: '/-/actions/:action',
      types: ['text/html'],
      GET: answering((x) =>
        told(x, async () => {
          const action = actionOf(x, x.parameters);
          return showing(x, confirmationView(action, [[tokenField, tokenFor(x, action)]]), 200);
        }),
      ),
      POST: answering((x) =>
        told(x, async () => {
          const form = new URLSearchParams(decodeUtf8(await x.bytes(), 'The form'));
          const asked = actionOf(x, x.parameters);
          if (!isSame(form.get(tokenField) ?? '', tokenFor(x, asked)) || !isFromHere(x)) throw forged();
          const given = new URLSearchParams([...x.parameters, ...form]);
          return done(x, actionOf(x, given), perform);
        }),
      ),
    },
  ];
}

function actionOf(x: Exchange, given: URLSearchParams): Action {
  const action = findAction(x.segment('action'), (name) => given.get(name) ?? '');
  if (!action) throw notFound();
  return action;
}

async function done(
  x: Exchange,
  action: Action,
  perform: (request: Request) => Response | Promise<Response>,
): Promise<Response> {
  if (!action.request) return showing(x, confirmationView(action, []), 400);
  const { method, path, body } = action.request;
  const response = await perform(
    new Request(x.links.template(path), {
      method,
      headers: { accept: 'application/hal+json, */*', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body }),
    }),
  );
  const next = action.next?.(pageLinks(x));
  if (response.status < 400 && next !== undefined) {
    return new Response(null, { status: 303, headers: { location: next } });
  }
  return showing(
    x,
    outcomeView(action, response.status, await response.text()),
    response.status < 400 ? 200 : response.status,
  );
}

/** Whether the page that sent the form is one of this server, as far as the browser tells. */
function isFromHere(x: Exchange): boolean {
  const origin = x.request.headers.get('origin');
  return (
    origin === null ||
    origin === new URL(baseUrlOf(x.options, x.request)).origin ||
    origin === new URL(x.request.url).origin
  );
}

function userOf(x: Exchange): string {
  return x.request.headers.get('authorization') ?? '';
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function forged(): GitpactError {
  return new GitpactError(
    'bad-request',
    'This form is not from a page of this server, or from before it was started again.',
    {
      hint: 'Open the page again, and confirm once more.',
    },
  );
}
