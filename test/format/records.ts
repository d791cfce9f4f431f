import fc from 'fast-check';
import type {
  BranchName,
  EnvironmentName,
  Instant,
  PacticipantName,
  PactSha,
  TagName,
  VersionNumber,
} from '../../src/domain/names.ts';
import type {
  AnsweredSelector,
  Branch,
  Contact,
  Environment,
  Integration,
  Pacticipant,
  Presence,
  Settings,
  TagIndex,
  VerificationResult,
  Version,
} from '../../src/domain/records.ts';
import { anyName } from './names.ts';

const named = <T extends string>() => anyName as fc.Arbitrary<T>;
const anyText = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 30 }), anyName)
  .map((text) => text.toWellFormed());
const anyInstant = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString() as Instant);
const anySha = fc.stringMatching(/^[0-9a-f]{40}$/) as fc.Arbitrary<PactSha>;
const anyNumber = fc.integer({ min: 1 });
const yes = fc.constant(true as const);

/** A record with any of its optional fields, and any list empty or not. */
function record<T extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: object = {},
): fc.Arbitrary<T> {
  return fc.record(
    { ...required, ...optional },
    { requiredKeys: Object.keys(required) as never[] },
  ) as fc.Arbitrary<T>;
}

export const anyPacticipant: fc.Arbitrary<Pacticipant> = record(
  {
    name: named<PacticipantName>(),
    displayName: anyText,
    labels: fc.array(record({ name: anyText, createdAt: anyInstant }), { maxLength: 3 }),
    createdAt: anyInstant,
  },
  {
    mainBranch: named<BranchName>(),
    repositoryUrl: anyText,
    repositoryName: anyText,
    repositoryNamespace: anyText,
    updatedAt: anyInstant,
  },
);

export const anyVersion: fc.Arbitrary<Version> = record(
  {
    pacticipant: named<PacticipantName>(),
    number: named<VersionNumber>(),
    order: anyNumber,
    createdAt: anyInstant,
    branches: fc.array(record({ name: named<BranchName>(), createdAt: anyInstant }, { auto: yes }), {
      maxLength: 3,
    }),
    tags: fc.array(record({ name: named<TagName>(), createdAt: anyInstant }), { maxLength: 3 }),
    pacts: fc.array(
      record(
        { provider: named<PacticipantName>(), revision: anyNumber, sha: anySha, createdAt: anyInstant },
        { againAt: anyInstant },
      ),
      { maxLength: 3 },
    ),
    deployments: fc.array(
      record(
        { uuid: fc.uuid(), environment: fc.uuid(), createdAt: anyInstant },
        { target: anyText, undeployedAt: anyInstant, auto: yes },
      ),
      { maxLength: 3 },
    ),
    releases: fc.array(
      record(
        { uuid: fc.uuid(), environment: fc.uuid(), createdAt: anyInstant },
        { updatedAt: anyInstant, supportEndedAt: anyInstant },
      ),
      { maxLength: 3 },
    ),
  },
  { updatedAt: anyInstant, buildUrl: anyText },
);

export const anyBranch: fc.Arbitrary<Branch> = record(
  { name: named<BranchName>(), createdAt: anyInstant, updatedAt: anyInstant },
  { head: named<VersionNumber>() },
);

export const anyTagIndex: fc.Arbitrary<TagIndex> = record({
  name: named<TagName>(),
  createdAt: anyInstant,
  latest: named<VersionNumber>(),
});

export const anyLatest = record({ number: named<VersionNumber>(), order: anyNumber });

export const anyIntegration: fc.Arbitrary<Integration> = record(
  {
    consumer: named<PacticipantName>(),
    provider: named<PacticipantName>(),
    createdAt: anyInstant,
    contractDataUpdatedAt: anyInstant,
  },
  {
    latest: named<VersionNumber>(),
    lastResult: record({ sha: anySha, providerVersion: named<VersionNumber>(), number: anyNumber }),
  },
);

const anySelector: fc.Arbitrary<AnsweredSelector> = record(
  {},
  { branch: anyText, tag: anyText, latest: fc.boolean(), environment: anyText, consumerVersion: anyText },
);

export const anyResult: fc.Arbitrary<VerificationResult> = record(
  {
    consumer: named<PacticipantName>(),
    provider: named<PacticipantName>(),
    sha: anySha,
    providerVersion: named<VersionNumber>(),
    number: anyNumber,
    success: fc.boolean(),
    createdAt: anyInstant,
    wip: fc.boolean(),
    providerTags: fc.array(anyText, { maxLength: 3 }),
  },
  {
    buildUrl: anyText,
    verifiedBy: fc.json().map((text) => JSON.parse(text) as unknown),
    pending: fc.boolean(),
    selectors: fc.array(anySelector, { minLength: 1, maxLength: 3 }),
    hasTestResults: yes,
  },
);

const anyContact: fc.Arbitrary<Contact> = record(
  { name: anyText },
  { details: fc.dictionary(anyText, fc.oneof(anyText, fc.boolean(), fc.integer())) },
);

export const anyEnvironment: fc.Arbitrary<Environment> = record(
  {
    uuid: fc.uuid(),
    name: named<EnvironmentName>(),
    displayName: anyText,
    production: fc.boolean(),
    contacts: fc.array(anyContact, { maxLength: 3 }),
    createdAt: anyInstant,
  },
  { updatedAt: anyInstant },
);

export const anyPresence: fc.Arbitrary<Presence> = record(
  {
    kind: fc.constantFrom('deployed' as const, 'released' as const),
    uuid: fc.uuid(),
    pacticipant: named<PacticipantName>(),
    version: named<VersionNumber>(),
    createdAt: anyInstant,
  },
  { target: anyText },
);

export const anyPointer = record({ pacticipant: named<PacticipantName>(), version: named<VersionNumber>() });

export const anySettings: fc.Arbitrary<Settings> = record({
  format: fc.constant(1 as const),
  strict: fc.boolean(),
  allowContractModification: fc.boolean(),
  checkSimilarNames: fc.boolean(),
  firstTagAsBranch: fc.boolean(),
  deployTagsNamedLikeEnvironments: fc.boolean(),
  mainBranchCandidates: fc.array(anyText, { maxLength: 3 }),
  webhookHosts: fc.array(anyText, { maxLength: 3 }),
  webhookSchemes: fc.array(anyText, { maxLength: 3 }),
  webhookMethods: fc.array(anyText, { maxLength: 3 }),
  webhookRetrySchedule: fc.array(fc.nat(), { maxLength: 3 }),
});
