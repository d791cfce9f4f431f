import type { GeneratedValue } from '../../query/diff-generated.ts';
import { generatedAdvice, visible } from './diff-words.ts';

/** Values that look generated, for a terminal: the cure, then one line for each; empty when there are none. */
export function generatedText(generated: readonly GeneratedValue[]): string {
  if (generated.length === 0) return '';
  const lines = generated.map(
    ({ interaction, path, kind }) => `  ${visible(interaction)}: ${visible(path)} looks like a ${kind}\n`,
  );
  return `${generatedAdvice}:\n${lines.join('')}`;
}
