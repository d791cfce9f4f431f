import type { Complaint } from '../domain/failure.ts';
import type { WebhookRequest } from '../domain/records.ts';

const telling = /authorization|token|secret|password|passwd|api-?key|signature|^sig$|cookie/i;

const advice = `is a secret written out, and would lie in Git: name an environment variable or a file instead, \${env:NAME} or \${file:PATH}`;

/** The places of a request where a secret seems to be written out instead of named; told as complaints. */
export function literalSecrets({
  url,
  headers,
  body,
  username,
  password,
}: WebhookRequest): readonly Complaint[] {
  const isLiteral = (text: string) => text !== '' && !text.includes('${');
  const complain = (where: string): Complaint => ({ where, text: advice });
  return [
    ...Object.entries(headers).flatMap(([name, value]) =>
      telling.test(name) && isLiteral(value) ? [complain(`header ${name}`)] : [],
    ),
    ...(password !== undefined && isLiteral(password)
      ? [complain(`password of ${username ?? 'the user'}`)]
      : []),
    ...secretsInUrl(url)
      .filter(({ value }) => isLiteral(value))
      .map(({ where }) => complain(where)),
    ...secretsInBody(body, 'body').map(complain),
  ];
}

function secretsInUrl(url: string): readonly { readonly where: string; readonly value: string }[] {
  const parameters = [...new URLSearchParams(url.split('?')[1] ?? '')];
  const [, path] = /^https:\/\/hooks\.slack\.com\/services\/(.*)$/i.exec(url) ?? [];
  return [
    ...parameters.flatMap(([name, value]) =>
      telling.test(name) ? [{ where: `${name} in the URL`, value }] : [],
    ),
    ...(path === undefined ? [] : [{ where: 'path of the URL', value: path }]),
  ];
}

function secretsInBody(value: unknown, where: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): readonly string[] => {
    const at = `${where}.${key}`;
    if (typeof member === 'string')
      return telling.test(key) && member !== '' && !member.includes('${') ? [at] : [];
    return secretsInBody(member, at);
  });
}
