import type { JsonValue } from '../domain/json.ts';
import { parseJson } from '../domain/json.ts';
import type { PacticipantName, VersionNumber } from '../domain/names.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { gather } from '../domain/tree.ts';
import { currentPublications } from '../domain/version.ts';
import { findPact } from './publications.ts';
import { findVersionMeant, type VersionMeant } from './version-meant.ts';

/** A pact that a consumer's tests wrote just now. */
export interface WrittenPact {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly content: JsonValue;
}

/** How a written pact stands to what was published: the same, another content, or there is none. */
export interface PactDrift {
  readonly consumer: PacticipantName;
  readonly provider: PacticipantName;
  readonly state: 'same' | 'different' | 'unpublished';
  /** What was published, where that is another content. */
  readonly published?: JsonValue;
  readonly written: JsonValue;
}

/** The published version of a consumer that its pacts were compared with; without a number, there is none. */
export interface ComparedVersion {
  readonly consumer: PacticipantName;
  readonly version?: VersionNumber;
  /** The branch whose head it is, where it was found by that. */
  readonly branch?: string;
}

/** What came of comparing. */
export interface Drift {
  readonly compared: readonly ComparedVersion[];
  /** In the order of the written pacts. */
  readonly pacts: readonly PactDrift[];
  /** Pacts of the compared versions that nobody wrote. */
  readonly unwritten: readonly { readonly consumer: PacticipantName; readonly provider: PacticipantName }[];
}

/** Whether anything was written that is not what was published. */
export function hasDrifted({ pacts }: Drift): boolean {
  return pacts.some(({ state }) => state !== 'same');
}

/** Compares pacts that were written anew with those published for a version or branch of their consumers. @throws NotLoaded */
export function driftOf(now: Snapshot, written: readonly WrittenPact[], target: VersionMeant): Drift {
  const consumers = [...new Set(written.map(({ consumer }) => consumer))];
  const compared = gather(consumers, (consumer) => comparedVersion(now, consumer, target));
  const pacts = gather(written, (pact) =>
    pactDrift(
      now,
      pact,
      compared.find(({ consumer }) => consumer === pact.consumer),
    ),
  );
  const unwritten = gather(compared, ({ consumer, version: number }) => {
    const version = number === undefined ? undefined : now.version(consumer, number);
    return (version ? currentPublications(version) : []).flatMap(({ provider }) =>
      written.some((pact) => pact.consumer === consumer && pact.provider === provider)
        ? []
        : [{ consumer, provider }],
    );
  }).flat();
  return { compared, pacts, unwritten };
}

function comparedVersion(now: Snapshot, consumer: PacticipantName, target: VersionMeant): ComparedVersion {
  const { version, branch } = findVersionMeant(now, consumer, target) ?? {};
  return {
    consumer,
    ...(version ? { version: version.number } : {}),
    ...(branch === undefined ? {} : { branch }),
  };
}

function pactDrift(now: Snapshot, written: WrittenPact, compared: ComparedVersion | undefined): PactDrift {
  const { consumer, provider, content } = written;
  const number = compared?.version;
  const pact = number === undefined ? undefined : findPact(now.version(consumer, number), provider);
  if (!pact) return { consumer, provider, state: 'unpublished', written: content };
  const { sha } = pact.publication;
  if (sha === pactShaOf(content)) return { consumer, provider, state: 'same', written: content };
  const text = now.content(consumer, provider, sha) ?? 'null';
  return { consumer, provider, state: 'different', published: parseJson(text), written: content };
}
