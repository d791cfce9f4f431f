import type { Markup } from './page.ts';

/**
 * A field to find some of the `<details class="WHAT">` of a page by their text, and buttons to open and close all; there
 * only where the script runs, for without it the browser's own search opens what it finds.
 */
export function Foldable({
  what,
  placeholder,
}: {
  readonly what: string;
  readonly placeholder: string;
}): Markup {
  return (
    <search class="filters" hidden data-folds={what}>
      <label>
        Find <input type="search" placeholder={placeholder} size={28} />
      </label>
      <button type="button" data-opens="true">
        Open all
      </button>
      <button type="button" data-opens="">
        Close all
      </button>
      <output />
    </search>
  );
}
