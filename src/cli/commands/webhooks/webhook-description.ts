import type { Complaint } from '../../../domain/failure.ts';
import { whyNotAName } from '../../../domain/names.ts';
import { eventNames } from '../../../http/webhook-request.ts';
import { answerOption } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Option, onlyOneOf, writingOptions } from '../../command.ts';
import { secretsOption } from '../../secrets-place.ts';

/** The options that describe a webhook; its URL is the operand. */
export const descriptionOptions = {
  request: { type: 'text', short: 'X', required: true, about: 'The HTTP method' },
  header: {
    type: 'texts',
    short: 'H',
    several: true,
    whyNot: (text: string) => (/^[^:\s]+:/.test(text) ? undefined : 'must be "Name: value"'),
    about: 'A header: "Name: value"',
  },
  data: { type: 'text', short: 'd', about: 'The body: JSON, or else text' },
  user: { type: 'text', about: 'Whom it says it is: user:password' },
  consumer: { type: 'text', whyNot: whyNotAName, about: 'Only for pacts of this consumer' },
  'consumer-label': { type: 'text', whyNot: whyNotAName, about: 'Only for consumers with this label' },
  provider: { type: 'text', whyNot: whyNotAName, about: 'Only for pacts of this provider' },
  'provider-label': { type: 'text', whyNot: whyNotAName, about: 'Only for providers with this label' },
  description: { type: 'text', about: 'What it is for' },
  'contract-content-changed': event('a pact with new content is published'),
  'contract-published': event('a pact is published'),
  'provider-verification-published': event('a verification result is published'),
  'provider-verification-failed': event('a failed verification result is published'),
  'provider-verification-succeeded': event('a successful verification result is published'),
  'contract-requiring-verification-published': event('a pact is published that a live provider must verify'),
  ...secretsOption,
  ...answerOption,
  ...writingOptions,
} as const satisfies Record<string, Option>;

function event(what: string) {
  return { type: 'flag', about: `When ${what}` } as const;
}

/** The events that are waited for, by their names. */
export function eventsIn(given: Arguments): readonly string[] {
  return eventNames.filter((name) => given.flag(name.replaceAll('_', '-')));
}

/** What is wrong with the description of a webhook as a whole. */
export function complaintsAboutDescription(given: Arguments): readonly Complaint[] {
  const events = eventNames.map((name) => `--${name.replaceAll('_', '-')}`);
  return [
    ...onlyOneOf(given, ['consumer', 'consumer-label'], 'each says which consumers'),
    ...onlyOneOf(given, ['provider', 'provider-label'], 'each says which providers'),
    ...given.operands.slice(1).map((where) => ({ where, text: 'is not expected here: there is one URL' })),
    ...(eventsIn(given).length > 0
      ? []
      : [{ where: '', text: `No events are given: at least one of ${events.join(', ')}` }]),
  ];
}

/** The body that would describe the webhook to the API. */
export function bodyIn(given: Arguments): unknown {
  const user = given.maybe('user');
  const [username, password] = user === undefined ? [] : splitAt(user, ':');
  return {
    description: given.maybe('description'),
    events: eventsIn(given).map((name) => ({ name })),
    consumer: sideIn(given, 'consumer'),
    provider: sideIn(given, 'provider'),
    request: {
      method: given.text('request').toUpperCase(),
      url: given.operands[0],
      headers: Object.fromEntries(
        given.texts('header').map((header) => {
          const [name, value = ''] = splitAt(header, ':');
          return [name.trim(), value.trim()];
        }),
      ),
      body: jsonOrText(given.maybe('data')),
      username,
      password,
    },
  };
}

function sideIn(given: Arguments, role: 'consumer' | 'provider') {
  const [name, label] = [given.maybe(role), given.maybe(`${role}-label`)];
  if (name !== undefined) return { name };
  return label === undefined ? undefined : { label };
}

function splitAt(text: string, mark: string): readonly [before: string, after?: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function jsonOrText(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
