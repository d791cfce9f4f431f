import { type Published, type PublishRefusal, publish } from '../../decide/publish.ts';
import { groupBy } from '../../domain/grouping.ts';
import { branchName, type PacticipantName, tagName, versionNumber, whyNotAName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { paths } from '../../format/paths.ts';
import { type GeneratedValue, likelyGenerated } from '../../query/diff-generated.ts';
import { generatedText } from '../../render/diff/diff-generated-text.ts';
import { publishIntent } from '../../render/words/intents.ts';
import {
  type Asked,
  publishedNotices,
  refusalNotices,
  similarNameText,
} from '../../render/words/publishing.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, outputOption, storeOptions } from '../command.ts';
import { noticeLines } from '../notices.ts';
import { complaintsAboutPactFiles, type PactFromFiles, readPactFiles } from '../pact-files.ts';
import { withBroker } from '../session.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';

/** `gitpact publish` */
export const command: Command = {
  name: 'publish',
  about: 'Publish pacts of a consumer version, all in one commit',
  operands: '<file|folder|glob>…',
  needsOperands: true,
  operandsStandIn: 'pacts',
  options: {
    'consumer-app-version': {
      type: 'text',
      short: 'a',
      required: true,
      whyNot: whyNotAName,
      about: 'The version of the consumer, best the commit',
      env: ['GITPACT_CONSUMER_APP_VERSION'],
      standIn: 'version',
    },
    branch: {
      type: 'text',
      short: 'h',
      standIn: 'branch',
      whyNot: whyNotAName,
      about: 'The branch of the consumer',
    },
    tag: {
      type: 'texts',
      short: 't',
      standIn: 'tags',
      whyNot: whyNotAName,
      about: 'A tag to put on the version',
    },
    'build-url': { type: 'text', standIn: 'build-url', about: 'Where the build that publishes can be seen' },
    merge: {
      type: 'flag',
      about: 'Add to what this version has published already, where the store’s settings allow it to change',
    },
    ...outputOption,
    ...storeOptions,
  },
  examples: [
    ['gitpact publish pacts/*.json -a $(git rev-parse HEAD) --branch main', 'what a consumer build does'],
  ],
  checkWorld: (world, given) => complaintsAboutPactFiles(given.operands, world.cwd),
  run,
};

interface Outcome {
  readonly asked: Asked;
  readonly outcome: Published | PublishRefusal;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacts = await readPactFiles(given.operands, world.cwd);
  const groups = [...groupBy(pacts, ({ consumer }) => consumer).values()];
  const version = versionNumber(given.text('consumer-app-version'));
  const branch = given.has('branch') ? branchName(given.text('branch')) : undefined;
  const tags = given.texts('tag').map(tagName);
  const onConflict = given.flag('merge') ? 'merge' : 'overwrite';
  return withBroker(world, given, async (broker) => {
    const outcomes = await broker.change(
      publishIntent({
        consumer: groups.map(([pact]) => pact?.consumer).join(', '),
        version,
        branch,
        providers: pacts.map(({ provider }) => provider),
      }),
      (draft, at) => {
        const before = draft.root;
        const all = groups.map((contracts): Outcome => {
          const consumer = contracts[0]?.consumer as PacticipantName;
          const request = { consumer, version, branch, tags, buildUrl: given.maybe('build-url'), at };
          const outcome = publish(draft, {
            ...request,
            contracts: contracts.map(({ provider, content }) => ({ provider, content, onConflict })),
          });
          return { asked: request, outcome };
        });
        if (all.some(({ outcome }) => outcome.kind === 'refused')) draft.reset(before);
        return all;
      },
    );
    const refused = outcomes.some(({ outcome }) => outcome.kind === 'refused');
    const told = refused ? outcomes.filter(({ outcome }) => outcome.kind === 'refused') : outcomes;
    const now = await broker.ask((snapshot) => told.map((one) => noticesOf(one, pacts, snapshot)));
    if (given.text('output') === 'json') {
      world.out(
        `${JSON.stringify(
          told.map((one, i) => jsonOf(one, now[i] ?? [])),
          null,
          2,
        )}\n`,
      );
    } else if (refused) {
      world.err(noticeLines(world, now.flat()));
      world.err(generatedText(told.flatMap(generatedIn)));
      world.err('Nothing was published.\n');
    } else {
      world.out(noticeLines(world, now.flat()));
    }
    return refused ? exitCodes.no : exitCodes.yes;
  });
}

/** What looks generated among the contents that would have changed: the usual reason why they do. */
function generatedIn({ outcome }: Outcome): readonly GeneratedValue[] {
  if (outcome.kind !== 'refused') return [];
  return outcome.conflicts.flatMap(({ before, after }) => likelyGenerated(before, after));
}

function noticesOf({ asked, outcome }: Outcome, pacts: readonly PactFromFiles[], now: Snapshot) {
  if (outcome.kind === 'refused') return refusalNotices(asked, outcome, similarNameText);
  const consumer = pacts.find((pact) => pact.consumer === asked.consumer)?.consumer as PacticipantName;
  return publishedNotices(asked, outcome, {
    pactUrl: (provider) => `${paths.pair(consumer, provider as PacticipantName)}/${paths.rawLatest}`,
    isVerified: (provider) =>
      now.integration(consumer, provider as PacticipantName)?.lastResult !== undefined,
    hasWebhook: () => true,
  });
}

function jsonOf({ asked, outcome }: Outcome, notices: readonly unknown[]) {
  const { consumer, version } = asked;
  const generated = generatedIn({ asked, outcome }).map(({ interaction, path, kind }) => ({
    interaction,
    path,
    kind,
  }));
  return outcome.kind === 'refused'
    ? { consumer, version, published: false, notices, generated }
    : {
        consumer,
        version,
        published: true,
        contracts: outcome.contracts.map(({ provider, sha, revision, result, events }) => ({
          provider,
          sha,
          revision,
          result,
          events: events.map(({ name }) => name),
        })),
        notices,
      };
}
