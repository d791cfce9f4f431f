import { isJsonObject, type JsonValue, jsonAt } from '../../../domain/json.ts';
import { type PactInteraction, statesOf } from '../../../query/diff-pairing.ts';
import type { Markup } from '../page.ts';
import { inLine } from './request-line.ts';

/** What an interaction is called. */
export function descriptionOf({ kind, description }: PactInteraction): string {
  if (description !== '') return description;
  return kind === 'http' ? 'a request without a description' : 'a message without a description';
}

/** The names of the provider states, behind a description; nothing without any. */
export function BriefStates({ of: { states } }: { readonly of: PactInteraction }): Markup | '' {
  if (states.length === 0) return '';
  return (
    <span class="quiet">
      given{' '}
      {states.map((state, index) => (
        <>
          {index > 0 && ' and '}
          <bdi>{state}</bdi>
        </>
      ))}
    </span>
  );
}

/** The provider states with their parameters: `Given order 42 exists (id: 42)`. */
export function Given({ of: { states, json } }: { readonly of: PactInteraction }): Markup | '' {
  if (states.length === 0) return '';
  const told = statesOf(json);
  return (
    <p class="given">
      Given{' '}
      {states.map((state, index) => (
        <>
          {index > 0 && ' and '}
          <strong>
            <bdi>{state}</bdi>
          </strong>
          <Parameters of={told[index] === undefined ? undefined : jsonAt(told[index], 'params')} />
        </>
      ))}
    </p>
  );
}

function Parameters({ of }: { readonly of: JsonValue | undefined }): Markup | '' {
  if (!isJsonObject(of) || of.size === 0) return '';
  return (
    <span class="quiet">
      {' ('}
      {[...of].map(([name, value], index) => (
        <>
          {index > 0 && ', '}
          <bdi>{name}</bdi>: <code>{inLine(value)}</code>
        </>
      ))}
      )
    </span>
  );
}
