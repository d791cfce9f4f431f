import type { PacticipantStatus, Status } from '../../../query/status.ts';
import { VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import type { Markup } from '../page.ts';
import { type CommitIndex, Place } from './place.tsx';
import { openClearances, Promotion } from './promotion.tsx';

/** A pacticipant: the head of its main branch, and for each environment what is there and whether the head could be. */
export function BoardRow({
  of,
  environments,
  commits,
  links,
}: {
  readonly of: PacticipantStatus;
  readonly environments: Status['environments'];
  readonly commits: CommitIndex;
  readonly links: PageLinks;
}): Markup {
  const { name, head, mainBranch, places, clearances } = of;
  const verdicts = new Set(openClearances(of).map(({ verdict }) => verdict));
  return (
    <tr data-promotion={[...verdicts].join('\n')}>
      <th scope="row">
        <Go to={links.pacticipant(name)}>{name}</Go>
        {head && (
          <div class="head quiet">
            <bdi>{mainBranch ?? 'newest'}</bdi>: <VersionNumber number={head.number} />
          </div>
        )}
      </th>
      {environments.map((environment) => {
        const here = places.filter((place) => place.environment === environment.name);
        const clearance = clearances.find((one) => one.environment === environment.name);
        return (
          <td data-is={environment.displayName}>
            {here.map((place) => (
              <Place place={place} name={name} commits={commits} links={links} />
            ))}
            {clearance && (
              <Promotion
                clearance={clearance}
                name={name}
                version={head?.number ?? ''}
                mainBranch={mainBranch}
                links={links}
              />
            )}
          </td>
        );
      })}
    </tr>
  );
}
