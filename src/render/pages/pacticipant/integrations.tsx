import type { IntegrationRow } from '../../../query/overview.ts';
import { Chips, VersionNumber } from '../chips.tsx';
import { resultState } from '../contract/facts.tsx';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import type { PageLinks } from '../links.ts';
import { Moment } from '../moment.tsx';
import type { Markup } from '../page.ts';
import { markedState, State } from '../state.tsx';

/** The contracts of a pacticipant in one of its roles, and how each stands; nothing without any. */
export function Integrations({
  title,
  rows,
  other,
  links,
}: {
  readonly title: string;
  readonly rows: readonly IntegrationRow[];
  readonly other: 'consumer' | 'provider';
  readonly links: PageLinks;
}): Markup | '' {
  if (rows.length === 0) return '';
  return (
    <>
      <h2>{title}</h2>
      <table class="cards" data-sorts="">
        <caption class="only-heard">{title}</caption>
        <Heads
          words={[
            other === 'provider' ? 'Provider' : 'Consumer',
            'Newest contract',
            'Version of the consumer',
            'Published',
            'Newest result',
          ]}
          sorts
        />
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row">
                <Go to={links.pacticipant(row[other])}>{row[other]}</Go>
              </th>
              <td>
                <Go to={links.latestContract(row)}>
                  <State of={markedState(row.status)} />
                </Go>
              </td>
              <td>
                <VersionNumber number={row.pact.consumerVersion.number} />{' '}
                <Chips branches={row.standing.headBranches} tags={row.standing.latestTags} />
              </td>
              <td data-is="published" data-sort={row.pact.publication.createdAt}>
                <Moment at={row.pact.publication.createdAt} />
              </td>
              <td data-is={row.result ? 'result' : undefined}>
                {row.result === undefined ? (
                  ''
                ) : (
                  <>
                    <Go to={links.result(row.result)}>
                      <State
                        of={resultState(row.result)}
                        words={row.result.success ? 'passed' : 'failed'}
                        title=""
                      />
                    </Go>{' '}
                    <VersionNumber number={row.result.providerVersion} />{' '}
                    <span class="quiet">
                      <Moment at={row.result.createdAt} />
                    </span>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
