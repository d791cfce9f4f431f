import { posix, relative, resolve, sep } from 'node:path';
import type { Command, Option, StandIn } from './command.ts';
import { type CommitFacts, commitFacts, type Fact } from './commit-facts.ts';
import { type Read, readWords } from './parsing.ts';
import { type ProjectFile, readProjectFile, ruleFor } from './project-file.ts';
import { selectorOptions } from './version-arguments.ts';
import type { World } from './world.ts';

/** Variables that stand in for every option of their kind. */
const variables: Partial<Record<StandIn, string>> = {
  pacticipant: 'GITPACT_PACTICIPANT',
  version: 'GITPACT_APP_VERSION',
  branch: 'GITPACT_BRANCH',
  'build-url': 'GITPACT_BUILD_URL',
  'repository-url': 'GITPACT_REPOSITORY_URL',
};

/** The environment variables that stand in for an option, in order. */
export function variablesFor({ env = [], standIn }: Option): readonly string[] {
  const shared = standIn && variables[standIn];
  return shared === undefined ? env : [...env, shared];
}

/**
 * The words of a call with what they leave out, from the first that knows it: an environment variable, the nearest
 * `.gitpact.yaml`, the CI, Git. Of the commit nothing is guessed when its version was given, unless that is asked for by
 * `--auto-detect-version-properties`. What was guessed is told on standard error.
 * @throws GitpactError what is wrong with `.gitpact.yaml`
 */
export async function completeWords(command: Command, words: readonly string[], world: World): Promise<Read> {
  const read = readWords(command, words);
  const isAnother = isNamed(command, read, 'pacticipant');
  fromEnvironment(command, read, world.env);
  const file = needsFile(command, read) ? await readProjectFile(world.cwd) : undefined;
  if (file) fromFile(command, read, file, world.cwd);
  if (command.ownVersion && !read.values.has('pacticipant')) return ownVersion(command, words, world, file);
  if (isAboutThisCommit(command, read, isAnother)) await guess(command, read, world, file);
  return read;
}

function isNamed({ options }: Command, { values }: Read, as: StandIn): boolean {
  return Object.entries(options).some(([name, { standIn }]) => standIn === as && values.has(name));
}

/** Whether what is guessed would be true of what the call is about: of a version, or of a pacticipant alone. */
function isAboutThisCommit(command: Command, read: Read, isAnother: boolean): boolean {
  const hasVersion = Object.values(command.options).some(({ standIn }) => standIn === 'version');
  if (!hasVersion) return !isAnother;
  const isAsked = read.values.get('auto-detect-version-properties')?.at(-1) === 'true';
  return isAsked || !isNamed(command, read, 'version');
}

function fromEnvironment(command: Command, { values }: Read, env: World['env']): void {
  for (const [name, option] of Object.entries(command.options)) {
    const [value] = variablesFor(option).flatMap((variable) => env[variable] || []);
    if (values.has(name) || value === undefined) continue;
    const isOn = !/^(0|false|no|off)$/i.test(value);
    values.set(name, [option.type === 'flag' ? String(isOn) : value]);
  }
}

function missing(command: Command, { values }: Read): [name: string, standIn: StandIn][] {
  return Object.entries(command.options).flatMap(([name, { standIn }]): [string, StandIn][] =>
    standIn === undefined || values.has(name) ? [] : [[name, standIn]],
  );
}

function needsFile(command: Command, read: Read): boolean {
  return missing(command, read).length > 0 || command.operandsStandIn !== undefined;
}

function fromFile(command: Command, read: Read, file: ProjectFile, cwd: string): void {
  const isItsRepository = file.repo === undefined || !read.values.has('repo');
  const told: Partial<Record<StandIn, string | undefined>> = {
    repo: file.repo,
    ...(isItsRepository ? { ref: file.ref, prefix: file.prefix } : {}),
    ...(read.values.has('sign') ? {} : { sign: file.sign, 'sign-key': file.signKey }),
    pacticipant: file.pacticipant,
  };
  for (const [name, standIn] of missing(command, read)) {
    const value = told[standIn];
    if (value !== undefined) read.values.set(name, [value]);
  }
  if (command.operandsStandIn === 'pacts' && read.operands.length === 0) {
    read.operands = file.pacts.map((pact) => {
      const path = relative(cwd, resolve(file.folder, pact)).split(sep).join(posix.sep);
      return path === '' ? '.' : path;
    });
  }
}

