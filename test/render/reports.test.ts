import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publish } from '../../src/decide/publish.ts';
import { jsonOf } from '../../src/domain/json.ts';
import { branchName, pacticipantName, versionNumber, whyNotAName } from '../../src/domain/names.ts';
import { Draft } from '../../src/format/draft.ts';
import { type ContractReport, findContractReport } from '../../src/query/contract-report.ts';
import { reportJson } from '../../src/render/report/report-json.ts';
import { reportJunit } from '../../src/render/report/report-junit.ts';
import { reportMarkdown } from '../../src/render/report/report-markdown.ts';
import { reportSarif } from '../../src/render/report/report-sarif.ts';
import { type Story, story } from '../helpers/story.ts';
import { readPartially } from '../query/partial.ts';
import { parseXml, type XmlElement } from './strict-xml.ts';

const settings = { checkSimilarNames: false };

/** Web 1 on main is verified by Api 9, both live; Web 2 on feat asks Api for something else, Ledger for something new. */
const past = story(settings)
  .creates('production')
  .creates('test')
  .publishes('Web 1', 'Api', { branch: 'main' })
  .publishes('Web 1', 'Mail', { branch: 'main', content: 'same' })
  .publishes('Web 1', 'Old', { branch: 'main' })
  .verifies('Api 9', 'Web 1', 'passed', { branch: 'main' })
  .deploys('Api 9', 'production')
  .deploys('Web 1', 'production')
  .publishes('Web 2', 'Api', { branch: 'feat' })
  .publishes('Web 2', 'Mail', { branch: 'feat', content: 'same' })
  .publishes('Web 2', 'Ledger', { branch: 'feat' })
  .verifies('Api 9', 'Web 2', 'failed');

const web = pacticipantName('Web');

function reportOf(
  of: Story,
  subject: { version?: string; branch?: string },
  pacticipant = web,
): ContractReport {
  const report = findContractReport(of.snapshot(), { pacticipant, subject });
  if (!report) throw new Error('nobody knows the version');
  return report;
}

/** A consumer and a provider of these names, a pact of this description that changed, and a result that failed. */
function between(consumer: string, provider: string, description: string, interactions = 1): ContractReport {
  const content = (n: number) =>
    jsonOf({
      interactions: Array.from({ length: interactions }, (_, i) => ({
        description: `${description} ${i}`,
        request: { method: 'GET', path: `/${description}/${n}` },
        response: { status: 200, body: { [description]: `${description} ${n}` } },
      })),
    });
  const publishing = (of: Story, version: string, branch: string, n: number) =>
    of.next((draft, at) => {
      publish(draft, {
        consumer: pacticipantName(consumer),
        version: versionNumber(version),
        branch: branchName(branch),
        tags: [],
        contracts: [{ provider: pacticipantName(provider), content: content(n), onConflict: 'overwrite' }],
        at,
      });
    });
  const played = publishing(publishing(story(settings), '1', 'main', 1), description, 'feat', 2).creates(
    'production',
  );
  return reportOf(played, { branch: 'feat' }, pacticipantName(consumer));
}

describe('what a report knows', () => {
  const report = reportOf(past, { branch: 'feat' });

  it('is how each contract changed since the main branch, and where its provider is live', () => {
    expect(report).toMatchObject({
      subject: { number: '2', branch: 'feat' },
      base: { number: '1', branch: 'main' },
      contracts: [
        {
          provider: 'Api',
          state: 'changed',
          diff: { verdict: 'may-break' },
          live: [{ environment: 'production', version: '9' }],
        },
        { provider: 'Ledger', state: 'added', diff: { verdict: 'may-break' }, live: [] },
        { provider: 'Old', state: 'removed', diff: { verdict: 'cannot-break' } },
        { provider: 'Mail', state: 'same' },
      ],
    });
  });

  it('is whether it can be merged, and deployed to each environment', () => {
    expect(report.canMerge.verdict).toBe('unknown');
    expect(report.canDeploy.map(({ environment, answer }) => [environment, answer.verdict])).toEqual([
      ['production', 'unknown'],
      ['test', 'unknown'],
    ]);
    const old = reportOf(past, { version: '1' });
    expect(old.canDeploy[0]?.answer.verdict).toBe('unknown');
    expect(old.contracts.map(({ state }) => state)).toEqual(['same', 'same', 'same']);
  });

  it('costs a handful of trips, and is nothing for a version that nobody knows', () => {
    const question = { pacticipant: web, subject: { branch: 'feat' } };
    const ask = (root: typeof past.root) => findContractReport(new Draft(root).now, question)?.subject.number;
    const reading = readPartially(past.root, ask);
    expect(reading.answer).toBe('2');
    expect(reading.rounds).toBeLessThanOrEqual(10);
    expect(
      findContractReport(past.snapshot(), { ...question, subject: { version: 'none' } }),
    ).toBeUndefined();
  });
});

