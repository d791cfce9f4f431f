import { type JsonValue, prettyJson } from '../../../domain/json.ts';
import type { Markup } from '../page.ts';

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** Up to how many characters are coloured: each coloured word is an element, of which a browser holds only so many. */
const mostColoured = 50_000;

/** JSON, indented, its keys, texts, numbers and words in colours of their own, unless there are very many. */
export function JsonText({ value }: { readonly value: JsonValue }): Markup {
  const text = prettyJson(value);
  if (text.length > mostColoured) return <PlainText text={text} />;
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
  return typeof value === 'string' && isText ? <PlainText text={value} /> : <JsonText value={value} />;
}

function PlainText({ text }: { readonly text: string }): Markup {
  return (
    <pre tabindex={0}>
      <code>{text}</code>
    </pre>
  );
}
