import { byNames, type Pair } from '../../../query/latest-pacts.ts';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import type { PageLinks } from '../links.ts';
import type { Markup } from '../page.ts';

/** Every pair, each with its own matrix: where to go from a question that was not asked yet. */
export function PairList({
  pairs,
  links,
}: {
  readonly pairs: readonly Pair[];
  readonly links: PageLinks;
}): Markup {
  if (pairs.length === 0) {
    return (
      <p>
        There is no pact yet. A consumer’s build publishes one:{' '}
        <code>gitpact publish pacts/*.json --consumer-app-version 1 --branch main</code>
      </p>
    );
  }
  return (
    <section aria-labelledby="pairs-of-two">
      <h2 id="pairs-of-two">The grid of two</h2>
      <search>
        <form class="filters" method="get" data-filters="pairs">
          <label class="with-script">
            Search <input type="search" name="search" placeholder="consumer or provider" />
          </label>
          <output />
        </form>
      </search>
      <table id="pairs" class="cards" data-sorts>
        <Heads words={['Consumer', 'Provider', 'Its versions against each other']} sorts />
        <tbody>
          {[...pairs].sort(byNames).map((pair) => (
            <tr>
              <td data-is="Consumer">
                <bdi>{pair.consumer}</bdi>
              </td>
              <td data-is="Provider">
                <bdi>{pair.provider}</bdi>
              </td>
              <td>
                <Go to={links.matrixOfPair(pair)}>
                  grid
                  <span class="only-heard">
                    {' '}
                    of {pair.consumer} and {pair.provider}
                  </span>
                </Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p id="nothing-shown" class="quiet" hidden>
        No pair fits.
      </p>
    </section>
  );
}
