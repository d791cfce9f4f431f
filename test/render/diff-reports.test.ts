import { describe, expect, it } from 'vitest';
import { jsonOf, parseJson, plainOf, prettyJson } from '../../src/domain/json.ts';
import { diffPacts } from '../../src/query/diff.ts';
import { renderDiffJson } from '../../src/render/diff/diff-json.ts';
import { renderDiffMarkdown } from '../../src/render/diff/diff-markdown.ts';
import { renderDiffText } from '../../src/render/diff/diff-terminal.ts';

const interaction = (description: string, body: unknown, state?: string) => ({
  description,
  ...(state === undefined ? {} : { providerStates: [{ name: state }] }),
  request: { method: 'GET', path: '/' },
  response: { status: 200, body },
});
const pact = (...interactions: readonly unknown[]) =>
  jsonOf({ interactions, metadata: { pactSpecification: { version: '3.0.0' } } });

const diff = diffPacts(
  pact(
    interaction('an order', { id: 1, total: '12.50', note: 'x' }, 'there is one'),
    interaction('gone', 2),
    interaction('same', 1),
  ),
  pact(
    interaction('an order', { id: 1, total: 12.5 }, 'there is one'),
    interaction('new', 1, 'it is new'),
    interaction('same', 1),
  ),
);
const harmless = diffPacts(pact(interaction('a', { b: 1, c: 1 })), pact(interaction('a', { b: 1 })));
const nothing = diffPacts(pact(interaction('a', 1)), pact(interaction('a', 1)));

describe('a difference in the terminal', () => {
  it('tells the verdict, the interactions and each change', () => {
    expect(
      renderDiffText(diff),
    ).toBe(`May break the provider. Interactions: 1 added, 1 removed, 1 changed, 1 unchanged.

~ an order given there is one
    ! $.response.body.total: "12.50" → 12.5  changes: The consumer expects a value of another type.
    · $.response.body.note: was "x"  relaxes: The consumer no longer needs this.

+ new given it is new
    ! adds: The provider has not been asked this before.

- gone
    · removes: The consumer no longer asks this.

The pact needs the provider states: it is new.
`);
  });

  it('is short when nothing is to be told', () => {
    expect(renderDiffText(nothing)).toBe('Nothing changed. Interactions: 1 unchanged.\n');
    expect(renderDiffText(harmless)).toMatch(/^Cannot break the provider\. Interactions: 1 changed\.\n/);
  });

  it('paints with what it is given, and says nothing else for it', () => {
    const paint = {
      alarm: (text: string) => `<a>${text}</>`,
      calm: (text: string) => `<c>${text}</>`,
      faint: (text: string) => `<f>${text}</>`,
      strong: (text: string) => `<s>${text}</>`,
    };
    const painted = renderDiffText(diff, paint);
    expect(painted).toContain('<s><a>May break the provider.</></>');
    expect(painted).toContain('    <c>·</> $.response.body.note');
    expect(painted.replaceAll(/<\w?\/?>/g, '')).toBe(renderDiffText(diff));
  });

  it('lets no text from a pact move the cursor, and cuts long values', () => {
    const hostile = diffPacts(pact(), pact(interaction('\u001b[2J\nevil\u202e', 1)));
    expect(renderDiffText(hostile)).toContain('+ \\u001b[2J\\u000aevil\\u202e\n');
    const long = diffPacts(pact(interaction('a', 'x')), pact(interaction('a', '😀'.repeat(100))));
    expect(renderDiffText(long)).toContain(`"x" → "${'😀'.repeat(58)}…  changes`);
  });

  it('names what changed around the interactions', () => {
    const upgraded = diffPacts(
      pact(),
      jsonOf({ interactions: [], metadata: { pactSpecification: { version: '4.0' } } }),
    );
    expect(renderDiffText(upgraded)).toContain(
      '~ the pact itself\n    ! $.metadata.pactSpecification.version: "3.0.0" → "4.0"  changes: Another version',
    );
  });
});

