import { Links } from '../render/hal/links.ts';
import type { Arguments } from './arguments.ts';
import type { Option } from './command.ts';
import type { World } from './world.ts';

/** The option for the form of an answer, of the commands that the Pact Broker's command line has, too. */
export const answerOption = {
  output: {
    type: 'text',
    short: 'o',
    about: 'How to print the answer; json (pretty: indented) is what the Pact Broker’s API would reply',
    choices: ['text', 'table', 'json', 'pretty'],
    fallback: 'text',
  },
} as const satisfies Record<string, Option>;

/** Whether the answer is to be what the API would reply. */
export function wantsDocument(given: Arguments): boolean {
  return ['json', 'pretty'].includes(given.text('output'));
}

/** Prints what the API would reply, on one line or indented. */
export function printDocument(world: World, given: Arguments, document: unknown): void {
  world.out(`${JSON.stringify(document, undefined, given.text('output') === 'pretty' ? 2 : undefined)}\n`);
}

/** Prints an answer in the form that was asked for; `text` ends its last line. */
export function printAnswer(
  world: World,
  given: Arguments,
  { document, text }: { readonly document: unknown; readonly text: string },
): void {
  if (wantsDocument(given)) printDocument(world, given, document);
  else world.out(text);
}

/** Links as a server at GITPACT_BASE_URL would tell them; without the variable they are relative. */
export function linksFor({ env }: World): Links {
  const [base = ''] = (env.GITPACT_BASE_URL ?? '').trim().split(/\s+/);
  return new Links(base);
}

/** A cell of a table as the Pact Broker's command line shows some of them: in quotes, or a dash for nothing. */
export function quoted(text: string | undefined): string {
  return text === undefined ? '-' : JSON.stringify(text);
}
