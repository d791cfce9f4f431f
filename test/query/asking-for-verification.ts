import { pacticipantName } from '../../src/domain/names.ts';
import {
  type PactToVerify,
  pactsForVerification,
} from '../../src/query/for-verification/pacts-for-verification.ts';
import {
  parseVerificationRequest,
  type VerificationRequest,
} from '../../src/query/for-verification/request.ts';
import { shortDescription } from '../../src/render/words/selectors.ts';
import type { Story } from '../helpers/story.ts';

/** `POST /pacts/provider/Bar/for-verification` */
export function ask(past: Story, body: Readonly<Record<string, unknown>>): readonly PactToVerify[] {
  return pactsForVerification(past.snapshot(), requestFrom(past, body), past.at);
}

/** What such a body asks for. */
export function requestFrom(past: Story, body: Readonly<Record<string, unknown>>): VerificationRequest {
  const parsed = parseVerificationRequest(past.snapshot(), pacticipantName('Bar'), body);
  if ('complaints' in parsed) throw new Error(JSON.stringify(parsed.complaints));
  return parsed.request;
}

/** `Foo 1 → latest`, and for a work in progress `Foo 1 → latest (WIP)`. */
export function told(pacts: readonly PactToVerify[]): readonly string[] {
  return pacts.map(
    ({ consumer, consumerVersion, selectors, wip }) =>
      `${consumer} ${consumerVersion.number} → ${shortDescription(selectors)}${wip ? ' (WIP)' : ''}`,
  );
}
