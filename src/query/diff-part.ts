import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, parseJson } from '../domain/json.ts';
import { canonicalText, memberPath } from './diff-json.ts';
import { type Rules, rulesIn } from './diff-rules.ts';

/** A header of a request or response, or an entry of a message's metadata. */
export interface Field {
  readonly path: string;
  readonly name: string;
  readonly raw: JsonValue;
  /** The value in one form for all versions: a header of several values is their list, joined by commas. */
  readonly value: JsonValue;
}

/** A body, or the contents of a message, decoded. */
interface Body {
  readonly path: string;
  /** The JSON path of the member that holds it. */
  readonly holder: string;
  readonly raw: JsonValue;
  readonly value: JsonValue;
  readonly contentType: JsonValue | undefined;
  /** How the content is encoded, as a text. */
  readonly encoding: string;
  /** What else is told of it, such as a hint whether it is binary. */
  readonly rest: JsonObject;
}

/** A request, a response, or a message, in one form for all versions of the specification. */
export interface Part {
  readonly path: string;
  /** By lower-case name for headers, by name for metadata. */
  readonly fields: ReadonlyMap<string, Field>;
  readonly body: Body | undefined;
  readonly rules: Rules;
  readonly rawRules: JsonValue | undefined;
  readonly generators: JsonValue | undefined;
  /** Everything else. */
  readonly rest: JsonObject;
}

/** How a part names what it consists of, and whether its body is wrapped as of version 4. */
export interface PartShape {
  readonly fields: readonly string[];
  readonly body: 'body' | 'contents';
  readonly wrapped: boolean;
}

/** Reads a part; `path` is its JSON path in the interaction. */
export function partOf(json: JsonObject, path: string, shape: PartShape): Part {
  const rest = new Map(json);
  const take = (key: string): JsonValue | undefined => {
    const value = rest.get(key);
    rest.delete(key);
    return value;
  };
  const fields = new Map<string, Field>();
  for (const key of shape.fields) readFields(take(key), memberPath(path, key), key === 'headers', fields);
  const rawRules = take('matchingRules');
  return {
    path,
    fields,
    body: bodyOf(take(shape.body), memberPath(path, shape.body), shape.wrapped),
    rules: rulesIn(rawRules, memberPath(path, 'matchingRules')),
    rawRules,
    generators: take('generators'),
    rest,
  };
}

function readFields(
  json: JsonValue | undefined,
  at: string,
  isHeader: boolean,
  fields: Map<string, Field>,
): void {
  if (!isJsonObject(json)) return;
  for (const [name, raw] of json) {
    const key = isHeader ? name.toLowerCase() : name;
    fields.set(key, { path: memberPath(at, name), name, raw, value: fieldValue(raw, isHeader) });
  }
}

function fieldValue(raw: JsonValue, isHeader: boolean): JsonValue {
  if (isHeader && isJsonArray(raw)) return raw.map(plainText).join(', ');
  return isJsonArray(raw) || isJsonObject(raw) ? canonicalText(raw) : raw;
}

function plainText(value: JsonValue): string {
  return typeof value === 'string' ? value : canonicalText(value);
}

function bodyOf(raw: JsonValue | undefined, path: string, wrapped: boolean): Body | undefined {
  if (raw === undefined) return undefined;
  if (!wrapped || !isJsonObject(raw))
    return {
      path,
      holder: path,
      raw,
      value: raw,
      contentType: undefined,
      encoding: 'false',
      rest: new Map(),
    };
  const content = raw.get('content');
  if (content === undefined) return undefined;
  const contentType = raw.get('contentType');
  const encoded = raw.get('encoded') ?? false;
  return {
    path: memberPath(path, 'content'),
    holder: path,
    raw,
    value: decoded(content, encoded, typeof contentType === 'string' ? contentType : ''),
    contentType,
    encoding: canonicalText(encoded),
    rest: new Map([...raw].filter(([key]) => !['content', 'contentType', 'encoded'].includes(key))),
  };
}

/** The content itself: JSON where it is JSON, text where it is text, else base64. */
function decoded(content: JsonValue, encoded: JsonValue, contentType: string): JsonValue {
  if (typeof content !== 'string' || encoded === false) return content;
  const isJson = encoded !== true && String(encoded).toLowerCase() === 'json';
  const text = isJson ? content : textOfBase64(content);
  if (text === undefined) return content;
  return isJson || /\bjson\b/i.test(contentType) ? (jsonIn(text) ?? text) : text;
}

function textOfBase64(base64: string): string | undefined {
  const bytes = Buffer.from(base64, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Whether the body is of a kind whose structure is not that of JSON, so that rules cannot be followed into it. */
export function isOpaque(part: Part): boolean {
  const { body } = part;
  if (typeof body?.value !== 'string') return false;
  const named =
    body.contentType ?? part.fields.get('content-type')?.value ?? part.fields.get('contentType')?.value;
  return /xml|form|multipart|html/i.test(String(named ?? '')) || body.value.trimStart().startsWith('<');
}
