import type { Complaint } from '../domain/failure.ts';

/** The members of a body. */
export type Members = Readonly<Record<string, unknown>>;

/** Whether a value has members. */
export function hasMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the members of a body and gathers what is wrong with them, in the Pact Broker's words (domain.md §1.2, §5.4). */
export class Fields {
  readonly complaints: Complaint[] = [];
  readonly #members: Members;
  readonly #prefix: string;

  constructor(body: unknown, prefix = '') {
    this.#members = hasMembers(body) ? body : {};
    this.#prefix = prefix;
  }

  /** Whether the member is there, be it null. */
  has(name: string): boolean {
    return Object.hasOwn(this.#members, name);
  }

  /** The member as it came. */
  value(name: string): unknown {
    return this.has(name) ? this.#members[name] : undefined;
  }

  /** Complains of a member. */
  complain(name: string, text: string): void {
    this.complaints.push({ where: this.#prefix + name, text });
  }

  /** A text that must be there; empty after a complaint. */
  required(name: string, ...rules: readonly Rule[]): string {
    if (!this.has(name)) this.complain(name, 'is missing');
    else if (this.value(name) === null || this.value(name) === '') this.complain(name, 'must be filled');
    else return this.#text(name, [...rules, notBlank]) ?? '';
    return '';
  }

  /** A text that may be absent or null; a blank one is complained of. */
  optional(name: string, ...rules: readonly Rule[]): string | undefined {
    if (this.value(name) === undefined || this.value(name) === null) return undefined;
    return this.#text(name, [...rules, notBlank]);
  }

  /** The same, where blank means null. */
  blankable(name: string, ...rules: readonly Rule[]): string | undefined {
    return this.value(name) === '' ? undefined : this.optional(name, ...rules);
  }

  #text(name: string, rules: readonly Rule[]): string | undefined {
    const value = this.value(name);
    if (typeof value !== 'string') {
      this.complain(name, 'must be a string');
      return undefined;
    }
    for (const rule of rules) {
      const complaint = rule(value);
      if (complaint === undefined) continue;
      this.complain(name, complaint);
      return undefined;
    }
    return value;
  }
}

/** Why a text will not do; undefined when it will. */
export type Rule = (text: string) => string | undefined;

/** Something must be in it. */
export const notBlank: Rule = (text) => (text.trim() === '' ? 'cannot be blank' : undefined);

/** No line breaks. */
export const oneLine: Rule = (text) => (/[\n\r]/.test(text) ? 'cannot contain multiple lines' : undefined);

/** One word. */
export const noSpaces: Rule = (text) => (/\s/.test(text) ? 'cannot contain spaces' : undefined);

/** Text that can be stored at all. */
export const wellFormed: Rule = (text) =>
  text.includes('\0') || !text.isWellFormed() ? 'is not well-formed Unicode' : undefined;
