import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whatever happens, nothing is left running. */
const groups = new Set();
process.on('exit', () => {
  for (const child of groups) killGroup(child, 'SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** Starts a process and all it will start as a group of their own. */
export function spawnGroup(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true });
  groups.add(child);
  child.once('close', () => groups.delete(child));
  return child;
}

/** Sends a signal to a process and all it has started. */
export function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** A program that is to run until it is ended: killed, stopped or dead of itself, it is started anew. */
export class Service {
  #turn = Promise.resolve();
  #isEnded = false;
  /** How often it ended of itself after it was there. */
  deaths = 0;

  /**
   * @param ready what the program prints when it is there; its first group is kept as `said`. Without it, a program is
   *   there when it runs.
   */
  constructor({ name, argv, env = {}, cwd, ready }) {
    Object.assign(this, { name, argv, env, cwd, ready });
  }

  /** Resolves when it is there; begins anew as long as it ends before. */
  async start() {
    while (!this.#isEnded && !(await this.#hasStarted())) await sleep(500);
    return this;
  }

  async #hasStarted() {
    const [command, ...args] = this.argv;
    this.child = spawnGroup(command, args, {
      env: { ...process.env, ...this.env },
      cwd: this.cwd,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!this.ready) return this.#isUp();
    for await (const chunk of this.child.stdout.iterator({ destroyOnReturn: false })) {
      const [, said] = this.ready.exec(String(chunk)) ?? [];
      if (said === undefined) continue;
      this.said = said;
      this.child.stdout.resume();
      return this.#isUp();
    }
    return false;
  }

  #isUp() {
    const { child } = this;
    child.once('exit', () => {
      if (child !== this.child || this.isStopping) return;
      this.deaths += 1;
      this.said = undefined;
      this.#turn = this.#turn.then(() => sleep(500)).then(() => this.start());
    });
    return true;
  }

  /** Whether it is there now. */
  get isThere() {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Stops it by a signal and starts it anew, one after the other: one that is starting is not killed. */
  startAgain(signal, { withChildren = true, pause = 0 } = {}) {
    this.#turn = this.#turn.then(async () => {
      await this.#stop(signal, withChildren);
      await sleep(pause);
      await this.start();
    });
    return this.#turn;
  }

  async #stop(signal, withChildren) {
    this.said = undefined;
    if (!this.isThere) return;
    this.isStopping = true;
    const ended = once(this.child, 'exit');
    if (withChildren) killGroup(this.child, signal);
    else this.child.kill(signal);
    await ended;
    this.isStopping = false;
  }

  /** Stops it for good, with time to end what it has begun. */
  end(signal = 'SIGTERM') {
    this.#turn = this.#turn.then(() => {
      this.#isEnded = true;
      return this.#stop(signal, false);
    });
    return this.#turn;
  }
}

/** A port of this machine that nobody listens on. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
