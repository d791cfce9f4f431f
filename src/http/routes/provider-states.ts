import { compactJson } from '../../domain/json.ts';
import type { PacticipantName } from '../../domain/names.ts';
import { providerStates as findStates, type ProviderStateSource } from '../../query/provider-states.ts';
import { providerStatesDocument } from '../../render/hal/provider-states.ts';
import type { Exchange } from '../exchange.ts';
import { asked } from '../names.ts';
import { answering, type Method, type Resource } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

/** A method that tells the states a provider is asked for by the pacts of a source (api.md §10). */
function telling(source: (x: Exchange) => ProviderStateSource): Method {
  return answering(async (x) => {
    const provider = asked<PacticipantName>(x, 'provider');
    const uses = await x.ask((now) => {
      if (!now.pacticipant(provider)) throw noPacticipant(provider, 'provider');
      return findStates(now, provider, source(x));
    });
    return x.text(compactJson(providerStatesDocument(uses)));
  });
}

const path = '/pacts/provider/:provider/provider-states';

/** Provider states (api.md §10). */
export const providerStates: readonly Resource[] = [
  { path, GET: telling(() => 'main-branches') },
  { path: `${path}/branch/:branch`, GET: telling((x) => ({ branch: x.segment('branch') })) },
  {
    path: `${path}/environment/:environment`,
    GET: telling((x) => ({ environment: x.segment('environment') })),
  },
];
