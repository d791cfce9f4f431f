import { readFile } from 'node:fs/promises';
import type { Shell } from './shell.ts';

/** A part of a story: text as it stands, a moment, a file that its reader makes, or a command and what it printed. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'moment'; readonly at: Date }
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly line: string };

/** The folder of the stories. */
export const stories = new URL('./', import.meta.url);

/**
 * Tells a story of this folder anew: its text, and of each command what it prints now. A story is Markdown:
 * - in ```` ```console ```` blocks, `$ command` and its output, the two streams as they come on a terminal; a command ends
 *   with a line that does not end with a backslash;
 * - a block of another language, after a paragraph that ends with `` `path`: ``, is a file its reader makes;
 * - `**2026-01-12 14:00**` in the text is the moment (UTC) at which it goes on;
 * - “goes on where [another story](other.md) ends” has all of that done first.
 */
export async function toldAnew(name: string, shell: Shell): Promise<string> {
  const markdown = await readFile(new URL(name, stories), 'utf8');
  const [, before] =
    /goes on where \[[^\]]*\]\(([\w.-]+\.md)\) ends/.exec(markdown.replaceAll('\n', ' ')) ?? [];
  if (before !== undefined) await toldAnew(before, shell);
  const told: string[] = [];
  for (const part of partsOf(markdown, name)) {
    if (part.kind === 'text') told.push(part.text);
    if (part.kind === 'moment') shell.at(part.at);
    if (part.kind === 'file') shell.write(part.path, part.text);
    if (part.kind === 'command') told.push(`$ ${part.line}\n`, await shell.run(part.line));
  }
  return told.join('');
}

/** A fenced block with its fence, its language and its text; or all text up to the next one. */
const blockOrText = /^(`{3,})(\w+)\n([\s\S]*?)^\1\n|(?:(?!^```)[^\n]*\n)+/gm;

function partsOf(markdown: string, name: string): readonly Part[] {
  const parts: Part[] = [];
  let before = '';
  for (const [whole, fence, language, inside = ''] of markdown.matchAll(blockOrText)) {
    if (fence === undefined) {
      before = whole;
      parts.push(...momentsIn(whole), { kind: 'text', text: whole });
    } else if (language === 'console') {
      const open = { kind: 'text', text: `${fence}console\n` } as const;
      parts.push(open, ...commandsIn(inside), { kind: 'text', text: `${fence}\n` });
    } else {
      const [, path] = /`([^`\n]+)`:\n\n$/.exec(before) ?? [];
      if (path === undefined)
        throw new Error(`${name}: the text before a block of ${language} names no file.`);
      parts.push({ kind: 'file', path, text: inside }, { kind: 'text', text: whole });
    }
  }
  return parts;
}

function momentsIn(text: string): readonly Part[] {
  return [...text.matchAll(/\*\*(\d{4}-\d\d-\d\d) (\d\d:\d\d)\*\*/g)].map(([, day, time]) => ({
    kind: 'moment',
    at: new Date(`${day}T${time}:00Z`),
  }));
}

function commandsIn(block: string): readonly Part[] {
  return [...block.matchAll(/^\$ ((?:.*\\\n)*.*)$/gm)].map(([, line = '']) => ({ kind: 'command', line }));
}
