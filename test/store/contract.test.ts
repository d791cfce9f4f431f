import { describe } from 'vitest';
import { memoryStore } from '../../src/store/memory.ts';
import { keepsTheContract } from './contract.ts';
import { bareRepository, openAt, workTree } from './places.ts';

const isomorphic = { GITPACT_GIT: 'isomorphic' };

describe('memory', () => {
  keepsTheContract(async () => {
    const store = memoryStore();
    return { open: async () => store };
  }, 100);
});

describe('isomorphic, bare repository', () => {
  keepsTheContract(async () => {
    const repository = await bareRepository();
    return { open: () => openAt({ repository }, isomorphic) };
  });
});

describe('isomorphic, bare repository, folder of a branch that is not there yet', () => {
  keepsTheContract(async () => {
    const repository = await bareRepository();
    return { open: () => openAt({ repository, ref: 'contracts', prefix: 'some/contracts/' }, isomorphic) };
  }, 2);
});

describe('isomorphic, checked-out branch', () => {
  keepsTheContract(async () => {
    const repository = await workTree();
    return { open: () => openAt({ repository }, isomorphic) };
  }, 2);
});

describe('isomorphic, folder of a checked-out branch', () => {
  keepsTheContract(async () => {
    const repository = await workTree();
    return { open: () => openAt({ repository, prefix: 'some/contracts/' }, isomorphic) };
  }, 2);
});

describe('isomorphic, file remote', () => {
  keepsTheContract(async () => {
    const repository = `file://${await bareRepository()}`;
    return { open: () => openAt({ repository }, isomorphic) };
  }, 2);
});
