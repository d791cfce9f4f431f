import type { Complaint } from '../domain/failure.ts';
import { whyNotAName } from '../domain/names.ts';
import type { Pair } from '../query/latest-pacts.ts';
import { type Exchange, notFound } from './exchange.ts';
import { refuseIf } from './resource.ts';

/** A name in the path of something that should be there; what cannot be a name names nothing. @throws GitpactError `not-found` */
export function asked<T extends string>(x: Exchange, segment: string): T {
  const name = x.segment(segment);
  if (whyNotAName(name) !== undefined) throw notFound();
  return name as T;
}

/** The consumer and the provider in the path. @throws GitpactError `not-found` */
export function askedPair(x: Exchange): Pair {
  return { consumer: asked(x, 'consumer'), provider: asked(x, 'provider') };
}

/** A name in the path of something that is to be made. @throws GitpactError `bad-request` with every segment that is none */
export function named<T extends Readonly<Record<string, string>>>(
  x: Exchange,
  ...segments: readonly (keyof T & string)[]
): T {
  const complaints = segments.flatMap((segment): Complaint[] => {
    const problem = whyNotAName(x.segment(segment));
    return problem === undefined ? [] : [{ where: segment, text: problem }];
  });
  refuseIf(complaints);
  return Object.fromEntries(segments.map((segment) => [segment, x.segment(segment)])) as T;
}
