import parser from 'yargs-parser';
import { type Complaint, GitpactError } from '../domain/failure.ts';
import { Arguments } from './arguments.ts';
import { type Command, commonOptions, type Option } from './command.ts';
import type { World } from './world.ts';

/**
 * Parses the arguments after a command's name.
 * @throws GitpactError `bad-arguments` with everything that is wrong: unknown options, missing ones, wrong values.
 */
export function parseArguments(command: Command, words: readonly string[], env: World['env']): Arguments {
  const options: Readonly<Record<string, Option>> = { ...command.options, ...commonOptions };
  const argv = withValuesApart(words, options);
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
  for (const [name, option] of Object.entries(options)) {
    const [fromEnv] = (option.env ?? []).flatMap((variable) => env[variable] || []);
    const value = fromEnv ?? option.fallback;
    if (!values.has(name) && value !== undefined) values.set(name, [value]);
  }
  const beside = [...operands, ...(rest as string[])].map(String);
  const complaints = complaintsAbout(command, options, values, beside);
  if (complaints.length > 0 && values.get('help')?.at(-1) !== 'true') {
    throw new GitpactError('bad-arguments', `This is not how \`gitpact ${command.name}\` is called.`, {
      complaints,
      hint: `See \`gitpact ${command.name} --help\`.`,
    });
  }
  return new Arguments(values, beside, argv);
}

/** The words with `-e1.10` as `-e=1.10`: the parser would take some such words for several flags. */
function withValuesApart(
  words: readonly string[],
  options: Readonly<Record<string, Option>>,
): readonly string[] {
  const shorts = Object.values(options).flatMap(({ type, short }) =>
    short !== undefined && type !== 'flag' ? [short] : [],
  );
  const end = words.indexOf('--');
  return words.map((word, index) =>
    (end < 0 || index < end) && /^-[^-=][^=]/.test(word) && shorts.includes(word.charAt(1))
      ? `${word.slice(0, 2)}=${word.slice(2)}`
      : word,
  );
}

function complaintsAbout(
  command: Command,
  options: Readonly<Record<string, Option>>,
  values: ReadonlyMap<string, readonly string[]>,
  operands: readonly string[],
): Complaint[] {
  const complaints: Complaint[] = [];
  for (const name of values.keys()) {
    if (!Object.hasOwn(options, name))
      complaints.push({ where: flag(name), text: `is unknown${suggestion(name, Object.keys(options))}` });
  }
  for (const [name, option] of Object.entries(options)) {
    const given = values.get(name);
    if (!given) {
      if (option.required) complaints.push({ where: flag(name), text: 'is missing' });
      continue;
    }
    if ((option.type === 'text' || option.type === 'number') && given.length > 1)
      complaints.push({ where: flag(name), text: 'is given twice' });
    if (option.type !== 'flag' && option.type !== 'maybe-texts' && given.includes('')) {
      complaints.push({
        where: flag(name),
        text: `needs a value (one that begins with a dash is written ${flag(name)}=-…)`,
      });
    }
    if (option.type === 'number' && !given.every((value) => /^([1-9]\d{0,14})?$/.test(value))) {
      complaints.push({ where: flag(name), text: `must be a whole number from 1 (not "${given.at(-1)}")` });
    }
    const { choices } = option;
    for (const value of given) {
      if (choices && value !== '' && !choices.includes(value)) {
        complaints.push({
          where: flag(name),
          text: `must be one of: ${choices.join(', ')} (not "${value}")`,
        });
      }
    }
  }
  if (command.needsOperands && operands.length === 0) {
    complaints.push({ where: command.operands ?? '', text: 'is missing' });
  }
  if (!command.operands) {
    for (const operand of operands) complaints.push({ where: operand, text: 'is not expected here' });
  }
  return complaints;
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
