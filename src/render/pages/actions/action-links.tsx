import { escapeHidden } from '../../../domain/hidden-characters.ts';
import { Go } from '../go.tsx';
import type { Frame, Markup } from '../page.ts';

/** A way to an action: its name, what it is done with, and what the link says. */
export interface ActionLink {
  readonly action: string;
  readonly with: Readonly<Record<string, string>>;
  readonly words: string;
  /** What is done something with, for who hears the link and does not see where it stands. */
  readonly about?: string;
}

/** Whether actions are offered: to who may write, and of the present only. */
export function mayAct({ isLive, mayWrite, at }: Frame): boolean {
  return isLive && mayWrite && at === undefined;
}

/** Links to actions in one line, for who may do them; each asks before it does anything. */
export function ActionLinks({
  frame,
  actions,
}: {
  readonly frame: Frame;
  readonly actions: readonly ActionLink[];
}): Markup | '' {
  if (!mayAct(frame)) return '';
  return (
    <span class="actions">
      {actions.map(({ action, with: given, words, about }) => (
        <Go to={frame.links.own(['actions', action], given)}>
          {escapeHidden(words)}…
          {about !== undefined && <span class="only-heard"> {escapeHidden(about)}</span>}
        </Go>
      ))}
    </span>
  );
}
