import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { ofWebhook, type Secrets } from './secrets.ts';

/** Secrets in a file that only its owner can read, beside the server's other state and never in Git. */
export function secretsInFile(path: string): Secrets {
  let last: Promise<void> = Promise.resolve();
  return {
    keep: (texts) => {
      const next = last.catch(() => undefined).then(() => add(path, texts));
      last = next;
      return next;
    },
    find: async (uuid) => {
      await last.catch(() => undefined);
      return ofWebhook(uuid, Object.entries(await read(path)));
    },
  };
}

async function add(path: string, texts: Readonly<Record<string, string>>): Promise<void> {
  if (Object.keys(texts).length === 0) return;
  try {
    const all = { ...(await read(path)), ...texts };
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const half = `${path}.${process.pid}.new`;
    await writeFile(half, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
    await rename(half, path);
  } catch (cause) {
    throw new GitpactError('disk-failed', `The secrets of webhooks cannot be kept in ${path}.`, {
      cause,
      hint: 'Name another file with --secrets, or send references to environment variables instead of secrets.',
    });
  }
}

async function read(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
