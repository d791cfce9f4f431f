import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { GitpactError } from '../domain/failure.ts';
import type { Found } from './engine.ts';
import { gitFailure } from './git-failure.ts';
import type { ObjectType } from './objects.ts';
import { cannotStart, type GitProgram, startGit } from './run-git.ts';

interface Request {
  readonly names: readonly string[];
  readonly found: Found[];
  readonly resolve: (found: Found[]) => void;
  readonly reject: (error: unknown) => void;
}

/** One running `git cat-file` and those who wait for its answers, in order. */
interface Session {
  readonly child: ChildProcessWithoutNullStreams;
  readonly waiting: Request[];
}

/**
 * Reads objects from one long-lived `git cat-file`, started by the first read. Names are ids or anything else git
 * resolves; a name must not contain a newline.
 */
export class ObjectReader {
  readonly #git: GitProgram;
  readonly #gitDir: string;
  /** Git before 2.36 knows no `--batch-command`; `--batch` answers the same, with a flush for each object. */
  #batchCommand = true;
  #session: Session | undefined;

  constructor(git: GitProgram, gitDir: string) {
    this.#git = git;
    this.#gitDir = gitDir;
  }

  /** The objects of these names, in order. @throws GitpactError `git-failed`, `store-damaged` */
  read(names: readonly string[]): Promise<Found[]> {
    if (names.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.#session ??= this.#start();
      this.#ask(this.#session, { names, found: [], resolve, reject });
    });
  }

  /**
   * Ends the child, after it has answered what was asked; a later read starts another. Nobody waits for a child that has
   * nothing left to do: it holds nothing that another could miss, and is gone a few milliseconds later.
   */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (!session) return;
    const { child, waiting } = session;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.stdin.end();
    if (waiting.length > 0) await ended;
    child.stdout.destroy();
    child.stderr.destroy();
    child.unref();
  }

  #ask({ child, waiting }: Session, request: Request): void {
    waiting.push(request);
    const { names } = request;
    const lines = this.#batchCommand ? [...names.map((name) => `contents ${name}`), 'flush'] : names;
    child.stdin.write(`${lines.join('\n')}\n`);
  }

  #start(): Session {
    const mode = this.#batchCommand ? ['--batch-command', '--buffer'] : ['--batch'];
    const child = startGit(this.#git, { args: ['cat-file', ...mode], gitDir: this.#gitDir });
    const session: Session = { child, waiting: [] };
    const answers = new AnswerParser((found) => take(session, found));
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => answers.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString('utf8');
    });
    child.on('error', (cause) => this.#fail(session, cannotStart(this.#git, cause)));
    child.on('close', (code) => {
      if (code === 129 && this.#batchCommand) this.#fallBack(session);
      else this.#fail(session, gitFailure('read from', stderr));
    });
    return session;
  }

  #fallBack(session: Session): void {
    this.#batchCommand = false;
    this.#session = this.#start();
    for (const request of session.waiting) this.#ask(this.#session, request);
  }

  #fail(session: Session, error: GitpactError): void {
    if (this.#session === session) this.#session = undefined;
    for (const request of session.waiting.splice(0)) request.reject(error);
  }
}

function take({ waiting }: Session, found: Found): void {
  const [request] = waiting;
  if (!request) return;
  request.found.push(found);
  if (request.found.length < request.names.length) return;
  waiting.shift();
  request.resolve(request.found);
}

/** Cuts the output of `cat-file` into answers: `<oid> <type> <size>`, the content, a newline; or `<name> missing`. */
class AnswerParser {
  readonly #answer: (found: Found) => void;
  #chunks: Buffer[] = [];
  #length = 0;
  /** How many bytes the next step needs, as far as that is known. */
  #need = 1;

  constructor(answer: (found: Found) => void) {
    this.#answer = answer;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length < this.#need) return;
    const data = Buffer.concat(this.#chunks);
    const used = this.#parse(data);
    const rest = data.subarray(used);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  #parse(data: Buffer): number {
    let at = 0;
    this.#need = 1;
    for (;;) {
      const end = data.indexOf(0x0a, at);
      if (end < 0) return at;
      const line = data.toString('utf8', at, end);
      const [, oid, type, size] = /^([0-9a-f]{40}) (blob|tree|commit|tag) (\d+)$/.exec(line) ?? [];
      if (oid === undefined) {
        this.#answer(line.endsWith(' ambiguous') ? 'ambiguous' : 'missing');
        at = end + 1;
        continue;
      }
      const last = end + 1 + Number(size);
      if (data.length < last + 1) {
        this.#need = last + 1 - at;
        return at;
      }
      this.#answer({ oid, type: type as ObjectType, data: data.subarray(end + 1, last) });
      at = last + 1;
    }
  }
}
