import { newWebhookId } from '../../../broker/webhook-id.ts';
import { putWebhook } from '../../../decide/webhooks.ts';
import { type Complaint, GitpactError } from '../../../domain/failure.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { parseWebhook } from '../../../http/webhook-request.ts';
import { literalSecrets } from '../../../query/literal-secrets.ts';
import { definitionRules } from '../../../query/webhook-rules.ts';
import { webhookDocument } from '../../../render/hal/webhook.ts';
import {
  type TemplateName,
  type WebhookTemplate,
  webhookTemplates,
} from '../../../render/webhook-templates.ts';
import { webhookIntent } from '../../../render/words/other-intents.ts';
import { linksFor, printDocument } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import { type Command, type Option, onlyOneOf } from '../../command.ts';
import { requireKnown } from '../../known-names.ts';
import { withBroker } from '../../session.ts';
import { type ExitCode, exitCodes, type World } from '../../world.ts';
import { bodyIn, descriptionOptions, eventsIn } from './webhook-description.ts';

const { secrets: _, request, ...described } = descriptionOptions;

const templateNames = Object.keys(webhookTemplates) as TemplateName[];

/** `gitpact webhooks create` */
export const command: Command = {
  name: 'webhooks create',
  about: `Make a webhook: of a template, or of a URL. Secrets are named in it, not written: \${env:NAME}, \${file:PATH}`,
  operands: '[URL]',
  options: {
    template: { type: 'text', choices: templateNames, about: 'The service that is to be told' },
    target: {
      type: 'text',
      about: 'What of that service; the examples below say it',
    },
    branch: { type: 'text', about: 'The branch whose pipeline is to run', fallback: 'main' },
    'secret-env': {
      type: 'text',
      about: 'The variable that holds the secret where webhooks are sent from (default: as below)',
    },
    ...described,
    request: { ...request, required: false, fallback: 'POST' } satisfies Option,
  },
  examples: [
    ...templateNames.map(exampleOf),
    [
      `gitpact webhooks create https://ci.example.org/run -H 'Authorization: Bearer \${env:CI_TOKEN}' --contract-content-changed`,
      '',
    ],
  ],
  check: complaints,
  run,
};

/** How a template is used, and what it takes. */
function exampleOf(name: TemplateName): readonly [line: string, about: string] {
  const { about, target, example, secret, note }: WebhookTemplate = webhookTemplates[name];
  const line = `gitpact webhooks create --template ${name}${example && ` --target ${example}`}`;
  return [
    line,
    [about, `--target is ${target}`, `${secret} holds the secret`, ...(note ? [note] : [])].join('; '),
  ];
}

function complaints(given: Arguments): readonly Complaint[] {
  const [url, ...more] = given.operands;
  const template = templateIn(given);
  const target = given.text('target');
  return [
    ...onlyOneOf(given, ['consumer', 'consumer-label'], 'each says which consumers'),
    ...onlyOneOf(given, ['provider', 'provider-label'], 'each says which providers'),
    ...more.map((where) => ({ where, text: 'is not expected here: there is one URL' })),
    ...(url === undefined && !template && !given.has('template')
      ? [{ where: '', text: 'Neither a URL nor a template is given' }]
      : []),
    ...(url !== undefined && template ? [{ where: url, text: 'is not expected with --template' }] : []),
    ...(!template && url !== undefined && eventsIn(given).length === 0
      ? [{ where: '', text: 'No event is given, such as --contract-content-changed' }]
      : []),
    ...(template && !template.isTarget.test(target)
      ? [
          {
            where: '--target',
            text: `must be ${template.target}${template.example && `, such as ${template.example}`}`,
          },
        ]
      : []),
  ];
}

function templateIn(given: Arguments): WebhookTemplate | undefined {
  const name = given.maybe('template');
  return templateNames.find((known) => known === name) && webhookTemplates[name as TemplateName];
}

async function run(world: World, given: Arguments): Promise<ExitCode> {
  const uuid = newWebhookId();
  return withBroker(world, given, async (broker) => {
    const webhook = await broker.change(webhookIntent(uuid), (draft, at) => {
      const description = descriptionIn(draft.now, given);
      return putWebhook(draft, uuid, description, at).webhook;
    });
    printDocument(world, given, webhookDocument(linksFor(world), webhook));
    return exitCodes.yes;
  });
}

/** The webhook that is asked for. @throws GitpactError with every complaint @throws NotLoaded */
function descriptionIn(now: Snapshot, given: Arguments): ReturnType<typeof parseWebhook> {
  const names = [given.maybe('consumer'), given.maybe('provider')].filter((name) => name !== undefined);
  requireKnown(now, { pacticipants: names });
  const template = templateIn(given);
  const body = template ? bodyOf(template, given) : bodyIn(given);
  const description = parseWebhook(now, body, definitionRules, {});
  const written = literalSecrets(description.request);
  if (written.length === 0) return description;
  throw new GitpactError(
    'bad-arguments',
    'Secrets of webhooks are named in the repository, not kept there.',
    {
      complaints: written,
      hint: `Write -H 'Authorization: Bearer \${env:CI_TOKEN}', and set CI_TOKEN where webhooks are sent from.`,
    },
  );
}

function bodyOf(template: WebhookTemplate, given: Arguments): unknown {
  const { target, branch } = { target: given.text('target'), branch: given.text('branch') };
  const secret = given.maybe('secret-env') ?? template.secret;
  const events = eventsIn(given).length > 0 ? eventsIn(given) : template.events;
  return {
    ...(bodyIn(given) as object),
    description:
      given.maybe('description') ?? (target === '' ? template.about : `${template.about}: ${target}`),
    events: events.map((name) => ({ name })),
    request: { ...template.request({ target, branch, secret }), ...whoIn(given) },
  };
}

/** Whose secret it is, where the service asks for that. */
function whoIn(given: Arguments): { readonly username?: string } {
  const [username] = given.text('user').split(':');
  return username ? { username } : {};
}
