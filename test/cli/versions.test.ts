import { beforeEach, describe, expect, it } from 'vitest';
import { type Desk, desk, expectTold } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
});

describe('pacticipants', () => {
  it('are made and described; what is not given stays as it is', async () => {
    const describing = ['create-or-update-pacticipant', '--name=Web'];
    expect(
      await at.gitpact(...describing, '--display-name', 'The web', '--repository-url=https://git.x/web'),
    ).toEqual({ code: 0, err: '', out: "Pacticipant 'Web' created successfully\n" });
    expect((await at.gitpact(...describing, '--main-branch=trunk')).out).toBe(
      "Pacticipant 'Web' updated successfully\n",
    );
    expect((await at.gitpact('describe-pacticipant', '--name=Web')).out).toMatch(
      /^Name: Web\nDisplay Name: The web\nMain Branch: trunk\nRepo URL: https:\/\/git\.x\/web\nCreated: 2026-01-01T00:00:\d\d\+00:00\nUpdated: 2026-01-01T00:00:\d\d\+00:00\n$/,
    );
    expect((await at.gitpact('describe-pacticipant', '--name=Web', '-o=table')).out).toContain(
      '│ "Web" ┆ "The web"    ┆ "trunk"     ┆',
    );
    await at.gitpact('create-or-update-pacticipant', '--name=api');
    expect((await at.gitpact('describe-pacticipant', '--name=api')).out).toContain('Main Branch: -\n');
    const { out } = await at.gitpact('list-pacticipants');
    expect(out).toContain('│ "api" ┆ "Api"        │\n├╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤\n│ "Web" ┆ "The web"    │\n');
    expect(await at.json('list-pacticipants')).toMatchObject({
      _embedded: { pacticipants: [{ name: 'api' }, { name: 'Web', mainBranch: 'trunk' }] },
    });
    await at.soundTip();
  });

  it('that are not there are told with those that were probably meant', async () => {
    await at.gitpact('create-or-update-pacticipant', '--name=Web');
    expectTold(await at.gitpact('describe-pacticipant', '--name=web'), {
      code: 2,
      says: ['Pacticipant web not found.', '404 Not Found'],
      hint: 'Did you mean "Web"?',
    });
  });

  it('refuses a main branch with spaces', async () => {
    const { code, err } = await at.gitpact(
      ...['create-or-update-pacticipant', '--name= ', '--main-branch=a b', '--output=id'],
    );
    expect(code).toBe(2);
    expect(err).toContain('--name: cannot be blank');
    expect(err).toContain('--main-branch: cannot contain spaces: "a b"');
    expect(err).toContain('--output: must be one of: text, table, json, pretty (not "id")');
  });
});

