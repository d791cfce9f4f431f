import type { PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { pactsForVerification } from '../../query/for-verification/pacts-for-verification.ts';
import {
  type ParsedRequest,
  parseVerificationQuery,
  parseVerificationRequest,
} from '../../query/for-verification/request.ts';
import { parseNestedQuery } from '../../query/nested-query.ts';
import { forVerificationDocument } from '../../render/hal/for-verification.ts';
import type { Exchange } from '../exchange.ts';
import { asked } from '../names.ts';
import { type Answer, type Method, type Resource, refusal, takingJson } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

/** Tells the pacts that a request chooses; complaints come before anything else, an unknown provider after them. */
async function selecting(
  x: Exchange,
  parse: (now: Snapshot, provider: PacticipantName) => ParsedRequest,
  deprecated: boolean,
): Promise<Answer> {
  const provider = asked<PacticipantName>(x, 'provider');
  const parsed = await x.ask((now) => parse(now, provider));
  if ('complaints' in parsed) throw refusal(parsed.complaints);
  const { request } = parsed;
  return async () => {
    const { now: at } = x;
    const document = await x.ask((now) => {
      if (!now.pacticipant(provider)) throw noPacticipant(provider, 'provider');
      const pacts = pactsForVerification(now, request, at);
      return forVerificationDocument(x.links, pacts, request, { self: x.self, deprecated });
    });
    return x.document(document);
  };
}

const post: Method = async (x) => {
  const body = await x.plain('empty is {}');
  return selecting(x, (now, provider) => parseVerificationRequest(now, provider, body), false);
};

const get: Method = (x) => {
  const query = parseNestedQuery(x.query);
  return selecting(x, (now, provider) => parseVerificationQuery(now, provider, query), true);
};

/** Pacts for verification (selectors.md §1). */
export const forVerification: readonly Resource[] = [
  { path: '/pacts/provider/:provider/for-verification', GET: get, POST: takingJson(post) },
];