describe('a difference in a pull request', () => {
  it('is a line, a table with what may break first, and details', () => {
    const lines = renderDiffMarkdown(diff).split('\n');
    expect(lines.slice(0, 8)).toEqual([
      '⚠️ **May break the provider.** Interactions: 1 added, 1 removed, 1 changed, 1 unchanged.',
      '',
      '| | Interaction | Where | Change | For the provider |',
      '|---|---|---|---|---|',
      '| ⚠️ | `an order (given there is one)` | `$.response.body.total` | `"12.50"` → `12.5` | **changes**: The consumer expects a value of another type. |',
      '| ⚠️ | `new (given it is new)` |  | added | **adds**: The provider has not been asked this before. |',
      '| ✅ | `an order (given there is one)` | `$.response.body.note` | `"x"` removed | **relaxes**: The consumer no longer needs this. |',
      '| ✅ | `gone` |  | removed | **removes**: The consumer no longer asks this. |',
    ]);
    expect(lines).toContain('New provider states: `it is new`');
    expect(renderDiffMarkdown(diff)).toContain(
      '<details><summary>⚠️ changed: <code>an order (given there is one)</code></summary>\n\n```diff\n# $.response.body.total\n- "12.50"\n+ 12.5\n# $.response.body.note\n- "x"\n```\n\n</details>\n',
    );
  });

  it('is one line when nothing changed', () => {
    expect(renderDiffMarkdown(nothing)).toBe('✅ **Nothing changed.** Interactions: 1 unchanged.\n');
    expect(renderDiffMarkdown(harmless)).toMatch(/^✅ \*\*Cannot break the provider\.\*\*/);
  });

  it('keeps markup, mentions and fences from pacts as they are', () => {
    const hostile = renderDiffMarkdown(
      diffPacts(pact(), pact(interaction('a|b `c` @team <img>\n# x', '```\n</details>'))),
    );
    expect(hostile).toContain('| ``a\\|b `c` @team <img>\\u000a# x`` |');
    expect(hostile).toContain('<code>a|b `c` @team &lt;img&gt;\\u000a# x</code>');
    expect(hostile).toContain('\n````diff\n');
    expect(hostile.match(/^<\/details>$/gm)).toHaveLength(1);
  });

  it('never is longer than a comment may be', () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      interaction(`${i} ${'long '.repeat(100)}`, { a: 'x'.repeat(300) }),
    );
    const text = renderDiffMarkdown(diffPacts(pact(), pact(...many)));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('… and 2950 more changes.');
    expect(text).toMatch(/The details of \d+ more interactions are too long to show\./);
  });
});

describe('a difference for programs', () => {
  it('has the documented shape', () => {
    expect(plainOf(renderDiffJson(diff))).toEqual({
      verdict: 'may-break',
      unchanged: 1,
      interactions: [
        {
          change: 'changed',
          kind: 'http',
          description: 'an order',
          providerStates: ['there is one'],
          places: { before: '$.interactions[0]', after: '$.interactions[0]' },
          changes: [
            {
              path: '$.response.body.total',
              reason: 'type-changed',
              effect: 'changes',
              mayBreak: true,
              before: '12.50',
              after: 12.5,
            },
            {
              path: '$.response.body.note',
              reason: 'expectation-removed',
              effect: 'relaxes',
              mayBreak: false,
              before: 'x',
            },
          ],
        },
        expect.objectContaining({
          change: 'added',
          description: 'new',
          places: { after: '$.interactions[1]' },
        }),
        expect.objectContaining({
          change: 'removed',
          description: 'gone',
          places: { before: '$.interactions[1]' },
        }),
      ],
      document: [],
      newProviderStates: ['it is new'],
      unneededProviderStates: [],
    });
  });

  it('keeps numbers as they stand in the pacts', () => {
    const one = (n: string) => parseJson(`{"interactions":[{"description":"d","response":{"body":${n}}}]}`);
    const text = prettyJson(renderDiffJson(diffPacts(one('1'), one('1.0'))));
    expect(text).toMatch(/"before": 1,\s+"after": 1\.0,\s+"sameNumber": true/);
  });
});
