import { describe, expect, it } from 'vitest';
import { instant } from '../../src/domain/names.ts';
import { brokerDiffDocument, noPreviousDistinctVersion } from '../../src/render/diff/broker-document.ts';
import { timeAgo, timeBetween } from '../../src/render/words/time-ago.ts';

const at = (text: string) => instant(new Date(text));

const page = {
  consumer: 'Foo',
  provider: 'Bar',
  pact: { version: '2', url: 'http://broker/pacts/provider/Bar/consumer/Foo/version/2' },
  comparison: { version: '1', url: 'http://broker/pacts/provider/Bar/consumer/Foo/version/1' },
  changedAt: at('2026-11-23T01:09:44.123Z'),
  now: at('2026-11-23T01:12:00Z'),
  diff: ' {\n-  "a": 1\n }',
};

describe("the Pact Broker's page about a difference", () => {
  it('is laid out as recorded', () => {
    expect(brokerDiffDocument(page)).toBe(`# Diff between versions 1 and 2 of the pact between Foo and Bar

The following changes were made 2 minutes ago (Mon 23 Nov 2026, 1:09am +00:00)

 {
-  "a": 1
 }

## Links

pact-version:
  title: Pact
  name: Pact between Foo (2) and Bar
  href: http://broker/pacts/provider/Bar/consumer/Foo/version/2
comparison-pact-version:
  title: Pact
  name: Pact between Foo (1) and Bar
  href: http://broker/pacts/provider/Bar/consumer/Foo/version/1
`);
  });

  it('keeps its place for a difference that is not seen', () => {
    expect(brokerDiffDocument({ ...page, diff: '' })).toContain('+00:00)\n\n\n\n## Links\n');
  });

  it.each([
    ['2026-01-04T00:05:00Z', 'Sun 04 Jan 2026, 12:05am +00:00'],
    ['2026-01-04T12:00:00Z', 'Sun 04 Jan 2026, 12:00pm +00:00'],
    ['2026-12-31T23:59:59Z', 'Thu 31 Dec 2026, 11:59pm +00:00'],
  ])('writes %s as %s', (moment, words) => {
    expect(brokerDiffDocument({ ...page, changedAt: at(moment) })).toContain(`(${words})`);
  });

  it.each([
    ['Web: shop', "  name: 'Pact between Web: shop (2) and Bar'\n"],
    ["Ada's # one", "  name: 'Pact between Ada''s # one (2) and Bar'\n"],
    ['Ünï/cödé-日本', '  name: Pact between Ünï/cödé-日本 (2) and Bar\n'],
    ['tea 🍵 "x"', '  name: "Pact between tea \\U0001F375 \\"x\\" (2) and Bar"\n'],
    [
      'a consumer whose name is by far too long to be written on one line',
      '  name: Pact between a consumer whose name is by far too long to be written on one\n    line (2) and Bar\n',
    ],
  ])('names %s as YAML does', (consumer, line) => {
    expect(brokerDiffDocument({ ...page, consumer })).toContain(line);
  });

  it('breaks a long line only behind column 80', () => {
    const named = (length: number) => brokerDiffDocument({ ...page, consumer: 'x'.repeat(length) });
    expect(named(59)).toContain('x (2)\n    and Bar\n');
    expect(named(60)).toContain('x\n    (2) and Bar\n');
  });

  it('says when there is nothing to compare with', () => {
    expect(noPreviousDistinctVersion('Foo', '1', 'Bar')).toBe(
      'No previous distinct version was found for Pact between Foo (1) and Bar',
    );
  });
});

describe('how long ago', () => {
  const [minute, hour, day] = [60, 3600, 86400];

  it.each([
    [0, 'less than a minute'],
    [29, 'less than a minute'],
    [30, '1 minute'],
    [89, '1 minute'],
    [90, '2 minutes'],
    [44 * minute, '44 minutes'],
    [45 * minute, 'about 1 hour'],
    [89 * minute, 'about 1 hour'],
    [90 * minute, 'about 2 hours'],
    [149 * minute, 'about 2 hours'],
    [23.9 * hour, 'about 24 hours'],
    [24 * hour, '1 day'],
    [41.9 * hour, '1 day'],
    [42 * hour, '2 days'],
    [29.9 * day, '30 days'],
    [30 * day, 'about 1 month'],
    [44 * day, 'about 1 month'],
    [46 * day, 'about 2 months'],
    [60 * day, '2 months'],
    [364 * day, '12 months'],
    [365 * day, 'about 1 year'],
    [456 * day, 'about 1 year'],
    [460 * day, 'over 1 year'],
    [640 * day, 'almost 2 years'],
    [731 * day, 'about 2 years'],
  ])('%i seconds are %s', (seconds, words) => {
    const then = new Date('2021-01-01T00:00:00Z');
    const now = instant(new Date(then.getTime() + seconds * 1000));
    expect(timeBetween(instant(then), now)).toBe(words);
    expect(timeBetween(now, instant(then))).toBe(words);
  });

  it('does not count leap days as part of a year', () => {
    expect(timeBetween(at('2000-01-01T00:00:00Z'), at('2092-03-15T00:00:00Z'))).toBe('about 92 years');
    expect(timeBetween(at('2024-02-01T00:00:00Z'), at('2025-02-01T00:00:00Z'))).toBe('about 1 year');
    expect(timeBetween(at('2024-01-01T00:00:00Z'), at('2024-12-31T00:00:00Z'))).toBe('almost 1 year');
  });

  it('is told as such', () => {
    expect(timeAgo(at('2026-11-21T00:00:00Z'), at('2026-11-23T00:00:00Z'))).toBe('2 days ago');
  });
});
