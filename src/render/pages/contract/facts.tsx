import { parsePact } from '../../../domain/pact.ts';
import type { Contract } from '../../../query/contract.ts';
import { VersionNumber } from '../chips.tsx';
import { Go, GoOutside } from '../go.tsx';
import { addresses, type PageLinks, verifiersId } from '../links.ts';
import { MarkedVersion } from '../matrix/version-marks.tsx';
import { Moment } from '../moment.tsx';
import type { Frame, Markup } from '../page.ts';
import { markedState, State } from '../state.tsx';
import { PactBadge } from './badge.tsx';

/** What is to be known of a contract before it is read. */
export function ContractFacts({
  contract,
  frame,
}: {
  readonly contract: Contract;
  readonly frame: Frame;
}): Markup {
  const { pact, document, isLatest, status } = contract;
  const { links } = frame;
  const { specification } = parsePact(document);
  const { number, buildUrl } = pact.consumerVersion;
  return (
    <>
      <p>
        <State of={markedState(status)} />{' '}
        {isLatest ? (
          'This is the newest contract of the two.'
        ) : (
          <>
            This is not the newest contract of the two: <Go to={links.latestContract(pact)}>see that one</Go>.
          </>
        )}
      </p>
      <dl class="facts">
        <dt>Consumer version</dt>
        <dd>
          <VersionNumber number={number} />
          {buildUrl === undefined ? (
            ''
          ) : (
            <>
              , built by <GoOutside to={buildUrl} />
            </>
          )}
        </dd>
        <dt>Published</dt>
        <dd>
          <Moment at={pact.publication.createdAt} />
          {pact.publication.revision > 1 ? `, revision ${pact.publication.revision}` : ''}
        </dd>
        <dt>Content</dt>
        <dd>
          <code>{pact.publication.sha}</code>
        </dd>
        {specification === undefined ? (
          ''
        ) : (
          <>
            <dt>Specification</dt>
            <dd>{specification}</dd>
          </>
        )}
        <dt>See also</dt>
        <dd class="chips">
          <Go to={links.matrixOfPair(pact)}>Matrix</Go>
          <Go to={links.timeline(pact)}>What changed, and when</Go>
          <Go to={links.api(addresses.contractOfVersion(pact, number))}>API browser</Go>
        </dd>
        <PactBadge pair={pact} frame={frame} />
      </dl>
    </>
  );
}

/** Which versions have this very content. */
export function Publishers({ contract }: { readonly contract: Contract }): Markup {
  const { pact, versions, moreVersions } = contract;
  return (
    <>
      <h2>Who publishes it</h2>
      <table class="cards">
        <caption class="only-heard">Versions of {pact.consumer} with this content</caption>
        <thead>
          <tr>
            <th scope="col">Version of {pact.consumer}</th>
            <th scope="col">Made</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr>
              <th scope="row">
                <MarkedVersion of={version} />
              </th>
              <td>
                <Moment at={version.version.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moreVersions > 0 ? <p class="quiet">And {moreVersions} older.</p> : ''}
    </>
  );
}

/** Who said what of this content. */
export function Verifiers({
  contract,
  links,
}: {
  readonly contract: Contract;
  readonly links: PageLinks;
}): Markup {
  const { pact, results, moreResults } = contract;
  if (results.length === 0) {
    return (
      <>
        <h2 id={verifiersId}>Who verified it</h2>
        <p>Nobody yet. The pipeline of {pact.provider} does it, with:</p>
        <pre tabindex={0}>
          <code>gitpact verify --provider-base-url http://localhost:8080 --publish</code>
        </pre>
      </>
    );
  }
  return (
    <>
      <h2 id={verifiersId}>Who verified it</h2>
      <table class="cards">
        <caption class="only-heard">Results of {pact.provider} for this content</caption>
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">Version of {pact.provider}</th>
            <th scope="col">Verified</th>
          </tr>
        </thead>
        <tbody>
          {results.map(({ result, provider }) => (
            <tr>
              <th scope="row">
                <Go to={links.result(result)}>
                  <State of={resultState(result)} words={result.success ? 'passed' : 'failed'} title="" />
                </Go>
              </th>
              <td>
                {provider ? (
                  <MarkedVersion of={provider} />
                ) : (
                  <VersionNumber number={result.providerVersion} />
                )}
              </td>
              <td>
                <Moment at={result.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {moreResults > 0 ? <p class="quiet">And {moreResults} older.</p> : ''}
    </>
  );
}

/** How a single result is marked. */
export function resultState({ success, pending }: { readonly success: boolean; readonly pending?: boolean }) {
  return success ? 'verified' : pending ? 'pending' : 'failed';
}
