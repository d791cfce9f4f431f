import type { Version } from '../../../domain/records.ts';
import type { PacticipantFacts } from '../../../query/pacticipant.ts';
import { ActionLinks } from '../actions/action-links.tsx';
import { GoOutside } from '../go.tsx';
import { MarkedVersion } from '../matrix/version-marks.tsx';
import { Moment } from '../moment.tsx';
import type { Frame, Markup } from '../page.ts';

/** The versions along a line of time, the newest on top. */
export function Versions({
  facts: { pacticipant, versions, moreVersions },
  frame,
}: {
  readonly facts: PacticipantFacts;
  readonly frame: Frame;
}): Markup {
  const { links } = frame;
  return (
    <>
      <h2>Versions</h2>
      {versions.length === 0 ? <p>It has no version yet.</p> : ''}
      <ol class="time-line">
        {versions.map((version) => (
          <li>
            <MarkedVersion
              of={version}
              to={links.matrixOfVersion(pacticipant.name, version.version.number)}
            />{' '}
            <span class="quiet">
              <Moment at={version.version.createdAt} />
              {pactsWords(version.version.pacts)}
            </span>{' '}
            {version.version.buildUrl !== undefined && (
              <>
                <GoOutside to={version.version.buildUrl} />{' '}
              </>
            )}
            <VersionActions version={version.version} frame={frame} />
          </li>
        ))}
      </ol>
      {moreVersions > 0 ? <p class="quiet">And {moreVersions} older.</p> : ''}
    </>
  );
}

/** What a person who may write can do with a version: put a tag on it, take one off, delete it. */
function VersionActions({
  version: { pacticipant, number, tags },
  frame,
}: {
  readonly version: Version;
  readonly frame: Frame;
}): Markup | '' {
  const of = { pacticipant, version: number };
  return (
    <ActionLinks
      frame={frame}
      actions={[
        { action: 'tag', with: of, words: 'Tag', about: `version ${number}` },
        ...tags.map(({ name }) => ({
          action: 'delete-tag',
          with: { ...of, tag: name },
          words: `Untag ${name}`,
        })),
        { action: 'delete-version', with: of, words: 'Delete', about: `version ${number}` },
      ]}
    />
  );
}

function pactsWords(pacts: readonly { readonly provider: string }[]): string {
  const providers = [...new Set(pacts.map(({ provider }) => provider))];
  if (providers.length === 0) return '';
  return `, published for ${providers.length > 3 ? `${providers.length} providers` : providers.join(', ')}`;
}
