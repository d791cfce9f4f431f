import type { Snapshot } from '../../domain/snapshot.ts';
import type { Frame, Markup } from './page.ts';

/** Names to choose from while typing. */
export interface KnownNames {
  readonly pacticipants: readonly string[];
  readonly environments: readonly string[];
}

/** All names there are. @throws NotLoaded */
export function knownNames(now: Snapshot): KnownNames {
  return { pacticipants: now.pacticipantNames(), environments: now.environments().map(({ name }) => name) };
}

/** The lists that fields suggest from; once in a page with such fields. */
export function Suggestions({
  known: { pacticipants, environments },
}: {
  readonly known: KnownNames;
}): Markup {
  return (
    <>
      <datalist id="pacticipants">
        {pacticipants.map((name) => (
          <option value={name} />
        ))}
      </datalist>
      <datalist id="environments">
        {environments.map((name) => (
          <option value={name} />
        ))}
      </datalist>
    </>
  );
}

/** A field with its label above it. */
export function Field({
  label,
  name,
  value,
  list,
  type = 'text',
  required = false,
}: {
  readonly label: string;
  readonly name: string;
  readonly value?: string | undefined;
  readonly list?: keyof KnownNames;
  readonly type?: 'text' | 'number';
  readonly required?: boolean;
}): Markup {
  return (
    <label class="field">
      <span>{label}</span>
      <input type={type} name={name} value={value} list={list} required={required} autocomplete="off" />
    </label>
  );
}

/** A choice of a few, with its label above it. */
export function Choice({
  label,
  name,
  value = '',
  options,
}: {
  readonly label: string;
  readonly name: string;
  readonly value?: string | undefined;
  readonly options: readonly (readonly [value: string, words: string])[];
}): Markup {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name}>
        {options.map(([option, words]) => (
          <option value={option} selected={option === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Keeps a form that asks something to the past that is looked at. */
export function SamePast({ frame: { at } }: { readonly frame: Frame }): Markup | null {
  return at === undefined ? null : <input type="hidden" name="at" value={at} />;
}
