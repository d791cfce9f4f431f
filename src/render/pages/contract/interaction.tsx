import { isJsonArray, isJsonObject, type JsonObject, jsonAt } from '../../../domain/json.ts';
import { stateNames } from '../../../query/diff-interaction.ts';
import type { PactInteraction } from '../../../query/diff-pairing.ts';
import { partsOf } from '../../../query/interaction-parts.ts';
import type { Markup } from '../page.ts';
import { JsonText } from './json-text.tsx';
import { inLine } from './request-line.ts';
import { SentPartView } from './sent-part.tsx';

/** What an interaction is called where it is linked to. */
export function interactionTitle({ kind, description, states }: PactInteraction): string {
  const what = description === '' ? (kind === 'http' ? 'a request' : 'a message') : description;
  return states.length === 0 ? what : `${what}, given ${states.join(' and ')}`;
}

/** One interaction: when it holds, what is sent, what comes back, and what its plugins and authors add. */
export function InteractionView({
  interaction,
  number,
}: {
  readonly interaction: PactInteraction;
  readonly number: number;
}): Markup {
  const { json, description, kind } = interaction;
  return (
    <section class="panel interaction" id={`interaction-${number}`} aria-labelledby={`title-${number}`}>
      <h3 id={`title-${number}`}>
        {description === '' ? 'Without a description' : description}{' '}
        {json.get('pending') === true ? <span class="chip">pending</span> : ''}
      </h3>
      <Given json={json} />
      <Transport json={json} />
      <div class={kind === 'http' ? 'beside' : 'below'}>
        {partsOf(interaction).map((sent) => (
          <SentPartView sent={sent} />
        ))}
      </div>
      <Comments json={json} />
    </section>
  );
}

function Given({ json }: { readonly json: JsonObject }): Markup | '' {
  const states = stateNames(json);
  if (states.length === 0) return '';
  return (
    <p class="given">
      Given{' '}
      {states.map((state, index) => (
        <>
          {index === 0 ? '' : ' and '}
          <strong>{state}</strong>
        </>
      ))}
    </p>
  );
}

/** How it travels, where that is not HTTP, and what its plugins are told. */
function Transport({ json }: { readonly json: JsonObject }): Markup | '' {
  const transport = json.get('transport');
  const plugins = json.get('pluginConfiguration');
  const hasPlugins = isJsonObject(plugins) && plugins.size > 0;
  if (transport === undefined && !hasPlugins) return '';
  return (
    <>
      {transport === undefined ? '' : <p class="quiet">Transport: {inLine(transport)}</p>}
      {hasPlugins ? (
        <details>
          <summary>What plugins are told ({[...plugins.keys()].join(', ')})</summary>
          <JsonText value={plugins} />
        </details>
      ) : (
        ''
      )}
    </>
  );
}

/** What the authors of the test say of it. */
function Comments({ json }: { readonly json: JsonObject }): Markup | '' {
  const texts = jsonAt(json, 'comments', 'text');
  const test = jsonAt(json, 'comments', 'testname');
  const markup = jsonAt(json, 'interactionMarkup', 'markup');
  if (texts === undefined && test === undefined && markup === undefined) return '';
  return (
    <>
      <h4>Comments</h4>
      {(isJsonArray(texts) ? texts : texts === undefined ? [] : [texts]).map((text) => (
        <p>{inLine(text)}</p>
      ))}
      {test === undefined ? '' : <p class="quiet">Test: {inLine(test)}</p>}
      {typeof markup === 'string' ? <pre tabindex={0}>{markup}</pre> : ''}
    </>
  );
}
