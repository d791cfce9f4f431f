import type { WebhookDescription } from '../decide/webhooks.ts';
import type { Complaint } from '../domain/failure.ts';
import { literalSecrets } from '../query/literal-secrets.ts';

/** Where secrets are kept that must not lie in Git; their names stand there instead, as `${secret:NAME}`. */
export interface Secrets {
  /** Remembers texts by their names. */
  keep(texts: Readonly<Record<string, string>>): Promise<void>;
  /** The secrets of one webhook, by their names: those of another are never told. */
  find(uuid: string): Promise<ReadonlyMap<string, string>>;
}

/** Of all secrets those of one webhook. */
export function ofWebhook(
  uuid: string,
  texts: readonly (readonly [name: string, text: string])[],
): ReadonlyMap<string, string> {
  return new Map(texts.filter(([name]) => name.startsWith(`${uuid}/`)));
}

const telling = /authorization|token|secret|password|api-?key|cookie/i;

/** What no name can be put in the place of: secrets in the URL and the body, which clients read back as they are. */
export function secretsLeft({ request }: WebhookDescription): readonly Complaint[] {
  return literalSecrets(request).map(({ where, text }) => ({ where: `request ${where}`, text }));
}

/**
 * A webhook with names in the place of its literal secrets, and the secrets by these names. A text with a `${…}` in it is
 * a template or a reference and stays; so does one of stars, which stands for what is there already.
 */
export function withoutSecrets(
  uuid: string,
  description: WebhookDescription,
): { readonly description: WebhookDescription; readonly secrets: Readonly<Record<string, string>> } {
  const secrets: Record<string, string> = {};
  const hidden = (field: string, text: string) => {
    if (text.includes('${') || /^\**$/.test(text)) return text;
    secrets[`${uuid}/${field}`] = text;
    return `\${secret:${uuid}/${field}}`;
  };
  const { password, headers, ...request } = description.request;
  return {
    secrets,
    description: {
      ...description,
      request: {
        ...request,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [
            name,
            telling.test(name) ? hidden(`header ${name}`, value) : value,
          ]),
        ),
        ...(password === undefined ? {} : { password: hidden('password', password) }),
      },
    },
  };
}
