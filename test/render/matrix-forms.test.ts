import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrix } from '../../src/query/matrix/matrix.ts';
import { matrixCsv } from '../../src/render/matrix/matrix-csv.ts';
import { matrixGrids } from '../../src/render/matrix/matrix-grid-text.ts';
import { matrixMarkdown } from '../../src/render/matrix/matrix-markdown.ts';
import type { StatePaint } from '../../src/render/state-paint.ts';
import { hostile } from '../format/names.ts';
import { type Story, story } from '../helpers/story.ts';
import { plain } from './paint.ts';

const begun = story({ allowContractModification: true, checkSimilarNames: false });
const asked = (past: Story, ...names: readonly string[]) =>
  matrix(past.snapshot(), { selectors: names.map((pacticipant) => ({ pacticipant })), latestBy: 'cvpv' });
const grid = (past: Story, columns = 100, ...names: readonly string[]) =>
  matrixGrids(asked(past, ...names), columns, plain);

const small = begun
  .publishes('Web 1', 'Api', { content: 1, branch: 'main' })
  .publishes('Web 2', 'Api', { content: 2, branch: 'feat' })
  .verifies('Api 10', 'Web 1')
  .verifies('Api 11', 'Web 1', 'failed')
  .verifies('Api 11', 'Web 2');

describe('the grid', () => {
  it('draws consumer versions down and provider versions across, each state as a shape and a word', () => {
    expect(grid(small, 100, 'Web', 'Api')).toBe(`down: Web   across: Api
          11        10
2 (feat)  ✓ passed  ·
1 (main)  ✗ failed  ✓ passed

✓ passed   ✗ failed   · no result
`);
  });

  it('is marks alone where words do not fit, and the legend says what they mean', () => {
    expect(grid(small, 26, 'Web', 'Api')).toBe(`down: Web   across: Api
         1 1
         1 0
2 (feat) ✓ ·
1 (main) ✗ ✓

✓ passed   ✗ failed   · no result
`);
  });

  it('shows the newest result of two versions', () => {
    const again = small.verifies('Api 11', 'Web 1');
    const selectors = [{ pacticipant: 'Web' }, { pacticipant: 'Api' }];
    for (const latestBy of ['cvpv', undefined] as const) {
      const answer = matrix(again.snapshot(), { selectors, ...(latestBy ? { latestBy } : {}) });
      expect(matrixGrids(answer, 100, plain)).toContain('1 (main)  ✓ passed  ✓ passed');
    }
  });

  it('says when nobody has verified anything, and nothing without rows', () => {
    const past = begun.publishes('Web 1', 'Api');
    expect(grid(past, 80, 'Web', 'Api')).toMatch(/^down: Web {3}across: Api\nNobody has verified .*:\n\n1\n/);
    expect(grid(begun.versions('Web 1'), 80, 'Web')).toBe('');
  });

  it('draws every pair by itself', () => {
    const past = small.publishes('Web 3', 'Mail').publishes('App 1', 'Web');
    expect(grid(past, 80, 'Web', 'Mail', 'Api').match(/^down: .*$/gm)).toEqual([
      'down: Web   across: Api',
      'down: Web   across: Mail',
    ]);
  });

  it('says what the ignored would have shown', () => {
    const answer = matrix(small.snapshot(), {
      selectors: [{ pacticipant: 'Web' }, { pacticipant: 'Api' }],
      ignore: [{ pacticipant: 'Api', version: '11' }],
      latestBy: 'cvpv',
    });
    expect(matrixGrids(answer, 80, plain)).toContain('Not shown: 2 ignored.');
  });

  it('colours marks beside the words, and nothing else depends on it', () => {
    const paint: StatePaint = {
      ...plain,
      verified: (text) => `<g>${text}</g>`,
      failed: (text) => `<r>${text}</r>`,
    };
    const coloured = matrixGrids(asked(small, 'Web', 'Api'), 200, paint);
    expect(coloured).toContain('<g>✓ passed</g>');
    expect(coloured).toContain('<r>✗ failed</r>');
  });

  const many = Array.from({ length: 70 }, (_, n) => n + 1).reduce(
    (past, n) =>
      past
        .publishes(`Web 1.${n}`, 'Api', { content: n, branch: 'main' })
        .verifies(`Api 2.${n}`, `Web 1.${n}`),
    begun,
  );

  it.each([200, 120, 80, 60, 40, 30])('fits %d columns, and counts what is left out', (columns) => {
    const lines = grid(many, columns, 'Web', 'Api').split('\n');
    const picture = lines.slice(
      0,
      lines.findIndex((line) => line.startsWith('Not shown')),
    );
    expect(Math.max(...picture.map((line) => line.length))).toBeLessThanOrEqual(columns);
    const [newest = ''] = picture.filter((line) => line.startsWith('1.'));
    const shown = newest.match(/[✓✗·]/g)?.length ?? 0;
    expect(shown).toBeGreaterThanOrEqual(
      Math.floor((columns - 14) / 2) > 60 ? 60 : Math.floor((columns - 14) / 2),
    );
    expect(lines).toContain(`Not shown: 10 older versions of Web, ${70 - shown} older versions of Api.`);
  });

  const names = [
    ...hostile.accepted.map(({ name }) => name).filter((name) => !name.includes(' ')),
    '顧客'.repeat(30),
    'é'.repeat(200),
  ];

  it.each(names)('keeps its columns for the version %j', (name) => {
    const past = begun
      .publishes(`Web ${name}`, 'Api', { content: 1 })
      .publishes('Web z', 'Api', { content: 1 })
      .verifies(`Api ${name}`, 'Web z')
      .verifies('Api y', 'Web z');
    const drawn = grid(past, 90, 'Web', 'Api');
    expect(drawn.split('\n').filter((line) => /✓ passed +✓ passed$/.test(line)).length).toBe(2);
    expect(drawn).not.toMatch(/(?!\n)\p{Cc}|[\u200b\u202e]/u);
  });
});

