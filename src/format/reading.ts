import { GitpactError } from '../domain/failure.ts';
import type { Instant } from '../domain/names.ts';

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** Reads the fields of one stored record strictly: a field of another shape is a `bad-record` naming the file. */
export class Fields {
  readonly #path: string;
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(path: string, value: unknown) {
    this.#path = path;
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw badRecord(path, 'is not an object');
    this.#value = value as Record<string, unknown>;
  }

  /** A required text. */
  text<T extends string>(key: string): T {
    const value = this.#value[key];
    if (typeof value !== 'string') throw badRecord(this.#path, `has no text \`${key}\``);
    return value as T;
  }

  /** A text that may be absent. */
  maybeText<T extends string>(key: string): T | undefined {
    return this.#value[key] === undefined || this.#value[key] === null ? undefined : this.text<T>(key);
  }

  /** A required moment. */
  instant(key: string): Instant {
    const value = this.text<Instant>(key);
    if (!moment.test(value) || Number.isNaN(Date.parse(value))) {
      throw badRecord(this.#path, `has a \`${key}\` that is no moment such as 2026-11-23T16:45:44.123Z`);
    }
    return value;
  }

  /** A moment that may be absent. */
  maybeInstant(key: string): Instant | undefined {
    return this.#value[key] === undefined || this.#value[key] === null ? undefined : this.instant(key);
  }

  /** A required whole number. */
  whole(key: string): number {
    const value = this.#value[key];
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw badRecord(this.#path, `has no whole number \`${key}\``);
    }
    return value;
  }

  /** A truth value; absent is `absent`. */
  flag(key: string, absent = false): boolean {
    const value = this.#value[key] ?? absent;
    if (typeof value !== 'boolean')
      throw badRecord(this.#path, `has a \`${key}\` that is neither true nor false`);
    return value;
  }

  /** A truth value that may be absent. */
  maybeFlag(key: string): boolean | undefined {
    return this.#value[key] === undefined ? undefined : this.flag(key);
  }

  /** A list of records, each read by `read`; absent is empty. */
  list<T>(key: string, read: (fields: Fields) => T): readonly T[] {
    const value = this.#value[key] ?? [];
    if (!Array.isArray(value)) throw badRecord(this.#path, `has a \`${key}\` that is not a list`);
    return value.map((item) => read(new Fields(this.#path, item)));
  }

  /** A list of texts; absent is `absent`. */
  texts(key: string, absent: readonly string[] = []): readonly string[] {
    const value = this.#value[key] ?? absent;
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) {
      throw badRecord(this.#path, `has a \`${key}\` that is not a list of texts`);
    }
    return value;
  }

  /** A list of whole numbers that are not negative; absent is `absent`. */
  wholes(key: string, absent: readonly number[]): readonly number[] {
    const value = this.#value[key] ?? absent;
    if (!Array.isArray(value) || value.some((item) => !Number.isSafeInteger(item) || item < 0)) {
      throw badRecord(this.#path, `has a \`${key}\` that is not a list of whole numbers`);
    }
    return value;
  }

  /** Whatever lies there. */
  anything(key: string): unknown {
    return this.#value[key];
  }
}

/** Parses a JSON file of the store. @throws GitpactError `bad-record` */
export function readJsonFields(path: string, text: string): Fields {
  return new Fields(path, parseJsonFile(path, text));
}

/** Parses a JSON file of the store to plain values. @throws GitpactError `bad-record` */
export function parseJsonFile(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRecord(path, 'is not JSON', cause);
  }
}

/** The failure for a file of the store that does not say what it should. */
export function badRecord(path: string, problem: string, cause?: unknown): GitpactError {
  return new GitpactError('bad-record', `The file ${path} of the contract repository ${problem}.`, {
    hint: 'Was it edited by hand? `gitpact fsck` lists all that is wrong, `git log` shows who changed the file.',
    ...(cause === undefined ? {} : { cause }),
  });
}
