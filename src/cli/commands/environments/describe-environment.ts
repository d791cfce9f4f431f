import type { Contact, Environment } from '../../../domain/records.ts';
import { timeText } from '../../../render/hal/document.ts';
import { environmentDocument } from '../../../render/hal/environment.ts';
import { answerOption, linksFor, printAnswer } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { requireEnvironment } from '../../asked-things.ts';
import { type Command, storeOptions } from '../../command.ts';
import { environmentUuidOption } from '../../naming-options.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';

/** `gitpact describe-environment` */
export const command: Command = {
  name: 'describe-environment',
  about: 'Show an environment',
  options: { ...environmentUuidOption, ...answerOption, ...storeOptions },
  examples: [['gitpact describe-environment --uuid production', 'by its name or UUID']],
  run,
};

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const environment = await withBroker(world, given, (broker) =>
    broker.ask((now) => requireEnvironment(now, given.text('uuid'))),
  );
  const document = environmentDocument(linksFor(world), environment);
  printAnswer(world, given, { document, text: description(environment) });
  return exitCodes.yes;
}

function description({
  uuid,
  name,
  displayName,
  production,
  createdAt,
  updatedAt,
  contacts,
}: Environment): string {
  const lines = [
    '✅',
    `UUID ${uuid}`,
    `Name: ${name}`,
    `Display Name: ${displayName}`,
    `Production: ${production}`,
    `Created At: ${timeText(createdAt)}`,
    ...(updatedAt === undefined ? [] : [`Updated At: ${timeText(updatedAt)}`]),
    ...(contacts.length > 0 ? ['Contacts:', ...contacts.flatMap(contactLines)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function contactLines({ name, details = {} }: Contact): readonly string[] {
  const { emailAddress } = details;
  return [
    ' - Contact:',
    `  - Name: ${name}`,
    ...(typeof emailAddress === 'string' ? [`  - Email: ${emailAddress}`] : []),
  ];
}