/** The rows of a text in CSV, as RFC 4180 reads it. */
function parsedCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('as CSV', () => {
  it('has a line of titles, and one for each row', () => {
    const [head, ...rows] = parsedCsv(
      matrixCsv(asked(small.versions('Api 12').branches('Api 11', 'main'), 'Web', 'Api')),
    );
    const told = rows.map((row) => Object.fromEntries(row.map((value, index) => [head?.[index], value])));
    expect(told).toEqual([
      expect.objectContaining({
        consumer: 'Web',
        consumerVersion: '2',
        providerVersion: '11',
        success: 'true',
      }),
      expect.objectContaining({
        consumerVersion: '1',
        consumerBranches: 'main',
        providerBranches: 'main',
        success: 'false',
        resultNumber: '2',
        ignored: 'false',
        pactSha: expect.stringMatching(/^[0-9a-f]{40}$/),
        verifiedAt: expect.stringMatching(/^2026-01-01T/),
      }),
      expect.objectContaining({ consumerVersion: '1', providerVersion: '10', success: 'true' }),
    ]);
  });

  it('says nothing of a result that is not there', () => {
    const [head, row] = parsedCsv(matrixCsv(asked(begun.publishes('Web 1', 'Api'), 'Web', 'Api')));
    expect(row?.[head?.indexOf('success') ?? -1]).toBe('');
    expect(row?.[head?.indexOf('providerVersion') ?? -1]).toBe('');
  });

  it('gives back any name', () => {
    const anyName = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((name) => /^[^\s\p{Cc}]+$/u.test(name) && name.isWellFormed());
    fc.assert(
      fc.property(fc.oneof(anyName, fc.constantFrom('a,b', 'a"b', '"', '=1+1')), (name) => {
        const rows = parsedCsv(matrixCsv(asked(begun.publishes(`Web ${name}`, 'Api'), 'Web')));
        expect(rows[1]?.slice(0, 2)).toEqual(['Web', name]);
        expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('as Markdown', () => {
  it('has the counts, a table and the notices', () => {
    expect(matrixMarkdown(asked(small, 'Web', 'Api'))).toBe(`**✅ 2 passed, ❌ 1 failed, ❔ 0 not verified**

| Consumer | Version | Provider | Version | Result |
|---|---|---|---|---|
| \`Web\` | \`2\` | \`Api\` | \`11\` | ✅ passed |
| \`Web\` | \`1\` | \`Api\` | \`11\` | ❌ failed |
| \`Web\` | \`1\` | \`Api\` | \`10\` | ✅ passed |

- The verification for the pact between any version of Web and any version of Api failed
`);
  });

  it.each(['a|b', '`', '``a`', '<script>', '@everyone', '[x](y)', '**b**', 'a\u202eb', '\u001b[31m'])(
    'shows the name %j as code, in its cell',
    (name) => {
      const text = matrixMarkdown(asked(begun.publishes(`${name} 1`, 'Api'), name, 'Api'));
      const row = text.split('\n').find((line) => line.includes('| `1` |')) ?? '';
      expect(row.match(/(?<!\\)\|/g)?.length).toBe(6);
      const notices = text.split('\n').filter((line) => line.startsWith('- '));
      expect(notices.length).toBeGreaterThan(0);
      for (const line of notices) expect(line).not.toMatch(/<script|@everyone|(?<!\\)[`*[|]/);
      expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
    },
  );

  it('says how many rows are left out', () => {
    const many = Array.from({ length: 250 }, (_, n) => n).reduce(
      (past, n) => past.publishes(`Web ${n}`, 'Api'),
      begun,
    );
    expect(matrixMarkdown(asked(many, 'Web', 'Api'))).toContain('\n\n… and 50 more rows.\n');
  });
});
