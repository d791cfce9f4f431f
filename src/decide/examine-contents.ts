import { arrangedPact, canonicalPact } from '../domain/canonical.ts';
import { GitpactError } from '../domain/failure.ts';
import { type JsonValue, parseJson } from '../domain/json.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import { type File, type Folder, fileAt, gather, textOf } from '../domain/tree.ts';
import type { Examined } from './examined.ts';

/** What is wrong with a content and the order recorded beside it: text and sha must agree. @throws NotLoaded, GitpactError */
export function examineContent(root: Folder, path: string, file: File): Examined {
  const sha = path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
  const folder = path.slice(0, path.lastIndexOf('/'));
  const place = `${folder.slice(0, -2)}${sha.slice(0, 2)}/${sha}.json`;
  if (place !== path) return found(path, 'misplaced', `belongs at ${place}`);
  const orderPath = path.replace(/\.json$/, '.order.json');
  const [text = '', order] = gather([file, fileAt(root, orderPath)], (node) => node && textOf(node));
  const stored = parseJson(text, path);
  const submitted = order === undefined ? stored : arranged(text, order);
  if (submitted === undefined && sha === pactShaOf(stored)) {
    return found(orderPath, 'altered', 'does not say in which order its content was submitted');
  }
  const actual = pactShaOf(submitted ?? stored);
  if (actual !== sha) return found(path, 'altered', `has the content of ${actual}: it was changed`);
  return inCanonicalForm(path, text, orderPath, order, submitted ?? stored);
}

function found(path: string, rule: 'misplaced' | 'altered', text: string): Examined {
  return { findings: [{ path, rule, text }], corrections: [] };
}

function inCanonicalForm(
  path: string,
  text: string,
  orderPath: string,
  order: string | undefined,
  submitted: JsonValue,
): Examined {
  const canonical = canonicalPact(submitted);
  const arrangement = canonical.arrangement === undefined ? undefined : `${canonical.arrangement}\n`;
  const wrong = [
    ...(text === canonical.text ? [] : [{ path, text: canonical.text }]),
    ...(order === arrangement ? [] : [{ path: orderPath, text: arrangement }]),
  ];
  // Where the text itself is in another order, that order follows from it: one thing is wrong, not two.
  const told = wrong.slice(0, 1);
  return {
    findings: told.map((one) => ({ path: one.path, rule: 'form', text: 'is not in canonical form' })),
    corrections: wrong,
  };
}

/** The pact as it was submitted; undefined when the recorded order does not fit it. */
function arranged(text: string, order: string): JsonValue | undefined {
  try {
    return arrangedPact(text, order);
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}
