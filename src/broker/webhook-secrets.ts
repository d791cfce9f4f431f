import { readFile } from 'node:fs/promises';
import type { WebhookRules } from '../query/webhook-rules.ts';
import { type Reference, referenceText } from '../render/webhook-request.ts';

/** Where the secrets come from that definitions of webhooks name. */
export interface SecretSources {
  /** Absent where neither variables nor files of this machine may be sent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Those that were kept for one webhook when somebody described it: by their names. */
  readonly kept: (uuid: string) => Promise<ReadonlyMap<string, string>>;
}

/** The largest file that is a secret, in bytes. */
const largest = 64 * 1024;

/**
 * The texts of what a webhook's request names. Whoever may describe webhooks decides where they are sent, so variables and
 * files of the one who runs them go only to hosts that the same one has listed, and gitpact's own variables nowhere.
 * @throws Error naming what is not to be had
 */
export async function secretsFor(
  uuid: string,
  references: readonly Reference[],
  { env, kept }: SecretSources,
  rules: WebhookRules,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const ofWebhook = references.some(({ kind }) => kind === 'secret') ? await kept(uuid) : new Map();
  for (const reference of references) {
    const { kind, name } = reference;
    const written = referenceText(reference);
    if (kind !== 'secret' && (!env || rules.hosts.length === 0)) {
      throw new Error(`${written} is only sent to listed hosts, and none is listed (GITPACT_WEBHOOK_HOSTS)`);
    }
    const text =
      kind === 'secret' ? ofWebhook.get(name) : kind === 'env' ? ownOf(env, name) : await fileText(name);
    if (text === undefined || text === '') throw new Error(`${written} is not known here`);
    found.set(written, text);
  }
  return found;
}

function ownOf(env: SecretSources['env'] = {}, name: string): string | undefined {
  return /^GITPACT_/i.test(name) ? undefined : env[name];
}

async function fileText(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined || text.length > largest ? undefined : text.replace(/\r?\n$/, '');
}
