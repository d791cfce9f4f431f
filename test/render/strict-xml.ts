/** An element of XML. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** What XML 1.0 allows in a document (section 2.2). */
const allowed = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

const tag = /<(\/?)([A-Za-z][\w-]*)((?:\s+[A-Za-z][\w-]*="[^"<]*")*)\s*(\/?)>/y;

/**
 * Reads XML of elements, attributes in double quotes, text, and the references of one character. @throws Error for anything
 * that is not well formed, a second attribute of a name and text around the root included.
 */
export function parseXml(document: string): XmlElement {
  if (!allowed.test(document)) throw new Error('a character that XML does not know');
  const prologue = '<?xml version="1.0" encoding="UTF-8"?>';
  if (!document.startsWith(prologue)) throw new Error('no prologue');
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  for (let at = prologue.length; at < document.length; ) {
    const current = open.at(-1);
    if (!current) throw new Error('more is closed than was opened');
    const next = document.indexOf('<', at);
    const end = next < 0 ? document.length : next;
    current.text += unescaped(document.slice(at, end));
    if (next < 0) break;
    tag.lastIndex = next;
    const found = tag.exec(document);
    if (!found) throw new Error(`no tag: ${document.slice(next, next + 80)}`);
    const [whole, closes, name = '', written = '', isEmpty] = found;
    at = next + whole.length;
    if (closes) {
      if (open.length < 2 || current.name !== name || written !== '' || isEmpty)
        throw new Error(`</${name}>`);
      open.pop();
      continue;
    }
    const element = { name, attributes: attributesIn(written), children: [] as XmlElement[], text: '' };
    current.children.push(element);
    if (!isEmpty) open.push(element);
  }
  const [only, second] = root.children;
  if (open.length !== 1 || !only || second || root.text.trim() !== '') throw new Error('not one whole root');
  return only;
}

function attributesIn(written: string): Readonly<Record<string, string>> {
  const found = [...written.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => {
    if (/[\t\n\r]/.test(value)) throw new Error(`${name} would lose its white space`);
    return [name, unescaped(value)] as const;
  });
  const attributes = Object.fromEntries(found);
  if (Object.keys(attributes).length !== found.length) throw new Error('an attribute twice');
  return attributes;
}

function unescaped(text: string): string {
  if (/[<>]/.test(text) || /&(?!#\d+;)/.test(text)) throw new Error(`not escaped: ${text}`);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
