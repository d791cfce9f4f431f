import { type Intent, intent } from './intents.ts';

/*
 * What the writes say of themselves that no pact, result or deployment is made by: descriptions, memberships, deletions.
 */

/** A pacticipant made or described anew. */
export function pacticipantIntent(name: string): Intent {
  return intent('pacticipant_described', `Describe ${name}`, { Pacticipant: name });
}

/** A label put on a pacticipant. */
export function labelIntent(name: string, label: string): Intent {
  return intent('pacticipant_labelled', `Label ${name} as ${label}`, { Pacticipant: name });
}

/** A version made or described anew. */
export function versionIntent(pacticipant: string, version: string): Intent {
  return intent('version_described', `Describe ${pacticipant} ${version}`, {
    Pacticipant: pacticipant,
    Version: version,
  });
}

/** A version added to a branch. */
export function branchIntent(pacticipant: string, version: string, branch: string): Intent {
  return intent('branch_version_added', `Add ${pacticipant} ${version} to branch ${branch}`, {
    Pacticipant: pacticipant,
    Version: version,
    Branch: branch,
  });
}

/** An environment described anew. */
export function environmentChangeIntent(name: string): Intent {
  return intent('environment_described', `Describe environment ${name}`, { Environment: name });
}

/** A version released. */
export function releaseIntent(pacticipant: string, version: string, environment: string): Intent {
  return intent('release_recorded', `Release ${pacticipant} ${version} to ${environment}`, {
    Pacticipant: pacticipant,
    Version: version,
    Environment: environment,
  });
}

/** What ended, as far as it is known when it is asked for. */
export interface Ended {
  readonly pacticipant: string;
  readonly version?: string | undefined;
  readonly environment: string;
}

/** A deployment ended; it is named by its uuid, or by what is known of it. */
export function undeploymentIntent(ended: string | Ended): Intent {
  if (typeof ended === 'string') return intent('undeployment_recorded', `Undeploy ${ended}`, {});
  const { pacticipant, environment } = ended;
  return intent('undeployment_recorded', `Undeploy ${pacticipant} from ${environment}`, trailersOf(ended));
}

/** The support of a released version ended; the release is named by its uuid, or by what is known of it. */
export function supportEndedIntent(ended: string | Ended): Intent {
  if (typeof ended === 'string') return intent('support_ended', `End support of ${ended}`, {});
  const what = [ended.pacticipant, ended.version].filter((part) => part !== undefined).join(' ');
  return intent('support_ended', `End support of ${what} in ${ended.environment}`, trailersOf(ended));
}

function trailersOf({ pacticipant, version, environment }: Ended) {
  return { Pacticipant: pacticipant, Version: version, Environment: environment };
}

/** A webhook made or described anew. */
export function webhookIntent(uuid: string): Intent {
  return intent('webhook_described', `Describe webhook ${uuid}`, {});
}

/** Something removed: `pacticipant Foo`, `tag dev of Foo 1`. */
export function deletionIntent(what: string): Intent {
  return intent('deleted', `Delete ${what}`, {});
}

/** The store's derived files and the form of its records put in order (`gitpact fsck --repair`). */
export function repairIntent(): Intent {
  return intent('repaired', 'Repair the contract repository: what follows from the facts, made anew', {});
}

/** What nobody needs any more taken out (`gitpact clean`). */
export function cleanIntent(): Intent {
  return intent('cleaned', 'Clean up versions that no rule keeps', {});
}
