/** The fields of a record; below a field with fields of its own lies a record or a list of them. */
export interface KnownFields {
  readonly [field: string]: KnownFields | 'anything';
}

const named = { name: 'anything', createdAt: 'anything' } as const;
const presence = { uuid: 'anything', environment: 'anything', createdAt: 'anything' } as const;

/** Every field that FORMAT.md knows ("Schemas"), of records that may have no others and of the settings. */
export const knownFields = {
  settings: {
    format: 'anything',
    strict: 'anything',
    allowContractModification: 'anything',
    checkSimilarNames: 'anything',
    firstTagAsBranch: 'anything',
    deployTagsNamedLikeEnvironments: 'anything',
    mainBranchCandidates: 'anything',
    webhookHosts: 'anything',
    webhookSchemes: 'anything',
    webhookMethods: 'anything',
    webhookRetrySchedule: 'anything',
  },
  version: {
    pacticipant: 'anything',
    number: 'anything',
    order: 'anything',
    createdAt: 'anything',
    updatedAt: 'anything',
    buildUrl: 'anything',
    branches: { ...named, auto: 'anything' },
    tags: named,
    pacts: {
      provider: 'anything',
      revision: 'anything',
      sha: 'anything',
      createdAt: 'anything',
      againAt: 'anything',
    },
    deployments: { ...presence, target: 'anything', undeployedAt: 'anything', auto: 'anything' },
    releases: { ...presence, updatedAt: 'anything', supportEndedAt: 'anything' },
  },
  branch: { ...named, updatedAt: 'anything', head: 'anything' },
  integration: {
    consumer: 'anything',
    provider: 'anything',
    createdAt: 'anything',
    contractDataUpdatedAt: 'anything',
    latest: 'anything',
    lastResult: { sha: 'anything', providerVersion: 'anything', number: 'anything' },
  },
  result: {
    providerVersion: 'anything',
    number: 'anything',
    success: 'anything',
    createdAt: 'anything',
    buildUrl: 'anything',
    verifiedBy: 'anything',
    wip: 'anything',
    pending: 'anything',
    selectors: {
      branch: 'anything',
      tag: 'anything',
      latest: 'anything',
      environment: 'anything',
      consumerVersion: 'anything',
    },
    providerTags: 'anything',
    hasTestResults: 'anything',
  },
  counter: { number: 'anything' },
} as const satisfies Record<string, KnownFields>;

/** The fields in a record's plain value that are not known, each once, as `pacts.colour`. */
export function unknownFields(value: unknown, known: KnownFields): string[] {
  return [...new Set(unknownIn(value, known, ''))];
}

function unknownIn(value: unknown, known: KnownFields, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => unknownIn(item, known, at));
  return Object.entries(value).flatMap(([field, inner]) => {
    const below = Object.hasOwn(known, field) ? known[field] : undefined;
    if (below === undefined) return [at + field];
    return below === 'anything' ? [] : unknownIn(inner, below, `${at}${field}.`);
  });
}
