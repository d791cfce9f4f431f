import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { type Logger, pino } from 'pino';
import { Broker } from '../../broker/broker.ts';
import { telling } from '../../broker/webhook-loop.ts';
import { proxiesOf } from '../../broker/webhook-proxy.ts';
import { type Complaint, GitpactError } from '../../domain/failure.ts';
import type { Settings } from '../../domain/records.ts';
import { createApp } from '../../http/app.ts';
import type { Access, Credentials } from '../../http/auth.ts';
import { risingClock } from '../../http/clock.ts';
import { type Listening, listen } from '../../http/listening.ts';
import { secretsInFile } from '../../http/secrets-file.ts';
import type { AppOptions } from '../../http/settings.ts';
import type { Store } from '../../store/port.ts';
import type { Arguments } from '../arguments.ts';
import { type Command, type Option, writingOptions } from '../command.ts';
import { programVersion } from '../program-version.ts';
import { secretsPlace } from '../secrets-place.ts';
import { Sender } from '../sender.ts';
import { openDeliveries, withBroker } from '../session.ts';
import { stateFolder } from '../state-folder.ts';
import { retrySchedule, webhookOptions, webhookRules } from '../webhook-settings.ts';
import { type ExitCode, exitCodes, type World } from '../world.ts';
import { WriteQueue } from '../write-queue.ts';

const accessOptions = {
  username: { type: 'text', about: 'A user who may write', env: ['GITPACT_USERNAME'] },
  password: { type: 'text', about: 'The password of that user', env: ['GITPACT_PASSWORD'] },
  'read-username': { type: 'text', about: 'A user who may only read', env: ['GITPACT_READ_USERNAME'] },
  'read-password': { type: 'text', about: 'The password of that user', env: ['GITPACT_READ_PASSWORD'] },
  'write-token': { type: 'texts', about: 'A bearer token to write with', env: ['GITPACT_WRITE_TOKEN'] },
  'read-token': { type: 'texts', about: 'A bearer token to read with', env: ['GITPACT_READ_TOKEN'] },
  'public-read': { type: 'flag', about: 'Let everybody read' },
  'public-heartbeat': { type: 'flag', about: 'Let everybody ask for the heartbeat' },
  'public-badges': { type: 'flag', about: 'Let everybody see badges' },
  insecure: { type: 'flag', about: 'Listen beyond this machine without asking who is there' },
} as const satisfies Record<string, Option>;

/** `gitpact serve` */
export const command: Command = {
  name: 'serve',
  about: 'Serve the Pact Broker’s HTTP API from the contract repository',
  options: {
    ...writingOptions,
    port: {
      type: 'text',
      whyNot: whyNotAPort,
      about: 'The port to listen on; 0 takes any that is free',
      fallback: '9292',
    },
    host: { type: 'text', about: 'The address to listen on', fallback: '127.0.0.1' },
    'base-url': {
      type: 'texts',
      whyNot: whyNotBaseUrls,
      about: 'Where clients reach the server, for links; several where it has several names',
      env: ['GITPACT_BASE_URL'],
    },
    'badge-server': {
      type: 'text',
      whyNot: whyNotBaseUrls,
      about:
        'The shields server that badges are redirected to, unless their path ends in .svg (default: https://img.shields.io)',
      env: ['GITPACT_BADGE_SERVER'],
    },
    ...accessOptions,
    poll: {
      type: 'number',
      about: 'For how many seconds a remote counts as known before it is looked at again',
      fallback: '5',
    },
    queue: {
      type: 'flag',
      about: 'Accept writes while the remote is away: keep them here, and write them when it is back',
    },
    'queue-folder': {
      type: 'text',
      about: 'The folder to keep them in, of this server alone (default: in the user’s state folder)',
    },
    webhooks: {
      type: 'flag',
      about: 'Send webhooks after each commit; --no-webhooks leaves that to another runner',
      fallback: 'true',
    },
    ...webhookOptions,
    'max-body': { type: 'number', about: 'The largest request body, in bytes', fallback: '52428800' },
    'log-level': {
      type: 'text',
      about: 'What to log on standard error, as JSON lines',
      choices: ['debug', 'info', 'warn', 'error', 'silent'],
      fallback: 'info',
    },
  },
  examples: [
    ['gitpact serve', 'a Pact Broker at http://127.0.0.1:9292'],
    ['gitpact serve --host 0.0.0.0 --username ci --password "$SECRET" --public-read', ''],
  ],
  check: complaintsAboutAccess,
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const access = accessIn(given);
  const host = given.text('host');
  const serve = async (opened: Broker) => {
    const settings = await opened
      .ask((now) => now.settings)
      .catch((error: unknown) => {
        const isUnreachable = error instanceof GitpactError && error.code === 'network-failed';
        throw isUnreachable ? withoutCopy(error) : error;
      });
    const options = optionsIn(world, given, settings, access);
    const queue = given.flag('queue') ? await openQueue(world, given, opened.store, options) : undefined;
    const deliveries = await openDeliveries(world, given, opened);
    const sender = new Sender(world, given, { opened, deliveries, settings, options });
    const store = telling(queue?.store ?? opened.store, () => sender.wake());
    const broker = new Broker(store, risingClock(world.now));
    const app = createApp(broker, { ...options, deliveries, ...(queue ? { queue } : {}) });
    const server = await listen(app, { host, port: Number(given.text('port')) });
    if (given.flag('webhooks')) sender.start(server.url);
    world.out(`gitpact: listening on ${server.url}\n`);
    const code = await untilStopped(world, server);
    await queue?.close();
    await sender.stop();
    await deliveries.close();
    return code;
  };
  return withBroker(world, given, serve, {
    freshFor: Number(given.text('poll')) * 1_000,
    carryOn: true,
    quiet: true,
    tell: (line) => logIn(world, given).warn(line),
  });
}

