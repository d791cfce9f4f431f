import { brokerCommands } from './broker-commands.ts';
import type { Command } from './command.ts';

interface Entry {
  readonly about: string;
  readonly load: () => Promise<{ readonly command: Command }>;
  /** The commands of a family, by the word that follows its name. */
  readonly members?: Readonly<Record<string, Entry['load']>>;
}

/** Every command; each is loaded when it is called. */
export const commands: Readonly<Record<string, Entry>> = {
  init: { about: 'Make a contract repository', load: () => import('./commands/init.ts') },
  publish: { about: 'Publish pacts of a consumer version', load: () => import('./commands/publish.ts') },
  verify: {
    about: 'Verify a running provider against the pacts it should honour',
    load: () => import('./commands/verify.ts'),
  },
  'can-i-deploy': {
    about: 'Ask whether a version may be deployed',
    load: () => import('./commands/can-i-deploy.ts'),
  },
  why: {
    about: 'Find the commit that made the answer of can-i-deploy what it is',
    load: () => import('./commands/why.ts'),
  },
  'record-verification': {
    about: 'Record the result of a verification',
    load: () => import('./commands/record-verification.ts'),
  },
  ...brokerCommands,
  matrix: { about: 'Show which versions work together', load: () => import('./commands/matrix.ts') },
  diff: { about: 'Show what changed in a pact', load: () => import('./commands/diff.ts') },
  drift: {
    about: 'Compare pacts that your tests wrote anew with those published',
    load: () => import('./commands/drift.ts'),
  },
  report: {
    about: 'Report for a pull request: what changed, who is affected, can it be merged and deployed',
    load: () => import('./commands/report.ts'),
  },
  log: {
    about: 'Tell the history of a contract, or of the contract repository',
    load: () => import('./commands/log.ts'),
  },
  graph: {
    about: 'Show who consumes whom, and how each pact stands',
    load: () => import('./commands/graph.ts'),
  },
  status: {
    about: 'Show what is where, what is not verified, and what blocks what',
    load: () => import('./commands/status.ts'),
  },
  events: {
    about: 'Show what commits meant: published, changed and verified pacts, deployments',
    load: () => import('./commands/events.ts'),
  },
  'needs-verification': {
    about: 'List the pacts that a live provider version has not verified',
    load: () => import('./commands/needs-verification.ts'),
  },
  notify: {
    about: 'Tell a Git host how a pact stands',
    load: () => import('./commands/notify/notify.ts'),
    members: { 'github-status': () => import('./commands/notify/github-status.ts') },
  },
  webhooks: {
    about: 'Send the webhooks that commits trigger, describe them, and see what became of them',
    load: () => import('./commands/webhooks/webhooks.ts'),
    members: {
      run: () => import('./commands/webhooks/run-webhooks.ts'),
      watch: () => import('./commands/webhooks/watch-webhooks.ts'),
      log: () => import('./commands/webhooks/webhook-log.ts'),
      list: () => import('./commands/webhooks/list-webhooks.ts'),
      test: () => import('./commands/webhooks/try-webhook.ts'),
      create: () => import('./commands/webhooks/create-from-template.ts'),
    },
  },
  serve: {
    about: 'Serve the Pact Broker’s HTTP API',
    load: () => import('./commands/serve.ts'),
  },
  site: {
    about: 'Write the pages into files, for any web server or none',
    load: () => import('./commands/site.ts'),
  },
  exec: {
    about: 'Run a command with a Pact Broker that lives as long as it does',
    load: () => import('./commands/exec.ts'),
  },
  batch: {
    about: 'Make one commit of what all gitpact commands in a command write',
    load: () => import('./commands/batch.ts'),
  },
  'push-pending': {
    about: 'Push what an earlier exec or batch could not',
    load: () => import('./commands/push-pending.ts'),
  },
  completion: {
    about: 'Teach your shell the commands and options of gitpact',
    load: async () => ({ command: (await import('./commands/completion.ts')).commandOf(allCommands) }),
  },
  url: { about: 'Print the raw URL of a pact on its Git host', load: () => import('./commands/url.ts') },
  clean: {
    about: 'Delete versions and branches that nobody needs any more',
    load: () => import('./commands/clean.ts'),
  },
  archive: {
    about: 'Begin the history anew, and keep the old one aside',
    load: () => import('./commands/archive.ts'),
  },
  audit: {
    about: 'Look for facts that were removed or edited by other means, and for commits that break the policy',
    load: () => import('./commands/audit.ts'),
  },
  fsck: { about: 'Check the contract repository', load: () => import('./commands/fsck.ts') },
};

/** The commands one starts with. */
export const first: readonly string[] = ['init', 'publish', 'verify', 'can-i-deploy', 'record-deployment'];

async function allCommands(): Promise<readonly Command[]> {
  const loaders = Object.values(commands).flatMap(({ load, members = {} }) => [
    load,
    ...Object.values(members),
  ]);
  const loaded = await Promise.all(loaders.map((load) => load()));
  return loaded.map(({ command }) => command);
}
