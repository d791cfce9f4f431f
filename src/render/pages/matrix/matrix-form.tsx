import type { Destination, LatestBy } from '../../../query/matrix/question.ts';
import type { VersionSelector } from '../../../query/version-selectors.ts';
import { Choice, Field, type KnownNames, SamePast, Suggestions } from '../form-fields.tsx';
import type { Frame, Markup } from '../page.ts';

/** What the form of the matrix is filled with. */
export interface MatrixAsked {
  readonly selectors: readonly VersionSelector[];
  readonly destination?: Destination;
  readonly latestBy?: LatestBy;
  readonly limit: number;
  readonly ignore?: readonly VersionSelector[];
  readonly success?: readonly (boolean | null)[];
}

const latestByOptions = [
  ['', 'all results'],
  ['cvpv', 'the newest for each consumer version and provider version'],
  ['cvp', 'the newest for each consumer version and provider'],
] as const;

/** The question of the matrix: two pacticipants or more, each with the versions that are meant (ui.md §5). */
export function MatrixForm({
  asked,
  known,
  frame,
}: {
  readonly asked: MatrixAsked;
  readonly known: KnownNames;
  readonly frame: Frame;
}): Markup {
  const { selectors, destination, latestBy, limit } = asked;
  const empty: VersionSelector = { pacticipant: '' };
  return (
    <form method="get" class="question">
      <SamePast frame={frame} />
      <Suggestions known={known} />
      {[...selectors, empty, empty].slice(0, Math.max(2, selectors.length)).map((selector, index) => (
        <Selector of={selector} isFirst={index === 0} />
      ))}
      <fieldset>
        <legend>With what is elsewhere</legend>
        <Field label="Environment" name="environment" value={destination?.environment} list="environments" />
        <Field label="or versions with tag" name="tag" value={destination?.tag} />
        <Kept of={asked} />
      </fieldset>
      <fieldset>
        <legend>Rows</legend>
        <Choice label="Show" name="latestby" value={latestBy} options={latestByOptions} />
        <Field label="At the most" name="limit" type="number" value={String(limit)} />
      </fieldset>
      <button type="submit" class="main">
        Show the rows
      </button>
    </form>
  );
}

/** What was asked and has no field of its own: it stays as it is. */
function Kept({ of: { destination = {}, ignore = [], success = [] } }: { readonly of: MatrixAsked }) {
  const { branch, latest, mainBranch } = destination;
  const kept: readonly (readonly [name: string, value: unknown])[] = [
    ['branch', branch],
    ['latest', latest],
    ['mainBranch', mainBranch],
    ...ignore.flatMap((selector) =>
      Object.entries(selector).map(([name, value]) => [`ignore[][${name}]`, value] as const),
    ),
    ...success.map((value) => ['success[]', value] as const),
  ];
  return (
    <>
      {kept.map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={String(value)} />,
      )}
    </>
  );
}

function Selector({ of, isFirst }: { readonly of: VersionSelector; readonly isFirst: boolean }) {
  return (
    <fieldset>
      <legend>{isFirst ? 'Pacticipant' : 'and pacticipant'}</legend>
      <Field
        label="Name"
        name="q[][pacticipant]"
        value={of.pacticipant}
        list="pacticipants"
        required={isFirst}
      />
      <Field label="Version" name="q[][version]" value={of.version} />
      <Field label="or branch" name="q[][branch]" value={of.branch} />
      <Field label="or tag" name="q[][tag]" value={of.tag} />
      <Field label="or environment" name="q[][environment]" value={of.environment} list="environments" />
      <span class="checks">
        <label class="check">
          <input type="checkbox" name="q[][mainBranch]" value="true" checked={of.mainBranch ?? false} /> main
          branch
        </label>
        <label class="check">
          <input type="checkbox" name="q[][latest]" value="true" checked={of.latest ?? false} /> only the
          newest
        </label>
      </span>
    </fieldset>
  );
}
