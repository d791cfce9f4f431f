/** Words that say little about an application. */
const fillers = new Set(['api', 'provider', 'service']);

/**
 * The existing pacticipants that a new name was probably meant to name, by the Pact Broker's rule (domain.md §1.6):
 * the same words, whatever separates them, without plural `s` and fillers. None when the name itself exists.
 */
export function similarNames<Name extends string>(
  newName: string,
  existing: readonly Name[],
): readonly Name[] {
  if (existing.some((name) => name === newName)) return [];
  const wanted = tellingWords(newName);
  return existing.filter((name) => tellingWords(name) === wanted);
}

/** The Pact Broker's refusal of a name that is similar to existing ones (domain.md §1.6); ends with a newline. */
export function similarNamesMessage(newName: string, existing: readonly string[], baseUrl: string): string {
  return `This is the first time a pact has been published for "${newName}".
The name "${newName}" is very similar to the following existing pacticipants:
${existing.map((name) => `* ${name}`).join('\n')}
If you meant to specify one of the above names, please correct the pact configuration, and re-publish the pact.
If the pact is intended to be for a new consumer or provider, please manually create "${newName}" using the following command from the Pact Broker CLI, and then re-publish the pact:

pact-broker create-or-update-pacticipant --name "${newName}" --broker-base-url ${baseUrl}

For information on the Pact Broker CLI see https://docs.pact.io/go/pbc-cli
To disable this check, set \`check_for_potential_duplicate_pacticipant_names\` to false in the configuration.
`;
}

/** The words of a name that tell applications apart, each followed by `_`. */
function tellingWords(name: string): string {
  const words = name
    .replace(/[ \t-\r]/g, '_')
    .replaceAll('::', '/')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase()
    .split('_');
  while (words.at(-1) === '') words.pop();
  return words
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => !fillers.has(word))
    .map((word) => `${word}_`)
    .join('');
}
