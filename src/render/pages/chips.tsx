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

/** How many characters of a version number are shown where there is little room; more are cut by the stylesheet. */
const shownDigits = 16;

/** A version number; the stylesheet cuts a long one short, all of it is there to be found, heard and copied. */
export function VersionNumber({ number }: { readonly number: string }): Markup {
  const isLong = [...number].length > shownDigits;
  return (
    <span class={isLong ? 'number long' : 'number'} title={isLong ? number : undefined}>
      {number}
    </span>
  );
}