describe('a report in Markdown', () => {
  it('begins with what matters, and shows the changes, the answers and a graph', () => {
    const text = reportMarkdown(reportOf(past, { version: '2' }));
    expect(text.split('\n').slice(0, 10)).toEqual([
      '## Contracts of `Web` `2`',
      '',
      'Compared with `1`, the head of branch `main`.',
      '',
      '| | |',
      '|---|---|',
      '| Contract changes | ⚠️ 2 may break the provider, 1 cannot break the provider, 1 unchanged |',
      '| Can it be merged? | ❔ not verified yet |',
      '| Can it be deployed to `production`? | ❔ not verified yet |',
      '| Can it be deployed to `test`? | ❔ not verified yet |',
    ]);
    expect(text).toContain('| ⚠️ | `Api` | changed, may break the provider | `production` (`9`) |');
    expect(text).toContain('| `Web` | `2` | `Api` | `9` | ❌ failed |');
    expect(text).toContain('```mermaid\nflowchart LR\n');
    expect(text).toContain('### The contract with `Old`: removed, cannot break the provider');
    expect(text).not.toContain('✂️');
  });

  it('fits into a job summary, and says what was cut', () => {
    const long = between('Web', 'Api', 'é'.repeat(250), 300);
    const many: ContractReport = {
      ...long,
      contracts: Array.from({ length: 300 }, () => long.contracts[0]).filter((one) => one !== undefined),
    };
    const text = reportMarkdown(many);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900 * 1024);
    expect(text).toContain('… and 200 more contracts.');
    expect(text).toMatch(/✂️ Cut, to fit into a job summary: .*`Api`.* and \d+ more parts\.\n$/);
  });

  const hostile = [
    'a|b',
    'a`b``c',
    '<img src=x>',
    '@team',
    'x](http://e.vil)',
    '1. **one** _two_',
    'a & b',
    'http://www.e.vil',
  ];
  it.each(hostile)('lets %s become no markup', (name) => {
    const text = reportMarkdown(between(name, `${name} provider`, name));
    // GitHub reads no Markdown in a line of HTML; in `code` there it sees nobody mentioned.
    const summary = /^<details><summary>[^<]*<code>[^<]*<\/code><\/summary>$/gm;
    const withoutBlocks = text.replace(/^(`{3,})\w*\n.*?^\1$/gmsu, '').replace(summary, '');
    const withoutCode = withoutBlocks.replace(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, 'code');
    const withoutDetails = withoutCode.replace(/^<\/details>$|(?<=&#\d+;)<!-- -->/gm, '');
    expect(withoutDetails).not.toMatch(/[<@`_[\]]|https?:|www\./);
    for (const table of withoutCode.match(/(^\|.*\n)+/gm) ?? []) {
      const cells = table
        .trimEnd()
        .split('\n')
        .map((line) => line.split('|').length);
      expect(new Set(cells).size).toBe(1);
    }
  });
});

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !whyNotAName(name));

describe('a report in JUnit XML', () => {
  it('fails for no, skips what is not verified, and passes changes', () => {
    const failing = past.publishes('Bus 1', 'Api', { branch: 'main' }).verifies('Api 9', 'Bus 1', 'failed');
    const suites = parseXml(reportJunit(reportOf(failing, { version: '1' }, pacticipantName('Bus'))));
    expect(suites).toMatchObject({
      name: 'testsuites',
      children: [
        { name: 'testsuite', attributes: { tests: '1', failures: '0', errors: '0', skipped: '0' } },
        { name: 'testsuite', attributes: { tests: '3', failures: '2', errors: '0', skipped: '1' } },
      ],
    });
    const skipped = parseXml(reportJunit(reportOf(past, { version: '2' })));
    expect(skipped.children[1]?.attributes).toMatchObject({ tests: '3', failures: '0', skipped: '3' });
  });

  it('is well formed whatever names hold, and gives them back', () => {
    fc.assert(
      fc.property(anyName, anyName, (one, other) => {
        const root = parseXml(reportJunit(between(`c${one}`, `p${other}`, other)));
        const cases = root.children.flatMap(({ children }) => children);
        expect(cases.length).toBe(3);
        const outcomes = (suite: XmlElement, name: string) =>
          suite.children.filter(({ children }) => children.some((child) => child.name === name)).length;
        for (const suite of root.children) {
          expect(suite.attributes.tests).toBe(String(suite.children.length));
          expect(suite.attributes.skipped).toBe(String(outcomes(suite, 'skipped')));
          expect(suite.attributes.failures).toBe(String(outcomes(suite, 'failure')));
        }
      }),
      { numRuns: 40 },
    );
    const [first] = parseXml(reportJunit(between('a<b>&"\'c', 'p\u202e', 'd'))).children;
    expect(first?.children[0]?.attributes).toMatchObject({
      classname: 'a<b>&"\'c d',
      name: 'the contract with p\\u202e: changed, may break the provider',
    });
  });
});

