import { type Published, type PublishRefusal, type PublishRequest, publish } from '../../decide/publish.ts';
import { groupBy } from '../../domain/grouping.ts';
import { branchName, type PacticipantName, tagName, versionNumber, whyNotAName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { paths } from '../../format/paths.ts';
import { type GeneratedValue, likelyGenerated } from '../../query/diff-generated.ts';
import { generatedText } from '../../render/diff/diff-generated-text.ts';
import type { HalDocument } from '../../render/hal/document.ts';
import type { Links } from '../../render/hal/links.ts';
import { publishedDocument, refusedDocument } from '../../render/hal/publishing.ts';
import { publishIntent } from '../../render/words/intents.ts';
import {
  type Notice,
  publishedNotices,
  refusalNotices,
  similarNameText,
} from '../../render/words/publishing.ts';
import { answerOption, linksFor, printDocument, wantsDocument } from '../answers.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, writingOptions } from '../command.ts';
import { gitBranchOption, tagsIn } from '../git-branch.ts';
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
      several: true,
      standIn: 'tags',
      whyNot: whyNotAName,
      about: 'A tag to put on the version; several with commas between them',
    },
    ...gitBranchOption,
    'auto-detect-version-properties': {
      type: 'flag',
      short: 'r',
      about: 'Find out the branch and the build URL although the version is given',
    },
    'build-url': { type: 'text', standIn: 'build-url', about: 'Where the build that publishes can be seen' },
    merge: {
      type: 'flag',
      about: 'Add to what this version has published already, where the store’s settings allow it to change',
    },
    validate: { type: 'flag', about: 'Pacts are validated before they are published, with it and without' },
    strict: { type: 'flag', about: 'The same' },
    ...answerOption,
    ...writingOptions,
  },
  examples: [
    ['gitpact publish pacts/*.json -a $(git rev-parse HEAD) --branch main', 'what a consumer build does'],
  ],
  checkWorld: (world, given) => complaintsAboutPactFiles(given.operands, world.cwd),
  run,
};

interface Outcome {
  readonly asked: PublishRequest;
  readonly outcome: Published | PublishRefusal;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const pacts = await readPactFiles(given.operands, world.cwd);
  const groups = [...groupBy(pacts, ({ consumer }) => consumer).values()];
  const version = versionNumber(given.text('consumer-app-version'));
  const branch = given.has('branch') ? branchName(given.text('branch')) : undefined;
  const tags = (await tagsIn(world, given)).flatMap((text) => text.split(',')).map(tagName);
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
          const asked: PublishRequest = {
            ...{ consumer, version, branch, tags, buildUrl: given.maybe('build-url'), at },
            contracts: contracts.map(({ provider, content }) => ({ provider, content, onConflict })),
          };
          return { asked, outcome: publish(draft, asked) };
        });
        if (all.some(({ outcome }) => outcome.kind === 'refused')) draft.reset(before);
        return all;
      },
    );
    const refused = outcomes.some(({ outcome }) => outcome.kind === 'refused');
    const told = refused ? outcomes.filter(({ outcome }) => outcome.kind === 'refused') : outcomes;
    const now = await broker.ask((snapshot) => told.map((one) => noticesOf(one, pacts, snapshot)));
    if (wantsDocument(given)) {
      told.forEach((one, i) => {
        printDocument(world, given, documentOf(linksFor(world), one, now[i] ?? []));
      });
    } else if (refused) {
      world.out(noticeLines(world, now.flat()));
      world.out(generatedText(told.flatMap(generatedIn)));
      world.out('Nothing was published.\n');
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

/** What the API would reply, with what gitpact knows besides: what came of each contract, what looks generated. */
function documentOf(links: Links, { asked, outcome }: Outcome, notices: readonly Notice[]): HalDocument {
  const { consumer, version } = asked;
  if (outcome.kind === 'refused') {
    const generated = generatedIn({ asked, outcome }).map(({ interaction, path, kind }) => ({
      interaction,
      path,
      kind,
    }));
    return { consumer, version, published: false, generated, ...refusedDocument(notices) };
  }
  return {
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
    ...publishedDocument(links, asked, notices),
  };
}
