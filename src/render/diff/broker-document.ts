import type { Instant } from '../../domain/names.ts';
import { timeAgo } from '../words/time-ago.ts';

/** One of the two pacts that are compared. */
export interface ComparedPact {
  /** The consumer version it was published with. */
  readonly version: string;
  readonly url: string;
}

/** What the Pact Broker's diff page tells. */
export interface BrokerDiffPage {
  readonly consumer: string;
  readonly provider: string;
  readonly pact: ComparedPact;
  /** The older one it is compared with. */
  readonly comparison: ComparedPact;
  /** When the publication that followed the comparison was created. */
  readonly changedAt: Instant;
  readonly now: Instant;
  /** The difference itself, from `brokerDiff`. */
  readonly diff: string;
}

/** The Pact Broker's page about the difference of two pacts, as text/plain (api.md §6). */
export function brokerDiffDocument(page: BrokerDiffPage): string {
  const { consumer, provider, pact, comparison, changedAt, now } = page;
  return [
    `# Diff between versions ${comparison.version} and ${pact.version} of the pact between ${consumer} and ${provider}`,
    `The following changes were made ${timeAgo(changedAt, now)} (${dateInWords(changedAt)})`,
    page.diff,
    '## Links',
    link('pact-version', pactName(consumer, pact.version, provider), pact.url) +
      link('comparison-pact-version', pactName(consumer, comparison.version, provider), comparison.url),
  ].join('\n\n');
}

/** What the Pact Broker answers when no earlier pact has another content (api.md §6). */
export function noPreviousDistinctVersion(consumer: string, version: string, provider: string): string {
  return `No previous distinct version was found for ${pactName(consumer, version, provider)}`;
}

function pactName(consumer: string, version: string, provider: string): string {
  return `Pact between ${consumer} (${version}) and ${provider}`;
}

/** A moment in UTC as `Mon 23 Nov 2026, 1:09am +00:00`. */
function dateInWords(instant: Instant): string {
  const date = new Date(instant);
  const [weekday, day, month, year] = date.toUTCString().replace(',', '').split(' ');
  const hour = date.getUTCHours();
  const minutes = String(date.getUTCMinutes()).padStart(2, '0');
  const clock = `${hour % 12 || 12}:${minutes}${hour < 12 ? 'am' : 'pm'}`;
  return `${weekday} ${day} ${month} ${year}, ${clock} +00:00`;
}

function link(name: string, title: string, url: string): string {
  return `${name}:\n  title: Pact\n  name: ${yamlText(title, '  name: '.length)}\n  href: ${yamlText(url, '  href: '.length)}\n`;
}

/** Where libyaml begins to look for a place to break the line. */
const lineWidth = 80;

/**
 * A text of one line as Ruby's YAML writes it, beginning in this column: plain if it can be, else in single quotes,
 * broken at the first single space behind column 80; in double quotes when it has characters that must be escaped.
 */
function yamlText(text: string, column: number): string {
  if (/[\p{Cc}\p{Cs}\u2028\u2029\ufeff]|[^\0-\uffff]/u.test(text)) return doubleQuoted(text);
  const plain = !/: |:$| #|^[-?:,[\]{}#&*!|>'"%@` ]| $/.test(text);
  const written = plain ? text : `'${text.replaceAll("'", "''")}'`;
  let at = column;
  return written.replaceAll(/(?<! ) (?! )|./gsu, (character) => {
    if (character === ' ' && at > lineWidth) {
      at = 4;
      return '\n    ';
    }
    at += 1;
    return character;
  });
}

function doubleQuoted(text: string): string {
  const escaped = text.replaceAll(/["\\]|[\p{Cc}\p{Cs}\u2028\u2029\ufeff]|[^\0-\uffff]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
    return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
  });
  return `"${escaped}"`;
}
