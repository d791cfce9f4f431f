import { addresses, pathOf } from '../links.ts';
import type { Frame, Markup } from '../page.ts';

/** The badge of a pair, and how to put it into a README. */
export function PactBadge({
  pair,
  frame: { links, base },
}: {
  readonly pair: { readonly consumer: string; readonly provider: string };
  readonly frame: Frame;
}): Markup | '' {
  const picture = links.badge(pair);
  if (picture === undefined) return '';
  const server = base ?? 'https://…';
  const shown = server + pathOf('', addresses.badge(pair));
  const page = server + pathOf('', addresses.latestContract(pair));
  const name = `${pair.consumer}/${pair.provider} Pact Status`.replace(/[[\]\\]/g, '\\$&');
  return (
    <>
      <dt>Badge</dt>
      <dd>
        <img src={picture} alt={`Pact status of ${pair.consumer} and ${pair.provider}`} height="20" />
        <details>
          <summary>Markdown</summary>
          <pre data-copies="Copy Markdown" tabindex={0}>{`[![${name}](${shown})](${page})`}</pre>
          {base === undefined ? (
            <p class="quiet">Put the address of this site in front.</p>
          ) : (
            <p class="quiet">
              A server that asks for credentials shows it to everybody with --public-badges.
            </p>
          )}
        </details>
      </dd>
    </>
  );
}
