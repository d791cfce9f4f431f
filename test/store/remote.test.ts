import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareRepository, openAt, workTree } from './places.ts';

const isomorphic = { GITPACT_GIT: 'isomorphic' };

describe('a remote on this machine, through isomorphic-git', () => {
  it('whose hooks might refuse is not gone around them', async () => {
    const repository = await bareRepository();
    writeFileSync(join(repository, 'hooks/update'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    await expect(openAt({ repository: `file://${repository}` }, isomorphic)).rejects.toMatchObject({
      code: 'store-refused',
    });
  });

  it('is not pushed to where the branch is checked out', async () => {
    const repository = `file://${await workTree()}`;
    await expect(openAt({ repository }, isomorphic)).rejects.toMatchObject({ code: 'store-refused' });
  });
});
