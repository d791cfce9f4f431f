import type { CommitId, Instant } from '../../domain/names.ts';

/** What the stylesheet fills with the commit that a site shows. */
export const asOfClass = 'as-of-commit';

/**
 * The stylesheet that says on every page of a site which commit the site shows. So a page whose contracts did not change stays
 * as it is when the others do.
 */
export function asOfStyle(commit: CommitId, at: Instant | undefined): string {
  const when = at === undefined ? '' : ` of ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return `.${asOfClass}::after {\n  content: "commit ${commit.slice(0, 12)}${when}";\n}\n`;
}
