import type { Policy } from '../domain/policy.ts';
import type {
  Branch,
  Environment,
  Integration,
  Pacticipant,
  Settings,
  VerificationResult,
  Version,
  Webhook,
} from '../domain/records.ts';

/** What the facts are read to, by kind. */
export interface FactRecords {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly pacticipant: Pacticipant;
  readonly version: Version;
  readonly branch: Branch;
  readonly integration: Integration;
  readonly result: VerificationResult;
  readonly environment: Environment;
  readonly webhook: Webhook;
  /** The greatest number ever given to a result. */
  readonly counter: { readonly number: number };
}

/** A kind of fact that is a record. */
export type FactKind = keyof FactRecords;

/** A record, and where it lies. */
export interface Located<K extends FactKind = FactKind> {
  readonly kind: K;
  readonly path: string;
  readonly record: FactRecords[K];
}

/** What a store's own files say, whether or not they agree. */
export interface Facts {
  /** All files in the store's own folders. */
  readonly paths: ReadonlySet<string>;
  /** Every record that can be read and lies where it belongs. */
  readonly records: readonly Located[];
}

/** The facts of one kind. */
export function factsOf<K extends FactKind>(facts: Facts, kind: K): readonly Located<K>[] {
  return facts.records.filter((one): one is Located<K> => one.kind === kind);
}

/** The folder of the pacticipant that a path lies in. */
export function pacticipantFolder(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

/** The folder of a pair, `provider/<P>/consumer/<C>`, that a path below `pacts` or `results` lies in. */
export function pairFolder(path: string): string {
  return path.split('/').slice(1, 5).join('/');
}
