/** A key, and what is after it. */
const line = /^([A-Za-z]+): ([^\n]*)$/;

/** What means itself in YAML: it begins with a letter, as no number does, and nothing in it can begin anything else. */
const plainText = /^[A-Za-z](?:[A-Za-z0-9 _./@+-]|:(?=[A-Za-z0-9_./@+-]))*(?<! )$/;

/** What begins with a letter and is no text to one YAML or another. */
const special = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/** A moment, which is text in YAML 1.2. */
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * The fields of a YAML file that is nothing but lines of `key: value`, where each value is a text that needs no quotes, a
 * moment, or `true` or `false`; undefined for every other file, which only a YAML parser can read. Most files of a store
 * that people edit are so, and the parser takes longer to load than all else that a short command does.
 */
export function readPlainYaml(text: string): Record<string, string | boolean> | undefined {
  const fields = new Map<string, string | boolean>();
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length === 0) return undefined;
  for (const one of lines) {
    const [, key, value] = line.exec(one) ?? [];
    const read = value === undefined ? undefined : meaningOf(value);
    if (key === undefined || read === undefined || fields.has(key)) return undefined;
    fields.set(key, read);
  }
  return Object.fromEntries(fields);
}

function meaningOf(value: string): string | boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  const isText = moment.test(value) || (plainText.test(value) && !special.test(value));
  return isText ? value : undefined;
}
