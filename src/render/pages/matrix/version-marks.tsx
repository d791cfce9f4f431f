import type { GridVersion } from '../../../query/matrix-grid.ts';
import { Chips, VersionNumber } from '../chips.tsx';
import type { Markup } from '../page.ts';

/** A version with what it is the newest of and where it is; an older version of branches says of which. */
export function MarkedVersion({ of }: { readonly of: GridVersion }): Markup {
  const { version, headBranches, latestTags, places } = of;
  const older = version.branches.map(({ name }) => name).filter((name) => !headBranches.includes(name));
  const environments = [...new Set(places.map(({ environment }) => environment.name))];
  return (
    <>
      <VersionNumber number={version.number} />{' '}
      <Chips branches={headBranches} tags={latestTags} environments={environments} />
      {older.length > 0 && (
        <small class="quiet" title="An older version of the branch">
          {' '}
          on {older.join(', ')}
        </small>
      )}
    </>
  );
}
