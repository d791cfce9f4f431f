import { type JsonValue, prettyJson } from '../../../domain/json.ts';
import type { Markup } from '../page.ts';

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** JSON, indented, its keys, texts, numbers and words in colours of their own. */
export function JsonText({ value }: { readonly value: JsonValue }): Markup {
  const text = prettyJson(value);
  const parts: (Markup | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const [all, string, colon] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    const kind = string === undefined ? (/^[-\d]/.test(all) ? 'number' : 'word') : colon ? 'key' : 'string';
    parts.push(<span class={`json-${kind}`}>{string ?? all}</span>);
    if (colon) parts.push(colon);
    end = match.index + all.length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return (
    <pre tabindex={0}>
      <code>{parts}</code>
    </pre>
  );
}

/** A body: JSON as JSON, any other text as it is. */
export function BodyText({ value, isText }: { readonly value: JsonValue; readonly isText: boolean }): Markup {
  if (typeof value !== 'string' || !isText) return <JsonText value={value} />;
  return (
    <pre tabindex={0}>
      <code>{value}</code>
    </pre>
  );
}
