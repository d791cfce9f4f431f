import type { Around, Markup } from './page.ts';

/** A link, or only what stands in it where there is no such page. */
export function Go({
  to,
  title,
  className,
  children,
}: Around & {
  readonly to: string | undefined;
  readonly title?: string;
  readonly className?: string;
}): Markup {
  if (to === undefined) {
    return (
      <span class={className} title={title}>
        {children}
      </span>
    );
  }
  return (
    <a href={to} class={className} title={title}>
      {children}
    </a>
  );
}

/** Links beside each other; those to what a site has no page of are left out. */
export function Ways({
  to,
}: {
  readonly to: readonly (readonly [words: string, to: string | undefined])[];
}): Markup {
  return (
    <span class="ways">{to.map(([words, there]) => there !== undefined && <a href={there}>{words}</a>)}</span>
  );
}

/** A link that somebody typed into a setting: only the web is gone to, anything else is shown as text. */
export function GoOutside({ to }: { readonly to: string }): Markup {
  const isWeb = /^https?:\/\//i.test(to) && URL.canParse(to);
  return isWeb ? (
    <a href={to} rel="noopener noreferrer nofollow">
      {to}
    </a>
  ) : (
    <span>{to}</span>
  );
}
