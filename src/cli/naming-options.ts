import { whyNotAName, whyNotAnEnvironmentName } from '../domain/names.ts';
import type { Option } from './command.ts';

/*
 * The options that name what a command is about, declared once; `about` says what it has to do with it.
 */

/** `--pacticipant`: this code base's own unless another is named. */
export function pacticipantOption(about: string) {
  const pacticipant = {
    type: 'text',
    short: 'a',
    required: true,
    standIn: 'pacticipant',
    whyNot: whyNotAName,
    about,
  } as const satisfies Option;
  return { pacticipant };
}

/** `--version`: the commit that is built unless another is named. */
export function versionOption(about: string) {
  const version = { ...namedVersion(about), standIn: 'version' } as const satisfies Option;
  return { version };
}

/** `--version`, for what must never be guessed, since it cannot be taken back. */
export function namedVersionOption(about: string) {
  return { version: namedVersion(about) };
}

function namedVersion(about: string) {
  return { type: 'text', short: 'e', required: true, whyNot: whyNotAName, about } as const satisfies Option;
}

/** `--environment` */
export function environmentOption(about: string) {
  const environment = {
    type: 'text',
    required: true,
    whyNot: whyNotAnEnvironmentName,
    about,
  } as const satisfies Option;
  return { environment };
}

/** `--application-instance`, once called `--target`. */
export const instanceOption = {
  'application-instance': {
    type: 'text',
    also: ['target'],
    whyNot: whyNotAName,
    about: 'Which of several permanent instances in the environment',
  },
} as const satisfies Record<string, Option>;

/** `--uuid` of an environment. */
export const environmentUuidOption = {
  uuid: { type: 'text', required: true, about: 'Its UUID, or its name' },
} as const satisfies Record<string, Option>;

/** `--uuid` of a webhook. */
export const webhookUuidOption = {
  uuid: { type: 'text', required: true, about: 'The UUID of the webhook' },
} as const satisfies Record<string, Option>;
