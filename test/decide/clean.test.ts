import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/decide/clean.ts';
import { deleteBranch, deleteVersion } from '../../src/decide/deletions.ts';
import { examine } from '../../src/decide/examine.ts';
import { pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { changesBetween, type Folder } from '../../src/domain/tree.ts';
import { currentPublications } from '../../src/domain/version.ts';
import { Draft } from '../../src/format/draft.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';
import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { pendingState } from '../../src/query/for-verification/pending.ts';
import { type CleanPlan, planClean } from '../../src/query/retention/plan.ts';
import {
  type KeepSelector,
  type RetentionRules,
  usualVersionSelectors,
} from '../../src/query/retention/rules.ts';
import { anyStep, played, type Step } from '../helpers/any-story.ts';
import type { Story } from '../helpers/story.ts';

const waits: fc.Arbitrary<Step> = fc.constantFrom(1, 40).map(
  (days): Step =>
    (past) =>
      past.waits(days),
);
const history = fc.array(fc.oneof({ arbitrary: anyStep, weight: 4 }, waits), {
  minLength: 5,
  maxLength: 40,
});
const anySelectors: fc.Arbitrary<readonly KeepSelector[]> = fc.constantFrom(
  usualVersionSelectors,
  [{ maxAge: 30 }],
  [{ tag: 'dev' }],
  [{ latest: true }],
);
const anyRules: fc.Arbitrary<RetentionRules> = fc.record({
  versions: anySelectors,
  branches: fc.constantFrom([], [{ maxAge: 60 }]),
  versionLimit: fc.constantFrom(1, 1000),
  branchLimit: fc.constantFrom(1, 1000),
});

/** A step that verifies, left out where there is no such pact yet. */
const anyVerification: fc.Arbitrary<Step> = fc
  .record({
    consumer: fc.constantFrom('Ant 1', 'Ant 2', 'Ant 3'),
    provider: fc.constantFrom('Bee 1', 'Bee 2', 'Bee 3', 'Bee 4', 'Bee 5'),
    result: fc.constantFrom('passed' as const, 'failed' as const),
    branch: fc.constantFrom('main', 'feat'),
  })
  .map(
    ({ consumer, provider, result, branch }): Step =>
      (past) =>
        past.snapshot().version(pacticipantName('Ant'), versionNumber(consumer.slice(4)))
          ? past.verifies(provider, consumer, result, { branch })
          : past,
  );
const anyPublication: fc.Arbitrary<Step> = fc
  .tuple(fc.constantFrom('Ant 1', 'Ant 2', 'Ant 3'), fc.integer({ min: 1, max: 2 }))
  .map(
    ([version, content]): Step =>
      (past) =>
        past.publishes(version, 'Bee', { content, branch: 'main' }),
  );
const verifying = fc.array(fc.oneof(anyPublication, { arbitrary: anyVerification, weight: 3 }, waits), {
  minLength: 10,
  maxLength: 30,
});

function cleaned(past: Story, rules: RetentionRules): { plan: CleanPlan; root: Folder } {
  const draft = new Draft(past.root);
  const plan = planClean(draft.now, rules, past.at);
  clean(draft, plan);
  return { plan, root: draft.root };
}

/** The same by single deletions, one after the other. */
function cleanedOneByOne(past: Story, plan: CleanPlan): Folder {
  const draft = new Draft(past.root);
  for (const { pacticipant, branch } of plan.branchesToDelete) deleteBranch(draft, pacticipant, branch.name);
  for (const { pacticipant, number } of plan.versionsToDelete) {
    const version = draft.now.version(pacticipant, number);
    if (version) deleteVersion(draft, version);
  }
  const { now } = draft;
  for (const provider of now.providerNames()) {
    for (const consumer of now.consumersOf(provider)) {
      const published = now.versions(consumer).flatMap(({ pacts }) => pacts);
      for (const sha of now.contentShas(consumer, provider)) {
        const has = published.some((pact) => pact.provider === provider && pact.sha === sha);
        if (!has && now.results(consumer, provider, sha).length === 0) {
          draft.dropContent(consumer, provider, sha);
        }
      }
    }
  }
  return draft.root;
}

const pathsBetween = (before: Folder, after: Folder) => changesBetween(before, after).map(({ path }) => path);

describe('after any history and by any rules, a clean-up', () => {
  it('is what single deletions come to, and leaves a sound store', () => {
    let deleted = 0;
    fc.assert(
      fc.property(history, anyRules, (steps, rules) => {
        const past = played(steps);
        const { plan, root } = cleaned(past, rules);
        deleted += plan.versionsToDelete.length;
        const hasSomething = plan.versionsToDelete.length + plan.branchesToDelete.length > 0;
        if (hasSomething) expect(pathsBetween(cleanedOneByOne(past, plan), root)).toEqual([]);
        expect(examine(root)).toEqual([]);
      }),
      { numRuns: 150 },
    );
    expect(deleted).toBeGreaterThan(10);
  });

  it('leaves nothing for a second one', () => {
    fc.assert(
      fc.property(history, anyRules, (steps, rules) => {
        const past = played(steps);
        const unlimited = { ...rules, versionLimit: 1000, branchLimit: 1000 };
        const { root } = cleaned(past, unlimited);
        const again = planClean(snapshotOf(root), unlimited, past.at);
        expect(again.branchesToDelete).toEqual([]);
        expect(again.versionsToDelete).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('changes no answer about versions that stay', () => {
    fc.assert(
      fc.property(history, anyRules, (steps, rules) => {
        const past = played(steps);
        const { plan, root } = cleaned(past, rules);
        const [before, after] = [past.snapshot(), snapshotOf(root)];
        for (const one of plan.versionsToKeep) {
          for (const other of plan.versionsToKeep) {
            if (one.pacticipant >= other.pacticipant) continue;
            const selectors = [one, other].map(({ pacticipant, number }) => ({
              pacticipant,
              version: number,
            }));
            const verdict = (now: typeof before) => canIDeploy(now, { selectors }).verdict;
            expect(verdict(after)).toBe(verdict(before));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('makes no pact that stays pending again', () => {
    let asked = 0;
    fc.assert(
      fc.property(verifying, anySelectors, (steps, versions) => {
        const past = played(steps);
        const rules = { versions, branches: [], versionLimit: 1000, branchLimit: 1000 };
        const { plan, root } = cleaned(past, rules);
        const [before, after] = [past.snapshot(), snapshotOf(root)];
        for (const version of plan.versionsToKeep) {
          for (const publication of currentPublications(version)) {
            const { provider } = publication;
            const mainBranch = before.pacticipant(provider)?.mainBranch;
            const request = {
              provider,
              selectors: [],
              ...(mainBranch === undefined ? {} : { providerVersionBranch: mainBranch }),
              providerVersionTags: [],
              includePendingStatus: true,
            };
            const pact = { consumer: version.pacticipant, provider, consumerVersion: version, publication };
            const pending = (now: typeof before) => pendingState(now, request, pact).pending;
            asked += Number(!pending(before));
            if (!pending(before)) expect(pending(after)).toBe(false);
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(asked).toBeGreaterThan(20);
  });
});
