import { Buffer } from 'node:buffer';
import type { ContractToPublish } from '../decide/publish.ts';
import type { Complaint } from '../domain/failure.ts';
import { GitpactError } from '../domain/failure.ts';
import { isJsonArray, isJsonObject, type JsonValue, jsonAt, parseJson } from '../domain/json.ts';
import type { BranchName, PacticipantName, TagName, VersionNumber } from '../domain/names.ts';
import { onceForText } from '../domain/once-for-each.ts';
import { decodeUtf8 } from '../domain/utf8.ts';
import { Fields, hasMembers, notBlank, oneLine, wellFormed } from './fields.ts';
import { refuseIf } from './resource.ts';

/** A publication as it was asked for; the moment is added when it is carried out. */
export interface AskedPublication {
  readonly consumer: PacticipantName;
  readonly version: VersionNumber;
  readonly branch: BranchName | undefined;
  readonly tags: readonly TagName[];
  readonly buildUrl: string | undefined;
  readonly contracts: readonly ContractToPublish[];
}

/**
 * Reads the body of `POST /contracts/publish` (domain.md §5.4).
 * @throws GitpactError `bad-request` with every complaint, in the Pact Broker's words.
 */
export function parsePublication(body: unknown): AskedPublication {
  const fields = new Fields(body);
  const consumer = fields.required('pacticipantName', wellFormed) as PacticipantName;
  if (/[\n\r]/.test(consumer)) fields.complain('pacticipantName', 'cannot contain multiple lines');
  const version = fields.required('pacticipantVersionNumber', oneLine, wellFormed) as VersionNumber;
  const branch = fields.optional('branch', oneLine, wellFormed) as BranchName | undefined;
  const buildUrl = fields.blankable('buildUrl', oneLine, wellFormed);
  const tags = tagsIn(fields);
  const contracts = contractsIn(fields, consumer);
  refuseIf(fields.complaints);
  return { consumer, version, branch, tags, buildUrl, contracts };
}

function tagsIn(fields: Fields): readonly TagName[] {
  const tags = fields.value('tags') ?? [];
  if (!Array.isArray(tags)) {
    fields.complain('tags', 'must be an array');
    return [];
  }
  tags.forEach((tag, index) => {
    const complaint = whyNotATag(tag);
    if (complaint !== undefined) fields.complain('tags', `${complaint} (at index ${index})`);
  });
  return [...new Set(tags.map(String))] as TagName[];
}

function whyNotATag(tag: unknown): string | undefined {
  if (tag === null || tag === '') return 'must be filled';
  if (typeof tag === 'object') return 'must be a string';
  const text = String(tag);
  return notBlank(text) ?? oneLine(text) ?? wellFormed(text);
}

function contractsIn(fields: Fields, consumer: string): readonly ContractToPublish[] {
  const contracts = fields.value('contracts');
  if (!fields.has('contracts')) fields.complain('contracts', 'is missing');
  else if (!Array.isArray(contracts)) fields.complain('contracts', 'must be an array');
  else if (contracts.length === 0) fields.complain('contracts', 'must have at least one contract');
  if (!Array.isArray(contracts)) return [];
  return contracts.flatMap((contract, index) => {
    const { complaints, ...parsed } = contractIn(contract, consumer);
    for (const { where, text } of complaints) {
      fields.complain('contracts', `${`${where} ${text}`.trim()} (at index ${index})`);
    }
    return complaints.length === 0 ? [parsed] : [];
  });
}

function contractIn(
  contract: unknown,
  pacticipant: string,
): ContractToPublish & { readonly complaints: readonly Complaint[] } {
  const nothing = { provider: '' as PacticipantName, content: null, onConflict: 'overwrite' as const };
  if (!hasMembers(contract)) return { ...nothing, complaints: [{ where: '', text: 'must be a hash' }] };
  const fields = new Fields(contract);
  const consumer = fields.required('consumerName', wellFormed);
  const provider = fields.required('providerName', oneLine, wellFormed) as PacticipantName;
  if (!fields.has('content')) fields.complain('content', 'is missing');
  oneOf(fields, 'contentType', ['application/json'], true);
  oneOf(fields, 'specification', ['pact'], true);
  oneOf(fields, 'onConflict', ['overwrite', 'merge'], false);
  if (consumer !== '' && pacticipant !== '' && consumer !== pacticipant) {
    fields.complain('', `consumerName ('${consumer}') must match pacticipantName ('${pacticipant}')`);
  }
  const content = contentIn(fields);
  if (content !== undefined) complainOfNames(fields, content, { consumer, provider });
  const onConflict = fields.value('onConflict') === 'merge' ? 'merge' : 'overwrite';
  return { provider, content: content ?? null, onConflict, complaints: fields.complaints };
}

function oneOf(fields: Fields, name: string, choices: readonly string[], required: boolean): void {
  const value = fields.value(name);
  if (!fields.has(name)) {
    if (required) fields.complain(name, 'is missing');
  } else if (!(typeof value === 'string' && choices.includes(value))) {
    if (required || value !== null) fields.complain(name, `must be one of: ${choices.join(', ')}`);
  }
}

/** The pact inside of the Base64; undefined after a complaint. */
function contentIn(fields: Fields): JsonValue | undefined {
  const encoded = fields.value('content');
  if (typeof encoded !== 'string' || !isStrictBase64(encoded)) fields.complain('', 'is not valid Base64');
  if (typeof encoded !== 'string') return undefined;
  const content = parsedContent(fields, Buffer.from(encoded, 'base64'));
  if (isJsonArray(content)) {
    fields.complain('', 'parsed content was expected to be a Hash but was a Array');
    return undefined;
  }
  return content;
}

function isStrictBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

const contentOf = onceForText((text) => parseJson(text, 'The content'));

function parsedContent(fields: Fields, bytes: Uint8Array): JsonValue | undefined {
  try {
    const content = contentOf(decodeUtf8(bytes, 'contract content'));
    if (isJsonObject(content) || isJsonArray(content)) return content;
  } catch (error) {
    if (!(error instanceof GitpactError)) throw error;
    if (error.message.includes('non UTF-8')) {
      fields.complain('', error.message);
      return undefined;
    }
  }
  fields.complain('', 'content could not be parsed as application/json');
  return undefined;
}

function complainOfNames(
  fields: Fields,
  content: JsonValue,
  names: { readonly consumer: string; readonly provider: string },
): void {
  for (const role of ['consumer', 'provider'] as const) {
    const inside = jsonAt(content, role, 'name');
    if (typeof inside !== 'string' || inside === names[role]) continue;
    fields.complain(
      '',
      `${role} name in contract content ('${inside}') must match ${role}Name in contract params ('${names[role]}')`,
    );
  }
}
