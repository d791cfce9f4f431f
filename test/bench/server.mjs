/** Servers to be measured, each a process of its own. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gitpact } from './processes.mjs';
import { spawnGroup } from './service.mjs';

const hello = fileURLToPath(new URL('hello.mjs', import.meta.url));

/** What a plain server can do: hono's, that says hello. */
export const helloWorld = [process.execPath, hello];

/** `gitpact serve` of a repository. */
export const serving = (repo, ...options) => [
  ...gitpact,
  ...['serve', '--repo', repo, '--port', '0', '--log-level', 'warn'],
  ...options,
];

/** A server that runs until it is ended. */
export class Server {
  #child;
  /** Where it listens. */
  url = '';
  /** How long it took until it listened. */
  milliseconds = 0;

  /** Starts a program that says `listening on <url>` when it does. */
  static async start([command, ...args], env = {}) {
    const server = new Server();
    const started = performance.now();
    const child = spawnGroup(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server.#child = child;
    for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
      server.url = /listening on (\S+)/.exec(String(chunk))?.[1] ?? '';
      if (server.url) break;
    }
    server.milliseconds = performance.now() - started;
    if (!server.url) throw new Error(`${args.join(' ')} did not listen`);
    child.stdout.resume();
    return server;
  }

  /** Its memory and its children's in megabytes, where the system tells. */
  get megabytes() {
    return this.#processes.reduce((sum, pid) => sum + privateMegabytes(pid), 0);
  }

  /** The seconds that processors spent on it and its children so far: of other work on the machine they say nothing. */
  get cpuSeconds() {
    return this.#processes.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  }

  get #processes() {
    return [this.#child.pid, ...childrenOf(this.#child.pid)];
  }

  async end() {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
  }
}

function childrenOf(pid) {
  return toldOf(pid, `task/${pid}/children`).split(' ').filter(Boolean);
}

/** What the system tells of a process; nothing of one that has just ended. */
function toldOf(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** What nobody else has: pages of packs that git maps belong to the system's cache of files. */
function privateMegabytes(pid) {
  const [, kilobytes = 0] = /^RssAnon:\s+(\d+)/m.exec(toldOf(pid, 'status')) ?? [];
  return Number(kilobytes) / 1024;
}

/** User and system time; the system counts in hundredths of a second. */
function cpuSecondsOf(pid) {
  const [, user = 0, system = 0] = /^.*\) (?:\S+ ){11}(\d+) (\d+)/.exec(toldOf(pid, 'stat')) ?? [];
  return (Number(user) + Number(system)) / 100;
}
