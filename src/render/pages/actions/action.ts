import type { PageLinks } from '../links.ts';

/** Something a person may do from a page: a request to the API, in words before and after. */
export interface Action {
  /** What is asked, as a question. */
  readonly title: string;
  /** What will happen, for who is asked to confirm it. */
  readonly words: string;
  /** What the button says. */
  readonly button: string;
  /** Whether something is taken away. */
  readonly isDangerous: boolean;
  /** A text that is asked for in the form. */
  readonly field?: { readonly name: string; readonly label: string };
  /** The request to the API; its path is below the base. Undefined while the field is empty. */
  readonly request: { readonly method: string; readonly path: string; readonly body?: string } | undefined;
  /** Where to go when it is done; the answer is shown where there is none. */
  readonly next?: (links: PageLinks) => string | undefined;
  /** Where who says no goes, where that is not where it goes on when it is done. */
  readonly back?: (links: PageLinks) => string | undefined;
}

/** The parameters of an action, as they came; empty where there is none. */
export type ActionParameters = (name: string) => string;

/** Makes an action from its parameters. */
export type ActionMaker = (given: ActionParameters) => Action;
