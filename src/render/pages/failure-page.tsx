import type { GitpactError } from '../../domain/failure.ts';
import { Go } from './go.tsx';
import type { View } from './page.ts';

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
        <p>
          <Go to={links.overview()}>To the overview</Go>
        </p>
      </>
    ),
  };
}