/** The queue in its folder, empty: what an earlier server left is made first. */
async function openQueue(
  world: World,
  given: Arguments,
  store: Store,
  { log, secrets, webhooks }: AppOptions,
): Promise<WriteQueue> {
  const which = ['repo', 'ref', 'prefix'].map((name) => given.maybe(name) ?? '').join('\n');
  const name = createHash('sha1').update(which).digest('hex');
  const folder = resolve(world.cwd, given.maybe('queue-folder') ?? join(stateFolder(world), 'queue', name));
  const options = { ...(secrets ? { secrets } : {}), ...(webhooks ? { webhooks } : {}) };
  const appOf = (broker: Broker) => createApp(broker, options);
  const queue = new WriteQueue(store, folder, log ?? pino({ level: 'silent' }), appOf);
  await queue.recover();
  queue.watch(Math.max(100, Number(given.text('poll')) * 1_000));
  return queue;
}

function whyNotAPort(text: string): string | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : 'must be a whole number up to 65535';
}

function complaintsAboutAccess(given: Arguments): readonly Complaint[] {
  const host = given.text('host');
  if (accessIn(given) || isLoopback(host) || given.flag('insecure')) return [];
  const remedy = 'give --username and --password or --write-token, or say --insecure if that is meant';
  return [{ where: '--host', text: `everybody who reaches ${host} could change the contracts: ${remedy}` }];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** Who may do what; undefined when nobody was named. Blank credentials name nobody. */
function accessIn(given: Arguments): Access | undefined {
  const user = (prefix: string): readonly Credentials[] => {
    const username = given.text(`${prefix}username`);
    const password = given.text(`${prefix}password`);
    return username.trim() === '' || password.trim() === '' ? [] : [{ username, password }];
  };
  const tokens = (name: string) => given.texts(name).filter((token) => token.trim() !== '');
  const access: Access = {
    writers: user(''),
    readers: user('read-'),
    writeTokens: tokens('write-token'),
    readTokens: tokens('read-token'),
    publicRead: given.flag('public-read'),
    publicHeartbeat: given.flag('public-heartbeat'),
    publicBadges: given.flag('public-badges'),
  };
  const { writers, readers, writeTokens, readTokens } = access;
  const isAnybodyNamed = [writers, readers, writeTokens, readTokens].some((list) => list.length > 0);
  return isAnybodyNamed ? access : undefined;
}

function logIn(world: World, given: Arguments): Logger {
  return pino({ level: given.text('log-level') }, { write: (line) => world.err(line) });
}

/** Several may stand in one text: an environment variable has no other way. */
function urlsIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((url) => url !== '');
}

function whyNotBaseUrls(text: string): string | undefined {
  const isReachable = (url: string) => /^https?:\/\//.test(url) && URL.canParse(url);
  return urlsIn(text).every(isReachable) ? undefined : 'must be a URL such as https://pacts.example.org';
}

function optionsIn(
  world: World,
  given: Arguments,
  settings: Settings,
  access: Access | undefined,
): AppOptions {
  return {
    version: programVersion(),
    baseUrls: given.texts('base-url').flatMap(urlsIn),
    ...(access ? { access } : {}),
    ...(given.has('badge-server') ? { shieldsUrl: given.text('badge-server') } : {}),
    limits: { size: Number(given.text('max-body')), time: 30_000 },
    log: logIn(world, given),
    secrets: secretsInFile(secretsPlace(world, given)),
    webhookSecrets: { env: world.env },
    webhookProxy: proxiesOf(world.env),
    webhooks: webhookRules(given, settings),
    retrySchedule: retrySchedule(given, settings),
  };
}

/** Waits for a signal to stop; what is under way is answered first, within ten seconds. */
async function untilStopped(world: World, server: Listening): Promise<ExitCode> {
  await new Promise<void>((resolve) => {
    const release = world.onSignal?.(() => {
      release?.();
      resolve();
    });
  });
  await server.close(10_000);
  return exitCodes.yes;
}

/** A server that has neither its remote nor a copy of it ends; whatever looks after servers starts it again. */
function withoutCopy(cause: GitpactError): GitpactError {
  const copy = 'A copy of it, to answer from meanwhile, is not in the cache on this machine.';
  const kept = 'With a cache that is kept (GITPACT_CACHE), a server starts without its remote the next time.';
  return new GitpactError(cause.code, `${cause.message.replace(/\.?$/, '.')} ${copy}`, {
    hint: [cause.hint, kept].filter(Boolean).join(' '),
    cause,
  });
}
