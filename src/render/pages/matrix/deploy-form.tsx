import { Choice, Field, type KnownNames, SamePast, Suggestions } from '../form-fields.tsx';
import type { Frame, Markup } from '../page.ts';

/** What was asked, as it came. */
export interface DeployAsked {
  /** Which of the two questions. */
  readonly kind: 'deploy' | 'merge';
  readonly pacticipant?: string;
  readonly version?: string;
  /** The head of this branch, in place of a version. */
  readonly branch?: string;
  /** The newest with this tag, in place of a version. */
  readonly tag?: string;
  /** Where to: an environment, or where the versions with a tag are. */
  readonly environment?: string;
  readonly to?: string;
}

/** Both questions in one form: what is asked is chosen by the button. */
export function DeployForm({
  asked,
  known,
  frame,
}: {
  readonly asked: DeployAsked;
  readonly known: KnownNames;
  readonly frame: Frame;
}): Markup {
  const { pacticipant, version, branch, tag, environment, to } = asked;
  const environments = [
    ['', '(none: the newest versions)'],
    ...known.environments.map((name) => [name, name] as const),
  ] as const;
  return (
    <form method="get" action={frame.links.deploy()} class="question">
      <SamePast frame={frame} />
      <Suggestions known={known} />
      <fieldset>
        <legend>What: without a version, the head of the main branch</legend>
        <Field label="Pacticipant" name="pacticipant" value={pacticipant} list="pacticipants" required />
        <Field label="Version" name="version" value={version} />
        <Field label="or head of branch" name="branch" value={branch} />
        <Field label="or newest with tag" name="tag" value={tag} />
      </fieldset>
      <fieldset>
        <legend>Where to</legend>
        <Choice label="Environment" name="environment" value={environment} options={environments} />
        <Field label="or beside tag" name="to" value={to} />
      </fieldset>
      <p class="buttons">
        <button type="submit" class="main">
          Can I deploy?
        </button>
        <button type="submit" formaction={frame.links.merge()}>
          Can I merge?
        </button>
      </p>
    </form>
  );
}
