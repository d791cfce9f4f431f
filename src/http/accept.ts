/**
 * What a client accepts: parsing the Accept header and choosing among what a resource provides (api.md §1.3).
 */

interface Range {
  readonly type: string;
  readonly quality: number;
}

function rangesOf(header: string): readonly Range[] {
  return header
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='));
      const quality = q === undefined ? 1 : Number(q.slice(2));
      return { type, quality: Number.isFinite(quality) ? quality : 1 };
    })
    .filter(({ type, quality }) => type !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

/** The provided type that suits the client best; undefined when it accepts none. Without a header, the first. */
export function negotiated(header: string | undefined, provided: readonly string[]): string | undefined {
  const ranges = rangesOf(header ?? '');
  if (ranges.length === 0) return provided[0];
  for (const { type } of ranges) {
    const found = provided.find((candidate) => covers(type, candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

function covers(range: string, type: string): boolean {
  if (range === '*/*' || range === '*' || range === type) return true;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}

/** Whether the client asked to have problems told as `application/problem+json` (api.md §1.4). */
export function wantsProblems(header: string | undefined): boolean {
  return header?.includes('application/problem+json') ?? false;
}

/** Whether a content type is JSON of any kind. */
export function isJsonType(contentType: string | undefined): boolean {
  return /^application\/([\w.-]+\+)?json\b/i.test(contentType ?? '');
}

/** A content type without its parameters, in lower case. */
export function bareType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
