import { recordResult } from '../../src/decide/verification.ts';
import { pacticipantName, versionNumber } from '../../src/domain/names.ts';
import { entriesOf, type Folder, file, fileAt, textOf, withNode } from '../../src/domain/tree.ts';
import { publicationOf } from '../../src/domain/version.ts';
import { paths } from '../../src/format/paths.ts';
import { story } from '../helpers/story.ts';

const web = pacticipantName('Web');
const api = pacticipantName('Api');

/** A sound store with every kind of file. */
export const sound: Folder = story({ allowContractModification: true })
  .creates('test')
  .creates('prod', true)
  .publishes('Web 1', 'Api', { content: 1, branch: 'main', tags: ['dev'] })
  .publishes('Web 1', 'Api', { content: 2, branch: 'main' })
  .publishes('Web 2', 'Api', { content: 3, branch: 'main', tags: ['dev'] })
  .verifies('Api 9', 'Web 1', 'passed', { branch: 'main' })
  .next((draft, at) => {
    const version = draft.now.version(web, versionNumber('2'));
    const publication = version && publicationOf(version, api);
    if (!publication) throw new Error('the story is another one');
    const { sha } = publication;
    const providerVersion = versionNumber('9');
    const testResults = '{"tests": []}';
    recordResult(draft, {
      consumer: web,
      provider: api,
      sha,
      providerVersion,
      success: false,
      testResults,
      at,
    });
  })
  .deploys('Web 1', 'test')
  .deploys('Web 2', 'test', 'blue')
  .releases('Api 9', 'prod')
  .next((draft, at) => {
    draft.putWebhook({
      uuid: 'w1',
      enabled: true,
      consumer: { name: web },
      events: ['contract_published'],
      request: { method: 'POST', url: 'https://example.org', headers: {} },
      createdAt: at,
    });
  }).root;

/** Where version `number` of Web lies. */
export function webAt(number: string): string {
  return paths.version(web, versionNumber(number));
}

/** All files of a tree, with their texts. */
export function filesOf(folder: Folder, at = ''): Map<string, string> {
  return new Map(
    [...entriesOf(folder)].flatMap(([name, node]): [string, string][] =>
      node.kind === 'folder' ? [...filesOf(node, `${at}${name}/`)] : [[at + name, textOf(node)]],
    ),
  );
}

/** The one path of the tree that the pattern is for. */
export function pathLike(root: Folder, pattern: RegExp): string {
  const [path, ...others] = [...filesOf(root).keys()].filter((one) => pattern.test(one));
  if (path === undefined || others.length > 0)
    throw new Error(`${pattern} is for ${others.length + 1} files`);
  return path;
}

/** The tree with other texts at these paths; `undefined` takes the file away. */
export function withTexts(root: Folder, texts: Readonly<Record<string, string | undefined>>): Folder {
  return Object.entries(texts).reduce(
    (tree, [path, text]) => withNode(tree, path, text === undefined ? undefined : file(text)),
    root,
  );
}

/** The tree with the text at `path` edited. */
export function edited(root: Folder, path: string, edit: (text: string) => string): Folder {
  const there = fileAt(root, path);
  if (!there) throw new Error(`there is no ${path}`);
  const text = edit(textOf(there));
  if (text === textOf(there)) throw new Error(`the edit of ${path} changes nothing`);
  return withTexts(root, { [path]: text });
}

/** The tree with the JSON at `path` changed, in the layout that `JSON.stringify` knows. */
export function withJson(
  root: Folder,
  path: string,
  change: (value: Record<string, unknown>) => object,
): Folder {
  return edited(root, path, (text) => `${JSON.stringify(change(JSON.parse(text)), null, 2)}\n`);
}
