import type { Complaint } from '../domain/failure.ts';
import type { WebhookRequest } from '../domain/records.ts';

const telling = /authorization|token|secret|password|passwd|api-?key|signature|^sig$|cookie/i;

/** What services give out begins like this, so it is known wherever it stands: GitHub, GitLab, Slack, AWS, Stripe, npm. */
const issued =
  /\b(gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|[rs]k_live_\w{10,}|npm_\w{30,})/;

const advice = `is a secret written out, and would lie in Git: name an environment variable or a file instead, \${env:NAME} or \${file:PATH}`;

/** A text of a request, what it is called, and where it stands. */
interface Place {
  readonly where: string;
  readonly name: string;
  readonly text: string;
}

/**
 * The places of a request where a secret seems to be written out instead of named; told as complaints. Stars stand for what
 * is there already.
 */
export function literalSecrets(request: WebhookRequest): readonly Complaint[] {
  const { url, headers, body, username, password = '' } = request;
  const places: readonly Place[] = [
    ...Object.entries(headers).map(([name, text]) => ({ where: `header ${name}`, name, text })),
    { where: `password of ${username ?? 'the user'}`, name: 'password', text: password },
    ...placesInUrl(url),
    ...placesInBody(body),
  ];
  return places.flatMap(({ where, name, text }) => {
    const isLiteral = !text.includes('${') && !/^\**$/.test(text);
    return isLiteral && (telling.test(name) || issued.test(text)) ? [{ where, text: advice }] : [];
  });
}

function placesInUrl(url: string): readonly Place[] {
  const [path = '', query = ''] = url.split('?', 2);
  const [, slack] = /^https:\/\/hooks\.slack\.com\/services\/(.*)$/i.exec(path) ?? [];
  return [
    ...placesInForm(query, (name) => `${name} in the URL`),
    { where: 'path of the URL', name: slack === undefined ? '' : 'secret', text: slack ?? path },
  ];
}

function placesInForm(text: string, whereOf: (name: string) => string): readonly Place[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ where: whereOf(name), name, text: value }));
}

/** Of a body that is text, what it says as JSON or as a form. */
function placesInBody(body: unknown): readonly Place[] {
  if (typeof body !== 'string') return placesIn(body, 'body');
  try {
    return placesIn(JSON.parse(body), 'body');
  } catch {
    const whole = { where: 'body', name: '', text: body };
    return /^[\w.[\]-]+=\S*$/.test(body) ? placesInForm(body, (name) => `body.${name}`) : [whole];
  }
}

function placesIn(value: unknown, where: string): readonly Place[] {
  if (typeof value === 'string') return [{ where, name: where.split('.').at(-1) ?? '', text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => placesIn(member, `${where}.${key}`));
}
