import type { Contract } from '../../../query/contract.ts';
import { mayAct } from '../actions/action-links.tsx';
import { Go } from '../go.tsx';
import type { Frame, Markup } from '../page.ts';

/** What a person who may write can do with a contract, and the webhooks it sets off; of the present only. */
export function ContractActions({
  contract: { pact, webhooks },
  frame,
}: {
  readonly contract: Contract;
  readonly frame: Frame;
}): Markup | '' {
  if (!mayAct(frame)) return '';
  const { links } = frame;
  const pair = { consumer: pact.consumer, provider: pact.provider };
  const version = pact.consumerVersion.number;
  return (
    <>
      <h2>What you can do</h2>
      <ul>
        {webhooks.map(({ uuid, description = `${uuid}` }) => (
          <li>
            <Go to={links.own(['actions', 'test-webhook'], { uuid, description })}>
              Test the webhook {description}…
            </Go>
          </li>
        ))}
        <li>
          <Go to={links.own(['actions', 'delete-pact'], { ...pair, version })}>
            Delete the pact of version {version}…
          </Go>
        </li>
        <li>
          <Go to={links.own(['actions', 'delete-pacts'], pair)}>Delete all pacts of the two…</Go>
        </li>
        <li>
          <Go to={links.own(['actions', 'delete-integration'], pair)}>Delete the integration…</Go>
        </li>
      </ul>
    </>
  );
}
