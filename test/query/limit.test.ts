import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instant, pacticipantName, pactSha, versionNumber } from '../../src/domain/names.ts';
import type { VerificationResult } from '../../src/domain/records.ts';
import { byNewestAction, newestLines } from '../../src/query/matrix/limit.ts';
import type { PublishedPact } from '../../src/query/publications.ts';

const [consumer, provider] = [pacticipantName('Foo'), pacticipantName('Bar')];
const shas = ['a', 'b'].map((digit) => pactSha(digit.repeat(40)));
const moment = fc.integer({ min: 0, max: 6 }).map((second) => instant(new Date(second * 1000)));

const pacts = fc
  .array(fc.record({ sha: fc.constantFrom(...shas), createdAt: moment }), { maxLength: 6 })
  .map((list) =>
    list.map(({ sha, createdAt }, index): PublishedPact => {
      const publication = { provider, revision: 1, sha, createdAt };
      const consumerVersion = {
        pacticipant: consumer,
        number: versionNumber(`${index + 1}`),
        order: index + 1,
        createdAt,
        branches: [],
        tags: [],
        pacts: [publication],
        deployments: [],
        releases: [],
      };
      return { consumer, provider, consumerVersion, publication };
    }),
  );

const results = fc
  .array(fc.record({ sha: fc.constantFrom(...shas), createdAt: moment }), { maxLength: 12 })
  .map((list) =>
    list.map(
      ({ sha, createdAt }, index): VerificationResult => ({
        consumer,
        provider,
        sha,
        providerVersion: versionNumber(`${index + 1}`),
        number: index + 1,
        success: true,
        createdAt,
        wip: false,
        providerTags: [],
      }),
    ),
  );

it('keeps just the lines that are the newest of all', () => {
  fc.assert(
    fc.property(pacts, results, fc.integer({ min: 1, max: 8 }), (published, verified, limit) => {
      const dated = verified.map((result) => ({ result, at: result.createdAt }));
      const bySha = new Map(shas.map((sha) => [sha, dated.filter(({ result }) => result.sha === sha)]));
      const lines = (most: number | undefined) =>
        [...newestLines(published, ({ publication }) => bySha.get(publication.sha) ?? [], most)]
          .sort(byNewestAction)
          .map(({ consumerVersion, result }) => `${consumerVersion.number} ${result?.number}`);
      expect(lines(limit)).toEqual(lines(undefined).slice(0, limit));
    }),
  );
});
