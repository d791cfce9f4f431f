/**
 * Lays out a graph, written in the language of Graphviz, as a picture in SVG. Graphviz is loaded (0.1 s) on first use.
 * @throws Error for a text that is no graph
 */
export async function svgOf(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  const viz = await instance();
  return viz.renderString(dot, { format: 'svg', engine: 'dot' });
}
