import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { network } from '../../src/query/network.ts';
import { networkMermaid } from '../../src/render/graph/mermaid.ts';
import { networkTree } from '../../src/render/graph/tree.ts';
import { hostile } from '../format/names.ts';
import { anyStep, played } from '../helpers/any-story.ts';
import { type Story, story } from '../helpers/story.ts';
import { plain } from './paint.ts';

const begun = story({ checkSimilarNames: false }).creates('prod', true);
const estate = begun
  .publishes('Web 1', 'Api', { content: 1 })
  .verifies('Api 5', 'Web 1')
  .publishes('App 1', 'Api', { content: 1 })
  .verifies('Api 5', 'App 1', 'failed')
  .publishes('Api 5', 'Stock', { content: 1 })
  .publishes('Web 1', 'Stock', { content: 1 })
  .verifies('Stock 3', 'Web 1')
  .publishes('Web 2', 'Stock', { content: 2 })
  .versions('Alone 1');
const tree = (past: Story, columns = 100, question = {}) =>
  networkTree(network(past.snapshot(), question), columns, plain);

describe('the tree', () => {
  it('shows below each pacticipant what it consumes, and how that stands', () => {
    expect(tree(estate)).toBe(`Alone
App
└─ ✗ Api  1: verification failed by 5
   └─ ? Stock  5: never verified
Web
├─ ✓ Api  1: verified by 5; unfolded elsewhere
└─ ~ Stock  2: changed since it was verified

5 pacticipants, 4 integrations: ✗ 1 verification failed, ? 1 never verified, ~ 1 changed since it was verified, ✓ 1 verified
`);
  });

  it('shows the versions in an environment, and what is not there', () => {
    const live = estate
      .deploys('Web 1', 'prod')
      .deploys('Api 5', 'prod')
      .versions('Api 6')
      .deploys('Api 6', 'prod', 'b');
    expect(tree(live, 100, { environment: 'prod' })).toBe(`Web [1]
├─ ~ Api [5, 6]  1: not yet verified by 6
│  └─ ? Stock [not there]  5: never verified
└─ ? Stock [not there]  1: never verified

3 pacticipants, 3 integrations: ? 2 never verified, ~ 1 changed since it was verified
`);
  });

  it('unfolds circles once', () => {
    const circle = begun
      .publishes('A 1', 'B')
      .publishes('B 1', 'C')
      .publishes('C 1', 'A')
      .publishes('S 1', 'S');
    expect(tree(circle)).toContain(`A
└─ ? B  1: never verified
   └─ ? C  1: never verified
      └─ ? A  1: never verified; unfolded elsewhere
S
└─ ? S  1: never verified; unfolded elsewhere
`);
  });

  it('tells what the limit left out', () => {
    expect(tree(estate, 100, { most: 2 })).toContain('\nNot shown: 3 pacticipants and 3 integrations.\n');
  });

  it.each([100, 60, 40, 24])('fits %d columns', (columns) => {
    const deep = Array.from({ length: 12 }, (_, n) => n).reduce(
      (past, n) => past.publishes(`service-number-${n} 1`, `service-number-${n + 1}`),
      begun,
    );
    const lines = tree(deep, columns).split('\n\n')[0]?.split('\n') ?? [];
    expect(lines.length).toBe(13);
    for (const [depth, line] of lines.entries()) {
      expect(line.length).toBeLessThanOrEqual(Math.max(columns, 3 * depth + 8));
    }
  });

  it('has every pacticipant and every integration of any history once', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        const now = played(steps).snapshot();
        const { nodes, edges } = network(now);
        const lines = networkTree(network(now), 200, plain).split('\n\n')[0]?.split('\n') ?? [];
        expect(lines.filter((line) => /[├└]─ /.test(line)).length).toBe(edges.length);
        const unfolded = lines.filter((line) => line !== '' && !line.includes('unfolded elsewhere'));
        for (const { name } of nodes) {
          expect(unfolded.some((line) => new RegExp(`(^|[✓✗?~] )${name}( |$)`).test(line))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the Mermaid flowchart', () => {
  it('has a node for each pacticipant and an arrow for each integration, with words on what is not verified', () => {
    expect(networkMermaid(network(estate.snapshot()))).toBe(`flowchart LR
  n0["Alone"]
  n1["Api"]
  n2["App"]
  n3["Stock"]
  n4["Web"]
  n1 -.->|"? never verified"| n3
  n2 ==x|"✗ verification failed"| n1
  n4 --> n1
  n4 -.->|"~ changed since it was verified"| n3
  linkStyle 0 stroke:#57606a
  linkStyle 1 stroke:#b3261e
  linkStyle 2 stroke:#1a7f37
  linkStyle 3 stroke:#8a4600
`);
  });

  const names = [
    ...hostile.accepted.map(({ name }) => name),
    '"]; click n0 "javascript:alert(1)"',
    '`x`',
    '<img src=x>',
    '#35;',
    '1. one',
    '- one',
    'end',
    '%% no',
    'a\u202eb',
    '{}|()[]',
  ];

  it.each(names)('shows the name %j as text', (name) => {
    const past = begun.publishes(`${name} 1`, 'Api');
    const [, ...lines] = networkMermaid(network(past.snapshot())).trimEnd().split('\n');
    const nodes = lines
      .slice(0, 2)
      .map((line) => /^ {2}n[01]\["((?:[^"#<>`&|[\](){};%]|#\d+;)*)"\]$/.exec(line)?.[1]);
    const texts = nodes.map((text) =>
      text?.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))),
    );
    expect(texts).toContain('Api');
    if (name.length <= 40 && !/[\p{Cc}\p{Cf}\p{Zl}]/u.test(name)) expect(texts).toContain(name);
    for (const text of nodes) expect(text).not.toMatch(/\p{Cc}|[\u202e\u200b]|(^|\s)(\d+\.|-) /u);
  });
});
