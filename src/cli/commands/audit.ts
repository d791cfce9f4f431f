import { type Audit, audit } from '../../broker/audit.ts';
import type { Broker } from '../../broker/broker.ts';
import { GitpactError } from '../../domain/failure.ts';
import type { CommitId } from '../../domain/names.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { paint } from '../notices.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact audit` */
export const command: Command = {
  name: 'audit',
  about:
    'Look through the history for facts that were removed or edited by other means than gitpact, and for a history that was rewritten',
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
  const told = await withBroker(world, given, (broker) => audited(broker, given.maybe('since')));
  world.out(given.text('output') === 'json' ? jsonOf(told) : textOf(world, told));
  return told.suspects.length === 0 && told.rewritten === undefined ? exitCodes.yes : exitCodes.no;
}

async function audited(broker: Broker, since: string | undefined): Promise<Told> {
  const { store } = broker;
  await broker.ask((now) => now.settings.format);
  const newest = await store.tip();
  try {
    const start = since === undefined ? undefined : await store.resolve(since);
    const range = { ...(newest && { until: newest }), ...(start && { since: start }) };
    return { ...(await audit(store, range)), newest, rewritten: undefined };
  } catch (error) {
    const isGone = error instanceof GitpactError && error.code === 'commit-missing';
    if (!isGone || since === undefined || !/^[0-9a-f]{40}$/.test(since)) throw error;
    const oldest = newest && (await store.history({ from: newest })).at(-1);
    if (oldest?.parent !== undefined) throw archivedElsewhere(since, oldest.parent);
    return { commits: 0, suspects: [], unseen: undefined, newest, rewritten: since };
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

function jsonOf({ commits, newest, rewritten, suspects, unseen }: Told): string {
  const findings = suspects.flatMap(({ step, tamperings }) =>
    tamperings.map(({ path, text }) => ({
      commit: step.id,
      committedAt: step.committedAt,
      author: step.author,
      title: step.title,
      path,
      text,
    })),
  );
  return `${JSON.stringify({
    commits,
    newest,
    ...(rewritten && { rewritten }),
    ...(unseen && { unseen }),
    findings,
  })}\n`;
}

function textOf(world: World, { commits, newest, rewritten, suspects, unseen }: Told): string {
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
  if (suspects.length === 0) return `No fact was tampered with in ${count}${upTo}.\n${rest}`;
  const told = suspects.map(({ step, tamperings }) => {
    const { id, committedAt, author, title } = step;
    const when = committedAt.slice(0, 16).replace('T', ' ');
    const head = `${colours.yellow(id.slice(0, 8))} ${when} ${author.name} <${author.email}>: ${title}`;
    return [head, ...tamperings.map(({ path, text }) => `  ${path} ${text}`)].join('\n');
  });
  return `${told.join('\n\n')}\n\nFacts were tampered with in ${suspects.length} of ${count}${upTo}.\n${rest}`;
}
