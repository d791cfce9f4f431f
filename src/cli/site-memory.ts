/** What is remembered of a part of a site. */
export interface RememberedPart {
  /** What it was made of. */
  readonly digest: string;
  /** Its files, and how many bytes each of them has. */
  readonly files: Readonly<Record<string, number>>;
}

/** What is remembered of a site. */
export interface SiteMemory {
  /** What made it. */
  readonly maker: string;
  /** The parts that are finished, by their keys. */
  readonly parts: Readonly<Record<string, RememberedPart>>;
  /** Files that may lie there beside. */
  readonly loose: readonly string[];
}

const nothing: SiteMemory = { maker: '', parts: {}, loose: [] };

/** Reads what was remembered; what cannot be read, or names files outside the site, counts for nothing. */
export function parseMemory(text: string): SiteMemory {
  const { maker, parts, loose } = objectIn(text);
  const known = Object.entries(isRecord(parts) ? parts : {}).flatMap(([key, part]) => {
    const read = partIn(part);
    return read ? [[key, read] as const] : [];
  });
  return {
    maker: typeof maker === 'string' ? maker : nothing.maker,
    parts: Object.fromEntries(known),
    loose: Array.isArray(loose) ? loose.filter((file) => isInside(file)) : nothing.loose,
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function partIn(part: unknown): RememberedPart | undefined {
  if (!isRecord(part) || typeof part.digest !== 'string' || !isRecord(part.files)) return undefined;
  const files = Object.entries(part.files);
  const isFine = files.every(([file, size]) => isInside(file) && typeof size === 'number');
  return isFine
    ? { digest: part.digest, files: Object.fromEntries(files) as Record<string, number> }
    : undefined;
}

/** Whether it is a file of a site: somebody may have written something else there, and files are taken away by it. */
function isInside(file: unknown): file is string {
  return typeof file === 'string' && /^[A-Za-z0-9_~]/.test(file) && !/[\\:]|(^|\/)\.\.?(\/|$)/.test(file);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
