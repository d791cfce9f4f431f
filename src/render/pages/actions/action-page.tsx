import { escapeHidden } from '../../../domain/hidden-characters.ts';
import { Go } from '../go.tsx';
import type { Markup, View } from '../page.ts';
import { State } from '../state.tsx';
import type { Action } from './action.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** Asks a person whether an action is meant. `hidden` is what the form sends along. */
export function confirmationView(
  action: Action,
  hidden: readonly (readonly [name: string, value: string])[],
): View {
  const { title, words, button, isDangerous, field, next, back = next } = action;
  return {
    title,
    body: ({ mayWrite, links }) => (
      <>
        <h1>{escapeHidden(title)}</h1>
        <p>{escapeHidden(words)}</p>
        {isDangerous && (
          <p class="quiet">
            The repository’s history keeps it: pages, and every question with <code>--at</code>, still show
            how it was before.
          </p>
        )}
        {mayWrite ? (
          <form method="post" class="confirmation">
            {hidden.map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            {field && (
              <label class="field">
                <span>{field.label}</span>
                <input name={field.name} required autofocus autocomplete="off" />
              </label>
            )}
            <p class="buttons">
              <button type="submit" class={isDangerous ? 'danger' : 'main'}>
                {button}
              </button>
              <Go to={back?.(links) ?? links.overview()} className="button">
                No, go back
              </Go>
            </p>
          </form>
        ) : (
          <p class="problem">You may look at everything here, and change nothing.</p>
        )}
      </>
    ),
  };
}

/** What the API answered to an action. */
export function outcomeView(action: Action, status: number, text: string): View {
  const outcome = outcomeOf(status, text);
  const { title, next, back = next } = action;
  return {
    title,
    body: ({ links }) => (
      <>
        <h1>{escapeHidden(title.replace(/\?$/, ''))}</h1>
        <Told outcome={outcome} />
        <p>
          <Go to={back?.(links) ?? links.overview()}>Back</Go> ·{' '}
          <Go to={links.overview()}>To the overview</Go>
        </p>
      </>
    ),
  };
}

function Told({ outcome: { isGood, sentences, log } }: { readonly outcome: Outcome }): Markup {
  return (
    <>
      <div class={`verdict ${isGood ? 'verified' : 'failed'}`} role="status">
        {sentences.map((sentence) => (
          <p>
            <State of={isGood ? 'verified' : 'failed'} words={escapeHidden(sentence)} title="" />
          </p>
        ))}
      </div>
      {log !== undefined && <pre tabindex={0}>{log}</pre>}
    </>
  );
}
