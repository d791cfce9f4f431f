import parser from 'yargs-parser';
import type { Complaint } from '../domain/failure.ts';
import { Arguments } from './arguments.ts';
import { replacementFor } from './broker-flags.ts';
import { type Command, type Option, optionsOf } from './command.ts';
import { withEachValueNamed, withValuesApart } from './words.ts';

/** The words of one call, apart. */
export interface Read {
  /** By the options' own names; those that were not given are missing. */
  readonly values: Map<string, readonly string[]>;
  operands: readonly string[];
  readonly argv: readonly string[];
}

/** Takes the words after a command's name apart. */
export function readWords(command: Command, words: readonly string[]): Read {
  const options = optionsOf(command);
  const argv = withEachValueNamed(withValuesApart(words, options), options, command.operands !== undefined);
  return { ...valuesIn(argv, options), argv };
}

/** The arguments of a call, with fallbacks for what is missing; everything that is wrong stands in `complaints`. */
export function judgeWords(
  command: Command,
  { values, operands, argv }: Read,
): { readonly given: Arguments; readonly complaints: readonly Complaint[] } {
  const options = optionsOf(command);
  for (const [name, { fallback }] of Object.entries(options)) {
    if (!values.has(name) && fallback !== undefined) values.set(name, [fallback]);
  }
  const given = new Arguments(values, operands, argv);
  const complaints = [
    ...complaintsAboutNames(options, values),
    ...Object.entries(options).flatMap(([name, option]) =>
      complaintsAboutOption(name, option, values.get(name)),
    ),
    ...complaintsAboutOperands(command, operands),
    ...(command.check?.(given) ?? []),
  ];
  return { given, complaints };
}

function valuesIn(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
): { values: Map<string, readonly string[]>; operands: readonly string[] } {
  const names = (wanted: (option: Option) => boolean) =>
    Object.entries(options).flatMap(([name, option]) => (wanted(option) ? [name] : []));
  const parsed = parser([...argv], {
    alias: Object.fromEntries(
      Object.entries(options).map(([name, { short, also = [] }]) => [
        name,
        [...also, ...(short ? [short] : [])],
      ]),
    ),
    string: names(({ type }) => type !== 'flag'),
    boolean: names(({ type }) => type === 'flag'),
    configuration: {
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'strip-aliased': true,
      'duplicate-arguments-array': true,
      'greedy-arrays': false,
      'populate--': true,
    },
  });
  const {
    _: operands,
    '--': rest = [],
    ...given
  } = parsed as Record<string, unknown> & { _: (string | number)[] };
  const values = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) values.set(name, (Array.isArray(value) ? value : [value]).map(String));
  }
  return { values, operands: [...operands, ...(rest as string[])].map(String) };
}

function complaintsAboutNames(
  options: Readonly<Record<string, Option>>,
  values: ReadonlyMap<string, readonly string[]>,
): Complaint[] {
  const unknown = [...values.keys()].filter((name) => !Object.hasOwn(options, name));
  return unknown.map((name) => ({
    where: flag(name),
    text: replacementFor(name) ?? `is unknown${suggestion(name, Object.keys(options))}`,
  }));
}

function complaintsAboutOption(
  name: string,
  option: Option,
  given: readonly string[] | undefined,
): Complaint[] {
  const complaints: Complaint[] = [];
  const complain = (text: string) => complaints.push({ where: flag(name), text });
  if (!given) {
    if (option.required) complain(`is missing${untold(option)}`);
    return complaints;
  }
  if ((option.type === 'text' || option.type === 'number') && given.length > 1) complain('is given twice');
  if (option.type !== 'flag' && option.type !== 'maybe-texts' && given.includes('')) {
    complain(`needs a value (one that begins with a dash is written ${flag(name)}=-…)`);
  }
  if (option.type === 'number' && !given.every((value) => /^([1-9]\d{0,14})?$/.test(value))) {
    complain(`must be a whole number from 1 (not "${given.at(-1)}")`);
  }
  for (const value of given.filter((value) => value !== '')) {
    if (option.choices && !option.choices.includes(value)) {
      const meant = closest(value, option.choices);
      const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
      complain(`must be one of: ${option.choices.join(', ')} (not "${value}")${hint}`);
    }
    const problem = option.whyNot?.(value);
    if (problem) complain(value.trim() === '' ? problem : `${problem}: ${JSON.stringify(value)}`);
  }
  return complaints;
}

/** Who could have told, and did not. */
function untold({ standIn }: Option): string {
  if (standIn === 'version') return ', and neither the CI nor Git tells it';
  return standIn === 'pacticipant' ? ', and no .gitpact.yaml names it' : '';
}

function complaintsAboutOperands(command: Command, operands: readonly string[]): Complaint[] {
  if (!command.operands) return operands.map((where) => ({ where, text: 'is not expected here' }));
  const isMissing = command.needsOperands && operands.length === 0;
  return isMissing ? [{ where: command.operands, text: 'is missing' }] : [];
}

function flag(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}

function suggestion(name: string, known: readonly string[]): string {
  const nearest = closest(name, known);
  return nearest ? `; did you mean ${flag(nearest)}?` : '';
}

/** The known word that is at most two slips of the finger away, if any. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, slips: slipsBetween(word, candidate) }))
    .filter(({ slips, candidate }) => slips <= Math.min(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  return best?.candidate;
}

function slipsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
