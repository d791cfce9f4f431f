/** An answer as it can be given again. */
export interface KeptAnswer {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** Whether it denies something. */
  readonly isNo: boolean;
}

/** How many bytes of answers are kept. */
const mostBytes = 64 * 1024 * 1024;

/** What an answer costs beside its body. */
const answerBytes = 1_000;

/** For how many milliseconds an answer that depends on the clock is kept. */
const timedFor = 5_000;

interface Entry extends KeptAnswer {
  /** By `performance.now()`. */
  readonly until: number;
}

/**
 * Answers about one commit, the newest that was spoken of: the same question about it has the same answer. When they take
 * too much memory, the oldest go.
 */
export class KeptAnswers {
  readonly #budget: number;
  #commit: string | undefined;
  #answers = new Map<string, Entry>();
  #bytes = 0;

  /** @param budget in bytes */
  constructor(budget = mostBytes) {
    this.#budget = budget;
  }

  /** The answer to a question about a commit. */
  find(commit: string, question: string): KeptAnswer | undefined {
    const found = commit === this.#commit ? this.#answers.get(question) : undefined;
    return found && performance.now() < found.until ? found : undefined;
  }

  /** Keeps an answer; one that depends on the clock (`isTimed`) only for seconds. */
  keep(commit: string, question: string, answer: KeptAnswer, isTimed: boolean): void {
    if (commit !== this.#commit) {
      this.#answers = new Map();
      this.#bytes = 0;
      this.#commit = commit;
    }
    this.#forget(question);
    this.#answers.set(question, { ...answer, until: isTimed ? performance.now() + timedFor : Infinity });
    this.#bytes += sizeOf(question, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#budget) break;
      this.#forget(oldest);
    }
  }

  #forget(question: string): void {
    const known = this.#answers.get(question);
    if (!known) return;
    this.#answers.delete(question);
    this.#bytes -= sizeOf(question, known);
  }
}

function sizeOf(question: string, { body }: KeptAnswer): number {
  return answerBytes + 2 * question.length + body.byteLength;
}
