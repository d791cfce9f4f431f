import type { Action } from './actions.ts';
import { Go } from './go.tsx';
import type { View } from './page.ts';

/** Asks a person whether an action is meant. `hidden` is what the form sends along. */
export function confirmationView(
  action: Action,
  hidden: readonly (readonly [name: string, value: string])[],
): View {
  const { title, words, button, isDangerous, field } = action;
  return {
    title,
    body: ({ mayWrite, links }) => (
      <>
        <h1>{title}</h1>
        <p>{words}</p>
        {mayWrite ? (
          <form method="post" class="confirmation">
            {hidden.map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            {field === undefined ? (
              <p>Do you wish to continue?</p>
            ) : (
              <p>
                <label>
                  {field.label} <input name={field.name} required autofocus />
                </label>
              </p>
            )}
            <button type="submit" class={isDangerous ? 'danger' : undefined}>
              {button}
            </button>{' '}
            <Go to={action.next?.(links) ?? links.overview()}>No, go back</Go>
          </form>
        ) : (
          <p>You may look at everything here, and change nothing.</p>
        )}
      </>
    ),
  };
}

/** What the API answered to an action. */
export function outcomeView(action: Action, status: number, text: string): View {
  const isDone = status < 400;
  return {
    title: action.title,
    body: ({ links }) => (
      <>
        <h1>{isDone ? 'Done' : 'That could not be done'}</h1>
        <p>{action.words}</p>
        {text === '' ? '' : <pre tabindex={0}>{text}</pre>}
        <p>
          <Go to={links.overview()}>To the overview</Go>
        </p>
      </>
    ),
  };
}
