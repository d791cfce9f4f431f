import type { PactSha } from '../../../domain/names.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { asPacticipantName } from '../../../query/asked.ts';
import { type Contract, contractOf } from '../../../query/contract.ts';
import { interactionsOf } from '../../../query/diff-pairing.ts';
import {
  findLatestPact,
  findLatestPactOnBranch,
  findLatestTaggedPact,
  findLatestUntaggedPact,
  findPactOfVersion,
  findPactWithContent,
  type Pair,
} from '../../../query/latest-pacts.ts';
import type { PublishedPact } from '../../../query/publications.ts';
import { Go } from '../go.tsx';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { ContractActions } from './contract-actions.tsx';
import { ContractFacts, Publishers, Verifiers } from './facts.tsx';
import { Interactions } from './interactions.tsx';
import { JsonText } from './json-text.tsx';

/** How many versions and results of a content a file of a site names. */
const mostFrozen = 10;

type Find = (now: Snapshot, pair: Pair, asked: Asked) => PublishedPact | undefined;

function contractPage(path: string, find: Find): Page {
  return page<Contract>({
    path: `/pacts/provider/:provider/consumer/:consumer${path}`,
    question: (now, asked) => {
      const consumer = asPacticipantName(asked.segment('consumer'));
      const provider = asPacticipantName(asked.segment('provider'));
      if (consumer === undefined || provider === undefined) return undefined;
      const pact = find(now, { consumer, provider }, asked);
      return pact && contractOf(now, pact, asked.isLive ? undefined : mostFrozen);
    },
    title: ({ pact }) => `${pact.consumer} and ${pact.provider}`,
    component: ContractBody,
  });
}

/** The documentation of a contract, by every address the Pact Broker has for one (api.md §3.1). */
export const contractPages: readonly Page[] = [
  contractPage('/latest', (now, pair) => findLatestPact(now, pair)),
  contractPage('/latest-untagged', (now, pair) => findLatestUntaggedPact(now, pair)),
  contractPage('/latest/:tag', (now, pair, asked) => findLatestTaggedPact(now, pair, asked.segment('tag'))),
  contractPage('/branch/:branch/latest', (now, pair, asked) =>
    findLatestPactOnBranch(now, pair, asked.segment('branch')),
  ),
  contractPage('/version/:version', (now, pair, asked) =>
    findPactOfVersion(now, pair, asked.segment('version')),
  ),
  contractPage('/pact-version/:sha', (now, pair, asked) =>
    findPactWithContent(now, pair, asked.segment('sha') as PactSha),
  ),
];

function ContractBody({ model, frame }: { readonly model: Contract; readonly frame: Frame }): Markup {
  const { pact, document } = model;
  const { consumer, provider } = pact;
  const { links } = frame;
  const interactions = interactionsOf(document);
  return (
    <>
      <h1>
        <Go to={links.pacticipant(consumer)}>{consumer}</Go> <span class="quiet">consumes</span>{' '}
        <Go to={links.pacticipant(provider)}>{provider}</Go>
      </h1>
      <ContractFacts contract={model} frame={frame} />
      <div class="beside">
        <Publishers contract={model} links={links} />
        <Verifiers contract={model} links={links} />
      </div>
      {interactions.length === 0 ? (
        <>
          <h2>The contract</h2>
          <p>It has no interaction in a form that pages can explain. This is all of it:</p>
          <JsonText value={document} />
        </>
      ) : (
        <Interactions of={interactions} consumer={consumer} provider={provider} />
      )}
      <ContractActions contract={model} frame={frame} />
    </>
  );
}
