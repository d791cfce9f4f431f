import { GitpactError } from '../../domain/failure.ts';
import { type Nested, parseNestedQuery } from '../nested-query.ts';
import type { VersionSelector } from '../version-selectors.ts';
import type { Destination, LatestBy, MatrixQuestion } from './question.ts';

/**
 * Reads the query of `/matrix` (matrix.md §3.1). Empty texts count as absent.
 * @throws GitpactError `bad-request` for what the Pact Broker breaks on: selectors that are no list, an unknown `latestby`.
 */
export function parseMatrixQuery(query: string): Omit<MatrixQuestion, 'selectors'> & {
  readonly selectors: readonly VersionSelector[];
} {
  const values = parseNestedQuery(query);
  const latestBy = latestByIn(values.latestby);
  const success = successIn(values.success);
  return {
    selectors: selectorsIn(values.q, 'q'),
    destination: destinationIn(values),
    ignore: selectorsIn(values.ignore, 'ignore'),
    limit: values.limit === undefined ? 100 : limitIn(text(values.limit)),
    ...(latestBy === undefined ? {} : { latestBy }),
    ...(success === undefined ? {} : { success }),
  };
}

/** What `/can-i-deploy` is to ignore: names, or selectors (matrix.md §3.2). */
export function parseIgnored(query: string): readonly VersionSelector[] {
  const { ignore } = parseNestedQuery(query);
  if (!Array.isArray(ignore)) return [];
  return ignore.flatMap((one): VersionSelector[] => {
    if (typeof one === 'string') return one === '' ? [] : [{ pacticipant: one }];
    return [selectorIn(one)];
  });
}

function text(value: Nested | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function selectorsIn(value: Nested | undefined, name: string): readonly VersionSelector[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) {
    throw wrong(`"${name}" must be a list of selectors, such as ${name}[][pacticipant]=Foo`);
  }
  return value.map(selectorIn);
}

function selectorIn(value: Nested): VersionSelector {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const { pacticipant, version, latest, tag, branch, mainBranch, environment } = members as Readonly<
    Record<string, Nested | undefined>
  >;
  return {
    pacticipant: text(pacticipant) ?? '',
    ...optional('version', text(version)),
    ...optional('tag', text(tag)),
    ...optional('branch', text(branch)),
    ...optional('environment', text(environment)),
    ...(latest === 'true' ? { latest: true } : {}),
    ...(mainBranch === 'true' ? { mainBranch: true } : {}),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: V };
}

function destinationIn(values: Readonly<Record<string, Nested | undefined>>): Destination {
  const flag = (value: Nested | undefined) => (text(value) === undefined ? undefined : value === 'true');
  return {
    ...optional('environment', text(values.environment)),
    ...optional('tag', text(values.tag)),
    ...optional('branch', text(values.branch)),
    ...optional('mainBranch', flag(values.mainBranch)),
    ...optional('latest', flag(values.latest)),
  };
}

function latestByIn(value: Nested | undefined): LatestBy | undefined {
  const latestBy = text(value);
  if (latestBy === undefined || ['cvpv', 'cvp', 'cp'].includes(latestBy)) return latestBy as LatestBy;
  throw wrong(`"latestby" must be one of cvpv, cvp and cp, not ${JSON.stringify(latestBy)}`);
}

function successIn(value: Nested | undefined): readonly (boolean | null)[] | undefined {
  if (value === undefined) return undefined;
  const said = Array.isArray(value) ? value : [value];
  return said.map((one) => (one === '' || one === null ? null : one === 'true'));
}

function limitIn(limit: string | undefined): number {
  return Number.parseInt(limit ?? '', 10) || 0;
}

function wrong(problem: string): GitpactError {
  return new GitpactError('bad-request', `The query is wrong: ${problem}.`, {
    complaints: [{ where: '', text: problem }],
  });
}
