import { GitpactError } from '../../../domain/failure.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { allPairs } from '../../../query/dashboard.ts';
import type { Pair } from '../../../query/latest-pacts.ts';
import { type MatrixAnswer, matrix } from '../../../query/matrix/matrix.ts';
import { parseMatrixQuery } from '../../../query/matrix/matrix-query.ts';
import { type TableRow, tableRows } from '../../../query/matrix-table.ts';
import { type KnownNames, knownNames } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import { type Asked, type Frame, type Markup, page } from '../page.ts';
import { Complaints, Reasons } from './answer.tsx';
import { type MatrixAsked, MatrixForm } from './matrix-form.tsx';
import { MatrixTable } from './matrix-table.tsx';
import { PairList } from './pair-list.tsx';

interface Model {
  readonly asked: MatrixAsked;
  readonly known: KnownNames;
  /** What is wrong with the question. */
  readonly complaints: readonly string[];
  /** Absent before anything was asked, and where something is wrong. */
  readonly answer?: MatrixAnswer;
  readonly rows: readonly TableRow[];
  /** What there is to ask about, where nothing was asked. */
  readonly pairs: readonly Pair[];
}

/** `/matrix`: any versions against each other (ui.md §5). */
export const matrixPage = page<Model>({
  path: '/matrix',
  question,
  title: () => 'Matrix',
  component: Matrix,
});

const usualLimit = 100;

function question(now: Snapshot, { query }: Asked): Model {
  const known = knownNames(now);
  let asked: MatrixAsked = { selectors: [], limit: usualLimit };
  try {
    const { selectors: all, ...parsed } = parseMatrixQuery(`?${query}`);
    const selectors = all.filter(({ pacticipant }) => pacticipant !== '');
    asked = { ...parsed, selectors, limit: parsed.limit ?? usualLimit };
    if (selectors.length === 0) return { asked, known, complaints: [], rows: [], pairs: allPairs(now) };
    const answer = matrix(now, { ...asked, limitWithin: 'answer' });
    return { asked, known, complaints: [], answer, rows: tableRows(now, answer), pairs: [] };
  } catch (error) {
    if (!(error instanceof GitpactError) || error.kind !== 'usage') throw error;
    return { asked, known, complaints: error.complaints.map(({ text }) => text), rows: [], pairs: [] };
  }
}

function Matrix({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { asked, known, complaints, answer, rows, pairs } = model;
  const { links } = frame;
  return (
    <>
      <h1>Matrix</h1>
      <p>
        Which versions work together. For whether something may be deployed or merged, ask{' '}
        <Go to={links.deploy()}>Can I deploy?</Go>
      </p>
      {frame.isLive ? (
        <MatrixForm asked={asked} known={known} frame={frame} />
      ) : (
        <p>The pages of each integration show its matrix; any question can be asked of a server.</p>
      )}
      <Complaints of={complaints} />
      {answer && (
        <section aria-label="Answer">
          <Reasons answer={answer} />
          <OfTwo asked={asked} rows={rows} links={links} />
          <MatrixTable rows={rows} frame={frame} />
        </section>
      )}
      {!answer && complaints.length === 0 && <PairList pairs={pairs} links={links} />}
    </>
  );
}

/** Where two are asked about: their grid, and the badge of their newest versions with a tag (ui.md §5). */
function OfTwo({
  asked: { selectors },
  rows,
  links,
}: {
  readonly asked: MatrixAsked;
  readonly rows: readonly TableRow[];
  readonly links: PageLinks;
}): Markup | null {
  const pairs = new Map(rows.map(({ row }) => [JSON.stringify([row.consumer, row.provider]), row]));
  const [pair] = pairs.values();
  if (selectors.length !== 2 || pairs.size !== 1 || !pair) return null;
  const tagOf = (name: string) => {
    const { tag, latest } = selectors.find(({ pacticipant }) => pacticipant === name) ?? {};
    return latest ? tag : undefined;
  };
  const [tag, providerTag] = [tagOf(pair.consumer), tagOf(pair.provider)];
  const badge =
    tag === undefined || providerTag === undefined ? undefined : links.matrixBadge(pair, tag, providerTag);
  return (
    <p>
      <Go to={links.matrixOfPair(pair)}>The two as a grid</Go>{' '}
      {badge !== undefined && <img src={badge} alt="How the two stand, as a badge" height="20" />}
    </p>
  );
}
