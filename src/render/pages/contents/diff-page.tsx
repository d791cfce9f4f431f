import { parseJson } from '../../../domain/json.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { asPacticipantName } from '../../../query/asked.ts';
import { contentTimeline, type TimelineContent } from '../../../query/content-timeline.ts';
import { diffPacts } from '../../../query/diff.ts';
import { findPactOfVersion, findPreviousDistinctPact, type Pair } from '../../../query/latest-pacts.ts';
import { VersionNumber } from '../chips.tsx';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import { Moment } from '../moment.tsx';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { type ComparedContents, DiffView } from './diff-view.tsx';
import { Timeline } from './timeline.tsx';

interface Model extends Pair {
  readonly timeline: readonly TimelineContent[];
  readonly before?: TimelineContent;
  readonly after?: TimelineContent;
  /** Whether the two were named; else they are the usual ones. */
  readonly isNamed: boolean;
  /** Absent where there are no two contents to compare. */
  readonly compared?: ComparedContents;
}

/** The contents that a path or a query names, by their shas; undefined names the usual one. */
interface Named {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

const pairPath = '/pacts/provider/:provider/consumer/:consumer';

/** The difference between any two contents of a pair, with the timeline to pick them from. */
export const diffPages: readonly Page[] = [
  diffPage(`${pairPath}/diff`, (_now, _pair, { query }) => ({
    before: query.get('before') ?? undefined,
    after: query.get('after') ?? undefined,
  })),
  diffPage(`${pairPath}/pact-version/:sha/diff/pact-version/:other`, (_now, _pair, { segment }) => ({
    before: segment('other'),
    after: segment('sha'),
  })),
  diffPage(`${pairPath}/version/:version/diff/previous-distinct`, (now, pair, { segment }) => {
    const pact = findPactOfVersion(now, pair, segment('version'));
    const before = pact && findPreviousDistinctPact(now, pact);
    return pact && { before: before?.publication.sha ?? 'none', after: pact.publication.sha };
  }),
  diffPage(`${pairPath}/version/:version/diff/version/:other`, (now, pair, { segment }) => {
    const [after, before] = [segment('version'), segment('other')].map((number) =>
      findPactOfVersion(now, pair, number),
    );
    return after && before && { before: before.publication.sha, after: after.publication.sha };
  }),
];

function diffPage(
  path: string,
  namedIn: (now: Snapshot, pair: Pair, asked: Asked) => Named | undefined,
): Page {
  return page<Model>({
    path,
    question: (now, asked) => {
      const { segment } = asked;
      const [consumer, provider] = [
        asPacticipantName(segment('consumer')),
        asPacticipantName(segment('provider')),
      ];
      if (consumer === undefined || provider === undefined) return undefined;
      const pair = { consumer, provider };
      const named = namedIn(now, pair, asked);
      return named && compared(now, pair, named);
    },
    title: ({ consumer, provider }) => `What changed between ${consumer} and ${provider}`,
    component: Diff,
  });
}

/** Without names, the newest content and the one before it in use. @throws NotLoaded */
function compared(now: Snapshot, pair: Pair, named: Named): Model | undefined {
  const timeline = contentTimeline(now, pair);
  if (timeline.length === 0) return undefined;
  const bySha = (sha: string) => timeline.find((content) => content.sha === sha);
  const after = named.after === undefined ? newest(timeline) : bySha(named.after);
  if (!after) return undefined;
  const before = named.before === undefined ? usualBefore(timeline, after) : bySha(named.before);
  const isNamed = named.after !== undefined;
  if (!before) return { ...pair, timeline, after, isNamed };
  const contentOf = ({ sha }: TimelineContent) =>
    parseJson(now.content(pair.consumer, pair.provider, sha) ?? 'null');
  const [was, is] = [contentOf(before), contentOf(after)];
  const both = { before: was, after: is, diff: diffPacts(was, is) };
  return { ...pair, timeline, before, after, isNamed, compared: both };
}

function newest(timeline: readonly TimelineContent[]): TimelineContent | undefined {
  return timeline.toSorted((a, b) => orderOf(b) - orderOf(a))[0];
}

function orderOf({ last }: TimelineContent): number {
  return last.consumerVersion.order;
}

function usualBefore(
  timeline: readonly TimelineContent[],
  after: TimelineContent,
): TimelineContent | undefined {
  const index = timeline.indexOf(after);
  return timeline[index - 1] ?? timeline[index + 1];
}

function Diff({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { consumer, provider, before, after, timeline, isNamed } = model;
  const { links, isLive } = frame;
  return (
    <>
      <h1>
        What changed between <Go to={links.pacticipant(consumer)}>{consumer}</Go> and{' '}
        <Go to={links.pacticipant(provider)}>{provider}</Go>
      </h1>
      <p>
        <Go to={links.latestContract(model)}>The newest contract</Go> ·{' '}
        <Go to={links.matrixOfPair(model)}>The matrix</Go>
      </p>
      {isNamed && !isLive ? (
        <Beside model={model} links={links} />
      ) : (
        <Timeline pair={model} contents={timeline} before={before} after={after} frame={frame} />
      )}
      {before && after && model.compared ? (
        <>
          <h2>
            From <Content of={before} pair={model} frame={frame} /> to{' '}
            <Content of={after} pair={model} frame={frame} />
          </h2>
          <DiffView compared={model.compared} />
        </>
      ) : (
        <p class="quiet">There is no other content to compare this one with.</p>
      )}
    </>
  );
}

/** The ways to the changes before and after this one, in place of the whole time line: a site has a file of each change. */
function Beside({ model, links }: { readonly model: Model; readonly links: PageLinks }): Markup {
  const { timeline, after } = model;
  const at = after ? timeline.indexOf(after) : -1;
  const changeTo = (index: number) => {
    const [was, is] = [timeline[index - 1], timeline[index]];
    return was && is && links.diff(model, is.sha, was.sha);
  };
  return (
    <p class="ways">
      <Go to={changeTo(at - 1)}>The change before</Go>
      <Go to={changeTo(at + 1)}>The change after</Go>
      <Go to={links.timeline(model)}>All {timeline.length} contents</Go>
    </p>
  );
}

function Content({
  of,
  pair,
  frame,
}: {
  readonly of: TimelineContent;
  readonly pair: Pair;
  readonly frame: Frame;
}) {
  const { publication, consumerVersion } = of.first;
  return (
    <Go to={frame.links.contract(pair, of.sha)} title={of.sha}>
      <VersionNumber number={consumerVersion.number} /> (<Moment at={publication.createdAt} />)
    </Go>
  );
}
