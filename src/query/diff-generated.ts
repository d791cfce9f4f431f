import { JsonNumber, type JsonValue } from '../domain/json.ts';
import { canonicalText, jsonDifferences } from './diff-json.ts';
import { interactionsOf, pairInteractions } from './diff-pairing.ts';

/** What a value that changes by itself looks like. */
export type GeneratedKind =
  | 'uuid'
  | 'date-time'
  | 'date'
  | 'time'
  | 'epoch-milliseconds'
  | 'epoch-seconds'
  | 'random-text'
  | 'random-number';

/** A value that was another each time the same version was published, and looks like made up at random or by a clock. */
export interface GeneratedValue {
  /** The interaction's description. */
  readonly interaction: string;
  /** The JSON path in the interaction. */
  readonly path: string;
  readonly kind: GeneratedKind;
  readonly before: JsonValue;
  readonly after: JsonValue;
}

/**
 * The values that differ between two publications of one version and look generated: most often such a pair differs
 * in nothing else, and the cure is a fixed example at these paths. A text counts when all of its difference lies in
 * parts of one look; matching rules and generators are left out.
 */
export function likelyGenerated(before: JsonValue, after: JsonValue): readonly GeneratedValue[] {
  const pairs = pairInteractions(interactionsOf(before), interactionsOf(after));
  return pairs.flatMap(({ before: was, after: is }) => {
    if (!was || !is) return [];
    return jsonDifferences(was.json, is.json, '$').flatMap((difference): readonly GeneratedValue[] => {
      const kind = /\.(matchingRules|generators|_id)\b/.test(difference.path)
        ? undefined
        : kindOf(difference);
      const { path, before: old, after: now } = difference;
      if (!kind || old === undefined || now === undefined) return [];
      return [{ interaction: is.description, path, kind, before: old, after: now }];
    });
  });
}

function kindOf({ before, after }: { before?: JsonValue; after?: JsonValue }): GeneratedKind | undefined {
  if (before instanceof JsonNumber && after instanceof JsonNumber) return numberKind(before, after);
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  return patterns.find(({ pattern }) => differOnlyIn(pattern, before, after))?.kind;
}

interface Pattern {
  readonly kind: GeneratedKind;
  readonly pattern: RegExp;
}

/** In the order they are tried: what contains another look comes first. */
const patterns: readonly Pattern[] = [
  { kind: 'uuid', pattern: /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/gi },
  {
    kind: 'date-time',
    pattern:
      /\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d(:?\d\d([.,]\d+)?)?( ?(Z|[+-]\d\d:?\d\d))?|[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \S+/g,
  },
  { kind: 'date', pattern: /\b(\d{4}[-/.]\d\d[-/.]\d\d|\d\d?[-/.]\d\d?[-/.]\d{4})\b/g },
  { kind: 'time', pattern: /\b\d\d:\d\d(:\d\d([.,]\d+)?)?\b/g },
  { kind: 'epoch-milliseconds', pattern: /\b1\d{12}\b/g },
  { kind: 'epoch-seconds', pattern: /\b1\d{9}\b/g },
  { kind: 'random-text', pattern: /\b(?=\w*\d)(?=\w*[A-Za-z])\w{8,}\b|\b[A-Za-z]{16,}\b/g },
  { kind: 'random-number', pattern: /\b\d{5,}\b/g },
];

/** Whether the texts are the same once all that looks like this is taken out. */
function differOnlyIn(pattern: RegExp, before: string, after: string): boolean {
  const bare = before.replaceAll(pattern, '\0');
  return bare.includes('\0') && bare === after.replaceAll(pattern, '\0');
}

function numberKind(before: JsonNumber, after: JsonNumber): GeneratedKind | undefined {
  const both = (pattern: RegExp) => [before, after].every((number) => pattern.test(canonicalText(number)));
  if (both(/^1\d{12}(\.\d+)?$/)) return 'epoch-milliseconds';
  if (both(/^1\d{9}(\.\d+)?$/)) return 'epoch-seconds';
  return both(/^-?(\d{5,}|\d+\.\d{5,})$/) ? 'random-number' : undefined;
}
