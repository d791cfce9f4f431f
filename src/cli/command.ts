import type { Complaint } from '../domain/failure.ts';
import { whyNotAPrefix, whyNotARef } from '../store/location.ts';
import type { Arguments } from './arguments.ts';
import { ignoredOptions } from './broker-flags.ts';
import type { ExitCode, World } from './world.ts';

/** One option of a command, as data. */
export interface Option {
  /**
   * `text` may be given once, `number` too and is whole and positive, `texts` may be given any number of times, `flag`
   * takes no value, `maybe-texts` may be repeated and stand alone.
   */
  readonly type: 'text' | 'number' | 'texts' | 'flag' | 'maybe-texts';
  readonly about: string;
  /** One letter. */
  readonly short?: string;
  /** More values may follow the first: `-t a b`; where the command has operands, only after one of these. */
  readonly several?: true;
  /** Other long names for it. */
  readonly also?: readonly string[];
  readonly required?: boolean;
  /** The values it takes, when there are only these. */
  readonly choices?: readonly string[];
  /** Why a value that is not empty cannot be one; undefined when it can. */
  readonly whyNot?: (value: string) => string | undefined;
  readonly fallback?: string;
  /** Environment variables that stand in for it, in order. */
  readonly env?: readonly string[];
  /** What else stands in for it, where it can be found out. */
  readonly standIn?: StandIn;
}

/**
 * What can be found out when it is not given: settings of the code base's `.gitpact.yaml`, and facts about the commit that
 * is built.
 */
export type StandIn =
  | 'repo'
  | 'ref'
  | 'prefix'
  | 'sign'
  | 'sign-key'
  | 'pacticipant'
  | 'version'
  | 'branch'
  | 'tags'
  | 'build-url'
  | 'repository-url';

/** A command: a declaration and one function of the world. */
export interface Command {
  readonly name: string;
  /** One line, beginning with a verb. */
  readonly about: string;
  /** What may stand after the options, for the usage line: `<file|folder|glob>…`. */
  readonly operands?: string;
  /** At least one of them must be given. */
  readonly needsOperands?: true;
  /** The setting of `.gitpact.yaml` that stands in for them. */
  readonly operandsStandIn?: 'pacts';
  /** Without a `--pacticipant`, this code base's own is meant, in the version that is checked out. */
  readonly ownVersion?: true;
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly (readonly [line: string, about: string])[];
  /** What is wrong with the options together, where each by itself is right. */
  readonly check?: (given: Arguments) => readonly Complaint[];
  /** What is wrong beside the arguments, to be told with what is wrong about them. */
  readonly checkWorld?: (world: World, given: Arguments) => Promise<readonly Complaint[]>;
  readonly run: (world: World, given: Arguments) => Promise<ExitCode>;
}

/** The options that say where the contract repository is. */
export const storeOptions = {
  repo: {
    type: 'text',
    about: 'The contract repository: a folder, or an https, ssh or file URL',
    env: ['GITPACT_REPO'],
    standIn: 'repo',
    fallback: '.',
  },
  ref: {
    type: 'text',
    about: 'The branch the contracts lie on (default: the repository’s own)',
    env: ['GITPACT_REF'],
    standIn: 'ref',
    whyNot: whyNotARef,
  },
  prefix: {
    type: 'text',
    about: 'The folder of the repository they lie in',
    env: ['GITPACT_PREFIX'],
    standIn: 'prefix',
    whyNot: whyNotAPrefix,
  },
  offline: {
    type: 'flag',
    about: 'Ask nothing of a remote repository: read what the cache has, and record nothing',
    env: ['GITPACT_OFFLINE'],
  },
  policy: {
    type: 'text',
    about: 'Leave out what breaks the policy of the contracts, or do not (default: as the policy asks)',
    choices: ['enforce', 'ignore'],
    env: ['GITPACT_POLICY'],
  },
} as const satisfies Record<string, Option>;

/** The options of a command that writes: where, and how its commit is signed. */
export const writingOptions = {
  ...storeOptions,
  sign: {
    type: 'flag',
    about: 'Sign the commit as git does, by ssh or gpg; --no-sign does not (default: git’s commit.gpgsign)',
    env: ['GITPACT_SIGN'],
    standIn: 'sign',
  },
  'sign-key': {
    type: 'text',
    about: 'Sign with this key: a file, key::…, or the id of a gpg key (default: git’s user.signingkey)',
    env: ['GITPACT_SIGN_KEY'],
    standIn: 'sign-key',
  },
} as const satisfies Record<string, Option>;

/** The option for another form of the answer. */
export const outputOption = {
  output: {
    type: 'text',
    short: 'o',
    about: 'How to print the answer',
    choices: ['text', 'json'],
    fallback: 'text',
  },
} as const satisfies Record<string, Option>;

/** One complaint when more than one of these options is given, none otherwise. */
export function onlyOneOf(given: Arguments, names: readonly string[], why: string): readonly Complaint[] {
  const said = names.filter((name) => given.has(name)).map((name) => `--${name}`);
  return said.length > 1 ? [{ where: said.join(', '), text: `cannot be given together: ${why}` }] : [];
}

/** Options every command has. */
export const commonOptions = {
  help: { type: 'flag', about: 'Show this help' },
  debug: { type: 'flag', about: 'Show the stack of an error' },
} as const satisfies Record<string, Option>;

/** Every option that a call of the command may have; of the same name, the command's own counts. */
export function optionsOf(command: Pick<Command, 'options'>): Readonly<Record<string, Option>> {
  return { ...ignoredOptions, ...command.options, ...commonOptions };
}
