import { once } from 'node:events';
import { join } from 'node:path';
import { start } from './installed.ts';

/** A `gitpact serve` that runs. */
export interface Served {
  readonly url: string;
  /** Ends it, as a user does or without a chance to do anything; what it said on standard error. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<string>;
}

/** Starts `gitpact serve` as it was installed in `app`, and waits until it listens. */
export async function startServe(
  app: string,
  folder: string,
  repository: string,
  ...args: readonly string[]
): Promise<Served> {
  const argv = [join(app, 'bin', 'gitpact.js'), 'serve', '--port', '0', '--poll', '1', ...args];
  const { child, ended } = start(process.execPath, argv, { cwd: folder, env: { GITPACT_REPO: repository } });
  let said = '';
  while (child.stdout) {
    const how = await Promise.race([once(child.stdout, 'data'), ended]);
    if (!Array.isArray(how)) throw new Error(`the server did not start: ${how.err}`);
    said += String(how[0]);
    const url = /listening on (\S+)/.exec(said)?.[1];
    if (url === undefined) continue;
    const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
      child.kill(signal);
      return (await ended).err;
    };
    return { url, end };
  }
  throw new Error('the server says nothing');
}

/** Sends JSON as a Pact client does. */
export function sendTo(url: string, method: string, path: string, body: unknown): Promise<Response> {
  const headers = { accept: 'application/hal+json', 'content-type': 'application/json' };
  return fetch(url + path, { method, headers, body: JSON.stringify(body) });
}
