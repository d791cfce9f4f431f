import { GitpactError } from '../domain/failure.ts';
import { runGraphviz } from './graphviz.ts';

/** How long Graphviz may take, in milliseconds. */
const attempts = [
  { engine: 'dot', time: 10_000 },
  { engine: 'osage', time: 20_000 },
] as const;

/** A graph in the language of Graphviz as a picture in SVG. @throws GitpactError `too-large-to-draw` */
export async function svgOf(dot: string): Promise<string> {
  for (const { engine, time } of attempts) {
    const svg = await runGraphviz(dot, { format: 'svg', engine }, time);
    if (svg !== undefined) return svg;
  }
  throw new GitpactError('too-large-to-draw', 'The network is too large to be drawn.', {
    hint: 'Draw a part of it with --pacticipant, --label, --environment or --limit.',
  });
}