/** What GitHub and the standard (sections 3.13 to 3.28) ask of the parts that are used, and nothing besides. */
const sarif = new Ajv({ strict: true, allErrors: true }).compile({
  type: 'object',
  required: ['$schema', 'version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            additionalProperties: false,
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules', 'semanticVersion'],
                additionalProperties: false,
                properties: {
                  name: { const: 'gitpact' },
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
                  rules: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/rule' } },
                },
              },
            },
          },
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          originalUriBaseIds: {
            type: 'object',
            additionalProperties: {
              type: 'object',
              required: ['description'],
              additionalProperties: false,
              properties: { description: { $ref: '#/$defs/message' } },
            },
          },
          results: { type: 'array', maxItems: 5000, items: { $ref: '#/$defs/result' } },
          properties: { type: 'object' },
        },
      },
    },
  },
  $defs: {
    message: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: { text: { type: 'string', minLength: 1 } },
    },
    rule: {
      type: 'object',
      required: ['id', 'shortDescription'],
      additionalProperties: false,
      properties: { id: { type: 'string', minLength: 1 }, shortDescription: { $ref: '#/$defs/message' } },
    },
    result: {
      type: 'object',
      required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
      additionalProperties: false,
      properties: {
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level: { enum: ['none', 'note', 'warning', 'error'] },
        message: { $ref: '#/$defs/message' },
        locations: { type: 'array', minItems: 1, items: { $ref: '#/$defs/location' } },
        partialFingerprints: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
      },
    },
    location: {
      type: 'object',
      required: ['physicalLocation'],
      additionalProperties: false,
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation', 'region'],
          additionalProperties: false,
          properties: {
            artifactLocation: {
              type: 'object',
              required: ['uri', 'uriBaseId'],
              additionalProperties: false,
              // A relative reference (RFC 3986): no scheme, no leading slash, only characters that a URI may hold.
              properties: {
                uri: { type: 'string', pattern: "^(?!/)(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$" },
                uriBaseId: { const: 'CONTRACTS' },
              },
            },
            region: {
              type: 'object',
              required: ['startLine'],
              additionalProperties: false,
              properties: { startLine: { type: 'integer', minimum: 1 } },
            },
          },
        },
        logicalLocations: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            properties: { fullyQualifiedName: { type: 'string' } },
          },
        },
      },
    },
  },
});

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
    }[];
    readonly properties: { readonly leftOut: number };
  }[];
}

function sarifOf(report: ContractReport): Sarif['runs'][number] {
  const document: unknown = JSON.parse(reportSarif(report, '1.2.3'));
  expect(sarif(document) || sarif.errors).toBe(true);
  const [run] = (document as Sarif).runs;
  if (!run) throw new Error('there is no run');
  for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  return run;
}

describe('a report in SARIF', () => {
  it('warns of what may break the provider, and of where it may not go', () => {
    const { results, properties } = sarifOf(reportOf(past, { version: '2' }));
    const told = results.map(({ level, ruleId, message }) => [level, ruleId, message.text.split('\n')[0]]);
    expect(told.slice(0, 3)).toEqual([
      ['warning', 'not-compatible', 'Can it be merged? unknown'],
      ['warning', 'not-compatible', 'Can it be deployed to production? unknown'],
      ['warning', 'not-compatible', 'Can it be deployed to test? unknown'],
    ]);
    expect(told).toContainEqual([
      'warning',
      'interaction-added',
      expect.stringMatching(/^Web → Ledger: .* added\. The provider has not been asked this before\.$/),
    ]);
    expect(told.at(-1)).toEqual(['note', 'interaction-removed', expect.stringContaining('Web → Old')]);
    expect(properties.leftOut).toBe(0);
  });

  it('has a valid shape whatever names hold', () => {
    fc.assert(
      fc.property(anyName, anyName, (one, other) => {
        expect(sarifOf(between(`c${one}`, `p${other}`, one)).results.length).toBeGreaterThan(1);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what a host would not show, and says how much', () => {
    const { results, properties } = sarifOf(between('Web', 'Api', 'd', 3_000));
    expect(results.length).toBe(5_000);
    expect(properties.leftOut).toBeGreaterThan(900);
  });
});

it('a report for programs has everything', () => {
  expect(JSON.parse(reportJson(reportOf(past, { branch: 'feat' })))).toMatchObject({
    pacticipant: 'Web',
    version: '2',
    branch: 'feat',
    base: { version: '1', branch: 'main' },
    contracts: [
      { provider: 'Api', state: 'changed', diff: { verdict: 'may-break' }, live: [{ version: '9' }] },
      { provider: 'Ledger', state: 'added' },
      { provider: 'Old', state: 'removed' },
      { provider: 'Mail', state: 'same' },
    ],
    canMerge: { summary: { verdict: 'unknown' } },
    canDeploy: [
      { environment: 'production', answer: { summary: { verdict: 'unknown' } } },
      { environment: 'test' },
    ],
    network: { nodes: expect.arrayContaining([expect.objectContaining({ name: 'Api' })]) },
  });
});
