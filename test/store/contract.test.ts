import { describe } from 'vitest';
import { memoryStore } from '../../src/store/memory.ts';
import { keepsTheContract } from './contract.ts';
import { bareRepository, newFolder, openAt, servedRepository } from './places.ts';

describe('memory', () => {
  keepsTheContract(async () => {
    const store = memoryStore();
    return { open: async () => store };
  }, 100);
});

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
