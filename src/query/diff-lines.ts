/** A stretch where two lists of lines differ: `[oldStart, oldEnd)` was replaced by `[newStart, newEnd)`. */
interface Piece {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Pieces shown together, and the stretches they lie in, context included. */
interface Hunk {
  readonly pieces: readonly Piece[];
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

type Lines = readonly string[];

const contextLines = 3;

/**
 * How many pairs of equal lines are looked at before giving up on the shortest answer; about what the Pact Broker
 * manages before it times out (api.md §6).
 */
const patience = 20_000_000;

/**
 * The difference of two lists of lines in unified format, as Ruby's diff-lcs finds it: three lines of context, the
 * header of the first hunk left out, and before every later hunk a line break for each of its stretches. Empty when
 * nothing differs. Where lines repeat so often that the answer would take minutes, everything between the common
 * beginning and the common end is shown as replaced.
 */
export function unifiedDiff(before: Lines, after: Lines): string {
  const [first, ...rest] = hunksOf(differingPieces(before, after), before.length);
  if (!first) return '';
  const later = rest.map(
    (hunk) => `${'\n'.repeat(hunk.pieces.length)}${header(hunk)}\n${hunkText(hunk, before, after)}`,
  );
  return hunkText(first, before, after) + later.join('');
}

function differingPieces(before: Lines, after: Lines): readonly Piece[] {
  const pieces: Piece[] = [];
  let oldStart = 0;
  let newStart = 0;
  for (const [oldEnd, newEnd] of [...commonLines(before, after), [before.length, after.length] as const]) {
    if (oldStart < oldEnd || newStart < newEnd) pieces.push({ oldStart, oldEnd, newStart, newEnd });
    oldStart = oldEnd + 1;
    newStart = newEnd + 1;
  }
  return pieces;
}

/** The pairs of indices of a longest common subsequence, rising. */
export function commonLines(before: Lines, after: Lines): (readonly [number, number])[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;

  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < start; i += 1) pairs.push([i, i]);
  for (const pair of commonBetween(before, after, start, end)) pairs.push(pair);
  for (let i = end; i > 0; i -= 1) pairs.push([before.length - i, after.length - i]);
  return pairs;
}

interface Link {
  readonly previous: Link | undefined;
  readonly pair: readonly [number, number];
}

/** Hunt and Szymanski's algorithm, between the first `start` and the last `end` lines. */
function commonBetween(
  before: Lines,
  after: Lines,
  start: number,
  end: number,
): (readonly [number, number])[] {
  const places = placesOf(after, start, after.length - end);
  let pairs = 0;
  for (let i = start; i < before.length - end; i += 1) pairs += places.get(before[i] as string)?.length ?? 0;
  if (pairs > patience) return [];

  const thresholds: number[] = [];
  const links: (Link | undefined)[] = [];
  for (let i = start; i < before.length - end; i += 1) {
    for (const j of places.get(before[i] as string) ?? []) {
      const k = placeFor(thresholds, j);
      if (thresholds[k] === j) continue;
      thresholds[k] = j;
      links[k] = { previous: links[k - 1], pair: [i, j] };
    }
  }
  const common: (readonly [number, number])[] = [];
  for (let link = links.at(-1); link; link = link.previous) common.push(link.pair);
  return common.reverse();
}

/** Where each line stands within `[start, end)`, the last place first. */
function placesOf(lines: Lines, start: number, end: number): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (let i = end - 1; i >= start; i -= 1) {
    const line = lines[i] as string;
    const known = places.get(line);
    if (known) known.push(i);
    else places.set(line, [i]);
  }
  return places;
}

/** The index of the first of the rising numbers that is not less than `value`. */
function placeFor(rising: readonly number[], value: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Joins the pieces whose context touches. The end may lie one line behind the last one, as diff-lcs counts. */
function hunksOf(pieces: readonly Piece[], oldSize: number): readonly Hunk[] {
  const hunks: Hunk[] = [];
  for (const piece of pieces) {
    const above = Math.min(contextLines, piece.oldStart);
    const below = Math.min(contextLines, oldSize - (piece.oldEnd - 1));
    const hunk: Hunk = {
      pieces: [piece],
      oldStart: piece.oldStart - above,
      oldEnd: piece.oldEnd + below,
      newStart: piece.newStart - above,
      newEnd: piece.newEnd + below,
    };
    const last = hunks.at(-1);
    if (last && hunk.oldStart <= last.oldEnd) {
      const { oldStart, newStart } = last;
      hunks[hunks.length - 1] = { ...hunk, oldStart, newStart, pieces: [...last.pieces, piece] };
    } else {
      hunks.push(hunk);
    }
  }
  return hunks;
}

function header(hunk: Hunk): string {
  return `@@ -${range(hunk.oldStart, hunk.oldEnd)} +${range(hunk.newStart, hunk.newEnd)} @@`;
}

/** Where a later hunk lies: the context before it alone has several lines. */
function range(start: number, end: number): string {
  return `${start + 1},${end - start}`;
}

function hunkText(hunk: Hunk, before: Lines, after: Lines): string {
  const lines: string[] = [];
  let at = hunk.oldStart;
  for (const piece of hunk.pieces) {
    for (const line of before.slice(at, piece.oldStart)) lines.push(` ${line}`);
    for (const line of before.slice(piece.oldStart, piece.oldEnd)) lines.push(`-${line}`);
    for (const line of after.slice(piece.newStart, piece.newEnd)) lines.push(`+${line}`);
    at = piece.oldEnd;
  }
  for (const line of before.slice(at, hunk.oldEnd)) lines.push(` ${line}`);
  return lines.join('\n');
}
