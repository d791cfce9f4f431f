import { parsePact } from '../../../domain/pact.ts';
import type { Contract, KnownResult } from '../../../query/contract.ts';
import { VersionNumber } from '../chips.tsx';
import { Go, GoOutside, Ways } from '../go.tsx';
import { Heads } from '../heads.tsx';
import { addresses, type PageLinks, verifiersId } from '../links.ts';
import { MarkedVersion } from '../matrix/version-marks.tsx';
import { Moment } from '../moment.tsx';
import type { Around, Frame, Markup } from '../page.ts';
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
          <span class="number" data-copies="Copy version">
            {number}
          </span>
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
          <code data-copies="Copy sha">{pact.publication.sha}</code>
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
        <dd>
          <Ways
            to={[
              ['Matrix', links.matrixOfPair(pact)],
              ['What changed, and when', links.timeline(pact)],
              ['Its branches, tags and environments', links.dashboard(pact, 'all')],
              ['API browser', links.api(addresses.contractOfVersion(pact, number))],
            ]}
          />
        </dd>
        <PactBadge pair={pact} frame={frame} />
      </dl>
    </>
  );
}

/** Which versions have this very content. */
export function Publishers({
  contract: { pact, versions, moreVersions },
  links,
}: {
  readonly contract: Contract;
  readonly links: PageLinks;
}): Markup {
  return (
    <section>
      <h2>Who publishes it</h2>
      <Few rows={versions.length} about="Who publishes it">
        <table>
          <caption class="only-heard">Versions of {pact.consumer} with this content</caption>
          <Heads words={[`Version of ${pact.consumer}`, 'Made']} />
          <tbody>
            {versions.map((version) => (
              <tr>
                <th scope="row">
                  <MarkedVersion
                    of={version}
                    to={links.matrixOfVersion(pact.consumer, version.version.number)}
                  />
                </th>
                <td>
                  <Moment at={version.version.createdAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Few>
      {moreVersions > 0 && <p class="quiet">And {moreVersions} older.</p>}
    </section>
  );
}

/** Who said what of this content. */
export function Verifiers({
  contract: { pact, results, moreResults },
  links,
}: {
  readonly contract: Contract;
  readonly links: PageLinks;
}): Markup {
  if (results.length === 0) {
    return (
      <section>
        <h2 id={verifiersId}>Who verified it</h2>
        <p>
          Nobody yet. The pipeline of <bdi>{pact.provider}</bdi> does it, with:
        </p>
        <pre tabindex={0}>
          <code>gitpact verify --provider-base-url http://localhost:8080 --publish</code>
        </pre>
      </section>
    );
  }
  return (
    <section>
      <h2 id={verifiersId}>Who verified it</h2>
      <Few rows={results.length} about="Who verified it">
        <table>
          <caption class="only-heard">Results of {pact.provider} for this content</caption>
          <Heads words={['Result', `Version of ${pact.provider}`, 'Verified']} />
          <tbody>
            {results.map((known) => (
              <ResultRow of={known} links={links} />
            ))}
          </tbody>
        </table>
      </Few>
      {moreResults > 0 && <p class="quiet">And {moreResults} older.</p>}
    </section>
  );
}

function ResultRow({
  of: { result, provider },
  links,
}: {
  readonly of: KnownResult;
  readonly links: PageLinks;
}): Markup {
  return (
    <tr>
      <th scope="row">
        <Go to={links.result(result)}>
          <State of={resultState(result)} words={result.success ? 'passed' : 'failed'} title="" />
        </Go>
      </th>
      <td>
        {provider ? (
          <MarkedVersion of={provider} to={links.matrixOfVersion(result.provider, provider.version.number)} />
        ) : (
          <VersionNumber number={result.providerVersion} />
        )}
      </td>
      <td>
        <Moment at={result.createdAt} />
      </td>
    </tr>
  );
}

/** From how many rows on a table is scrolled, so that what comes below is not pushed away. */
const manyRows = 6;

function Few({ rows, about, children }: Around & { readonly rows: number; readonly about: string }): Markup {
  if (rows < manyRows) return <>{children}</>;
  return (
    <section class="few" tabindex={0} aria-label={about}>
      {children}
    </section>
  );
}

/** How a single result is marked. */
export function resultState({ success, pending }: { readonly success: boolean; readonly pending?: boolean }) {
  return success ? 'verified' : pending ? 'pending' : 'failed';
}
