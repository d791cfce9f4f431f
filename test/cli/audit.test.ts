import { beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, filesIn, leaveOut, pointBranch, tipOf } from '../helpers/repository.ts';
import { type Desk, desk, verified } from './cli.ts';

let at: Desk;

beforeEach(async () => {
  at = await desk();
  await verified(at);
});

const tip = () => tipOf(at.repository);

describe('gitpact audit', () => {
  it('finds nothing in what gitpact did: publications, deployments, deletions, a clean-up', async () => {
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main', '--tag=dev');
    await at.gitpact('create-environment', '--name=prod', '--production');
    await at.gitpact('record-deployment', '-a=Web', '-e=1', '--environment=prod');
    await at.gitpact('delete-version-tag', '-a=Web', '-e=2', '--tag=dev');
    await at.gitpact('record-undeployment', '-a=Web', '--environment=prod');
    await at.gitpact('clean', '--keep-version-selectors=[{"latest":true}]');
    expect(await at.gitpact('audit')).toEqual({
      code: 0,
      err: '',
      out: expect.stringMatching(
        new RegExp(`^No fact was tampered with in \\d+ commits up to ${await tip()}\\.\n$`),
      ),
    });
  });

  it('names the commit that took a fact out, and who made it', async () => {
    const before = await tip();
    await commitFiles(at.repository, { 'pacticipants/Web/versions': undefined });
    const found = await at.gitpact('audit', '--since', before);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/ was removed, and not by a clean-up or a deletion\n/);
    expect(found.out).toContain('Facts were tampered with in 1 of 1 commit up to');
    expect(await at.json('audit')).toMatchObject({
      newest: await tip(),
      findings: [{ commit: await tip(), path: expect.stringContaining('pacticipants/Web/versions/') }],
    });
    expect((await at.gitpact('audit', '--since', await tip())).out).toContain('in 0 commits');
  });

  it('notices that the history was replaced, also by one without that commit', async () => {
    const [first] = [await tip()];
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main');
    const last = await tip();
    await pointBranch(at.repository, 'main', first);
    await at.gitpact('publish', at.pact('Web', 'Api', '/columns'), '-a=3', '--branch=main');
    for (const gone of [last, 'f'.repeat(40)]) {
      const found = await at.gitpact('audit', '--since', gone);
      expect(found).toMatchObject({ code: 1, err: '' });
      expect(found.out).toContain(`The history was rewritten: ${gone} is not part of it any more.`);
    }
    expect((await at.gitpact('audit', '--since', 'nosuch')).code).toBe(2);
  });

  it('goes on over an archive', async () => {
    const before = await tip();
    await at.gitpact('archive');
    expect((await at.gitpact('audit', '--since', before)).out).toContain('in 1 commit up to');
  });

  it('names a commit that made a version unreadable', async () => {
    const before = await tip();
    const path = [...(await filesIn(at.repository, 'HEAD', 'pacticipants/Web/versions')).keys()][0] ?? '';
    await commitFiles(at.repository, { [path]: '{"broken' });
    const found = await at.gitpact('audit', '--since', before);
    expect(found).toMatchObject({ code: 1, err: '' });
    expect(found.out).toContain(`  ${path} was edited, and cannot be read any more\n`);
  });

  it('looks at what there is of a clone without the archive, and says what it did not see', async () => {
    await commitFiles(at.repository, { 'README.md': 'Its commit is a file of its own.\n' });
    const old = await tip();
    const archived = (await at.json('archive')) as { ref: string; archived: string };
    await at.gitpact('publish', at.pact('Web', 'Api', '/rows'), '-a=2', '--branch=main');
    leaveOut(at.repository, archived);
    const { code, out } = await at.gitpact('audit');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        new RegExp(`^No fact .* in 2 commits .*\nWhat was archived up to ${old} is not in this clone`),
      ),
    });
    const since = await at.gitpact('audit', '--since', old);
    expect(since).toMatchObject({ code: 2, out: '' });
    expect(since.err).toContain(`Whether ${old} is part of the history cannot be told`);
    const events = await at.gitpact('events');
    expect(events.err).toBe('');
    expect(events.out.match(/"consumerVersion":"[^"]*"/g)).toEqual(
      events.out.match(/"consumerVersion":"2"/g),
    );
  });
});
