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

/** A version taken away from an environment. */
export function undeploymentIntent(uuid: string): Intent {
  return intent('undeployment_recorded', `Undeploy ${uuid}`, {});
}

/** The support of a released version ended. */
export function supportEndedIntent(uuid: string): Intent {
  return intent('support_ended', `End support of ${uuid}`, {});
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
