import { arrangedPact } from '../domain/canonical.ts';
import { prettyJson } from '../domain/json.ts';
import { onceForText } from '../domain/once-for-each.ts';

/** A stored content as it was submitted: JSON text with the order of keys and interactions it came in. */
export function arrangedText(text: string, arrangement: string | undefined): string {
  return arrangement === undefined ? text : arranged(`${arrangement}\0${text}`);
}

/** Of both in one text: JSON has no NUL in it. */
const arranged = onceForText((both) => {
  const end = both.indexOf('\0');
  return `${prettyJson(arrangedPact(both.slice(end + 1), both.slice(0, end)))}\n`;
});
