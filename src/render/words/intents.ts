/** What a write says of itself in the history of the contract repository: a title, and trailers that name the event. */
export interface Intent {
  readonly title: string;
  readonly trailers: readonly (readonly [name: string, value: string])[];
}

interface Told {
  readonly pacticipant: string;
  readonly version: string;
}

/** An event with the title of its commit and what it is about; trailers that are undefined are left out. */
export function intent(
  event: string,
  title: string,
  trailers: Readonly<Record<string, string | undefined>>,
): Intent {
  const told = Object.entries(trailers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { title: oneLine(title), trailers: [['Event', event], ...told] };
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}

/** Pacts of a consumer version published. */
export function publishIntent(request: {
  consumer: string;
  version: string;
  branch?: string | undefined;
  providers: readonly string[];
}): Intent {
  const { consumer, version, branch, providers } = request;
  const where = branch === undefined ? '' : ` (branch ${branch})`;
  return intent('contract_published', `Publish ${consumer} ${version}${where} for ${providers.join(', ')}`, {
    Pacticipant: consumer,
    Version: version,
    Branch: branch,
  });
}

/** Results of a provider version recorded. */
export function verificationIntent(request: {
  provider: string;
  version: string;
  results: readonly { consumer: string; success: boolean }[];
}): Intent {
  const { provider, version, results } = request;
  const said = results.map(({ consumer, success }) => `${consumer} ${success ? 'passed' : 'failed'}`);
  return intent('provider_verification_published', `Verify ${provider} ${version}: ${said.join(', ')}`, {
    Pacticipant: provider,
    Version: version,
  });
}

/** A version deployed. */
export function deploymentIntent({
  pacticipant,
  version,
  environment,
  target,
}: Told & {
  environment: string;
  target?: string | undefined;
}): Intent {
  const where = target === undefined ? environment : `${environment} (${target})`;
  return intent('deployment_recorded', `Deploy ${pacticipant} ${version} to ${where}`, {
    Pacticipant: pacticipant,
    Version: version,
    Environment: environment,
  });
}

/** An environment made. */
export function environmentIntent(name: string): Intent {
  return intent('environment_created', `Create environment ${name}`, { Environment: name });
}

/** A tag put on a version. */
export function tagIntent({ pacticipant, version, tags }: Told & { tags: readonly string[] }): Intent {
  return intent('version_tagged', `Tag ${pacticipant} ${version} as ${tags.join(', ')}`, {
    Pacticipant: pacticipant,
    Version: version,
  });
}
