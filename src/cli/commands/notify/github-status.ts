import { proxiesOf } from '../../../broker/webhook-proxy.ts';
import { send } from '../../../broker/webhook-sending.ts';
import { type Complaint, GitpactError } from '../../../domain/failure.ts';
import type { VerificationResult } from '../../../domain/records.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { gather } from '../../../domain/tree.ts';
import { currentPublications } from '../../../domain/version.ts';
import { findVersion } from '../../../query/asked.ts';
import { pactOf } from '../../../query/publications.ts';
import { findLatestResultFor } from '../../../query/verification-status.ts';
import { wentWell } from '../../../render/webhook-log.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, storeOptions } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { programVersion } from '../../program-version.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact notify github-status` */
export const command: Command = {
  name: 'notify github-status',
  about: 'Set the status of the consumer’s commit on GitHub: for each provider, whether it honours the pact',
  options: {
    pacticipant: { type: 'text', short: 'a', required: true, standIn: 'pacticipant', about: 'The consumer' },
    version: { type: 'text', short: 'e', required: true, standIn: 'version', about: 'Its version' },
    repository: {
      type: 'text',
      required: true,
      whyNot: (text) => (/^[\w.-]+\/[\w.-]+$/.test(text) ? undefined : 'must be owner/name'),
      about: 'The repository of its code',
      env: ['GITHUB_REPOSITORY'],
    },
    commit: {
      type: 'text',
      whyNot: whyNotACommit,
      about: 'The commit (default: the version, where it is one)',
    },
    'api-url': {
      type: 'text',
      about: 'Where GitHub is',
      env: ['GITHUB_API_URL'],
      fallback: 'https://api.github.com',
    },
    ...storeOptions,
  },
  examples: [
    [
      'gitpact notify github-status',
      'in a workflow with `permissions: statuses: write`; GITHUB_TOKEN sets it',
    ],
  ],
  check: complaints,
  run,
};

function whyNotACommit(text: string): string | undefined {
  return /^[0-9a-f]{40}$/.test(text) ? undefined : 'must be a commit of 40 hex digits';
}

function complaints(given: Arguments): readonly Complaint[] {
  const version = given.maybe('version');
  const isKnown = given.has('commit') || version === undefined || !whyNotACommit(version);
  return isKnown ? [] : [{ where: '--commit', text: 'is missing: the version is not a commit' }];
}

/** What GitHub is told of one provider. */
interface Status {
  readonly state: 'pending' | 'success' | 'failure';
  readonly context: string;
  readonly description: string;
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const token = world.env.GITHUB_TOKEN ?? '';
  if (token === '') {
    throw new GitpactError('bad-arguments', 'GITHUB_TOKEN is not set, so GitHub would not listen.', {
      hint: `In a workflow: env: GITHUB_TOKEN: \${{ github.token }}, and permissions: statuses: write.`,
    });
  }
  const statuses = await withBroker(world, given, (broker) => broker.ask((now) => statusesOf(now, given)));
  for (const status of statuses) {
    await set(world, given, token, status);
    world.out(`${status.context}: ${status.state}, ${status.description}\n`);
  }
  if (statuses.length === 0) world.out('The version has no pacts.\n');
  return exitCodes.yes;
}

function statusesOf(now: Snapshot, given: Arguments): readonly Status[] {
  const name = given.text('pacticipant');
  requireKnown(now, { pacticipants: [name] });
  const pacticipant = now.pacticipantNames().find((known) => known === name);
  const version = pacticipant && findVersion(now, pacticipant, given.text('version'));
  return gather(version ? currentPublications(version) : [], (publication) => {
    const result = version && findLatestResultFor(now, pactOf(version, publication));
    return statusOf(publication.provider, result);
  });
}

function statusOf(provider: string, result: VerificationResult | undefined): Status {
  const context = `pact: ${provider}`;
  if (!result) return { state: 'pending', context, description: 'not verified yet' };
  const { success, providerVersion } = result;
  const description = `${success ? 'verified' : 'not honoured'} by ${providerVersion}`.slice(0, 140);
  return { state: success ? 'success' : 'failure', context, description };
}

async function set(world: World, given: Arguments, token: string, status: Status): Promise<void> {
  const commit = given.maybe('commit') ?? given.text('version');
  const url = `${given.text('api-url').replace(/\/+$/, '')}/repos/${given.text('repository')}/statuses/${commit}`;
  const headers = {
    accept: 'application/vnd.github+json',
    'content-type': 'application/json',
    'user-agent': `gitpact v${programVersion()}`,
    authorization: `Bearer ${token}`,
  };
  const hosts = URL.canParse(url) ? [new URL(url).hostname] : [];
  const rules = { methods: ['POST'], schemes: ['https', 'http'], hosts };
  const reply = await send(
    { method: 'POST', url, headers, body: JSON.stringify(status) },
    { rules, proxyOf: proxiesOf(world.env) },
  );
  if (wentWell(reply)) return;
  const why = 'error' in reply ? reply.error : `it answers ${reply.status}`;
  throw new GitpactError('network-failed', `GitHub did not take the status: ${why}.`, {
    hint: 'The token needs the right to write statuses of that repository.',
  });
}
