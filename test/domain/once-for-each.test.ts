import { expect, it } from 'vitest';
import { onceForEach } from '../../src/domain/once-for-each.ts';

it('computes once for each object, be it for nothing, and knows equal objects apart', () => {
  const asked: object[] = [];
  const first = onceForEach((list: readonly string[]) => {
    asked.push(list);
    return list[0];
  });
  const [one, same, empty] = [['a'], ['a'], []];
  expect([one, one, same, empty, empty].map(first)).toEqual(['a', 'a', 'a', undefined, undefined]);
  expect(asked).toEqual([one, same, empty]);
});
