import { canIDeploy } from '../../src/query/can-i-deploy.ts';
import { type MatrixAnswer, matrix } from '../../src/query/matrix/matrix.ts';
import type { MatrixQuestion } from '../../src/query/matrix/question.ts';
import { reasonNotices } from '../../src/render/words/reasons.ts';
import { type Story, story } from '../helpers/story.ts';

/** The recorded broker's settings, where a tag is just a tag. */
export const recording = story({
  allowContractModification: true,
  firstTagAsBranch: false,
  deployTagsNamedLikeEnvironments: false,
})
  .creates('production', true)
  .creates('test');

/** An answer in the notation of the reference: `C cv → P pv result`, counts as success/failed/unknown(/ignored). */
export function told(answer: MatrixAnswer) {
  const { success, failed: bad, unknown, ignored } = answer.counts;
  const row = (mark: string) => (one: MatrixAnswer['rows'][number]) =>
    `${one.consumer} ${one.consumerVersion.number} → ${one.provider} ${one.providerVersion?.number ?? '–'} ${one.result?.success ?? null}${mark}`;
  return {
    deployable: answer.deployable,
    counts: [success, bad, unknown, ...(ignored === undefined ? [] : [ignored])].join('/'),
    rows: [...answer.rows.map(row('')), ...answer.ignoredRows.map(row(' ignored'))],
    notices: reasonNotices(answer)
      .filter(({ origin }) => origin === 'broker')
      .map(({ text }) => text),
  };
}

/** `GET /can-i-deploy?pacticipant=…&version=…&environment=…` */
export const cid =
  (pacticipant: string, version: string, environment: string, ...ignored: readonly string[]) =>
  (past: Story) =>
    told(
      canIDeploy(past.snapshot(), {
        selectors: [{ pacticipant, version }],
        destination: { environment },
        ignore: ignored.map(selector),
      }),
    );

/** `Foo`, `Foo 1`, `Foo latest`, `Foo branch=main`, `Foo branch=main latest`, `Foo tag=prod`, `Foo mainBranch latest` */
export function selector(text: string): MatrixQuestion['selectors'][number] {
  const [pacticipant = '', ...criteria] = text.split(' ');
  return Object.assign(
    { pacticipant },
    ...criteria.map((criterion) => {
      const [key = '', value] = criterion.split('=');
      if (value !== undefined) return { [key]: value };
      return ['latest', 'mainBranch'].includes(key) ? { [key]: true } : { version: key };
    }),
  );
}

/** `GET /matrix?q[]=…` */
export const asks =
  (selectors: readonly string[], rest: Omit<MatrixQuestion, 'selectors'> = {}) =>
  (past: Story) =>
    told(matrix(past.snapshot(), { ...rest, selectors: selectors.map(selector) }));
