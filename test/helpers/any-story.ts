import fc from 'fast-check';
import {
  deleteBranch,
  deleteBranchVersion,
  deleteIntegration,
  deletePacticipant,
  deletePacts,
  deleteVersion,
} from '../../src/decide/deletions.ts';
import { endSupport, undeploy } from '../../src/decide/deployments.ts';
import { createEnvironment, deleteEnvironment, updateEnvironment } from '../../src/decide/environments.ts';
import { describePacticipant } from '../../src/decide/pacticipants.ts';
import { removeResult } from '../../src/decide/verification.ts';
import { removeTag, replaceTags } from '../../src/decide/versions.ts';
import { GitpactError } from '../../src/domain/failure.ts';
import {
  branchName,
  environmentName,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import { type Story, story } from './story.ts';

/** The few names that random stories are about, so that their steps meet. */
export const anyPacticipant = fc.constantFrom('Ant', 'Bee', 'Cat');
export const anyNumber = fc.constantFrom('1', '2', '3');
export const anyBranch = fc.constantFrom('main', 'feat');
export const anyTag = fc.constantFrom('dev', 'prod');
export const anyEnvironment = fc.constantFrom('test', 'live');
const anyVersion = fc.tuple(anyPacticipant, anyNumber).map((parts) => parts.join(' '));

/** What happens next. */
export type Step = (past: Story) => Story;

/** A step as fast-check shall show it, left out where the story so far does not allow it. */
function ifPossible(told: unknown, step: Step): Step {
  const attempt: Step = (past) => {
    try {
      return step(past);
    } catch (error) {
      if (error instanceof GitpactError || /has no pact with/.test(String(error))) return past;
      throw error;
    }
  };
  return Object.assign(attempt, { [fc.toStringMethod]: () => fc.stringify(told) });
}

/** A step that records something. */
export const anyFact: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({
      publishes: anyVersion,
      provider: anyPacticipant,
      content: fc.integer({ min: 1, max: 3 }),
      branch: fc.option(anyBranch),
      tag: fc.option(anyTag),
    })
    .map((told) =>
      ifPossible(told, (past) =>
        past.publishes(told.publishes, told.provider, {
          content: told.content,
          ...(told.branch ? { branch: told.branch } : {}),
          ...(told.tag ? { tags: [told.tag] } : {}),
        }),
      ),
    ),
  fc
    .record({
      verifies: anyVersion,
      consumer: anyVersion,
      result: fc.constantFrom('passed' as const, 'failed' as const),
      branch: fc.option(anyBranch),
      tag: fc.option(anyTag),
    })
    .map((told) =>
      ifPossible(told, (past) =>
        past.verifies(told.verifies, told.consumer, told.result, {
          ...(told.branch ? { branch: told.branch } : {}),
          ...(told.tag ? { tags: [told.tag] } : {}),
        }),
      ),
    ),
  fc
    .record({
      deploys: anyVersion,
      to: anyEnvironment,
      target: fc.option(fc.constantFrom('blue', 'green'), { nil: undefined }),
    })
    .map((told) => ifPossible(told, (past) => past.deploys(told.deploys, told.to, told.target))),
  fc
    .record({ releases: anyVersion, to: anyEnvironment })
    .map((told) => ifPossible(told, (past) => past.releases(told.releases, told.to))),
  fc
    .record({ version: anyVersion, branch: anyBranch })
    .map((told) => ifPossible(told, (past) => past.branches(told.version, told.branch))),
  fc
    .record({ version: anyVersion, tag: anyTag })
    .map((told) => ifPossible(told, (past) => past.tags(told.version, told.tag))),
);

/** A step that takes something back. */
const anyRemoval: fc.Arbitrary<Step> = fc
  .record({
    remove: fc.constantFrom(
      'version',
      'branch',
      'branch version',
      'tag',
      'tags',
      'pacts',
      'result',
      'pacticipant',
      'integration',
      'presence',
      'environment',
      'environment name',
      'main branch',
    ),
    pacticipant: anyPacticipant.map(pacticipantName),
    other: anyPacticipant.map(pacticipantName),
    number: anyNumber.map(versionNumber),
    branch: anyBranch.map(branchName),
    tag: anyTag.map(tagName),
    environment: anyEnvironment.map(environmentName),
    which: fc.nat({ max: 3 }),
  })
  .map((told) =>
    ifPossible(told, (past) =>
      past.next((draft, at) => {
        const { remove, pacticipant, other, number, branch, tag, environment: name, which } = told;
        const { now } = draft;
        const version = now.version(pacticipant, number);
        const environment = now.environment(name);
        const presences = now.presences(name);
        const removals: Readonly<Record<typeof remove, () => unknown>> = {
          version: () => version && deleteVersion(draft, version),
          branch: () => deleteBranch(draft, pacticipant, branch),
          'branch version': () => deleteBranchVersion(draft, pacticipant, number, branch),
          tag: () => removeTag(draft, pacticipant, number, tag),
          tags: () => version && replaceTags(draft, pacticipant, number, [tag], at),
          pacts: () => version && deletePacts(draft, other, [version]),
          result: () => {
            const results = now
              .contentShas(pacticipant, other)
              .flatMap((sha) => now.results(pacticipant, other, sha));
            const result = results[which % Math.max(results.length, 1)];
            return result && removeResult(draft, result);
          },
          pacticipant: () => now.pacticipant(pacticipant) && deletePacticipant(draft, pacticipant),
          integration: () =>
            now.integration(pacticipant, other) && deleteIntegration(draft, pacticipant, other),
          presence: () => {
            const presence = presences[which % Math.max(presences.length, 1)];
            if (presence?.kind === 'deployed') undeploy(draft, presence.uuid, at);
            if (presence?.kind === 'released') endSupport(draft, presence.uuid, at);
          },
          environment: () => {
            if (environment) deleteEnvironment(draft, environment);
            createEnvironment(draft, { name, production: which === 0, contacts: [], at });
          },
          'environment name': () => {
            if (!environment) return;
            const renamed = environmentName(`${name}-${which}`);
            const { production, contacts } = environment;
            updateEnvironment(draft, environment, { name: renamed, production, contacts, at });
            createEnvironment(draft, { name, production, contacts, at });
          },
          'main branch': () =>
            describePacticipant(draft, pacticipant, { mainBranch: which === 0 ? null : branch }, at),
        };
        removals[remove]();
      }),
    ),
  );

/** A step of any kind; most record something. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: anyFact, weight: 3 },
  { arbitrary: anyRemoval, weight: 1 },
);

/** The beginning of random stories: two environments, and versions whose pacts may change. */
export const beginning = story({
  allowContractModification: true,
  firstTagAsBranch: false,
  deployTagsNamedLikeEnvironments: false,
})
  .creates('test')
  .creates('live', true);

/** The story of all these steps, in order. */
export function played(steps: readonly Step[], from: Story = beginning): Story {
  return steps.reduce((past, step) => step(past), from);
}
