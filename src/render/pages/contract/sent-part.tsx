import { type JsonValue, jsonAt } from '../../../domain/json.ts';
import type { Part } from '../../../query/diff-part.ts';
import type { SentPart } from '../../../query/interaction-parts.ts';
import { generatorWords } from '../../words/generators.ts';
import { type RuleWords, ruleWords } from '../../words/matching-rules.ts';
import type { Markup } from '../page.ts';
import { BodyText } from './json-text.tsx';
import { curlCommand, inLine, requestLine, statusLine } from './request-line.ts';

/** One thing that is sent: its first line, headers or metadata, body, and what may differ from the example. */
export function SentPartView({ sent: { role, part } }: { readonly sent: SentPart }): Markup {
  const isHttp = role === 'request' || role === 'response';
  return (
    <div class={`sent ${role}`}>
      <h4>{titles[role]}</h4>
      {isHttp ? (
        <p class="first-line">
          <FirstLine words={role === 'request' ? requestLine(part) : statusLine(part)} />
        </p>
      ) : (
        ''
      )}
      <Fields part={part} name={isHttp ? 'Headers' : 'Metadata'} />
      <Body sent={{ role, part }} />
      <Words title="What may differ from this example" words={[...part.rules.values()].map(ruleWords)} />
      <Words title="What is made anew each time" words={generatorWords(part.generators)} />
      {role === 'request' ? (
        <details class="curl">
          <summary>As cURL</summary>
          <pre data-copies="Copy as cURL" tabindex={0}>
            {curlCommand(part)}
          </pre>
        </details>
      ) : (
        ''
      )}
    </div>
  );
}

const titles: Readonly<Record<SentPart['role'], string>> = {
  request: 'Request',
  response: 'Response',
  message: 'Message',
  answer: 'Answer',
};

/** The method of a request and the status of a response stand out. */
function FirstLine({ words }: { readonly words: string }): Markup {
  const [, first = words, rest = ''] = /^(\S+)( .*)$/s.exec(words) ?? [];
  return (
    <code>
      <strong>{first}</strong>
      {rest}
    </code>
  );
}

function Fields({ part, name }: { readonly part: Part; readonly name: string }): Markup | '' {
  if (part.fields.size === 0) return '';
  return (
    <dl class="facts fields" aria-label={name}>
      {[...part.fields.values()].map((field) => (
        <>
          <dt>
            <code>{field.name}</code>
          </dt>
          <dd>
            <code>{inLine(field.value)}</code>
          </dd>
        </>
      ))}
    </dl>
  );
}

function Body({ sent: { role, part } }: { readonly sent: SentPart }): Markup | '' {
  const { body, fields, rest } = part;
  const name = role === 'request' || role === 'response' ? 'body' : 'content';
  if (body === undefined) {
    const needsNone = role === 'request' && /^(get|head|delete|options)$/i.test(inLine(rest.get('method')));
    return needsNone ? '' : <p class="quiet">The contract says nothing of the {name}.</p>;
  }
  const { value } = body;
  const type = contentTypeOf(part);
  const isText = typeof value === 'string' && !/\bjson\b/i.test(type);
  const base64 =
    isText && body.encoding !== 'false' ? binaryOf(jsonAt(body.raw, 'content'), value) : undefined;
  const isToldAbove = fields.has('content-type') || fields.has('contentType');
  return (
    <>
      {type !== '' && !isToldAbove && <p class="quiet">Content of type {type}</p>}
      {base64 !== undefined && <p class="quiet">{Buffer.byteLength(base64, 'base64')} bytes, in base64:</p>}
      {value === null || value === '' ? (
        <p class="quiet">{value === null ? `No ${name}.` : `An empty ${name}.`}</p>
      ) : (
        <BodyText value={base64 ?? value} isText={isText} />
      )}
      {body.rest.size > 0 ? (
        <p class="quiet">{[...body.rest].map(([key, value]) => `${key}: ${inLine(value)}`).join(', ')}</p>
      ) : (
        ''
      )}
    </>
  );
}

const control = /[\p{Cc}\p{Cn}\uFFFD]/u;

/** The base64 of what was decoded, where that is no text for people. */
function binaryOf(content: JsonValue | undefined, decoded: string): string | undefined {
  if (typeof content !== 'string') return undefined;
  return content === decoded || control.test(decoded.replace(/[\t\n\r]/g, '')) ? content : undefined;
}

function contentTypeOf({ body, fields }: Part): string {
  const told = body?.contentType ?? fields.get('content-type')?.value ?? fields.get('contentType')?.value;
  return told === undefined ? '' : inLine(told);
}

function Words({
  title,
  words,
}: {
  readonly title: string;
  readonly words: readonly RuleWords[];
}): Markup | '' {
  if (words.length === 0) return '';
  return (
    <>
      <h4>{title}</h4>
      <ul class="rules">
        {words.map(({ about, says }) => (
          <li>
            <strong>{about}</strong>: {says}
          </li>
        ))}
      </ul>
    </>
  );
}
