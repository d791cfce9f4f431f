import type { PacticipantFacts } from '../../../query/pacticipant.ts';
import { ActionLinks } from '../actions/action-links.tsx';
import { VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import { Moment } from '../moment.tsx';
import type { Frame, Markup } from '../page.ts';

/** The branches and tags, and their newest versions; nothing without any. */
export function Branches({
  facts: { pacticipant, branches, tags },
  frame,
}: {
  readonly facts: PacticipantFacts;
  readonly frame: Frame;
}): Markup | '' {
  if (branches.length + tags.length === 0) return '';
  const rows = [
    ...branches.map(({ name, head, updatedAt }) => ({ kind: 'branch', name, newest: head, at: updatedAt })),
    ...tags.map(({ name, latest, createdAt }) => ({ kind: 'tag', name, newest: latest, at: createdAt })),
  ];
  return (
    <>
      <h2>Branches and tags</h2>
      <table class="cards" data-sorts="">
        <caption class="only-heard">Branches and tags</caption>
        <Heads words={['Name', 'Newest version', 'Changed']} sorts />
        <tbody>
          {rows.map(({ kind, name, newest, at }) => (
            <tr>
              <th scope="row">
                <span class={`chip ${kind}`}>
                  <b>{kind}</b> {name}
                </span>
                {kind === 'branch' && (
                  <>
                    {' '}
                    <ActionLinks
                      frame={frame}
                      actions={[
                        {
                          action: 'delete-branch',
                          with: { pacticipant: pacticipant.name, branch: name },
                          words: 'Delete',
                          about: `branch ${name}`,
                        },
                      ]}
                    />
                  </>
                )}
              </th>
              <td data-is={newest === undefined ? undefined : 'newest'}>
                {newest !== undefined && (
                  <Go to={frame.links.matrixOfVersion(pacticipant.name, newest)}>
                    <VersionNumber number={newest} />
                  </Go>
                )}
              </td>
              <td data-is="changed" data-sort={at}>
                <Moment at={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
