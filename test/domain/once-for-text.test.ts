import { expect, it } from 'vitest';
import { onceForText } from '../../src/domain/once-for-each.ts';

/** A function that counts how often it computes. */
function counting() {
  const asked: string[] = [];
  const lengthOf = onceForText((text) => {
    asked.push(text.slice(0, 1));
    if (text === 'bad') throw new Error('bad');
    return { length: text.length };
  });
  return { asked, lengthOf };
}

it('computes once for equal texts, and gives what it gave', () => {
  const { asked, lengthOf } = counting();
  const first = lengthOf('abc');
  expect(first).toEqual({ length: 3 });
  expect(lengthOf(['a', 'bc'].join(''))).toBe(first);
  expect(lengthOf('abd')).not.toBe(first);
  expect(asked).toEqual(['a', 'a']);
});

it('remembers no failure', () => {
  const { asked, lengthOf } = counting();
  expect(() => lengthOf('bad')).toThrow('bad');
  expect(() => lengthOf('bad')).toThrow('bad');
  expect(asked).toHaveLength(2);
});

it('forgets what was asked longest ago once there are more than a million characters', () => {
  const { asked, lengthOf } = counting();
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(400_000)) as [string, string, string];
  for (const text of [a, b, a, c, a, c]) lengthOf(text);
  expect(asked).toEqual(['a', 'b', 'c']);
  lengthOf(b);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});
