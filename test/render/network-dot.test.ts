import { describe, expect, it } from 'vitest';
import { svgOf } from '../../src/broker/graph-svg.ts';
import { escapeHidden } from '../../src/domain/hidden-characters.ts';
import { network } from '../../src/query/network.ts';
import { networkDot } from '../../src/render/graph/dot.ts';
import { hostile } from '../format/names.ts';
import { story } from '../helpers/story.ts';

const estate = story()
  .creates('prod', true)
  .publishes('Web 1', 'Api', { content: 1 })
  .verifies('Api 1', 'Web 1')
  .publishes('App 1', 'Api', { content: 1 })
  .verifies('Api 1', 'App 1', 'failed')
  .publishes('Api 1', 'Stock', { content: 1 })
  .publishes('Web 1', 'Stock', { content: 1 })
  .verifies('Stock 1', 'Web 1')
  .publishes('Web 2', 'Stock', { content: 2 })
  .deploys('Web 1', 'prod');

/** The texts that a picture shows, tooltips left out. */
function textsIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

/** The text that this is in XML. */
function unescaped(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

describe('the network as Graphviz draws it', () => {
  it('tells every state by a word and a line of its own, not by colour alone', async () => {
    const texts = textsIn(await svgOf(networkDot(network(estate.snapshot()))));
    expect(texts).toEqual(
      expect.arrayContaining(['Api', 'App', 'Stock', 'Web', '✗ failed', '? unverified', '~ changed']),
    );
    expect(texts.map(unescaped)).toEqual(
      expect.arrayContaining([
        '✗ verification failed: 1',
        '? never verified: 1',
        '~ changed since it was verified: 1',
        '✓ verified: 1',
      ]),
    );
    const styles = [...networkDot(network(estate.snapshot())).matchAll(/ style=(\w+)/g)].map(
      ([, style]) => style,
    );
    expect(new Set(styles)).toEqual(new Set(['bold', 'dotted', 'dashed', 'solid']));
  });

  it('shows the versions in an environment, and what is not there', async () => {
    const texts = textsIn(await svgOf(networkDot(network(estate.snapshot(), { environment: 'prod' }))));
    expect(texts).toEqual(expect.arrayContaining(['Web', '1', 'Api', 'not there']));
  });

  it('says what was left out', async () => {
    const texts = textsIn(await svgOf(networkDot(network(estate.snapshot(), { most: 2 }))));
    expect(texts).toContain('Not shown: 2 pacticipants and 3 integrations.');
  });

  it('is a picture of nothing for an empty repository', async () => {
    expect(textsIn(await svgOf(networkDot(network(story().snapshot()))))).toEqual([]);
  });

  it('is drawn in time where it is large, with marks for words', async () => {
    const many = Array.from({ length: 120 }, (_, n) => n).reduce(
      (past, n) =>
        past.publishes(`Web${n % 11} 1`, `Api${n % 12}`).publishes(`Web${n % 11} 1`, `Api${(n * 5) % 13}`),
      story({ checkSimilarNames: false }),
    );
    const found = network(many.snapshot());
    expect(found.edges.length).toBeGreaterThan(100);
    const texts = textsIn(await svgOf(networkDot(found)));
    expect(texts.filter((text) => text === '?').length).toBe(found.edges.length);
    expect(texts).toContain(`? never verified: ${found.edges.length}`);
  });

  const names = [
    ...hostile.accepted.map(({ name }) => name),
    'a"b',
    'a\\b',
    'a\\N\\lb',
    '&lt;b&gt;',
    '<b>x</b>',
    '-> n0',
    '" ]; n9 [label="',
    'a\u202eb',
    'x'.repeat(200),
  ];

  it.each(names)('shows the name %j as it is, escaped or cut', async (name) => {
    const past = story({ checkSimilarNames: false }).publishes(`${name} 1`, 'Api');
    const svg = await svgOf(networkDot(network(past.snapshot())));
    expect(svg.match(/<g id="node/g)?.length).toBe(2);
    expect(svg.match(/<g id="edge/g)?.length).toBe(1);
    expect(svg).not.toMatch(/[\u202e\u200b\u009b]|<b>/);
    if ([...name].length <= 40) {
      const squeezed = (text: string) => text.replace(/[\s\u00a0]+/g, ' ').trim();
      expect(textsIn(svg).map(unescaped).map(squeezed)).toContain(squeezed(escapeHidden(name)));
    }
  });
});
