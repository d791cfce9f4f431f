import type { StatusPlace } from '../../../query/status.ts';
import { VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import { Moment } from '../moment.tsx';
import type { Markup, PageCommit } from '../page.ts';

/** Commits by each line of them that names a version, the newest first. */
export type CommitIndex = ReadonlyMap<string, readonly PageCommit[]>;

/** Sorts commits by the versions that their trailers name. */
export function commitIndex(commits: readonly PageCommit[]): CommitIndex {
  const index = new Map<string, PageCommit[]>();
  for (const commit of commits) {
    for (const line of new Set(commit.message.match(/^Version: .*$/gm))) {
      const known = index.get(line);
      if (known) known.push(commit);
      else index.set(line, [commit]);
    }
  }
  return index;
}

/** A version that is in an environment: since when, and by which commit. */
export function Place({
  place,
  name,
  commits,
  links,
}: {
  readonly place: StatusPlace;
  readonly name: string;
  readonly commits: CommitIndex;
  readonly links: PageLinks;
}): Markup {
  const commit = commitOf(commits, name, place);
  return (
    <div>
      <VersionNumber number={place.version} />{' '}
      {place.target !== undefined && (
        <span class="chip">
          <b>at</b> {place.target}
        </span>
      )}{' '}
      <small class="quiet">
        {place.kind} <Moment at={place.since} />
        {commit && (
          <>
            {' by '}
            <Go
              to={links.history({ at: commit.id })}
              title={`${commit.title}\nby ${commit.author.name}, commit ${commit.id}`}
            >
              <code>{commit.id.slice(0, 7)}</code>
            </Go>
          </>
        )}
      </small>
    </div>
  );
}

/** The commit that recorded that a version is in an environment. */
function commitOf(commits: CommitIndex, name: string, place: StatusPlace): PageCommit | undefined {
  const event = place.kind === 'deployed' ? 'deployment_recorded' : 'release_recorded';
  const lines = [`Event: ${event}`, `Pacticipant: ${name}`, `Environment: ${place.environment}`];
  return commits
    .get(`Version: ${place.version}`)
    ?.find(({ message }) => lines.every((line) => `\n${message}\n`.includes(`\n${line}\n`)));
}
