import type { Option } from './command.ts';

/*
 * Words of a call put so that a parser of options takes them as they are meant.
 */

/** Whether the parser of options takes the word for one, and not for a value: `-1` is a value. */
export function isOption(word: string): boolean {
  return word.startsWith('-') && word !== '-' && !/^-(\d+(\.\d+)?|\.\d+)$/.test(word);
}

/** The words with `-e1.10` as `-e=1.10`: the parser would take some such words for several flags. */
export function withValuesApart(
  words: readonly string[],
  options: Readonly<Record<string, Option>>,
): readonly string[] {
  const shorts = Object.values(options).flatMap(({ type, short }) =>
    short !== undefined && type !== 'flag' ? [short] : [],
  );
  return upToRest(words, (word) =>
    /^-[^-=][^=]/.test(word) && shorts.includes(word.charAt(1))
      ? [`${word.slice(0, 2)}=${word.slice(2)}`]
      : [word],
  );
}

/**
 * The words with `-t a b` as `-t a -t b`, for options that take several values. Where there may be operands, a word counts
 * as one of these values only after the first operand: `publish pact.json -t a b`, but `publish -t a pact.json`.
 */
export function withEachValueNamed(
  words: readonly string[],
  options: Readonly<Record<string, Option>>,
  mayHaveOperands: boolean,
): readonly string[] {
  let named: Option | undefined;
  let flag = '';
  let isValue = false;
  let seesOperand = !mayHaveOperands;
  return upToRest(words, (word) => {
    if (isOption(word)) {
      flag = word;
      named = optionNamed(word, options);
      isValue = !word.includes('=') && named?.type !== 'flag';
      return [word];
    }
    if (isValue) {
      isValue = false;
      return [word];
    }
    if (named?.several && seesOperand) return [flag.replace(/=.*/s, ''), word];
    seesOperand = true;
    return [word];
  });
}

/** The words of a call with its command first: options that every command has may stand before it. */
export function withCommandFirst(
  argv: readonly string[],
  options: Readonly<Record<string, Option>>,
): readonly string[] {
  let at = 0;
  for (let word = argv[0]; word !== undefined && isOption(word); word = argv[at]) {
    const option = optionNamed(word, options);
    if (!option) return argv;
    at += option.type === 'flag' || word.includes('=') ? 1 : 2;
  }
  const command = argv[at];
  return command === undefined ? argv : [command, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

function optionNamed(word: string, options: Readonly<Record<string, Option>>): Option | undefined {
  const name = word.replace(/^--?/, '').replace(/=.*/s, '');
  const [, option] =
    Object.entries(options).find(
      ([long, { short, also = [] }]) => long === name || short === name || also.includes(name),
    ) ?? [];
  return option;
}

/** Each word up to `--` replaced; what follows stays as it is. */
function upToRest(words: readonly string[], replace: (word: string) => readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end < 0 ? words.flatMap(replace) : [...words.slice(0, end).flatMap(replace), ...words.slice(end)];
}
