import type { GitpactError } from '../../domain/failure.ts';
import { Ways } from './go.tsx';
import type { PageLinks } from './links.ts';
import type { Markup, View } from './page.ts';

/** Something broke that nobody expected; the log of the server has more under the reference. */
export function bugView(reference: string): View {
  const title = 'Something broke';
  return {
    title,
    body: ({ links }) => (
      <>
        <h1>{title}</h1>
        <p>
          This is a fault of gitpact, not yours. The log of the server says what happened, with the reference{' '}
          <code data-copies="Copy reference">{reference}</code>.
        </p>
        <WaysOn links={links} />
      </>
    ),
  };
}

/** A failure, told to somebody with a browser. */
export function failureView(failure: GitpactError, status: number): View {
  const { message, hint, complaints } = failure;
  const title =
    status === 404 ? 'Not found' : status < 500 ? 'That cannot be answered' : 'Something is in the way';
  return {
    title,
    body: ({ links }) => (
      <>
        <h1>{title}</h1>
        {complaints.length > 1 ? (
          <ul>
            {complaints.map(({ where, text }) => (
              <li>
                {where} {text}
              </li>
            ))}
          </ul>
        ) : (
          <p>{message}</p>
        )}
        {hint === undefined ? '' : <p>{hint}</p>}
        <WaysOn links={links} />
      </>
    ),
  };
}

function WaysOn({ links }: { readonly links: PageLinks }): Markup {
  return (
    <p>
      <Ways
        to={[
          ['To the overview', links.overview()],
          ['To the history', links.history()],
        ]}
      />
    </p>
  );
}
