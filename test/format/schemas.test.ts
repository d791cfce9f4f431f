import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { entriesOf, type Folder, textOf } from '../../src/domain/tree.ts';
import { story } from '../helpers/story.ts';

const text = readFileSync(new URL('../../FORMAT.md', import.meta.url), 'utf8');
const schemas = new Map(
  [...text.matchAll(/```json schema=(\w+)\n([\s\S]*?)```/g)].map(([, name = '', schema = '']) => [
    name,
    new Ajv2020().compile(JSON.parse(schema)),
  ]),
);

const places: readonly (readonly [pattern: RegExp, schema: string])[] = [
  [/^gitpact\.yaml$/, 'settings'],
  [/\/versions\//, 'version'],
  [/^pacticipants\/[^/]+\/branches\//, 'branch'],
  [/^pacticipants\/[^/]+\/tags\//, 'tag'],
  [/\/integration\.json$/, 'integration'],
  [/^results\/.*~\d+\.json$/, 'result'],
  [/^deployments\/[^/]+\.json$/, 'presences'],
  [/\/pacticipant\.yaml$/, 'pacticipant'],
  [/^environments\//, 'environment'],
];

function files(folder: Folder, at = ''): [string, string][] {
  return [...entriesOf(folder)].flatMap(([name, node]): [string, string][] =>
    node.kind === 'folder' ? files(node, `${at}${name}/`) : [[at + name, textOf(node)]],
  );
}

const busy = story({ strict: true })
  .creates('test')
  .creates('prod', true)
  .publishes('Web 1', 'Api', { branch: 'main', tags: ['dev', 'test'] })
  .publishes('Web 2', 'Api', { tags: ['dev'] })
  .verifies('Api 9', 'Web 1', 'passed', { branch: 'main', tags: ['prod'], wip: true })
  .deploys('Web 1', 'prod')
  .deploys('Web 2', 'prod')
  .deploys('Web 2', 'prod', 'blue')
  .releases('Api 9', 'test');

it.each(places)('files at %s are as the schema "%s" of FORMAT.md says', (pattern, name) => {
  const schema = schemas.get(name);
  const found = files(busy.root).filter(([path]) => pattern.test(path));
  expect(found.length).toBeGreaterThan(0);
  for (const [path, content] of found) {
    const valid = schema?.(path.endsWith('.yaml') ? parse(content) : JSON.parse(content));
    expect(valid, `${path}: ${JSON.stringify(schema?.errors)}`).toBe(true);
  }
});

it('has a schema for every record, and a place for every schema', () => {
  // No command writes a policy: policy.test.ts holds the example of the README against its schema.
  const names = [...places.map(([, name]) => name), 'policy'];
  expect(names.sort()).toEqual([...schemas.keys()].sort());
});
