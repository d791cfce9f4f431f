import type { Contact } from '../../../domain/records.ts';
import { answerOption } from '../../answers.ts';
import type { Arguments } from '../../arguments.ts';
import type { Option } from '../../command.ts';

/** What may be said of an environment besides its name. */
export const descriptionOptions = {
  'display-name': { type: 'text', about: 'What people call it' },
  production: { type: 'flag', about: 'It is a production environment' },
  'contact-name': { type: 'text', about: 'The person or team to ask about it' },
  'contact-email-address': { type: 'text', about: 'Their e-mail address' },
  output: {
    ...answerOption.output,
    choices: [...answerOption.output.choices, 'id'],
    about: `${answerOption.output.about}; id is the UUID alone`,
  },
} as const satisfies Record<string, Option>;

/** The contacts that the arguments name, none or one. */
export function contactsIn(given: Arguments): readonly Contact[] {
  const emailAddress = given.maybe('contact-email-address');
  const name = given.maybe('contact-name') ?? emailAddress;
  if (name === undefined) return [];
  return [{ name, ...(emailAddress === undefined ? {} : { details: { emailAddress } }) }];
}
