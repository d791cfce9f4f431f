import { connect } from 'node:net';
import { GitpactError } from '../domain/failure.ts';
import type { World } from './world.ts';

const patience = 5_000;

/** Why a text is not the URL of a provider; undefined when it is. */
export function whyNotAProviderUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? undefined : 'must be an http or https URL';
}

/**
 * Makes sure that something listens where the provider should be, so that a provider that did not start is not taken
 * for one that breaks its pacts. Behind a proxy only the verifier can tell.
 * @throws GitpactError `verifier-failed`
 */
export async function requireRunning(baseUrl: string, env: World['env']): Promise<void> {
  if (Object.entries(env).some(([name, value]) => value && /^(https?|all)_proxy$/i.test(name))) return;
  const { hostname, port, protocol } = new URL(baseUrl);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const problem = await whyNoConnection(host, Number(port || (protocol === 'https:' ? 443 : 80)));
  if (problem === undefined) return;
  throw new GitpactError('verifier-failed', `No provider answers at ${baseUrl} (${problem}).`, {
    hint: 'Start the provider first, and check --provider-base-url. Nothing was verified or recorded.',
  });
}

function whyNoConnection(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patience });
    const end = (problem: string | undefined) => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end(`no answer in ${patience / 1000} seconds`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}
