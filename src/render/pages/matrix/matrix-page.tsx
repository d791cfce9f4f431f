import { GitpactError } from '../../../domain/failure.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { type MatrixAnswer, matrix } from '../../../query/matrix/matrix.ts';
import { parseMatrixQuery } from '../../../query/matrix/matrix-query.ts';
import { type TableRow, tableRows } from '../../../query/matrix-table.ts';
import { type KnownNames, knownNames } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import { type Asked, type Frame, type Markup, page } from '../page.ts';
import { Complaints, Reasons } from './answer.tsx';
import { type MatrixAsked, MatrixForm } from './matrix-form.tsx';
import { MatrixTable } from './matrix-table.tsx';

interface Model {
  readonly asked: MatrixAsked;
  readonly known: KnownNames;
  /** What is wrong with the question. */
  readonly complaints: readonly string[];
  /** Absent before anything was asked, and where something is wrong. */
  readonly answer?: MatrixAnswer;
  readonly rows: readonly TableRow[];
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
    if (selectors.length === 0) return { asked, known, complaints: [], rows: [] };
    const answer = matrix(now, { ...asked, limitWithin: 'answer' });
    return { asked, known, complaints: [], answer, rows: tableRows(now, answer) };
  } catch (error) {
    if (!(error instanceof GitpactError) || error.kind !== 'usage') throw error;
    return { asked, known, complaints: error.complaints.map(({ text }) => text), rows: [] };
  }
}

function Matrix({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { asked, known, complaints, answer, rows } = model;
  const { links } = frame;
  return (
    <>
      <h1>Matrix</h1>
      <p>
        Which versions work together. <Go to={links.deploy()}>May something be deployed, or merged?</Go>
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
          <MatrixTable rows={rows} frame={frame} />
        </section>
      )}
    </>
  );
}
