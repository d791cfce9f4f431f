import { type JsonValue, jsonOf } from '../../domain/json.ts';
import type { ProviderStateUse } from '../../query/provider-states.ts';

/** The states of a provider, their parameters without loss (api.md §10). */
export function providerStatesDocument(uses: readonly ProviderStateUse[]): JsonValue {
  const states = uses.map(
    ({ name, params, consumers }): JsonValue =>
      new Map<string, JsonValue>([
        ['name', name],
        ...(params ? [['params', params] as const] : []),
        ['consumers', jsonOf(consumers)],
      ]),
  );
  return new Map([['providerStates', states]]);
}
