import type { Overview } from '../../query/overview.ts';
import { SamePast } from './form-fields.tsx';
import type { Frame, Markup } from './page.ts';
import { stateWords } from './state.tsx';

/** How many rows are drawn at once: all are there, to be searched, but a browser takes long to draw thousands. */
export const mostDrawn = 200;

/** Which integrations somebody wants to see; an empty text is no wish. */
export interface OverviewWish {
  /** Words that must all be in the names of the two. */
  readonly search: string;
  readonly state: string;
  readonly label: string;
  readonly environment: string;
  readonly group: '' | 'consumer' | 'provider';
}

/** The wish in the parameters of an address. */
export function overviewWish(query: URLSearchParams): OverviewWish {
  const text = (name: string) => query.get(name)?.trim() ?? '';
  const group = text('group');
  return {
    search: text('search'),
    state: text('state'),
    label: text('label'),
    environment: text('environment'),
    group: group === 'consumer' || group === 'provider' ? group : '',
  };
}

/** The form above the table: the script follows it while somebody types, else a button sends it. */
export function OverviewFilters({
  model: { labels, environments },
  wish,
  shown,
  frame,
}: {
  readonly model: Overview;
  readonly wish: OverviewWish;
  readonly shown: number;
  readonly frame: Frame;
}): Markup {
  return (
    <search>
      <form class="filters" method="get" data-filters="integrations">
        <SamePast frame={frame} />
        <label>
          Search <input type="search" name="search" value={wish.search} placeholder="consumer or provider" />
        </label>
        <Choice name="state" chosen={wish.state} options={Object.entries(stateWords)} />
        <Choice name="label" chosen={wish.label} options={labels.map((label) => [label, label])} />
        <Choice
          name="environment"
          chosen={wish.environment}
          options={environments.map(({ name, displayName }) => [name, displayName])}
        />
        {labels.length === 0 ? (
          ''
        ) : (
          <label>
            Group{' '}
            <select name="group" data-groups="">
              <Option value="" words="no" chosen={wish.group} />
              <Option value="consumer" words="by label of the consumer" chosen={wish.group} />
              <Option value="provider" words="by label of the provider" chosen={wish.group} />
            </select>
          </label>
        )}
        {frame.isLive && <button type="submit">Show</button>}
        <output>
          {shown > mostDrawn ? `${shown} found, the first ${mostDrawn} shown` : `${shown} shown`}
        </output>
        <label hidden={shown <= mostDrawn}>
          <input type="checkbox" id="all-rows" /> Show all of them
        </label>
      </form>
    </search>
  );
}

function Choice({
  name,
  chosen,
  options,
}: {
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}): Markup | '' {
  if (options.length === 0) return '';
  return (
    <label>
      {name.slice(0, 1).toUpperCase() + name.slice(1)}{' '}
      <select name={name} data-filter={name}>
        <Option value="" words="any" chosen={chosen} />
        {options.map(([value, words]) => (
          <Option value={value} words={words} chosen={chosen} />
        ))}
      </select>
    </label>
  );
}

function Option({
  value,
  words,
  chosen,
}: {
  readonly value: string;
  readonly words: string;
  readonly chosen: string;
}): Markup {
  return (
    <option value={value} selected={value === chosen}>
      {words}
    </option>
  );
}
