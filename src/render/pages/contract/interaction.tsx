import { isJsonArray, isJsonObject, type JsonObject, jsonAt } from '../../../domain/json.ts';
import type { PactInteraction } from '../../../query/diff-pairing.ts';
import { partsOf, type SentPart } from '../../../query/interaction-parts.ts';
import type { Markup } from '../page.ts';
import { BriefStates, descriptionOf, Given } from './given.tsx';
import { JsonText } from './json-text.tsx';
import { inLine, requestLine } from './request-line.ts';
import { SentPartView } from './sent-part.tsx';

/** One interaction, which can be folded: when it holds, what is sent, what comes back, and what plugins and authors add. */
export function InteractionView({
  interaction,
  number,
  isOpen,
}: {
  readonly interaction: PactInteraction;
  readonly number: number;
  readonly isOpen: boolean;
}): Markup {
  const { json, kind } = interaction;
  const parts = partsOf(interaction);
  const isKnown = kind !== 'http' || json.has('request') || json.has('response');
  return (
    <details class="panel interaction" id={`interaction-${number}`} open={isOpen}>
      <summary>
        <h3>
          <bdi>{descriptionOf(interaction)}</bdi>
        </h3>{' '}
        <span class="brief">
          <BriefStates of={interaction} />
        </span>{' '}
        {json.get('pending') === true && <span class="chip">pending</span>}{' '}
        {isKnown && <code class="quiet">{briefly(kind, parts)}</code>}
      </summary>
      <Given of={interaction} />
      <Transport json={json} />
      {isKnown ? (
        <div class={kind === 'http' ? 'beside' : 'below'}>
          {parts.map((sent) => (
            <SentPartView sent={sent} />
          ))}
        </div>
      ) : (
        <>
          <p>It has no form that pages can explain. This is all of it:</p>
          <JsonText value={json} />
        </>
      )}
      <Comments json={json} />
    </details>
  );
}

/** What is exchanged, for the line that stays when an interaction is folded. */
function briefly(kind: PactInteraction['kind'], [first]: readonly SentPart[]): string {
  if (kind === 'http' && first) return requestLine(first.part);
  return kind === 'message' ? 'message' : 'message and answer';
}

/** How it travels, where that is not HTTP, and what its plugins are told. */
function Transport({ json }: { readonly json: JsonObject }): Markup | '' {
  const transport = json.get('transport');
  const plugins = json.get('pluginConfiguration');
  const hasPlugins = isJsonObject(plugins) && plugins.size > 0;
  if (transport === undefined && !hasPlugins) return '';
  return (
    <>
      {transport !== undefined && <p class="quiet">Transport: {inLine(transport)}</p>}
      {hasPlugins && (
        <details>
          <summary>What plugins are told ({[...plugins.keys()].join(', ')})</summary>
          <JsonText value={plugins} />
        </details>
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
