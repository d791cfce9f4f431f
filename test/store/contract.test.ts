import { describe } from 'vitest';
import { memoryStore } from '../../src/store/memory.ts';
import { keepsTheContract } from './contract.ts';
import { bareRepository, openAt } from './places.ts';

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
