import type { Markup } from './page.ts';

/** The heads of the columns of a table; with `sorts`, the script lets one sort by them. */
export function Heads({
  words,
  sorts = false,
}: {
  readonly words: readonly string[];
  readonly sorts?: boolean;
}): Markup {
  return (
    <thead>
      <tr>
        {words.map((word) => (
          <th scope="col" data-sorts={sorts || undefined}>
            {word}
          </th>
        ))}
      </tr>
    </thead>
  );
}
