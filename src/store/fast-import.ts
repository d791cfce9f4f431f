import { signature } from './commits.ts';
import type { Draft } from './engine.ts';
import { encodeName } from './objects.ts';
import type { Placement } from './seal.ts';

/**
 * The input that makes `git fast-import` write this commit and print its id. It commits on a ref of its own and
 * forgets that ref again before the end, so that no ref is left behind.
 */
export function fastImportOf({ commit, placements }: Draft, scratchRef: string): Buffer {
  const [parent] = commit.parents;
  const message = Buffer.from(commit.message);
  const head = [
    'feature done',
    `commit ${scratchRef}`,
    'mark :1',
    `author ${signature(commit.author, commit.seconds)}`,
    `committer ${signature(commit.committer, commit.seconds)}`,
    `data ${message.length}`,
    '',
  ];
  const from = parent === undefined ? '\n' : `\nfrom ${parent}\n`;
  const foot = ['', 'get-mark :1', `reset ${scratchRef}`, '', 'done', ''];
  return Buffer.concat([
    Buffer.from(head.join('\n')),
    message,
    Buffer.from(from),
    ...placements.flatMap(placementLines),
    Buffer.from(foot.join('\n')),
  ]);
}

function placementLines(placement: Placement): Buffer[] {
  const path = quotePath(placement.path);
  switch (placement.kind) {
    case 'gone':
      return [Buffer.from('D '), path, newline];
    case 'object':
      return [Buffer.from(`M ${placement.mode} ${placement.oid} `), path, newline];
    case 'text':
      return [
        Buffer.from(`M ${placement.mode} inline `),
        path,
        Buffer.from(`\ndata ${placement.data.length}\n`),
        placement.data,
        newline,
      ];
  }
}

const newline = Buffer.from('\n');

function quotePath(path: string): Buffer {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return encodeName(`"${escaped}"`);
}
