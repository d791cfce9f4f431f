import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { bundled, newFolder } from '../e2e/installed.ts';

/** What differs from one telling of a story to the next, or only names a content, and is shown as `…`. */
const varying: Readonly<Record<string, RegExp>> = {
  'the id of a commit or a content': /\b[0-9a-f]{40}\b/g,
  'the id of a commit, cut short': /(?<=^(?: {2})?|\b[cC]ommit )[0-9a-f]{7,8}(?= |$)/gm,
  'a port that was free': /(?<=(?:127\.0\.0\.1|localhost):)\d{4,}/g,
  'how long something took': /\b\d+(?:\.\d+)?m?s(?= (?:loading|verification))/g,
};

/** The text with what varies as `…`, as wide as before in a column of a table. */
function steady(text: string): string {
  return Object.values(varying).reduce(
    (shown, changing) =>
      shown.replace(changing, (match: string, at: number) => {
        const inColumn = /^ *[┆│]/.test(shown.slice(at + match.length));
        return inColumn ? '…'.padEnd(match.length) : '…';
      }),
    text,
  );
}

/** A call of gitpact that needs no shell, as words that are plain or in single quotes. */
const plainCall = /^gitpact(?: (?:[^\s'"$|&;<>()`*?~#\\]|'[^']*')+)*$/;

/** Commands that start programs, which write to the output of the process they run in. */
const startsPrograms = /^gitpact (?:exec|batch|verify)\b/;

const width = 100;
let program: string | undefined;

/** The program as it is installed, but with the clock and the width of a story. */
function storyProgram(): string {
  if (program !== undefined) return program;
  const bin = join(bundled(), 'bin');
  const installed = readFileSync(join(bin, 'gitpact.js'), 'utf8');
  const ofStory = installed
    .replace('new Date()', "new Date(process.env.STORY_NOW ?? '')")
    .replace('process.stdout.columns ?? Number.POSITIVE_INFINITY', String(width));
  program = join(bin, 'of-a-story.js');
  writeFileSync(program, ofStory);
  return program;
}

/**
 * The shell of somebody who follows a story in an empty folder: working folder, variables and `$?` last from one line to
 * the next, and each line is a minute later. A plain call of gitpact runs in this process, every other line in bash, with
 * gitpact on the PATH.
 */
export class Shell {
  readonly #root = realpathSync(newFolder());
  #now = new Date('2026-01-05T09:00:00Z');
  #status = 0;
  #started: number[] = [];
  #env: Readonly<Record<string, string | undefined>>;

  private constructor(port: number) {
    const home = join(this.#root, 'home', 'ada');
    mkdirSync(join(home, 'work'), { recursive: true });
    mkdirSync(join(this.#root, 'bin'));
    const who = (role: string) => ({ [`GIT_${role}_NAME`]: 'Ada', [`GIT_${role}_EMAIL`]: 'ada@example.org' });
    this.#env = {
      PATH: `${join(this.#root, 'bin')}:${process.env.PATH}`,
      HOME: home,
      PWD: join(home, 'work'),
      TZ: 'UTC',
      LC_ALL: 'C.UTF-8',
      PORT: String(port),
      GIT_CONFIG_NOSYSTEM: '1',
      ...who('AUTHOR'),
      ...who('COMMITTER'),
    };
  }

  /** A shell with `PORT` set to a port that is free. */
  static async open(): Promise<Shell> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    server.close();
    await once(server, 'close');
    return new Shell(typeof address === 'object' && address ? address.port : 0);
  }

  /** Goes on at a moment. */
  at(moment: Date): void {
    this.#now = moment;
  }

  /** Writes a file into the working folder. */
  write(path: string, text: string): void {
    const file = resolve(this.#env.PWD ?? '', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs a line and gives what it prints, as a story shows it. */
  async run(line: string): Promise<string> {
    const text = line.replace(/\\\n\s*/g, '');
    const printed =
      plainCall.test(text) && !startsPrograms.test(text)
        ? await this.#inProcess(text)
        : await this.#inBash(text);
    this.#now = new Date(this.#now.getTime() + 60_000);
    return steady(printed.replaceAll(this.#root, '')).replace(/(?<=[^\n])$/, '\n');
  }

  /** Ends what lines have started in the background. */
  close(): void {
    for (const pid of this.#started) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    }
  }

  async #inProcess(line: string): Promise<string> {
    const [, ...words] = line.match(/(?:[^\s']|'[^']*')+/g) ?? [];
    const printed: string[] = [];
    this.#status = await main({
      argv: words.map((word) => word.replaceAll("'", '')),
      env: this.#env,
      cwd: this.#env.PWD ?? '',
      out: (text) => void printed.push(text),
      err: (text) => void printed.push(text),
      now: () => this.#now,
      columns: width,
      colour: false,
    });
    return printed.join('');
  }

  async #inBash(line: string): Promise<string> {
    const command = join(this.#root, 'bin', 'gitpact');
    writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${storyProgram()}' "$@"\n`);
    chmodSync(command, 0o755);
    const output = join(this.#root, 'output');
    const variables = join(this.#root, 'variables');
    const [screen, after] = [openSync(output, 'w'), openSync(variables, 'w')];
    const script = `(exit ${this.#status}); ${line}\nstatus=$?; env -0 >&3; exit $status`;
    const now = this.#now.toISOString();
    const child = spawn('bash', ['-c', script], {
      cwd: this.#env.PWD,
      env: {
        ...this.#env,
        STORY_NOW: now,
        GIT_AUTHOR_DATE: now,
        GIT_COMMITTER_DATE: now,
      },
      stdio: ['ignore', screen, screen, after],
      detached: true,
    });
    if (child.pid !== undefined) this.#started.push(child.pid);
    const [code] = (await once(child, 'exit')) as [number | null];
    closeSync(screen);
    closeSync(after);
    this.#status = code ?? 1;
    const pairs = readFileSync(variables, 'utf8').split('\0').filter(Boolean);
    this.#env = Object.fromEntries(pairs.map((pair) => /^([^=]+)=(.*)$/s.exec(pair)?.slice(1) ?? [pair, '']));
    return readFileSync(output, 'utf8');
  }
}
