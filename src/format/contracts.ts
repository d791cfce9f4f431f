import type { PacticipantName, PactSha, VersionNumber } from '../domain/names.ts';
import type { AnsweredSelector, Integration, ResultPointer, VerificationResult } from '../domain/records.ts';
import { Fields, readJsonFields } from './reading.ts';
import { present, unlessEmpty, writeRecord } from './writing.ts';

/** Reads an integration. @throws GitpactError `bad-record` */
export function readIntegration(path: string, text: string): Integration {
  const fields = readJsonFields(path, text);
  const last = fields.anything('lastResult');
  return present<Integration>({
    consumer: fields.text<PacticipantName>('consumer'),
    provider: fields.text<PacticipantName>('provider'),
    createdAt: fields.instant('createdAt'),
    contractDataUpdatedAt: fields.instant('contractDataUpdatedAt'),
    latest: fields.maybeText<VersionNumber>('latest'),
    lastResult: last === undefined ? undefined : readPointer(new Fields(path, last)),
  });
}

function readPointer(fields: Fields): ResultPointer {
  return {
    sha: fields.text<PactSha>('sha'),
    providerVersion: fields.text<VersionNumber>('providerVersion'),
    number: fields.whole('number'),
  };
}

/** Writes an integration. */
export function writeIntegration(integration: Integration): string {
  const { consumer, provider, createdAt, contractDataUpdatedAt, latest, lastResult } = integration;
  return writeRecord({ consumer, provider, createdAt, contractDataUpdatedAt, latest, lastResult });
}

/** Reads a verification result; which content it is for stands in its path. @throws GitpactError `bad-record` */
export function readResult(
  path: string,
  text: string,
  of: { consumer: PacticipantName; provider: PacticipantName; sha: PactSha },
): VerificationResult {
  const fields = readJsonFields(path, text);
  const selectors = fields.list('selectors', readSelector);
  return present<VerificationResult>({
    ...of,
    providerVersion: fields.text<VersionNumber>('providerVersion'),
    number: fields.whole('number'),
    success: fields.flag('success'),
    createdAt: fields.instant('createdAt'),
    buildUrl: fields.maybeText('buildUrl'),
    verifiedBy: fields.anything('verifiedBy'),
    wip: fields.flag('wip'),
    pending: fields.maybeFlag('pending'),
    selectors: selectors.length === 0 ? undefined : selectors,
    providerTags: fields.texts('providerTags'),
    hasTestResults: fields.flag('hasTestResults') || undefined,
  });
}

function readSelector(fields: Fields): AnsweredSelector {
  return present<AnsweredSelector>({
    branch: fields.maybeText('branch'),
    tag: fields.maybeText('tag'),
    latest: fields.maybeFlag('latest'),
    environment: fields.maybeText('environment'),
    consumerVersion: fields.maybeText('consumerVersion'),
  });
}

/** Writes a verification result. */
export function writeResult(result: VerificationResult): string {
  const { providerVersion, number, success, createdAt, buildUrl, verifiedBy, wip, pending } = result;
  return writeRecord({
    providerVersion,
    number,
    success,
    createdAt,
    buildUrl,
    verifiedBy,
    wip: wip || undefined,
    pending,
    selectors: unlessEmpty(result.selectors ?? []),
    providerTags: unlessEmpty(result.providerTags),
    hasTestResults: result.hasTestResults,
  });
}
