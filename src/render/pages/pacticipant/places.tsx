import type { PacticipantFacts } from '../../../query/pacticipant.ts';
import { VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import type { PageLinks } from '../links.ts';
import { Moment } from '../moment.tsx';
import type { Markup } from '../page.ts';

/** Which versions are in which environments, however old they are; nothing where none is. */
export function Places({
  facts: { pacticipant, places },
  links,
}: {
  readonly facts: PacticipantFacts;
  readonly links: PageLinks;
}): Markup | '' {
  if (places.length === 0) return '';
  return (
    <>
      <h2>In environments</h2>
      <table class="cards" data-sorts="">
        <caption class="only-heard">Versions in environments</caption>
        <Heads words={['Environment', 'Version', 'Since']} sorts />
        <tbody>
          {places.map(({ environment, presence }) => (
            <tr>
              <th scope="row">
                <span class="chip environment" title={environment.name}>
                  <b>in</b> {environment.displayName}
                </span>
              </th>
              <td>
                <Go to={links.matrixOfVersion(pacticipant.name, presence.version)}>
                  <VersionNumber number={presence.version} />
                </Go>{' '}
                {presence.target !== undefined && (
                  <span class="chip">
                    <b>at</b> {presence.target}
                  </span>
                )}
              </td>
              <td data-is={presence.kind} data-sort={presence.createdAt}>
                <Moment at={presence.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
