import type { VerificationResult } from '../../domain/records.ts';

/** A pair of pacticipants that have a pact. */
export interface PairNames {
  readonly consumer: string;
  readonly provider: string;
}

/** One path segment, percent-encoded as the Pact Broker does: everything but letters, digits and `-_.~`. */
export function encodedSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** A parameter of a query, form-encoded: a space is `+`. */
function encodedParameter(text: string): string {
  return encodedSegment(text).replaceAll('%20', '+');
}

/**
 * The address of everything a Pact Broker tells of (api.md §3, §4); the one place that builds URLs. Names are encoded
 * one by one, so that a name with a slash stays one segment.
 */
export class Links {
  /** Without a final slash; may be empty, for relative URLs. */
  readonly base: string;

  constructor(base: string) {
    this.base = base.replace(/\/+$/, '');
  }

  /** Fills a path: `` url`/pacticipants/${name}` ``. */
  #url(texts: TemplateStringsArray, ...names: readonly (string | number)[]): string {
    return this.base + String.raw({ raw: texts }, ...names.map((name) => encodedSegment(String(name))));
  }

  /** A URL whose path may be a template with `{…}` in it. */
  template(path: string): string {
    return this.base + path;
  }

  doc(context: string): string {
    return `${this.base}/doc/{rel}?context=${context}`;
  }

  pacticipants(): string {
    return this.#url`/pacticipants`;
  }

  pacticipant(name: string): string {
    return this.#url`/pacticipants/${name}`;
  }

  label(pacticipant: string, label: string): string {
    return this.#url`/pacticipants/${pacticipant}/labels/${label}`;
  }

  version(pacticipant: string, version: string): string {
    return this.#url`/pacticipants/${pacticipant}/versions/${version}`;
  }

  tag(pacticipant: string, version: string, tag: string): string {
    return this.#url`/pacticipants/${pacticipant}/versions/${version}/tags/${tag}`;
  }

  branches(pacticipant: string): string {
    return this.#url`/pacticipants/${pacticipant}/branches`;
  }

  branch(pacticipant: string, branch: string): string {
    return this.#url`/pacticipants/${pacticipant}/branches/${branch}`;
  }

  branchVersion(pacticipant: string, branch: string, version: string): string {
    return this.#url`/pacticipants/${pacticipant}/branches/${branch}/versions/${version}`;
  }

  versionDeployments(pacticipant: string, version: string, environmentUuid: string): string {
    return this
      .#url`/pacticipants/${pacticipant}/versions/${version}/deployed-versions/environment/${environmentUuid}`;
  }

  versionReleases(pacticipant: string, version: string, environmentUuid: string): string {
    return this
      .#url`/pacticipants/${pacticipant}/versions/${version}/released-versions/environment/${environmentUuid}`;
  }

  deployedVersion(uuid: string): string {
    return this.#url`/deployed-versions/${uuid}`;
  }

  releasedVersion(uuid: string): string {
    return this.#url`/released-versions/${uuid}`;
  }

  environments(): string {
    return this.#url`/environments`;
  }

  environment(uuid: string): string {
    return this.#url`/environments/${uuid}`;
  }

  /** All URLs of the pacts between two pacticipants begin with this. */
  pair({ provider, consumer }: PairNames): string {
    return this.#url`/pacts/provider/${provider}/consumer/${consumer}`;
  }

  pactsOfBranch(pair: PairNames, branch: string): string {
    return `${this.pair(pair)}/branch/${encodedSegment(branch)}`;
  }

  pactsOfTag(pair: PairNames, tag: string): string {
    return `${this.pair(pair)}/tag/${encodedSegment(tag)}`;
  }

  pact(pair: PairNames, version: string): string {
    return `${this.pair(pair)}/version/${encodedSegment(version)}`;
  }

  latestPact(pair: PairNames): string {
    return `${this.pair(pair)}/latest`;
  }

  /** A content; `metadata` is a segment as it came, or as `metadataSegment` made it. */
  pactVersion(pair: PairNames, sha: string, metadata?: string): string {
    const content = `${this.pair(pair)}/pact-version/${encodedSegment(sha)}`;
    return metadata === undefined ? content : `${content}/metadata/${encodedSegment(metadata)}`;
  }

  verificationResult(result: VerificationResult, metadata?: string): string {
    return `${this.pactVersion(result, result.sha, metadata)}/verification-results/${result.number}`;
  }

  latestVerifications(consumer: string, version: string): string {
    return this.#url`/verification-results/consumer/${consumer}/version/${version}/latest`;
  }

  /** The rows of the matrix for one consumer version. */
  matrixOfVersion(consumer: string, version: string): string {
    const q = 'q%5B%5D%5B';
    return `${this.base}/matrix?${q}pacticipant%5D=${encodedParameter(consumer)}&${q}version%5D=${encodedParameter(version)}&latestby=cvpv`;
  }

  /** The rows of the matrix for a pair, relative to the server whatever the base (api.md §9). */
  matrixOfPair({ consumer, provider }: PairNames): string {
    return `/matrix/provider/${encodedSegment(provider)}/consumer/${encodedSegment(consumer)}`;
  }

  dashboardOfPair({ consumer, provider }: PairNames): string {
    return this.#url`/dashboard/provider/${provider}/consumer/${consumer}`;
  }

  integration({ consumer, provider }: PairNames): string {
    return this.#url`/integrations/provider/${provider}/consumer/${consumer}`;
  }

  webhooks(): string {
    return this.#url`/webhooks`;
  }

  webhook(uuid: string): string {
    return this.#url`/webhooks/${uuid}`;
  }

  /** What was sent and what came back because of a triggered webhook. */
  triggeredLogs(id: string): string {
    return this.#url`/triggered-webhooks/${id}/logs`;
  }

  webhooksOfPair({ consumer, provider }: PairNames): string {
    return this.#url`/webhooks/provider/${provider}/consumer/${consumer}`;
  }

  webhooksOfProvider(provider: string): string {
    return this.#url`/webhooks/provider/${provider}`;
  }

  webhooksOfConsumer(consumer: string): string {
    return this.#url`/webhooks/consumer/${consumer}`;
  }

  labelled(label: string): string {
    return this.#url`/pacticipants/label/${label}`;
  }

  /** A kind of problem, as `application/problem+json` names it (api.md §1.4). */
  problem(kind: string): string {
    return `${this.base}/problems/${kind}`;
  }
}

/** The picture of a badge at a shields server: dashes and underscores doubled, all else encoded (api.md §7). */
export function shieldUrl(server: string, left: string, right: string, colour: string): string {
  const part = (text: string) => encodedSegment(text.replaceAll('-', '--').replaceAll('_', '__'));
  return `${server.replace(/\/+$/, '')}/badge/${part(left)}-${part(right)}-${colour}.svg`;
}
