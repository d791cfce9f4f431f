import { describe, expect, it } from 'vitest';
import { pushOutcome, rejected } from '../../src/store/push-outcome.ts';

const ref = 'refs/heads/main';
const status = (line: string) => `To https://host.example/contracts.git\n${line}\nDone\n`;
const refused = (summary: string) => status(`!\tabc123:${ref}\t${summary}`);

describe('the outcome of git push --porcelain', () => {
  it.each([
    ['a new commit', status(` \tabc123:${ref}\t1234567..abc123`), '', 'in'],
    ['a new branch', status(`*\tabc123:${ref}\t[new branch]`), '', 'in'],
    ['what is there already', status(`=\tabc123:${ref}\t[up to date]`), '', 'in'],
    ['a tip we do not have', refused('[rejected] (fetch first)'), 'hint: Updates were rejected', 'lost'],
    ['a tip we have', refused('[rejected] (non-fast-forward)'), '', 'lost'],
    ['a moved tip', refused('[rejected] (stale info)'), '', 'lost'],
    ['a race in the host', refused('[remote rejected] (failed to update ref)'), '', 'lost'],
    [
      'a race for the lock',
      refused(`[remote rejected] (cannot lock ref '${ref}': is at 1 but expected 2)`),
      '',
      'lost',
    ],
    ['a race in an old host', refused('[remote rejected] (incorrect old value provided)'), '', 'lost'],
    ['a race for a new branch', refused('[remote rejected] (reference already exists)'), '', 'lost'],
    ['a hook', refused('[remote rejected] (pre-receive hook declined)'), 'remote: No!', 'refused'],
    ['a protected branch', refused('[remote rejected] (protected branch hook declined)'), '', 'refused'],
    ['a checked-out branch', refused('[remote rejected] (branch is currently checked out)'), '', 'refused'],
    ['a full host', refused('[remote rejected] (unpacker error)'), '', 'refused'],
    [
      'a host that never answered',
      refused('[remote failure] (remote failed to report status)'),
      '',
      'unknown',
    ],
    ['a host that broke', refused('[remote rejected] (Internal Server Error)'), '', 'unknown'],
    [
      'no access',
      '',
      "remote: Permission to a/b.git denied to c.\nfatal: unable to access 'https://host.example/': The requested URL returned error: 403",
      'refused',
    ],
    [
      'no password',
      '',
      "fatal: could not read Username for 'https://host.example': terminal prompts disabled",
      'refused',
    ],
    [
      'no key',
      '',
      'git@host.example: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'refused',
    ],
    [
      'no repository',
      '',
      "remote: Repository not found.\nfatal: repository 'https://host.example/a/b/' not found",
      'refused',
    ],
    [
      'a broken connection',
      '',
      'send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly',
      'unknown',
    ],
    [
      'a broken request',
      '',
      'error: RPC failed; curl 52 Empty reply from server\nfatal: the remote end hung up unexpectedly',
      'unknown',
    ],
    [
      'a busy host',
      '',
      "fatal: unable to access 'https://host.example/': The requested URL returned error: 503",
      'unknown',
    ],
    [
      'no network',
      '',
      "fatal: unable to access 'https://host.example/': Could not resolve host: host.example",
      'unknown',
    ],
    ['the status of another branch', status(' \tabc123:refs/heads/other\t1..2'), '', 'unknown'],
    ['silence', '', '', 'unknown'],
  ])('of %s', (_what, stdout, stderr, kind) => {
    expect(pushOutcome({ stdout, stderr }, ref).kind).toBe(kind);
  });

  it.each([
    ['[remote rejected] (protected branch hook declined)', /--ref/],
    ['[remote rejected] (pre-receive hook declined)', /hook/],
    ['[remote rejected] (branch is currently checked out)', /bare/],
  ])('shows the host’s reason for %s, with a hint', (reason, hint) => {
    const outcome = rejected(reason, 'remote: Ask the platform team.\nremote: \n');
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: {
        code: 'store-refused',
        message: expect.stringContaining('Ask the platform team.'),
        hint: expect.stringMatching(hint),
      },
    });
  });
});
