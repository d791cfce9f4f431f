import { type Complaint, type FailureCode, GitpactError } from '../domain/failure.ts';
import { similarNames } from '../domain/similar-names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import {
  asPacticipantName,
  findBranch,
  findVersion,
  knowsEnvironment,
  knowsPacticipant,
} from '../query/asked.ts';
import { both } from '../query/both.ts';
import { notFoundStatus } from './asked-things.ts';
import { closest } from './parsing.ts';

/** What a command names and needs to be there already. */
export interface NamesMeant {
  readonly pacticipants?: readonly string[];
  readonly versions?: readonly { readonly pacticipant: string; readonly number: string }[];
  readonly branches?: readonly { readonly pacticipant: string; readonly name: string }[];
  readonly environments?: readonly string[];
  /** What the command offers to do about a version that is not there, as a sentence. */
  readonly otherwise?: string;
  /** Tells the status of a Pact Broker, too. */
  readonly tellsStatus?: true;
}

interface Unknown {
  readonly code: FailureCode;
  readonly sentence: string;
  /** Names that exist and were probably meant. */
  readonly near: readonly string[];
  /** How to make what is not there. */
  readonly remedy: string;
}

/**
 * Makes sure that everything a command names is there.
 * @throws GitpactError `pacticipant-missing`, `version-missing`, `environment-missing`: of several, the first, with
 *   complaints about all; the hint tells the names that were probably meant, and how to make new ones.
 * @throws NotLoaded
 */
export function requireKnown(now: Snapshot, names: NamesMeant): void {
  const { pacticipants = [], versions = [], branches = [], environments = [], otherwise } = names;
  const named = [...new Set([...pacticipants, ...[...versions, ...branches].map((one) => one.pacticipant)])];
  const [inPairs, elsewhere] = both(
    () => [
      ...named.filter((name) => !knowsPacticipant(now, name)).map((name) => pacticipant(now, name)),
      ...versions.flatMap((version) => unknownVersion(now, version, otherwise)),
      ...branches.flatMap((branch) => unknownBranch(now, branch)),
    ],
    () => environments.filter((name) => !knowsEnvironment(now, name)).map((name) => environment(now, name)),
  );
  const unknown = [...inPairs, ...elsewhere];
  const [first] = unknown;
  if (first) throw refusal(first, unknown, names.tellsStatus ? [notFoundStatus] : []);
}

function refusal(first: Unknown, unknown: readonly Unknown[], status: readonly Complaint[]): GitpactError {
  const sentences = unknown.map(({ sentence }): Complaint => ({ where: '', text: sentence }));
  const complaints = [...sentences, ...status];
  const near = unknown.flatMap((one) => one.near);
  const meant = near.length > 0 ? [`Did you mean ${near.map((name) => `"${name}"`).join(', ')}?`] : [];
  const hint = [...meant, ...new Set(unknown.map(({ remedy }) => remedy))].join(' ');
  return new GitpactError(first.code, first.sentence, { complaints, hint });
}

function pacticipant(now: Snapshot, name: string): Unknown {
  return {
    code: 'pacticipant-missing',
    sentence: `Pacticipant ${name} not found.`,
    near: nearNames(name, now.pacticipantNames()),
    remedy: 'A pacticipant is made by publishing a pact of it, with `gitpact publish`.',
  };
}

function unknownVersion(
  now: Snapshot,
  { pacticipant, number }: { pacticipant: string; number: string },
  otherwise = 'Publish its pacts or verification results first: that is what makes a version known.',
): Unknown[] {
  const name = asPacticipantName(pacticipant);
  if (name === undefined || !now.hasPacticipant(name) || findVersion(now, name, number)) return [];
  const latest = now.latestVersion(name)?.number;
  const newest = latest === undefined ? '' : ` The newest version of ${name} is ${latest}.`;
  return [
    {
      code: 'version-missing',
      sentence: `No version ${number} of ${pacticipant} found.`,
      near: [],
      remedy: `${otherwise}${newest}`,
    },
  ];
}

function unknownBranch(
  now: Snapshot,
  { pacticipant, name }: { pacticipant: string; name: string },
): Unknown[] {
  const of = asPacticipantName(pacticipant);
  if (of === undefined || !now.hasPacticipant(of) || findBranch(now, of, name)) return [];
  const known = now.branches(of).map((branch) => branch.name);
  return [
    {
      code: 'branch-missing',
      sentence: `No branch ${name} of ${pacticipant} found.`,
      near: nearNames(name, known),
      remedy: `A branch is made by publishing with --branch.${known.length > 0 && known.length <= 10 ? ` There are: ${known.join(', ')}.` : ''}`,
    },
  ];
}

function environment(now: Snapshot, name: string): Unknown {
  const known = now.environments().map((other) => other.name);
  const there = known.length > 0 && known.length <= 10 ? ` There are: ${known.join(', ')}.` : '';
  return {
    code: 'environment-missing',
    sentence: `Environment with name '${name}' does not exist.`,
    near: nearNames(name, known),
    remedy: `Make it with \`gitpact create-environment --name ${name}\`.${there}`,
  };
}

/** The names that somebody who typed this one probably meant: the same words, or one slip of the finger away. */
function nearNames(name: string, known: readonly string[]): readonly string[] {
  const slip = closest(name.toLowerCase(), [...new Set(known.map((one) => one.toLowerCase()))]);
  const near = known.filter((one) => one.toLowerCase() === slip);
  return [...new Set([...near, ...similarNames(name, known)])].slice(0, 3);
}
