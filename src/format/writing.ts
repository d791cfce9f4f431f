/**
 * JSON as the store writes it: the fields of the record one a line in the order given, lists with one entry a line,
 * so that a diff names the entry that changed. Fields that are undefined are left out.
 */
export function writeRecord(record: Readonly<Record<string, unknown>>): string {
  const lines: string[] = [];
  for (const [key, value] of Object.entries(record)) {
    if (value === undefined) continue;
    lines.push(
      `  ${JSON.stringify(key)}: ${Array.isArray(value) ? writeList(value, '  ') : JSON.stringify(value)}`,
    );
  }
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** A list with one entry a line. */
export function writeList(values: readonly unknown[], indent = ''): string {
  if (values.length === 0) return '[]';
  return `[\n${values.map((value) => `${indent}  ${JSON.stringify(value)}`).join(',\n')}\n${indent}]`;
}

/** The list, or undefined when it is empty: a field that need not be written. */
export function unlessEmpty<T>(values: readonly T[]): readonly T[] | undefined {
  return values.length === 0 ? undefined : values;
}

/** A copy of the record without the fields that are undefined, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(record: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