describe('versions', () => {
  const version = ['--pacticipant=Web', '--version=1'];

  it('are made, put on branches, tagged, described', async () => {
    expect((await at.gitpact('create-or-update-version', ...version)).out).toBe(
      "Version '1' created or updated successfully\n",
    );
    expect((await at.gitpact('create-or-update-version', ...version, '--branch=feat/x', '-t=dev')).out).toBe(
      "Branch 'feat/x' created for version '1'\nTag 'dev' created for version '1'\n",
    );
    expect(await at.gitpact('create-version-tag', ...version, '-t', 'a/b', 'c')).toEqual({
      code: 0,
      err: '',
      out: "Tagging version '1' of pacticipant 'Web' with tag 'a/b' - Success\nTagging version '1' of pacticipant 'Web' with tag 'c' - Success\n",
    });
    expect((await at.gitpact('describe-version', ...version)).out).toMatch(/│ 1 +┆ dev, a\/b, c +│/);
    expect(await at.json('describe-version', '-a=Web')).toMatchObject({
      number: '1',
      _embedded: { branchVersions: [{ name: 'feat/x', latest: true }], tags: [{}, {}, {}] },
    });
    await at.gitpact('create-version-tag', '-a=Web', '-e=2', '-t=new', '--auto-create-version');
    expect((await at.gitpact('describe-version', '-a=Web')).out).toContain('│ 2    ┆ new  │');
    expect((await at.gitpact('describe-version', '-a=Web', '-l')).out).toContain('│ 2    ┆ new  │');
    expect((await at.gitpact('describe-version', '-a=Web', '-l', 'dev')).out).toContain('│ 1 ');
    await at.soundTip();
  });

  it('lose tags and branches; those that are not there are no failure', async () => {
    await at.gitpact('create-or-update-version', ...version, '--branch=feat/x', '-t=a/b');
    const untag = ['delete-version-tag', ...version, '--tag=a/b'];
    expect((await at.gitpact(...untag)).out).toBe(
      "Successfully deleted tag 'a/b' from version '1' of pacticipant 'Web'\n",
    );
    const tip = await at.soundTip();
    expect(await at.gitpact(...untag)).toEqual({
      code: 0,
      err: '',
      out: "Tag 'a/b' for version '1' of pacticipant 'Web' was not found (may have already been deleted)\n",
    });
    expect(await at.soundTip()).toBe(tip);
    const cut = ['delete-branch', '-a=Web', '--branch=feat/x'];
    expect((await at.gitpact(...cut)).out).toBe(
      "Successfully deleted branch 'feat/x' of pacticipant 'Web'\n",
    );
    const sentence = "Could not delete branch 'feat/x' of pacticipant 'Web' as it was not found";
    expect(await at.gitpact(...cut)).toEqual({ code: 0, err: '', out: `${sentence}\n` });
    expectTold(await at.gitpact(...cut, '--error-when-not-found', 'true'), {
      code: 2,
      says: [`${sentence}.`],
      hint: 'no failure',
    });
    expect(await at.json('describe-version', ...version)).toMatchObject({
      _embedded: { branchVersions: [], tags: [] },
    });
    await at.soundTip();
  });

  it.each([[['-a=Web', '-e=9']], [['-a=Nobody']], [['-a=Web', '--latest=nope']]])(
    'describe-version %j: there is none',
    async (call) => {
      await at.gitpact('create-or-update-version', ...version);
      expectTold(await at.gitpact('describe-version', ...call), {
        code: 2,
        says: ['Pacticipant version not found.', '404 Not Found'],
        hint: 'gitpact list-pacticipants',
      });
    },
  );

  it.each([
    [
      ['describe-version', '-a=Web', '-e=1', '-l', '--deployed'],
      [
        '  --version, --latest: cannot be given together: each says which version to show',
        '  --deployed: needs an --environment',
      ],
    ],
    [
      ['create-version-tag'],
      ['  --version: is missing, and neither the CI nor Git tells it', '  --tag: is missing'],
    ],
    [['delete-version-tag'], ['  --version: is missing', '  --tag: is missing']],
    [['record-support-ended'], ['  --version: is missing', '  --environment: is missing']],
    [
      ['delete-branch', '-a= ', '--error-when-not-found=maybe'],
      [
        '  --pacticipant: cannot be blank',
        '  --branch: is missing',
        '  --error-when-not-found: must be one of: true, false (not "maybe")',
      ],
    ],
  ])('%j tells everything that is wrong at once', async (call, lines) => {
    const { code, out, err } = await at.gitpact(...call);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    for (const line of lines) expect(err.split('\n')).toContain(line);
  });

  it('--tag-with-git-branch takes the branch from the CI, or says that there is none', async () => {
    const tag = ['create-version-tag', ...version, '-g', '--auto-create-version'];
    const { code, out, err } = await at.gitpactWith({ GITPACT_BRANCH: 'feat/ci' }, ...tag, '-t=x');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain("with tag 'x' - Success\n");
    expect(out).toContain("with tag 'feat/ci' - Success\n");
    expectTold(await at.gitpact(...tag), {
      code: 2,
      says: ['There is no branch to tag with'],
      hint: 'Give it with --tag',
    });
  });
});
