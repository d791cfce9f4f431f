import type { Instant } from '../../domain/names.ts';

/** A link of a HAL document; keys in the order they are to be told. */
export interface Link {
  readonly href: string;
  readonly title?: string;
  readonly name?: string;
  readonly templated?: boolean;
  readonly [other: string]: string | boolean | undefined;
}

/** A HAL document as a plain object; members that are undefined are not told. */
export interface HalDocument {
  readonly _links?: Readonly<Record<string, Link | readonly Link[]>>;
  readonly [member: string]: unknown;
}

/** A moment as the Pact Broker tells it: in UTC, to the second (domain.md §0). */
export function timeText(instant: Instant): string {
  return `${instant.slice(0, 19)}+00:00`;
}

/** When a record was made and, if ever, touched again; `updatedAt` comes first (domain.md §0). */
export function timestamps(record: { readonly createdAt: Instant; readonly updatedAt?: Instant }): {
  readonly updatedAt: string | undefined;
  readonly createdAt: string;
} {
  const { createdAt, updatedAt } = record;
  return {
    updatedAt: updatedAt && timeText(updatedAt),
    createdAt: timeText(createdAt),
  };
}

/** A day as the names of versions tell it: `23/11/2026`. */
export function dayText(instant: Instant): string {
  return `${instant.slice(8, 10)}/${instant.slice(5, 7)}/${instant.slice(0, 4)}`;
}
