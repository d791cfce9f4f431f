import { arrangedPact } from '../domain/canonical.ts';
import { prettyJson } from '../domain/json.ts';

/** A stored content as it was submitted: JSON text with the order of keys and interactions it came in. */
export function arrangedText(text: string, arrangement: string | undefined): string {
  return arrangement === undefined ? text : `${prettyJson(arrangedPact(text, arrangement))}\n`;
}
