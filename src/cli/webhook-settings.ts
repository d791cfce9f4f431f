import type { WebhookWorld } from '../broker/webhook-execution.ts';
import { proxiesOf } from '../broker/webhook-proxy.ts';
import { type Instant, instant } from '../domain/names.ts';
import type { Settings } from '../domain/records.ts';
import { secretsInFile } from '../http/secrets-file.ts';
import { httpMethods, type WebhookRules } from '../query/webhook-rules.ts';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';
import { programVersion } from './program-version.ts';
import { secretsOption, secretsPlace } from './secrets-place.ts';
import type { World } from './world.ts';

/** The options that say what webhooks may do; without them the settings in gitpact.yaml count. */
export const webhookOptions = {
  'webhook-host': {
    type: 'texts',
    whyNot: whyNotHosts,
    about:
      'A host that webhooks may call: a name, *.domain, /pattern/, address or range (default: every public one)',
    env: ['GITPACT_WEBHOOK_HOSTS'],
  },
  'webhook-scheme': {
    type: 'texts',
    whyNot: whyNotSchemes,
    about: 'A scheme that webhooks may use (default: https)',
    env: ['GITPACT_WEBHOOK_SCHEMES'],
  },
  'webhook-method': {
    type: 'texts',
    whyNot: whyNotMethods,
    about: 'A method that webhooks may use (default: POST)',
    env: ['GITPACT_WEBHOOK_METHODS'],
  },
  'webhook-retry-schedule': {
    type: 'texts',
    whyNot: whyNotSeconds,
    about: 'After how many seconds a failed delivery is tried again (default: 10 60 120 300 600 1200)',
    env: ['GITPACT_WEBHOOK_RETRY_SCHEDULE'],
  },
  ...secretsOption,
} as const satisfies Record<string, Option>;

/** What webhooks may do: options, then environment variables, then gitpact.yaml. */
export function webhookRules(given: Arguments, settings: Settings): WebhookRules {
  return {
    hosts: listIn(given, 'webhook-host') ?? settings.webhookHosts,
    schemes:
      listIn(given, 'webhook-scheme')?.map((scheme) => scheme.toLowerCase()) ?? settings.webhookSchemes,
    methods:
      listIn(given, 'webhook-method')?.map((method) => method.toUpperCase()) ?? settings.webhookMethods,
  };
}

/** After how many seconds a failed delivery is tried again, try by try. */
export function retrySchedule(given: Arguments, settings: Settings): readonly number[] {
  return listIn(given, 'webhook-retry-schedule')?.map(Number) ?? settings.webhookRetrySchedule;
}

/** What sending webhooks from here needs. */
export function webhookWorld(
  world: World,
  given: Arguments,
  rules: WebhookRules,
  now?: () => Instant,
): WebhookWorld {
  return {
    rules,
    secrets: { env: world.env, kept: (uuid) => secretsInFile(secretsPlace(world, given)).find(uuid) },
    userAgent: `gitpact v${programVersion()}`,
    proxyOf: proxiesOf(world.env),
    now: now ?? (() => instant(world.now())),
  };
}

/** Several may stand in one text: an environment variable has no other way. */
function listIn(given: Arguments, name: string): readonly string[] | undefined {
  const words = given.texts(name).flatMap(wordsOf);
  return words.length > 0 ? words : undefined;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function whyNotHosts(text: string): string | undefined {
  const bad = wordsOf(text).find((word) => {
    const pattern = /^\/(.*)\/$/.exec(word)?.[1];
    return pattern === undefined ? /^https?:|[@?#]/.test(word) : !isPattern(pattern);
  });
  return bad === undefined ? undefined : 'must be hosts such as ci.example.org, without a scheme';
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

function whyNotSchemes(text: string): string | undefined {
  return wordsOf(text).every((word) => /^https?$/i.test(word)) ? undefined : 'must be http or https';
}

function whyNotMethods(text: string): string | undefined {
  const isMethod = (word: string) => httpMethods.includes(word.toUpperCase());
  return wordsOf(text).every(isMethod) ? undefined : `must be methods of HTTP: ${httpMethods.join(', ')}`;
}

function whyNotSeconds(text: string): string | undefined {
  return wordsOf(text).every((word) => /^\d{1,7}$/.test(word))
    ? undefined
    : 'must be whole numbers of seconds';
}