/** What is missing about the commit, from the CI or else from Git. */
async function guess(
  command: Command,
  read: Read,
  world: World,
  file: ProjectFile | undefined,
): Promise<void> {
  const wanted = missing(command, read);
  const names = new Set<string>(wanted.map(([, standIn]) => (standIn === 'tags' ? 'branch' : standIn)));
  const asked = commitFacts.filter((name) => names.has(name));
  if (asked.length === 0) return;
  const facts = await factsOf(asked, world);
  const rule = facts.branch && file && ruleFor(facts.branch.value, file.branches);
  const recorded = asRecorded(facts, file?.branches ?? []);
  for (const [name, standIn] of wanted) {
    const found = standIn === 'tags' ? rule?.tags : recorded[standIn as keyof CommitFacts]?.value;
    if (found !== undefined && found.length > 0)
      read.values.set(name, typeof found === 'string' ? [found] : found);
  }
  tell(world, recorded, new Set(wanted.map(([, standIn]) => standIn)), rule?.tags ?? []);
}

/** The facts with the branch by the name that `.gitpact.yaml` has it recorded as. */
function asRecorded(facts: CommitFacts, rules: ProjectFile['branches']): CommitFacts {
  const as = facts.branch && ruleFor(facts.branch.value, rules)?.as;
  if (!facts.branch || as === undefined) return facts;
  return { ...facts, branch: { value: as, from: `${facts.branch.value} by .gitpact.yaml` } };
}

async function factsOf(asked: readonly (keyof CommitFacts)[], world: World): Promise<CommitFacts> {
  const [{ factsOfCi }, { factsOfGit }] = await Promise.all([
    import('./ci-facts.ts'),
    import('./git-facts.ts'),
  ]);
  const ofCi = await factsOfCi(world);
  const isEnough = asked.every(
    (name) => ofCi[name] || (name === 'branch' && ofCi.version) || name === 'build-url',
  );
  if (isEnough) return ofCi;
  const { branch, ...ofGit } = await factsOfGit(world);
  // A CI that names no branch builds none, such as a tag.
  return { ...ofGit, ...(branch && !ofCi.version ? { branch } : {}), ...ofCi };
}

function tell(world: World, facts: CommitFacts, wanted: ReadonlySet<StandIn>, tags: readonly string[]): void {
  const said = commitFacts.flatMap((name) => {
    const fact: Fact | undefined = wanted.has(name) ? facts[name] : undefined;
    return fact ? [`${name.replace('-url', ' URL')} ${fact.value} (from ${fact.from})`] : [];
  });
  if (wanted.has('tags') && tags.length > 0) said.push(`tags ${tags.join(', ')} (by .gitpact.yaml)`);
  if (said.length > 0) world.err(`gitpact: ${said.join(', ')}\n`);
}

/** The call with the pacticipant of this code base, in the version that is checked out unless another is named. */
async function ownVersion(
  command: Command,
  words: readonly string[],
  world: World,
  file: ProjectFile | undefined,
): Promise<Read> {
  const pacticipant = world.env[variables.pacticipant ?? ''] || file?.pacticipant;
  const read = readWords(command, words);
  const isVersionNamed = Object.keys(selectorOptions).some(
    (name) => name !== 'pacticipant' && name !== 'ignore' && read.values.has(name),
  );
  const own: string[] = [];
  if (pacticipant !== undefined) {
    own.push(`--pacticipant=${pacticipant}`);
    const version = isVersionNamed ? undefined : await versionHere(world);
    if (version !== undefined) own.push(`--version=${version}`);
  }
  const whole = readWords(command, [...own, ...words]);
  fromEnvironment(command, whole, world.env);
  if (file) fromFile(command, whole, file, world.cwd);
  return whole;
}

/** The branch of the commit that is built, by a variable, the CI or Git; which of them is told on standard error. */
export async function branchHere(world: World): Promise<string | undefined> {
  const named = world.env[variables.branch ?? ''];
  if (named) return named;
  const { branch } = await factsOf(['branch'], world);
  if (branch) tell(world, { branch }, new Set(['branch']), []);
  return branch?.value;
}

/**
 * The version and the branch of the commit that is built, as a publication would record them, by variables, the CI or Git;
 * what was found out by the last two is told on standard error.
 */
export async function commitHere(
  world: World,
): Promise<{ readonly version: string | undefined; readonly branch: string | undefined }> {
  const [version, branch] = [world.env[variables.version ?? ''], world.env[variables.branch ?? '']];
  if (version && branch) return { version, branch };
  const facts = version ? {} : await factsOf(['version', 'branch'], world);
  const rules = (await readProjectFile(world.cwd))?.branches ?? [];
  const recorded = asRecorded(facts, rules);
  tell(world, recorded, new Set(branch ? ['version'] : ['version', 'branch']), []);
  return { version: version || recorded.version?.value, branch: branch || recorded.branch?.value };
}

async function versionHere(world: World): Promise<string | undefined> {
  const named = world.env[variables.version ?? ''];
  if (named) return named;
  const { version } = await factsOf(['version'], world);
  if (version) tell(world, { version }, new Set(['version']), []);
  return version?.value;
}
