import type { Child } from 'hono/jsx';
import type { JSX } from 'hono/jsx/jsx-runtime';
import type { Delivery } from '../../domain/delivery.ts';
import type { CommitId, Instant } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { DrawnGraph, Layout } from '../graph/layout.ts';
import type { PageLinks } from './links.ts';

/*
 * How a page is made: a pure question about a Snapshot gives a model, a component turns the model into HTML. `page` joins
 * the two; `allPages` (all-pages.ts) lists every page there is. `gitpact serve` answers browsers with them (page-routes.ts
 * in http), `gitpact site` writes what the same app answers into files. Components are functions of hono/jsx that return
 * Markup: every text in them is escaped. They never build an address: PageLinks does, live or relative to a file, and
 * gives undefined for what is not in a site, which `<Go>` shows as text. States are shown with `<State>`: a colour, a
 * shape and a word. The stylesheet and the script are files in assets/, served with a Content-Security-Policy that allows
 * nothing inline: no `style=`, no `onclick=`.
 */

/** What a component returns: HTML in which every text is escaped. */
export type Markup = JSX.Element;

/** A component with something between its tags. */
export interface Around {
  readonly children?: Child;
}

/** A commit of the contract repository, as pages tell of it. */
export interface PageCommit {
  readonly id: CommitId;
  readonly title: string;
  readonly message: string;
  readonly author: { readonly name: string };
  readonly committedAt: Instant;
}

/** What a page was asked. */
export interface Asked {
  /** A segment of the path by its name in the route, decoded; any text. */
  readonly segment: (name: string) => string;
  readonly query: URLSearchParams;
  /** Whether a server answers; of the files of a site there are many: they say less of what is long ago. */
  readonly isLive: boolean;
}

/** What a page cannot learn from a snapshot. */
export interface Supplies {
  /** The newest commits, newest first; for a page that needs them. */
  readonly commits?: readonly PageCommit[];
  /** The newest requests that events triggered, newest first; for a page that needs them. */
  readonly deliveries?: readonly Delivery[];
  /** The graph of the view, laid out; absent where it has none. */
  readonly layout?: Layout;
}

/** Everything of a page that is not its model. */
export interface Frame extends Supplies {
  readonly links: PageLinks;
  /** The commit that is shown; absent in a store without commits, and on a page that shows nothing of the store. */
  readonly commit?: CommitId;
  /** Whether the store has no commit. */
  readonly isEmpty?: boolean;
  /** The past that was asked for, as it was typed. */
  readonly at?: string;
  /** Where this page lies, to ask it of another moment; of a server only. */
  readonly here?: {
    /** The same page as things are now. */
    readonly now: string;
    /** The parameters it was asked with, but for the moment. */
    readonly parameters: readonly (readonly [name: string, value: string])[];
  };
  /** The URL of the server, without a final slash. */
  readonly base?: string;
  /** Whether a server answers, with forms and parameters; else the page is a file. */
  readonly isLive: boolean;
  /** Whether whoever looks may change something. */
  readonly mayWrite: boolean;
}

/** A page that found what it was asked for. */
export interface View {
  readonly title: string;
  /** A graph to lay out before the body is made. */
  readonly graph?: DrawnGraph;
  readonly body: (frame: Frame) => Markup;
}

/** A page of the product. */
export interface Page {
  /** The path below the base, as a route: `/pacticipants/:pacticipant`. */
  readonly path: string;
  /** How many commits it tells of, as asked; none when absent. */
  readonly commits?: (asked: Asked) => number;
  /** Whether it tells of requests that events triggered. */
  readonly deliveries?: true;
  /** What it shows; undefined where there is no such thing. @throws NotLoaded, GitpactError */
  readonly view: (now: Snapshot, asked: Asked) => View | undefined;
}

/** Joins a question and its component to a page. */
export function page<Model>(definition: {
  readonly path: string;
  readonly commits?: (asked: Asked) => number;
  readonly deliveries?: true;
  readonly question: (now: Snapshot, asked: Asked) => Model | undefined;
  readonly title: (model: Model) => string;
  readonly graph?: (model: Model) => DrawnGraph | undefined;
  readonly component: (props: { readonly model: Model; readonly frame: Frame }) => Markup;
}): Page {
  const { path, commits, question, title, component } = definition;
  return {
    path,
    ...(commits ? { commits } : {}),
    ...(definition.deliveries ? { deliveries: true } : {}),
    view: (now, asked) => {
      const model = question(now, asked);
      if (model === undefined) return undefined;
      const graph = definition.graph?.(model);
      return {
        title: title(model),
        ...(graph ? { graph } : {}),
        body: (frame) => component({ model, frame }),
      };
    },
  };
}
