import pc from 'picocolors';
import { escapeHidden } from '../domain/hidden-characters.ts';
import type { StatePaint } from '../render/state-paint.ts';
import type { Notice } from '../render/words/publishing.ts';
import type { World } from './world.ts';

/** Colours for this world: none where they may not be used. */
export function paint(world: World): ReturnType<typeof pc.createColors> {
  return pc.createColors(world.colour);
}

/** The colours of states of verification for this world. */
export function statePaint(world: World): StatePaint {
  const { green, red, yellow, dim } = paint(world);
  return { verified: green, failed: red, unverified: yellow, changed: yellow, faint: dim };
}

/** The notices as lines, coloured by how loud they are. */
export function noticeLines(
  world: World,
  notices: readonly { readonly type: string; readonly text: string }[],
): string {
  const colours = paint(world);
  const by: Readonly<Record<string, (text: string) => string>> = {
    debug: colours.dim,
    prompt: colours.yellow,
    success: colours.green,
    warning: colours.yellow,
    error: colours.red,
    danger: colours.red,
  } satisfies Partial<Record<Notice['type'], (text: string) => string>>;
  return notices.map(({ type, text }) => `${(by[type] ?? String)(escapeHidden(text, '\n'))}\n`).join('');
}
