import type { Markup } from './page.ts';

/** What a version is known by: the branches it is the head of, its tags, where it is live. */
export function Chips({
  branches = [],
  tags = [],
  environments = [],
}: {
  readonly branches?: readonly string[];
  readonly tags?: readonly string[];
  readonly environments?: readonly string[];
}): Markup {
  const kinds = [
    ['branch', branches],
    ['tag', tags],
    ['environment', environments],
  ] as const;
  return (
    <span class="chips">
      {kinds.flatMap(([kind, names]) =>
        names.map((name) => (
          <span class={`chip ${kind}`}>
            <b>{kind === 'environment' ? 'in' : kind}</b> {name}
          </span>
        )),
      )}
    </span>
  );
}

/** How many characters of a version number are shown where there is little room. */
const shownDigits = 13;

/** A version number; a long one shortened, with all of it for who hovers. */
export function VersionNumber({ number }: { readonly number: string }): Markup {
  const isLong = [...number].length > shownDigits + 3;
  return (
    <span class="number" title={isLong ? number : undefined}>
      {isLong ? `${[...number].slice(0, shownDigits).join('')}…` : number}
    </span>
  );
}
