import type { Commit } from '../store/port.ts';

/** A commit as stable JSON (README, "JSON shapes"). */
export function commitJson({ id, parent, title, message, author, committedAt }: Commit): unknown {
  const { name, email } = author;
  return {
    id,
    ...(parent === undefined ? {} : { parent }),
    title,
    message,
    author: { name, email },
    committedAt,
  };
}
