import { escapeHidden } from '../../domain/hidden-characters.ts';
import type { Network, NetworkState } from '../../query/network.ts';
import { leftOutText, nodeLines, stateMarks } from './network-words.ts';

/** How an arrow of each state is drawn, with its words on it. */
const arrows: Readonly<Record<NetworkState, string>> = {
  verified: '-->',
  failed: '==x',
  unverified: '-.->',
  changed: '-.->',
};

const colours: Readonly<Record<NetworkState, string>> = {
  verified: '#1a7f37',
  failed: '#b3261e',
  unverified: '#57606a',
  changed: '#8a4600',
};

/**
 * The network as a Mermaid flowchart, as GitHub and GitLab draw it in Markdown: arrows from consumer to provider, with
 * words on all that are not verified. No text of a name can become markup.
 */
export function networkMermaid(network: Network): string {
  const ids = new Map(network.nodes.map(({ name }, index) => [name, `n${index}`]));
  const leftOut = leftOutText(network);
  const lines = [
    ...network.nodes.map((node, index) => `n${index}["${nodeLines(node).map(text).join('<br/>')}"]`),
    ...network.edges.map(({ consumer, provider, state }) => {
      const words =
        state === 'verified' ? '' : `|"${text(`${stateMarks[state].mark} ${stateMarks[state].word}`)}"|`;
      return `${ids.get(consumer) ?? ''} ${arrows[state]}${words} ${ids.get(provider) ?? ''}`;
    }),
    ...network.edges.map(({ state }, index) => `linkStyle ${index} stroke:${colours[state]}`),
  ];
  const told = leftOut === undefined ? '' : `  %% ${leftOut}\n`;
  return `flowchart LR\n${told}${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Mermaid reads entities, Markdown (`1. `) and HTML in texts: all but letters, digits and a few marks become entities. */
function text(line: string): string {
  return escapeHidden(line).replace(
    /[.-](?= )|[^\p{L}\p{N}\p{M}\p{Extended_Pictographic} ._/…?~✓✗-]/gu,
    (character) => `#${character.codePointAt(0) ?? 0};`,
  );
}
