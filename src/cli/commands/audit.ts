import { type Audit, audit, type Suspect } from '../../broker/audit.ts';
import type { Broker } from '../../broker/broker.ts';
import type { Signer } from '../../broker/signers.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { CommitId } from '../../domain/names.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { standingsFor } from '../enforcing.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact audit` */
export const command: Command = {
  name: 'audit',
  about:
    'Look through the history for facts that were removed or edited by other means than gitpact, for commits that break the policy, and for a history that was rewritten',
  options: {
    since: {
      type: 'text',
      about:
        'Begin after this commit, the newest of the last audit: it must still be part of the history (default: the first)',
    },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact audit', 'the whole history; exit code 1 when something was tampered with'],
    ['gitpact audit --since "$LAST"', 'what came since, and that nothing before it was replaced'],
  ],
  run,
};

/** What was found, and up to where. */
interface Told extends Audit {
  readonly newest: CommitId | undefined;
  /** The commit that should be part of the history, and is not. */
  readonly rewritten: string | undefined;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const told = await withBroker(world, given, (broker) => audited(world, given, broker), { asItLies: true });
  world.out(given.text('output') === 'json' ? jsonOf(told) : textOf(world, told));
  return told.suspects.length === 0 && told.rewritten === undefined ? exitCodes.yes : exitCodes.no;
}

async function audited(world: World, given: Arguments, broker: Broker): Promise<Told> {
  const { store } = broker;
  const since = given.maybe('since');
  await broker.ask((now) => now.settings.format);
  const newest = await store.tip();
  try {
    const start = since === undefined ? undefined : await store.resolve(since);
    const range = { ...(newest && { until: newest }), ...(start && { since: start }) };
    const standing = start && (await standingsFor(world, given, store).at(start));
    return { ...(await audit(store, range, world, standing)), newest, rewritten: undefined };
  } catch (error) {
    const isGone = error instanceof GitpactError && error.code === 'commit-missing';
    if (!isGone || since === undefined || !/^[0-9a-f]{40}$/.test(since)) throw error;
    const oldest = newest && (await store.history({ from: newest })).at(-1);
    if (oldest?.parent !== undefined) throw archivedElsewhere(since, oldest.parent);
    return { commits: 0, judged: 0, suspects: [], unseen: undefined, newest, rewritten: since };
  }
}

function archivedElsewhere(since: string, archived: CommitId): GitpactError {
  return new GitpactError(
    'commit-missing',
    `Whether ${since} is part of the history cannot be told: what was archived up to ${archived} is not in this clone.`,
    { hint: `Bring it with ${bringArchives}, then run the same command again.` },
  );
}

const bringArchives = "git fetch origin 'refs/archive/*:refs/archive/*'";

function jsonOf({ commits, judged, newest, rewritten, suspects, unseen }: Told): string {
  const findings = suspects.flatMap((suspect) => {
    const { step, signer, tamperings, breaches } = suspect;
    const about = {
      commit: step.id,
      committedAt: step.committedAt,
      author: step.author,
      committer: step.committer,
      signedBy: signer?.key ? keyOf(signer) : null,
      title: step.title,
    };
    return [
      ...tamperings.map(({ path, text }) => ({ ...about, breaksPolicy: false, path, text })),
      ...breaches.map(({ path, text }) => ({ ...about, breaksPolicy: true, path, text })),
    ];
  });
  return `${JSON.stringify({
    commits,
    judged,
    newest,
    ...(rewritten && { rewritten }),
    ...(unseen && { unseen }),
    findings,
  })}\n`;
}

/** The key that somebody signed with, in one word. */
function keyOf({ key }: Signer): string {
  if (!key) return '';
  return 'ssh' in key ? key.ssh : (key.gpg[0] ?? '');
}

function textOf(world: World, { commits, judged, newest, rewritten, suspects, unseen }: Told): string {
  const colours = paint(world);
  if (rewritten !== undefined) {
    return colours.red(
      `The history was rewritten: ${rewritten} is not part of it any more. ` +
        `Compare it with a copy from before, and look who may replace the branch.\n`,
    );
  }
  const count = commits === 1 ? '1 commit' : `${commits} commits`;
  const upTo = newest === undefined ? '' : ` up to ${newest}`;
  const rest =
    unseen === undefined
      ? ''
      : `What was archived up to ${unseen} is not in this clone and was not looked at: ` +
        `${bringArchives} brings it.\n`;
  const byPolicy = judged === 0 ? '' : `, ${judged} of them by the policy`;
  if (suspects.length === 0) {
    const nobody = judged === 0 ? '' : ', and nobody broke the policy';
    return `No fact was tampered with${nobody} in ${count}${upTo}${byPolicy}.\n${rest}`;
  }
  const told = suspects.map((suspect) => aboutSuspect(suspect, colours.yellow));
  const number = (of: keyof Pick<Suspect, 'tamperings' | 'breaches'>) =>
    suspects.filter((one) => one[of].length > 0).length;
  const sums = [
    ...(number('tamperings') > 0 ? [`Facts were tampered with in ${number('tamperings')}`] : []),
    ...(number('breaches') > 0 ? [`The policy was broken in ${number('breaches')}`] : []),
  ];
  const [first, ...more] = sums.map((sum, index) =>
    index === 0 ? sum : sum[0]?.toLowerCase() + sum.slice(1),
  );
  return `${told.join('\n\n')}\n\n${[first, ...more].join(', ')} of ${count}${upTo}.\n${rest}`;
}

function aboutSuspect(
  { step, signer, tamperings, breaches }: Suspect,
  paintId: (id: string) => string,
): string {
  const { id, committedAt, author, committer, title } = step;
  const when = committedAt.slice(0, 16).replace('T', ' ');
  const head = `${paintId(id.slice(0, 8))} ${when} ${author.name} <${author.email}>: ${title}`;
  const who = breaches.length > 0 ? [`  committed by <${committer.email}>, ${signed(step, signer)}`] : [];
  return [head, ...who, ...[...tamperings, ...breaches].map(({ path, text }) => `  ${path} ${text}`)].join(
    '\n',
  );
}

function signed(step: Suspect['step'], signer: Signer | undefined): string {
  if (signer?.key) return `signed with ${keyOf(signer)}`;
  if (!step.signed) return 'not signed';
  return signer?.isUncertain
    ? 'signed with a key that is not in the keyring here'
    : 'with a signature that cannot be believed';
}
