import { asOfClass } from './as-of.ts';
import { SamePast } from './form-fields.tsx';
import { Go } from './go.tsx';
import type { Around, Frame, Markup, View } from './page.ts';
import { StateShapes } from './state.tsx';

/** A whole HTML document for a view. */
export function renderPage(view: View, frame: Frame): string {
  const document = (
    <Layout title={view.title} draws={view.graph !== undefined} frame={frame}>
      {view.body(frame)}
    </Layout>
  );
  return `<!doctype html>\n${document}\n`;
}

function Layout({
  title,
  draws,
  frame,
  children,
}: Around & {
  readonly title: string;
  /** Whether it has a graph. */
  readonly draws: boolean;
  readonly frame: Frame;
}): Markup {
  const { links } = frame;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === 'gitpact' ? title : `${title} · gitpact`}</title>
        <link rel="icon" href={links.asset('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={links.asset('pages.css')} />
        {!frame.isLive && <link rel="stylesheet" href={links.asset('as-of.css')} />}
        <script src={links.asset('pages.js')} defer />
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to the content
        </a>
        {draws && <StateShapes />}
        <header>
          <a class="home" href={links.overview()}>
            gitpact
          </a>
          <Navigation frame={frame} />
          <Find frame={frame} />
        </header>
        {frame.at === undefined ? '' : <Past at={frame.at} frame={frame} />}
        <main id="content" tabindex={-1}>
          {children}
        </main>
        <Footer frame={frame} />
      </body>
    </html>
  );
}

/** The pages one can go to from anywhere; the one that is looked at is marked. */
function Navigation({ frame }: { readonly frame: Frame }): Markup {
  const { links } = frame;
  const places: readonly (readonly [words: string, to: string | undefined])[] = [
    ['Overview', links.overview()],
    ['Network', links.network()],
    ['Matrix', links.matrix()],
    ['Environments', links.environments()],
    ['History', links.history()],
    ['Webhooks', links.webhooks()],
    ['API', links.api()],
  ];
  return (
    <nav aria-label="Pages">
      <ul>
        {places.map(([words, to]) =>
          to === undefined ? (
            ''
          ) : (
            <li>
              <a href={to} aria-current={isHere(to, frame) ? 'page' : undefined}>
                {words}
              </a>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

/** Whether a link leads to the page it stands in: on a server by its path. */
function isHere(to: string, { here, isLive, links }: Frame): boolean {
  const path = (address: string) => address.replace(/[?#].*$/s, '');
  return isLive ? here !== undefined && path(here.now) === path(to) : links.isToItself(to);
}

/** A search from anywhere, answered by the overview; there, its own field does it. */
function Find({ frame }: { readonly frame: Frame }): Markup | '' {
  const { links, isLive } = frame;
  const overview = links.overview();
  if (!isLive || overview === undefined || isHere(overview, frame)) return '';
  return (
    <search class="find">
      <form method="get" action={overview.replace(/\?.*$/s, '')}>
        <SamePast frame={frame} />
        <input
          type="search"
          name="search"
          placeholder="Find an integration"
          aria-label="Find an integration"
        />
      </form>
    </search>
  );
}

/** That this is not how things are now. */
function Past({ at, frame }: { readonly at: string; readonly frame: Frame }): Markup {
  return (
    <p class="past" role="status">
      You are looking at the past: everything as of <strong>{at}</strong>.{' '}
      {frame.here === undefined ? '' : <a href={frame.here.now}>Back to now</a>}
    </p>
  );
}

function Footer({ frame }: { readonly frame: Frame }): Markup {
  const { commit, isEmpty = false, at, here, isLive, links } = frame;
  return (
    <footer>
      <p>
        {!isLive ? (
          <>
            As of <span class={asOfClass} /> (<Go to={links.history()}>history</Go>)
          </>
        ) : commit === undefined ? (
          isEmpty && 'The contract repository has no commit yet.'
        ) : (
          <>
            As of commit{' '}
            <Go to={links.history()}>
              <code title={commit}>{commit.slice(0, 12)}</code>
            </Go>
            .
          </>
        )}
      </p>
      {here === undefined ? (
        ''
      ) : (
        <form method="get" class="as-of">
          {here.parameters.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <label for="as-of">Show it as of</label>
          <input id="as-of" name="at" value={at} placeholder="2026-01-31 or a commit" size={24} />
          <button type="submit">Show</button>
        </form>
      )}
    </footer>
  );
}
