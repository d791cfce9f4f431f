import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { arrangedPact } from '../../src/domain/canonical.ts';
import { compactJson, type JsonValue, parseJson } from '../../src/domain/json.ts';
import { anyJson } from '../domain/any-json.ts';
import { filesIn, textIn } from '../helpers/repository.ts';
import { type Desk, desk } from './cli.ts';

let made = 0;

/**
 * A pact whose one response has this body, written as `body` says it, letter by letter; a contract of its own, since of
 * two texts of the same contract the first is kept.
 */
function pactWith(body: string): string {
  made += 1;
  return `{"provider": {"name": "Api"}, "consumer": {"name": "Web"}, "interactions": [
    {"response": {"status": 200, "body": ${body}}, "description": "b", "request": {"path": "/${made}", "method": "GET"}},
    {"description": "a", "request": {"method": "GET", "path": "/"}, "response": {"status": 200}}
  ], "metadata": {"pactSpecification": {"version": "2.0.0"}}, "__proto__": {"x": 1.0}}`;
}

let at: Desk;
let published = 0;

beforeAll(async () => {
  at = await desk();
});

/** Publishes the text as the next version and gives what Git then holds for it: the pact as it was submitted. */
async function throughGit(text: string | Uint8Array): Promise<JsonValue> {
  published += 1;
  const version = String(published);
  const told = await at.published(at.write('pact.json', text), `-a=${version}`);
  const [{ contracts: [{ sha } = { sha: '' }] = [] } = {}] = told as { contracts?: { sha: string }[] }[];
  const content = `pacts/provider/Api/consumer/Web/content/${sha?.slice(0, 2)}/${sha}`;
  const files = await filesIn(at.repository, 'HEAD', content);
  const order = `${content}.order.json`;
  const arrangement = files.has(order) ? await textIn(at.repository, order) : undefined;
  return arrangedPact(await textIn(at.repository, `${content}.json`), arrangement);
}

describe('what is published comes back from Git letter by letter:', () => {
  it.each([
    ['1.0'],
    ['1'],
    ['1.00'],
    ['-0'],
    ['1e400'],
    ['1E+400'],
    ['1e-400'],
    ['12345678901234567890'],
    ['0.1000000000000000055511151231257827'],
    ['"\\ud83d"'],
    ['"\\u0000\\u001b\\u007f\\u2028\\u202e"'],
    ['"😀 café cafe\\u0301 עגלה"'],
    ['"a\\nb\\r\\nc\\td"'],
    ['"/ and \\/"'],
    ['{"b": 1, "a": {"d": 1.0, "c": 2}, "10": 1, "9": 2}'],
    ['{"__proto__": {"polluted": true}, "constructor": {"prototype": 1}, "toString": null}'],
    ['[[], {}, "", null, true, [1, 1.0, 1e0]]'],
    ['"$& $1 {{x}} %s"'],
  ])('%s', async (body) => {
    const text = pactWith(body);
    expect(compactJson(await throughGit(text))).toBe(compactJson(parseJson(text)));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anyJson, async (body) => {
        const text = pactWith(compactJson(body));
        expect(compactJson(await throughGit(text))).toBe(compactJson(parseJson(text)));
      }),
      { numRuns: 25 },
    );
  });

  it('a text with a byte order mark before it, without the mark', async () => {
    const text = pactWith('1.0');
    expect(compactJson(await throughGit(`\ufeff${text}`))).toBe(compactJson(parseJson(text)));
  });

  it('and the repository is sound', async () => {
    expect(await at.soundTip()).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('the same contract', () => {
  it('in another order of keys and interactions is the same file', async () => {
    const one = await desk();
    const interactions = [
      '{"description": "x", "request": {"method": "GET", "path": "/x"}, "response": {"status": 200, "body": 1.0}}',
      '{"response": {"body": 2, "status": 200}, "request": {"path": "/y", "method": "GET"}, "description": "y"}',
    ];
    const names = '"consumer": {"name": "Web"}, "provider": {"name": "Api"}';
    await one.gitpact(
      'publish',
      one.write('1.json', `{${names}, "interactions": [${interactions.join()}]}`),
      '-a=1',
    );
    const contents = async () =>
      [...(await filesIn(one.repository, 'HEAD', 'pacts/'))].filter(([path]) => /content|latest/.test(path));
    const before = await contents();
    expect(before.length).toBeGreaterThan(1);
    const told = await one.published(
      one.write('2.json', `{"interactions": [${interactions.reverse().join()}], ${names}}`),
      '-a=2',
    );
    expect(told).toMatchObject([{ contracts: [{ result: 'created' }] }]);
    expect(await contents()).toEqual(before);
  });
});
