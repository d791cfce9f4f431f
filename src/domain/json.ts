import { GitpactError } from './failure.ts';

/**
 * JSON without loss: numbers keep their literal (`1.0` is not `1`, `12345678901234567890` is not rounded), objects
 * keep the order of their keys, and `__proto__` is a key like any other. They mean something in a pact.
 */
export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;

/** The items of an array, in order. */
export type JsonArray = readonly JsonValue[];

/** The members of an object in the order of their keys; of a repeated key the last value, at the first place. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** A number as it was written. */
export class JsonNumber {
  /** The literal by the grammar of JSON, such as `-0`, `1.50` or `1e400`. */
  readonly literal: string;

  constructor(literal: string) {
    this.literal = literal;
  }
}

/** Whether this value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

/** Whether this value is an array. */
export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The value under these keys, one object deeper with each; undefined where there is none. */
export function jsonAt(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  let found = value;
  for (const key of keys) found = isJsonObject(found) ? found.get(key) : undefined;
  return found;
}

/** The JSON of a plain value, as `JSON.stringify` sees it. */
export function jsonOf(plain: unknown): JsonValue {
  return parseJson(JSON.stringify(plain) ?? 'null');
}

/** The value as plain objects and numbers: convenient, and lossy where a number is more than a double. */
export function plainOf(value: JsonValue): unknown {
  return JSON.parse(compactJson(value));
}

/**
 * Reads a JSON text (RFC 8259, nothing beyond it); a byte order mark before it is skipped. Takes time linear in the
 * text. `what` names the text in the complaint: `pacts/foo-bar.json`; arrays and objects may lie `maxDepth` deep.
 * @throws GitpactError `bad-json` with line and column (in characters, from 1), also when nested too deeply.
 */
export function parseJson(text: string, what = 'The text', maxDepth = 200): JsonValue {
  return new JsonReader(text, what, maxDepth).document();
}

const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const escapes = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}|)/g;

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

class JsonReader {
  private readonly text: string;
  private readonly what: string;
  private readonly maxDepth: number;
  private at: number;

  constructor(text: string, what: string, maxDepth: number) {
    this.text = text;
    this.what = what;
    this.maxDepth = maxDepth;
    this.at = text.startsWith('\ufeff') ? 1 : 0;
  }

  document(): JsonValue {
    const value = this.value(0);
    if (this.at < this.text.length) this.fail('the end of the text');
    return value;
  }

  /** Reads a value and the white space around it. */
  private value(depth: number): JsonValue {
    const value = this.bare(this.next(), depth);
    this.next();
    return value;
  }

  private bare(first: number, depth: number): JsonValue {
    if (first === quote) return this.string();
    if (first === openBrace) return this.object(this.deeper(depth));
    if (first === openBracket) return this.array(this.deeper(depth));
    if (this.word('true')) return true;
    if (this.word('false')) return false;
    if (this.word('null')) return null;
    number.lastIndex = this.at;
    if (!number.test(this.text)) return this.fail('a value');
    const literal = this.text.slice(this.at, number.lastIndex);
    this.at = number.lastIndex;
    return new JsonNumber(literal);
  }

  private object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    if (this.skip() === closeBrace) return this.closed(members);
    for (;;) {
      if (this.next() !== quote) this.fail('a key in double quotes');
      const key = this.string();
      if (this.next() !== colon) this.fail('a colon after the key');
      this.at += 1;
      members.set(key, this.value(depth));
      if (this.next() === closeBrace) return this.closed(members);
      if (this.next() !== comma) this.fail('a comma or }');
      this.at += 1;
    }
  }

  private array(depth: number): JsonArray {
    const items: JsonValue[] = [];
    if (this.skip() === closeBracket) return this.closed(items);
    for (;;) {
      items.push(this.value(depth));
      if (this.next() === closeBracket) return this.closed(items);
      if (this.next() !== comma) this.fail('a comma or ]');
      this.at += 1;
    }
  }

  private string(): string {
    const start = this.at;
    let escaped = false;
    for (let i = start + 1; ; i += 1) {
      const unit = this.text.charCodeAt(i);
      if (unit === quote) {
        this.at = i + 1;
        return escaped ? this.unescaped(start) : this.text.slice(start + 1, i);
      }
      if (unit === backslash) {
        escaped = true;
        i += 1;
      } else if (!(unit >= 0x20)) {
        this.at = Math.min(i, this.text.length);
        this.fail('the closing quote of a text (control characters must be escaped)');
      }
    }
  }

  private unescaped(start: number): string {
    const literal = this.text.slice(start, this.at);
    for (const { 0: sequence, index } of literal.matchAll(escapes)) {
      if (sequence.length > 1) continue;
      this.at = start + index;
      this.fail('an escape sequence of JSON');
    }
    return JSON.parse(literal) as string;
  }

  private word(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  private deeper(depth: number): number {
    if (depth >= this.maxDepth) this.failDeep();
    return depth + 1;
  }

  private closed<T>(container: T): T {
    this.at += 1;
    return container;
  }

  /** Steps over one character; then like {@link next}. */
  private skip(): number {
    this.at += 1;
    return this.next();
  }

  /** The code unit at the next place that is not white space; NaN at the end. */
  private next(): number {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return unit;
      this.at += 1;
    }
  }

  private failDeep(): never {
    throw new GitpactError(
      'bad-json',
      `${this.what} is nested too deeply: ${this.place()} begins level ${this.maxDepth + 1} of objects and arrays; ${this.maxDepth} are the most.`,
      { hint: 'Data as deep as this is usually generated, or holds itself: give a shorter example.' },
    );
  }

  /** Where the reader is, for people. */
  private place(): string {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
    return `line ${line}, column ${column}`;
  }

  private fail(expected: string): never {
    const point = this.text.codePointAt(this.at);
    const found = point === undefined ? 'the end' : JSON.stringify(String.fromCodePoint(point));
    throw new GitpactError(
      'bad-json',
      `${this.what} is not JSON: ${this.place()}: expected ${expected}, found ${found}.`,
      { hint: 'Correct the JSON there, or write it again with the tool it came from.' },
    );
  }
}

/** How the number is to be written. */
export type NumberWriter = (number: JsonNumber) => string;

const asWritten: NumberWriter = (number) => number.literal;

/**
 * The value without white space, by the rules of Ruby's json (domain.md §5.2): `/` and everything beyond ASCII as
 * they are, lone surrogates escaped. Numbers as they were written, unless `writeNumber` says otherwise.
 */
export function compactJson(value: JsonValue, writeNumber = asWritten): string {
  if (isJsonArray(value)) return `[${value.map((item) => compactJson(item, writeNumber)).join(',')}]`;
  if (isJsonObject(value)) {
    const members: string[] = [];
    for (const [key, member] of value) {
      members.push(`${JSON.stringify(key)}:${compactJson(member, writeNumber)}`);
    }
    return `{${members.join(',')}}`;
  }
  return value instanceof JsonNumber ? writeNumber(value) : JSON.stringify(value);
}

/** The value over several lines, two spaces a level, laid out as `JSON.stringify` does; numbers as written. */
export function prettyJson(value: JsonValue, indent = ''): string {
  const deeper = `${indent}  `;
  const lines: string[] = [];
  if (isJsonArray(value)) {
    for (const item of value) lines.push(deeper + prettyJson(item, deeper));
    return lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n${indent}]`;
  }
  if (isJsonObject(value)) {
    for (const [key, member] of value) {
      lines.push(`${deeper}${JSON.stringify(key)}: ${prettyJson(member, deeper)}`);
    }
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
  }
  return compactJson(value);
}
