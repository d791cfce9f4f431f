import type { GridVersion } from '../../../query/matrix-grid.ts';
import { Chips, VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import type { Markup } from '../page.ts';

/** A version, as a link if told where to, with what it is the newest of and where it is; an older version of branches says of which. */
export function MarkedVersion({
  of,
  to,
}: {
  readonly of: GridVersion;
  readonly to?: string | undefined;
}): Markup {
  const { version, headBranches, latestTags, places } = of;
  const older = version.branches.map(({ name }) => name).filter((name) => !headBranches.includes(name));
  const environments = [...new Set(places.map(({ environment }) => environment.name))];
  return (
    <>
      <Go to={to}>
        <VersionNumber number={version.number} />
      </Go>{' '}
      <Chips branches={headBranches} tags={latestTags} environments={environments} />
      {older.length > 0 && (
        <small class="quiet" title="An older version of the branch">
          {' '}
          on <bdi>{older.join(', ')}</bdi>
        </small>
      )}
    </>
  );
}
