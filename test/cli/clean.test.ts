import { beforeEach, describe, expect, it } from 'vitest';
import { commitsOf, tipOf } from '../helpers/repository.ts';
import { type Desk, desk } from './cli.ts';

let at: Desk;
/** Nobody is spared for being young: the desk's clock gains seconds only. */
const strict = ['--keep-version-selectors', '[{"latest":true},{"tag":"keep"}]'];

beforeEach(async () => {
  at = await desk();
  for (const version of ['1', '2', '3', '4']) {
    await at.gitpact('publish', at.pact('Web', 'Api', `/${version}`), `-a=${version}`, '--branch=main');
  }
  await at.gitpact('create-version-tag', '-a=Web', '-e=2', '--tag=keep');
});

describe('gitpact clean', () => {
  it('tells in a dry run what a real one then does, as one commit, and what is gone stays in the history', async () => {
    const before = await tipOf(at.repository);
    const dry = (await at.json('clean', '--dry-run', ...strict)) as object;
    expect(await tipOf(at.repository)).toBe(before);
    const done = (await at.json('clean', ...strict)) as object;
    expect(done).toEqual({ ...dry, dryRun: false });
    expect(done).toMatchObject({
      counts: { totalVersions: 4, versionsToDelete: 2, versionsNotToKeep: 2, versionsToKeep: 2 },
      versionSummary: {
        Web: {
          toDelete: { count: 2, firstVersion: { number: '1' }, latestVersion: { number: '3' } },
          toKeep: { count: 2, firstVersion: { number: '2', tags: ['keep'] }, latestVersion: { number: '4' } },
        },
      },
      totals: {
        versions: { deleted: 2, kept: 2 },
        publications: { deleted: 2, kept: 2 },
        contents: { deleted: 2, kept: 2 },
        results: { deleted: 0, kept: 0 },
        branches: { deleted: 0, kept: 1 },
      },
    });
    const [commit] = await commitsOf(at.repository);
    expect(commit).toMatchObject({ parent: [before] });
    expect(commit?.message).toContain('Clean up versions that no rule keeps\n\nEvent: cleaned\n');
    await at.soundTip();
    const changes = ['diff', '--consumer=Web', '--provider=Api', '--version=3', '--with-version=1'];
    expect((await at.gitpact(...changes)).code).toBe(2);
    expect((await at.gitpact(...changes, '--at', before)).out).toContain('version 1 → 3');
  });

  it('says it to people', async () => {
    expect(await at.gitpact('clean', '--dry-run', ...strict)).toEqual({
      code: 0,
      err: '',
      out: `┌─────────────┬─────────┬────────────────────────────┬────────────────────────────┬──────┐
│ PACTICIPANT ┆ DELETED ┆ FROM                       ┆ TO                         ┆ KEPT │
╞═════════════╪═════════╪════════════════════════════╪════════════════════════════╪══════╡
│ Web         ┆ 2       ┆ 1 (less than a minute ago) ┆ 3 (less than a minute ago) ┆ 2    │
└─────────────┴─────────┴────────────────────────────┴────────────────────────────┴──────┘

2 versions, 0 branches, 2 publications, 2 contents and 0 verification results would be deleted; 2 versions stay.
This was a dry run: nothing has been deleted.
`,
    });
    const real = await at.gitpact('clean', '--version-deletion-limit=1', ...strict);
    expect(real.out).toContain('1 version, 0 branches');
    expect(real.out).toContain('1 more version could go, beyond the limit: run it again, or raise');
    expect(real.out).toContain('All of it stays in the history of the contract repository.');
  });

  it('makes no commit when there is nothing to do', async () => {
    const before = await tipOf(at.repository);
    expect(await at.gitpact('clean')).toEqual({
      code: 0,
      out: 'There is nothing to clean: 4 versions stay.\n',
      err: '',
    });
    expect(await tipOf(at.repository)).toBe(before);
  });

  it('has every complaint about its selectors at once', async () => {
    const asked = await at.gitpact(
      'clean',
      '--keep-version-selectors=[{"lates":true,"max_age":"x"},{"latest":false}]',
      '--keep-branch-selectors={}',
      '--version-deletion-limit=0',
    );
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('--keep-version-selectors, selector 1.lates');
    expect(asked.err).toContain(
      '--keep-version-selectors, selector 1.max_age: must be a whole number of days',
    );
    expect(asked.err).toContain('--keep-version-selectors, selector 2: asks for nothing');
    expect(asked.err).toContain('--keep-branch-selectors: must be a list of selectors');
    expect(asked.err).toContain('--version-deletion-limit');
  });
});
