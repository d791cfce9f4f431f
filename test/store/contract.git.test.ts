import { describe } from 'vitest';
import { keepsTheContract } from './contract.ts';
import { bareRepository, newFolder, openAt, servedRepository, sshWithoutHost, workTree } from './places.ts';

describe('git, bare repository', () => {
  keepsTheContract(async () => {
    const repository = await bareRepository();
    return { open: () => openAt({ repository }) };
  });
});

describe('git, bare repository, folder of a branch that is not there yet', () => {
  keepsTheContract(async () => {
    const repository = await bareRepository();
    return { open: () => openAt({ repository, ref: 'contracts', prefix: 'some/contracts/' }) };
  });
});

describe('git, file remote', () => {
  keepsTheContract(async () => {
    const repository = `file://${await bareRepository()}`;
    const cacheDir = newFolder();
    return { open: () => openAt({ repository, cacheDir }) };
  }, 2);
});

describe('git, http remote', () => {
  keepsTheContract(async () => {
    const { url } = await servedRepository();
    const cacheDir = newFolder();
    return { open: () => openAt({ repository: url, cacheDir }) };
  }, 2);
});

describe('git, checked-out branch', () => {
  keepsTheContract(async () => {
    const repository = await workTree();
    return { open: () => openAt({ repository }) };
  }, 2);
});

describe('isomorphic, http remote', () => {
  keepsTheContract(
    async () => {
      const { url } = await servedRepository();
      const cacheDir = newFolder();
      return { open: () => openAt({ repository: url, cacheDir }, { GITPACT_GIT: 'isomorphic' }) };
    },
    2,
    [],
  );
});

describe('git, ssh remote', () => {
  keepsTheContract(async () => {
    const repository = `git@host.example:${await bareRepository()}`;
    const cacheDir = newFolder();
    return { open: () => openAt({ repository, cacheDir }, { GIT_SSH_COMMAND: sshWithoutHost() }) };
  }, 2);
});
