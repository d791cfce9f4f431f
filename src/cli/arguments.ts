/** The arguments of one call, parsed by a command's declaration. */
export class Arguments {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** What stands beside the options. */
  readonly operands: readonly string[];
  /** The arguments as they came, for what depends on their order. */
  readonly argv: readonly string[];

  constructor(
    values: ReadonlyMap<string, readonly string[]>,
    operands: readonly string[],
    argv: readonly string[],
  ) {
    this.#values = values;
    this.operands = operands;
    this.argv = argv;
  }

  /** The value of an option that may be absent. */
  maybe(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  /** The value of an option that is required or has a fallback. */
  text(name: string): string {
    return this.maybe(name) ?? '';
  }

  /** All values of an option that may be repeated. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The value of an option of the type `number`; undefined when it is absent. */
  number(name: string): number | undefined {
    const value = this.maybe(name);
    return value === undefined ? undefined : Number(value);
  }

  /** Whether a flag is set: `--flag`; `--no-flag` unsets it. */
  flag(name: string): boolean {
    return this.maybe(name) === 'true';
  }

  /** Whether an option was given at all. */
  has(name: string): boolean {
    return this.#values.has(name);
  }
}
