import { escapeHidden } from '../../../domain/hidden-characters.ts';
import { Choice, Field, type KnownNames, SamePast, Suggestions } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import type { PageLinks, Query } from '../links.ts';
import type { Asked, Frame, Markup } from '../page.ts';

/** What part of the network is looked at. */
export interface NetworkAsked {
  readonly environment?: string;
  readonly branch?: string;
  readonly label?: string;
  /** The pacticipant in the middle. */
  readonly around?: string;
  readonly depth: number;
  /** Whether to draw everything, however much it is. */
  readonly isWhole: boolean;
}

/** The names to choose from. */
export interface NetworkNames extends KnownNames {
  readonly labels: readonly string[];
}

/** What part the address asks for. */
export function askedIn({ query }: Asked): NetworkAsked {
  const given = ['environment', 'branch', 'label', 'around'].flatMap((name) => {
    const value = query.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  const depth = Number.parseInt(query.get('depth') ?? '', 10);
  return { ...Object.fromEntries(given), depth: depth >= 1 && depth <= 20 ? depth : 1, isWhole: false };
}

/** What was asked, as parameters of another address. */
export function filtersOf({ environment, branch, label }: NetworkAsked): Query {
  return { environment, branch, label };
}

/** The form above the network. */
export function NetworkFilters({
  asked,
  known,
  frame,
}: {
  readonly asked: NetworkAsked;
  readonly known: NetworkNames;
  readonly frame: Frame;
}): Markup {
  const choices = (names: readonly string[], none: string) =>
    [['', none], ...names.map((name) => [name, name] as const)] as readonly (readonly [string, string])[];
  return (
    <form method="get" action={frame.links.network()} class="question">
      <SamePast frame={frame} />
      <Suggestions known={known} />
      <fieldset>
        <legend>Show</legend>
        <Choice
          label="What is in"
          name="environment"
          value={asked.environment}
          options={choices(known.environments, 'anything: the main branches')}
        />
        <Field label="Pacts of branch" name="branch" value={asked.branch} />
        <Choice label="With label" name="label" value={asked.label} options={choices(known.labels, 'any')} />
        <Field label="Around" name="around" value={asked.around} list="pacticipants" />
        <Choice
          label="Steps away"
          name="depth"
          value={String(asked.depth)}
          options={['1', '2', '3'].map((depth) => [depth, depth] as const)}
        />
        <button type="submit">Show</button>
      </fieldset>
    </form>
  );
}

/** Why there is nothing to see, and what to do about it. */
export function NothingShown({
  asked,
  known,
  links,
}: {
  readonly asked: NetworkAsked;
  readonly known: KnownNames;
  readonly links: PageLinks;
}): Markup {
  const { around } = asked;
  if (known.pacticipants.length === 0) {
    return (
      <p>
        There is no pacticipant yet. A consumer appears once it publishes a pact:{' '}
        <code>gitpact publish pacts/*.json --consumer-app-version 1 --branch main</code>
      </p>
    );
  }
  return (
    <p>
      {around !== undefined && !known.pacticipants.includes(around)
        ? `There is no pacticipant ${escapeHidden(around)}. `
        : 'Nothing fits all that was asked. '}
      <Go to={links.network()}>Show everything</Go>
    </p>
  );
}
