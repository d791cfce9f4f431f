import type { Complaint } from '../domain/failure.ts';
import { whyNotAName } from '../domain/names.ts';
import type { VersionSelector } from '../query/version-selectors.ts';
import { isOption } from './words.ts';

const pacticipantFlags = ['--pacticipant', '-a', '--ignore'];
const versionFlags = [
  '--version',
  '-e',
  '--version-range',
  '--latest',
  '-l',
  '--tag',
  '--branch',
  '--main-branch',
];

/** Which versions the arguments mean: a selector, or the newest version in a range of semantic versions. */
export interface AskedSelector extends VersionSelector {
  readonly range?: string;
}

/**
 * The selectors of `--pacticipant A --version 1 --pacticipant B --latest main --ignore C --version 2`: each option
 * belongs to the pacticipant named before it, which a parser of options forgets, so this reads the arguments in order.
 * `misplaced` are those that stand before any pacticipant.
 */
export function selectorsIn(argv: readonly string[]): {
  readonly selectors: readonly AskedSelector[];
  readonly ignore: readonly AskedSelector[];
  readonly misplaced: readonly string[];
} {
  const selectors: AskedSelector[] = [];
  const ignore: AskedSelector[] = [];
  const misplaced: string[] = [];
  let current: { -readonly [K in keyof AskedSelector]: AskedSelector[K] } | undefined;
  for (const [name, value] of optionsIn(argv)) {
    if (pacticipantFlags.includes(name)) {
      current = { pacticipant: value ?? '' };
      (name === '--ignore' ? ignore : selectors).push(current);
      continue;
    }
    if (!current) {
      if (versionFlags.includes(name)) misplaced.push(name);
      continue;
    }
    if ((name === '--version' || name === '-e') && value !== undefined) current.version = value;
    if (name === '--version-range' && value !== undefined) current.range = value;
    if (name === '--latest' || name === '-l') {
      current.latest = true;
      if (value !== undefined) current.tag = value;
    }
    if (name === '--tag' && value !== undefined) current.tag = value;
    if (name === '--branch' && value !== undefined) {
      current.branch = value;
      current.latest = true;
    }
    if (name === '--main-branch' && value !== 'false') {
      current.mainBranch = true;
      current.latest = true;
    }
  }
  return { selectors, ignore, misplaced };
}

/** What is wrong with the options that say which versions are meant, together. */
export function complaintsAboutSelectors(argv: readonly string[]): readonly Complaint[] {
  const { selectors, ignore, misplaced } = selectorsIn(argv);
  const unclear = misplaced.map((where) => ({
    where,
    text: 'it is not clear whose is meant: put it after the --pacticipant it belongs to',
  }));
  const twice = [...selectors, ...ignore].filter(
    ({ version, latest, range }) => [version, latest, range].filter((said) => said !== undefined).length > 1,
  );
  const toldTwice = twice.map(({ pacticipant }) => ({
    where: pacticipant,
    text: 'is given more than one of a --version, a --version-range and the latest version (of a branch)',
  }));
  return [...unclear, ...toldTwice];
}

/** `--name value`, `--name=value` and `-n value`, in order; a word that begins with a dash is no value. */
function optionsIn(argv: readonly string[]): [name: string, value: string | undefined][] {
  const options: [string, string | undefined][] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const word = argv[i] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') || word === '-') continue;
    const equals = word.indexOf('=');
    if (equals > 0) {
      options.push([word.slice(0, equals), word.slice(equals + 1)]);
      continue;
    }
    const next = argv[i + 1];
    options.push([word, next === undefined || isOption(next) ? undefined : next]);
  }
  return options;
}

/** The options that say which versions are meant, for a command's declaration. */
export const selectorOptions = {
  pacticipant: {
    type: 'texts',
    short: 'a',
    about: 'A pacticipant; the options after it say which version',
    required: true,
    whyNot: whyNotAName,
  },
  version: { type: 'texts', short: 'e', whyNot: whyNotAName, about: 'Its version' },
  'version-range': { type: 'texts', about: 'Its newest version, by semver, in a range such as ^1.2' },
  latest: {
    type: 'maybe-texts',
    short: 'l',
    whyNot: whyNotAName,
    about: 'Its latest version, or the latest with this tag',
  },
  tag: { type: 'texts', whyNot: whyNotAName, about: 'Its versions with this tag' },
  branch: { type: 'texts', whyNot: whyNotAName, about: 'The latest version of this branch of it' },
  'main-branch': { type: 'flag', about: 'The latest version of its main branch' },
  ignore: {
    type: 'texts',
    whyNot: whyNotAName,
    about: 'A pacticipant, or one --version of it, not to look at',
  },
} as const;
