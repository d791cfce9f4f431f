import { whyNotAName } from '../domain/names.ts';
import type { Version, WebhookRequest } from '../domain/records.ts';
import { literalSecrets } from '../query/literal-secrets.ts';
import type { Located } from './fact.ts';
import type { Rule } from './finding.ts';

/** What is wrong with a record by itself, as the rest of a sentence about it. */
export interface Complaint {
  readonly rule: Rule;
  readonly text: string;
}

/** What one record says that none may say: names that are none, numbers below one, the same thing twice. */
export function complaintsAbout(fact: Located): Complaint[] {
  const names = namesIn(fact).flatMap((name) => {
    const problem = whyNotAName(name);
    return problem === undefined ? [] : [malformed(`names ${JSON.stringify(name)}, which ${problem}`)];
  });
  if (isOf(fact, 'webhook')) return aboutSecrets(fact.record.request);
  return [...names, ...(isOf(fact, 'version') ? aboutVersion(fact.record) : aboutNumbers(fact))];
}

/** By the same rule as when a webhook is described (FORMAT.md, "What fsck checks"). */
function aboutSecrets(request: WebhookRequest): Complaint[] {
  return literalSecrets(request).map(({ where }) => ({
    rule: 'literal-secret',
    text: `has a secret written out: ${where}`,
  }));
}

function malformed(text: string): Complaint {
  return { rule: 'malformed', text };
}

function isOf<K extends Located['kind']>(fact: Located, kind: K): fact is Located<K> {
  return fact.kind === kind;
}

function namesIn(fact: Located): readonly string[] {
  if (isOf(fact, 'pacticipant') || isOf(fact, 'branch') || isOf(fact, 'environment'))
    return [fact.record.name];
  if (isOf(fact, 'integration')) return [fact.record.consumer, fact.record.provider];
  if (isOf(fact, 'result')) return [fact.record.providerVersion];
  if (!isOf(fact, 'version')) return [];
  const { pacticipant, number, branches, tags, pacts } = fact.record;
  const others = [...branches, ...tags].map(({ name }) => name);
  return [pacticipant, number, ...others, ...pacts.map(({ provider }) => provider)];
}

function aboutNumbers(fact: Located): Complaint[] {
  if (isOf(fact, 'result') && fact.record.number < 1) return [belowOne('number', fact.record.number)];
  if (isOf(fact, 'counter') && fact.record.number < 0) return [belowOne('number', fact.record.number)];
  return [];
}

function belowOne(what: string, value: number): Complaint {
  return malformed(`has the ${what} ${value}: they begin at 1`);
}

function aboutVersion({ order, branches, tags, pacts, deployments, releases }: Version): Complaint[] {
  const complaints: Complaint[] = [];
  if (order < 1) complaints.push(belowOne('order', order));
  for (const { revision, sha, provider } of pacts) {
    if (revision < 1) complaints.push(belowOne('revision', revision));
    if (!/^[0-9a-f]{40}$/.test(sha))
      complaints.push(malformed(`has ${JSON.stringify(sha)} for the sha of ${provider}'s pact`));
  }
  for (const name of twice(branches)) complaints.push(repeated(`is twice on the branch ${name}`));
  for (const name of twice(tags)) complaints.push(repeated(`has the tag ${name} twice`));
  const uuids = [...deployments, ...releases].map(({ uuid }) => ({ name: uuid }));
  for (const uuid of twice(uuids))
    complaints.push(repeated(`has two deployments or releases with the uuid ${uuid}`));
  for (const uuid of twice(releases.map(({ environment }) => ({ name: environment })))) {
    complaints.push(repeated(`is released twice to the environment ${uuid}`));
  }
  return [...complaints, ...aboutRevisions(pacts)];
}

function repeated(text: string): Complaint {
  return { rule: 'repeated', text };
}

function twice(named: readonly { readonly name: string }[]): Set<string> {
  const seen = new Set<string>();
  return new Set(named.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : [])));
}

function aboutRevisions(pacts: Version['pacts']): Complaint[] {
  const last = new Map<string, number>();
  return pacts.flatMap(({ provider, revision }) => {
    const before = last.get(provider) ?? 0;
    last.set(provider, Math.max(before, revision));
    if (revision > before || revision < 1) return [];
    if (revision === before) return [repeated(`has revision ${revision} of its pact with ${provider} twice`)];
    return [malformed(`has revision ${revision} of its pact with ${provider} after revision ${before}`)];
  });
}
