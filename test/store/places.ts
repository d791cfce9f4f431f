import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import type { Store } from '../../src/store/port.ts';
import { type GitServer, startGitServer } from '../helpers/git-server.ts';
import { makeBare, makeWorkTree } from '../helpers/repository.ts';

const made: string[] = [];
const servers: GitServer[] = [];

afterAll(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder of its own, gone after the tests of this file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-test-'));
  made.push(folder);
  return folder;
}

/** The environment of this machine for somebody it knows nothing of. */
export function env(more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const home = newFolder();
  return { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache'), ...more };
}

/** An empty bare repository. */
export async function bareRepository(): Promise<string> {
  const folder = newFolder();
  await makeBare(folder);
  return folder;
}

/** A store, in an environment of its own unless one is given. */
export function openAt(
  options: Partial<StoreOptions> & { readonly repository: string },
  variables: Readonly<Record<string, string>> = {},
): Promise<Store> {
  return openStore({ env: env(variables), cwd: '/', freshFor: 0, ...options });
}

/** An empty bare repository behind a Git server of its own. */
export async function servedRepository(): Promise<{ url: string; folder: string; server: GitServer }> {
  const folder = await bareRepository();
  const server = await startGitServer(dirname(folder));
  servers.push(server);
  return { url: `${server.url}/${basename(folder)}`, folder, server };
}

/** A repository with a work tree, its branch main checked out and without a commit. */
export async function workTree(): Promise<string> {
  const folder = newFolder();
  await makeWorkTree(folder);
  return folder;
}

/** A command in place of `ssh` that runs what it is asked to on this machine, whatever the host. */
export function sshWithoutHost(): string {
  const script = join(newFolder(), 'ssh');
  writeFileSync(script, '#!/bin/sh\nfor last; do :; done\nexec sh -c "$last"\n', { mode: 0o755 });
  return script;
}

/** Runs `use` as somebody to whom permissions apply: the superuser, for whom they do not, becomes another. */
export async function asOrdinaryUser(use: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return use();
  for (const folder of made) chmodSync(folder, 0o755);
  const nobody = 65534;
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
  try {
    await use();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}
