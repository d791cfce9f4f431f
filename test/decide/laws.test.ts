import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/decide/examine.ts';
import { rebuilt } from '../../src/decide/rebuild.ts';
import { changesBetween } from '../../src/domain/tree.ts';
import { anyStep, beginning, played, type Step } from '../helpers/any-story.ts';
import { type Story, story } from '../helpers/story.ts';

const steps = fc.array(anyStep, { minLength: 5, maxLength: 40 });
const withTagEffects = story({ allowContractModification: true }).creates('test').creates('prod', true);

/** The paths at which two stories end differently. */
function differences(before: Story['root'], after: Story['root']): string[] {
  return changesBetween(before, after).map(({ path }) => path);
}

describe('after any history, deletions and all', () => {
  it.each([
    ['as recorded by the Pact Broker', beginning],
    ['where tags become branches and deployments', withTagEffects],
  ])('nothing is wrong, and derived files are what the facts say (%s)', (_what, from) => {
    fc.assert(
      fc.property(steps, (history) => {
        const { root } = played(history, from);
        expect(examine(root)).toEqual([]);
        expect(differences(root, rebuilt(root))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what was said is not said anew', () => {
  const repeatable: fc.Arbitrary<Step> = fc
    .record({
      consumer: fc.constantFrom('Ant 1', 'Bee 2'),
      provider: fc.constantFrom('Cat', 'Ant'),
      content: fc.integer({ min: 1, max: 3 }),
      merge: fc.boolean(),
    })
    .map(
      ({ consumer, provider, content, merge }): Step =>
        (past) =>
          past.publishes(consumer, provider, { content, merge, branch: 'main', tags: ['dev'] }),
    );

  it.each<[what: string, again: fc.Arbitrary<Step>]>([
    ['publishing the same', repeatable],
    ['deploying the same', fc.constant((past) => past.versions('Ant 1').deploys('Ant 1', 'test', 'blue'))],
    ['releasing the same', fc.constant((past) => past.versions('Ant 1').releases('Ant 1', 'test'))],
    ['tagging the same', fc.constant((past) => past.tags('Ant 1', 'test'))],
    ['adding to the same branch', fc.constant((past) => past.branches('Ant 1', 'feat'))],
  ])('%s twice leaves the tree as it was', (_what, again) => {
    fc.assert(
      fc.property(steps, again, (history, step) => {
        const once = step(played(history));
        expect(differences(once.root, step(once).root)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
