// What goes wrong in ten years: processes die, disks fill up, hosts go away, clocks jump.
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const day = 86_400;
const jumps = [3_600, -3_600, 3 * day, -2 * day, 0, 400 * day, -1, 0];

/** A disk of its own in memory, which can be filled up. */
export class Disk {
  /** @returns undefined where this user may mount none. */
  static mount(folder, size) {
    mkdirSync(folder, { recursive: true });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'pipe' });
    } catch {
      return undefined;
    }
    return new Disk(folder);
  }

  constructor(folder) {
    this.folder = folder;
    process.on('exit', () => execFileSync('umount', ['--lazy', folder]));
  }

  /** Leaves it no room for so many milliseconds. */
  async fillFor(milliseconds) {
    const filler = openSync(join(this.folder, 'filler'), 'a');
    const until = Date.now() + milliseconds;
    while (Date.now() < until) {
      fill(filler);
      await sleep(200);
    }
    closeSync(filler);
    rmSync(join(this.folder, 'filler'));
  }
}

function fill(file) {
  const page = Buffer.alloc(2 ** 20, 1);
  try {
    while (writeSync(file, page) > 0);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
}

/** A clock that those who are given `env` go by; it can be set. Without libfaketime it is the machine's own. */
export class Clock {
  constructor(folder) {
    const library = ['x86_64', 'aarch64']
      .map((cpu) => `/usr/lib/${cpu}-linux-gnu/faketime/libfaketime.so.1`)
      .find(existsSync);
    this.file = join(folder, 'clock');
    this.canJump = library !== undefined;
    this.env = library
      ? {
          LD_PRELOAD: library,
          DONT_FAKE_MONOTONIC: '1',
          FAKETIME_TIMESTAMP_FILE: this.file,
          FAKETIME_CACHE_DURATION: '1',
        }
      : {};
    this.set(0);
  }

  /** @param seconds how far it is from the machine's own. */
  set(seconds) {
    writeFileSync(this.file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  /** Jumps there and back until it is over. */
  async jump(load, every) {
    for (let turn = 0; this.canJump && !load.isOver; turn += 1) {
      await sleep(every);
      this.set(jumps[turn % jumps.length]);
      load.ledger.counts.jumps += 1;
    }
    this.set(0);
  }
}

/** Kills one of the services after the other, sometimes with all they have started, sometimes alone. */
export async function killInTurn(services, load, every) {
  for (let turn = 0; Date.now() + every + 5_000 < load.until; turn += 1) {
    await sleep(every);
    load.ledger.counts.kills += 1;
    const { service, pause } = services[turn % services.length];
    await service.startAgain('SIGKILL', { withChildren: turn % 2 === 0, pause });
  }
}
