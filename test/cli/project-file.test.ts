import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseProjectFile, ruleFor } from '../../src/cli/project-file.ts';
import { desk, expectTold } from './cli.ts';

describe('.gitpact.yaml', () => {
  it('says where the contracts are, whose code base this is, and where its pacts lie', () => {
    const text = `
repo: ../contracts.git
ref: contracts
prefix: shop
pacticipant: Web
pacts: pacts/*.json
branches:
  main: { tags: [main] }
  release/*: { as: release, tags: [a, b] }
`;
    expect(parseProjectFile(text, '/work/web/.gitpact.yaml')).toEqual({
      folder: '/work/web',
      repo: '/work/contracts.git',
      ref: 'contracts',
      prefix: 'shop',
      pacticipant: 'Web',
      pacts: ['pacts/*.json'],
      branches: [
        { pattern: 'main', tags: ['main'] },
        { pattern: 'release/*', as: 'release', tags: ['a', 'b'] },
      ],
    });
  });

  it('may be empty', () => {
    expect(parseProjectFile('', '/a/.gitpact.yaml')).toEqual({ folder: '/a', pacts: [], branches: [] });
  });

  it.each([
    ['main', 'main'],
    ['release/1.2', 'release/*'],
    ['release/1/2', '**/2'],
    ['feature', undefined],
    ['xmain', undefined],
    ['rel.ase', 'rel.ase'],
    ['relxase', undefined],
  ])('has for the branch %s the rule %s', (branch, pattern) => {
    const rules = ['main', 'release/*', '**/2', 'rel.ase'].map((one) => ({ pattern: one, tags: [] }));
    expect(ruleFor(branch, rules)?.pattern).toBe(pattern);
  });

  it('is told everything that is wrong with it at once', async () => {
    const at = await desk();
    at.write(
      '.gitpact.yaml',
      `repo: https://me:secret@host.example/contracts.git
reff: main
prefix: ../up
pacticipant: 7
pacts: [1]
branches:
  main: { tag: [a], as: '' }
  other: x
`,
    );
    const ended = await at.gitpactWith({ GITPACT_REPO: '' }, 'log');
    expectTold(ended, {
      code: 2,
      says: [
        `${join(at.folder, '.gitpact.yaml')} is not as it should be.`,
        'repo: must hold no user or password',
        'reff: is unknown; did you mean ref?',
        'prefix: is not a folder of a repository',
        'pacticipant: must be a text',
        'pacts: must be a text',
        'branches.main.tag: is unknown; did you mean tags?',
        'branches.main.as: must be a text',
        'branches.other: must be a mapping of names to values',
      ],
      hint: 'README',
    });
    expect(ended.err).not.toContain('secret');
  });
});
