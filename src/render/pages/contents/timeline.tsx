import type { TimelineContent } from '../../../query/content-timeline.ts';
import type { Pair } from '../../../query/latest-pacts.ts';
import { Chips, VersionNumber } from '../chips.tsx';
import { SamePast } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import { Moment } from '../moment.tsx';
import type { Frame, Markup } from '../page.ts';
import { State } from '../state.tsx';

interface TimelineProps {
  readonly pair: Pair;
  /** In the order in which they came. */
  readonly contents: readonly TimelineContent[];
  /** What is compared. */
  readonly before: TimelineContent | undefined;
  readonly after: TimelineContent | undefined;
  readonly frame: Frame;
}

/** The distinct contents of a pair, newest first, to pick two from; in a site, each can be compared with the one before. */
export function Timeline({ pair, contents, before, after, frame }: TimelineProps): Markup {
  const { isLive, links } = frame;
  const table = (
    <section class="timeline" tabindex={0} aria-label="Contents of the contract">
      <table class="cards">
        <caption>
          {contents.length} distinct content{contents.length === 1 ? '' : 's'}, the newest first
        </caption>
        <thead>
          <tr>
            {isLive && <th scope="col">From</th>}
            {isLive && <th scope="col">To</th>}
            {['Content', 'Published', 'By version', 'Where it is', 'Results', 'Changes'].map((words) => (
              <th scope="col">{words}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {contents
            .map((content, index) => (
              <tr class={content === before || content === after ? 'chosen' : undefined}>
                {isLive && <Pick name="before" content={content} isPicked={content === before} />}
                {isLive && <Pick name="after" content={content} isPicked={content === after} />}
                <Row pair={pair} content={content} previous={contents[index - 1]} frame={frame} />
              </tr>
            ))
            .reverse()}
        </tbody>
      </table>
    </section>
  );
  if (!isLive) return table;
  return (
    <form method="get" action={links.timeline(pair)}>
      <SamePast frame={frame} />
      {table}
      <p>
        <button type="submit">Compare these two</button>
      </p>
    </form>
  );
}

function Pick({
  name,
  content,
  isPicked,
}: {
  readonly name: 'before' | 'after';
  readonly content: TimelineContent;
  readonly isPicked: boolean;
}) {
  const { sha, first } = content;
  const words = `${name === 'before' ? 'From' : 'To'} the content of version ${first.consumerVersion.number}`;
  return (
    <td data-is={name === 'before' ? 'From' : 'To'}>
      <input type="radio" name={name} value={sha} checked={isPicked} aria-label={words} />
    </td>
  );
}

function Row({
  pair,
  content,
  previous,
  frame,
}: {
  readonly pair: Pair;
  readonly content: TimelineContent;
  readonly previous: TimelineContent | undefined;
  readonly frame: Frame;
}) {
  const { sha, first, versions, heads, environments, passed, failed } = content;
  const { links } = frame;
  return (
    <>
      <td data-is="Content">
        <Go to={links.contract(pair, sha)} title={sha}>
          <code class="sha">{sha.slice(0, 7)}</code>
        </Go>
      </td>
      <td data-is="Published">
        <Moment at={first.publication.createdAt} />
      </td>
      <td data-is="By version">
        <VersionNumber number={first.consumerVersion.number} />
        {versions > 1 && <small> and {versions - 1} more</small>}
      </td>
      <td data-is="Where it is">
        <Chips branches={heads} environments={environments.map(({ name }) => name)} />
      </td>
      <td data-is="Results">
        {passed > 0 && <State of="verified" words={`${passed} passed`} />}{' '}
        {failed > 0 && <State of="failed" words={`${failed} failed`} />}
        {passed + failed === 0 && <State of="unverified" />}
      </td>
      <td data-is="Changes">
        {previous ? (
          <Go
            to={links.diff(pair, sha, previous.sha)}
            title={`What changed from ${previous.sha.slice(0, 7)}`}
          >
            since the one before
          </Go>
        ) : (
          <span class="quiet">the first</span>
        )}
      </td>
    </>
  );
}
