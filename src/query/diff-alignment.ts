import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, prettyJson } from '../domain/json.ts';
import { commonLines } from './diff-lines.ts';

/** A line of a text; `number` counts from 1. */
export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** Lines that stand beside each other. Where they differ, either may be missing. */
export interface AlignedLine {
  readonly before?: NumberedLine;
  readonly after?: NumberedLine;
  readonly isSame: boolean;
}

/**
 * Two values, written one member or item a line, the lines that are the same beside each other. Members of the second stand
 * in the order of the first, since their order means nothing; numbers as they are written. Whether a comma follows is no
 * difference. A side that is missing has no lines.
 */
export function alignJson(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly AlignedLine[] {
  const linesOf = (value: JsonValue | undefined) =>
    value === undefined ? [] : prettyJson(value).split('\n');
  const old = linesOf(before);
  const now = linesOf(before === undefined || after === undefined ? after : ordered(after, before));
  const aligned: AlignedLine[] = [];
  let [i, j] = [0, 0];
  const common = commonLines(old.map(withoutComma), now.map(withoutComma));
  for (const [oldEnd, newEnd] of [...common, [old.length, now.length] as const]) {
    while (i < oldEnd || j < newEnd) {
      aligned.push({
        ...(i < oldEnd ? { before: lineAt(old, i) } : {}),
        ...(j < newEnd ? { after: lineAt(now, j) } : {}),
        isSame: false,
      });
      i += i < oldEnd ? 1 : 0;
      j += j < newEnd ? 1 : 0;
    }
    if (i === old.length && j === now.length) break;
    aligned.push({ before: lineAt(old, i), after: lineAt(now, j), isSame: true });
    i += 1;
    j += 1;
  }
  return aligned;
}

/** Whether another member follows is no difference of this one. */
function withoutComma(line: string): string {
  return line.endsWith(',') ? line.slice(0, -1) : line;
}

function lineAt(lines: readonly string[], index: number): NumberedLine {
  return { number: index + 1, text: lines[index] ?? '' };
}

/** The value with its members in the order that they have in `model`, new ones behind. */
function ordered(value: JsonValue, model: JsonValue | undefined): JsonValue {
  if (isJsonArray(value)) {
    return value.map((item, index) => ordered(item, isJsonArray(model) ? model[index] : undefined));
  }
  if (!isJsonObject(value) || !isJsonObject(model)) return value;
  const known = [...model.keys()].filter((key) => value.has(key));
  const members = [...known, ...[...value.keys()].filter((key) => !model.has(key))];
  return new Map(members.map((key) => [key, ordered(value.get(key) ?? null, model.get(key))]));
}

/** A stretch of lines: differing ones with a few around them, or equal ones that nobody needs to see. */
export interface Stretch {
  readonly kind: 'shown' | 'folded';
  readonly lines: readonly AlignedLine[];
}

/** Folds equal lines that are further than `context` lines from a difference; a single line is not worth a fold. */
export function foldEqual(lines: readonly AlignedLine[], context = 3): readonly Stretch[] {
  const isNear = new Array<boolean>(lines.length).fill(false);
  lines.forEach(({ isSame }, index) => {
    if (!isSame) isNear.fill(true, Math.max(0, index - context), index + context + 1);
  });
  const stretches: { kind: Stretch['kind']; lines: AlignedLine[] }[] = [];
  lines.forEach((line, index) => {
    const isLonely = !isNear[index] && isNear[index - 1] !== false && isNear[index + 1] !== false;
    const kind = isNear[index] || isLonely ? 'shown' : 'folded';
    const last = stretches.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else stretches.push({ kind, lines: [line] });
  });
  return stretches;
}

/** Where two lines differ: what they share at both ends, and what is between. */
export interface LineParts {
  readonly head: string;
  readonly before: string;
  readonly after: string;
  readonly tail: string;
}

/** Finds the middle part in which two lines differ, by whole characters. */
export function differingPart(before: string, after: string): LineParts {
  const [old, now] = [[...before], [...after]];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return {
    head: old.slice(0, start).join(''),
    before: old.slice(start, old.length - end).join(''),
    after: now.slice(start, now.length - end).join(''),
    tail: old.slice(old.length - end).join(''),
  };
}

/** The interaction that lies at a JSON path of a pact, as {@link InteractionDiff.places} names it. */
export function interactionAt(pact: JsonValue, place: string | undefined): JsonObject | undefined {
  const [, key = '', index = ''] = /^\$\.(interactions|messages)\[(\d+)\]$/.exec(place ?? '') ?? [];
  const items = isJsonObject(pact) ? pact.get(key) : undefined;
  const found = isJsonArray(items) ? items[Number(index)] : undefined;
  return isJsonObject(found) ? found : undefined;
}
