import type { Published, PublishRefusal } from '../../decide/publish.ts';
import { brokerDiff } from '../../query/diff-broker.ts';
import { eventWords } from './events.ts';

/** One line the Pact Broker says while publishing; `type` is how loud (domain.md §5.4). */
export interface Notice {
  readonly type: 'debug' | 'prompt' | 'success' | 'warning' | 'error' | 'info' | 'danger';
  readonly text: string;
}

/** What was asked to be published, as far as the words speak of it. */
export interface Asked {
  readonly consumer: string;
  readonly version: string;
  readonly branch?: string | undefined;
  readonly tags: readonly string[];
}

/** Where what was published can be seen, and what is still missing around it. */
export interface Surroundings {
  /** Where the pact with this provider can be viewed. */
  readonly pactUrl: (provider: string) => string;
  /** Whether the pair has any verification result. */
  readonly isVerified: (provider: string) => boolean;
  /** Whether a webhook applies to the pair. */
  readonly hasWebhook: (provider: string) => boolean;
}

/** The notices of a publication, in the Pact Broker's words and order (domain.md §5.4). */
export function publishedNotices(asked: Asked, published: Published, around: Surroundings): Notice[] {
  const notices: Notice[] = [{ type: 'debug', text: versionText(asked, published) }];
  if (asked.branch === undefined) {
    notices.push({
      type: 'prompt',
      text: '  Next steps:\n    Configure the version branch to be the value of your repository branch.',
    });
  }
  for (const contract of published.contracts) {
    const { provider } = contract;
    notices.push(resultNotice(asked, contract));
    notices.push({ type: 'debug', text: `  View the published pact at ${around.pactUrl(provider)}` });
    if (contract.events.length > 0) {
      notices.push({
        type: 'debug',
        text: `  Events detected: ${contract.events.map(eventWords).join(', ')}`,
      });
    }
    const steps = nextSteps(provider, around);
    if (steps.length > 0) {
      notices.push(...['  Next steps:', ...steps].map((text): Notice => ({ type: 'prompt', text })));
    }
  }
  return notices;
}

function versionText({ consumer, version, branch, tags }: Asked, { versionExisted }: Published): string {
  const parts = [
    ...(branch === undefined ? [] : [`branch ${branch}`]),
    ...(tags.length > 0 ? [`tags ${tags.join(', ')}`] : []),
  ];
  const details = parts.length > 0 ? ` with ${parts.join(' and ')}` : '';
  return `${versionExisted ? 'Updated' : 'Created'} ${consumer} version ${version}${details}`;
}

function resultNotice({ consumer, version }: Asked, contract: Published['contracts'][number]): Notice {
  const whose = `for ${consumer} version ${version} and provider ${contract.provider}`;
  switch (contract.result) {
    case 'created':
      return { type: 'success', text: `Pact successfully published ${whose}.` };
    case 'unchanged':
      return { type: 'success', text: `Pact successfully republished ${whose} with no content changes.` };
    case 'merged':
      return { type: 'success', text: `Pact content merged with existing content ${whose}.` };
    case 'changed':
      return {
        type: 'warning',
        text: `Pact with changed content published over existing content ${whose}. This is not recommended in normal circumstances and may indicate that you have not configured your Pact pipeline correctly. For more information see https://docs.pact.io/go/versioning`,
      };
  }
}

function nextSteps(provider: string, around: Surroundings): string[] {
  const verify = `    * Add Pact verification tests to the ${provider} build. See https://docs.pact.io/go/provider_verification`;
  const webhook = `    * Configure separate ${provider} pact verification build and webhook to trigger it when the pact content changes. See https://docs.pact.io/go/webhooks`;
  return [
    ...(around.isVerified(provider) ? [] : [verify]),
    ...(around.hasWebhook(provider) ? [] : [webhook]),
  ];
}

/** The notices of a refused publication: an error and the differences for each conflict, an error for each name. */
export function refusalNotices(
  asked: Asked,
  refusal: PublishRefusal,
  similarText: (name: string, existing: readonly string[]) => string,
): Notice[] {
  const conflicts = refusal.conflicts.flatMap(({ provider, before, after }): Notice[] => [
    { type: 'error', text: changedContentText(asked.consumer, asked.version, provider) },
    { type: 'info', text: brokerDiff(before, after) },
  ]);
  const names = refusal.similar.map(
    ({ name, existing }): Notice => ({ type: 'error', text: similarText(name, existing) }),
  );
  return [...conflicts, ...names];
}

/** Why a new name was refused that is very like existing ones, to a user of the command line (domain.md §1.6). */
export function similarNameText(name: string, existing: readonly string[]): string {
  const names = existing.map((one) => `"${one}"`).join(', ');
  return `The name "${name}" is new, and very similar to the following existing pacticipants: ${names}. If you meant that one, correct the pact and publish it again. If "${name}" is another application, set checkSimilarNames: false in gitpact.yaml of the contract repository.`;
}

/** Why the content of a published pact cannot change (domain.md §5.4). */
export function changedContentText(consumer: string, version: string, provider: string): string {
  return `Cannot change the content of the pact for ${consumer} version ${version} and provider ${provider}, as race conditions will cause unreliable results for can-i-deploy. Each pact must be published with a unique consumer version number. Some Pact libraries generate random data when a concrete value for a type matcher is not specified, and this can cause the contract to mutate - ensure you have given example values for all type matchers. For more information see https://docs.pact.io/go/versioning`;
}
