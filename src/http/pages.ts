import type { Complaint } from '../domain/failure.ts';
import type { HalDocument } from '../render/hal/document.ts';
import type { Exchange } from './exchange.ts';
import { refuseIf } from './resource.ts';

/** A page of a list. */
export interface Page {
  /** From 1. */
  readonly number: number;
  readonly size: number;
}

const usualSize = 100;
const wholeNumber = /^[+-]?\d{1,15}$/;

/**
 * The page that was asked for, if any: `page` and `size`, or `pageNumber` and `pageSize`; one of them is enough (api.md
 * §1.6).
 * @throws GitpactError `bad-request`
 */
export function pageAsked(x: Exchange): Page | undefined {
  const { parameters } = x;
  const names = [
    ['page', 'size'],
    ['pageNumber', 'pageSize'],
  ] as const;
  const [numberName, sizeName] = names.find((pair) => pair.some((name) => parameters.has(name))) ?? [];
  if (numberName === undefined || sizeName === undefined) return undefined;
  const complaints: Complaint[] = [];
  const read = (name: string, usual: number) => {
    const text = parameters.get(name);
    if (text === null) return usual;
    const value = wholeNumber.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(value)) complaints.push({ where: name, text: 'must be an integer' });
    else if (value < 1) complaints.push({ where: name, text: 'must be greater than or equal to 1' });
    return value;
  };
  const page = { number: read(numberName, 1), size: read(sizeName, usualSize) };
  refuseIf(complaints);
  return page;
}

/** The items of a page; all without one. */
export function onPage<T>(items: readonly T[], page: Page | undefined): readonly T[] {
  return page ? items.slice((page.number - 1) * page.size, page.number * page.size) : items;
}

/** A document with which page of how many it is, and links to the ones beside it. */
export function withPage(
  x: Exchange,
  document: HalDocument,
  page: Page | undefined,
  totalElements: number,
): HalDocument {
  if (!page) return document;
  const totalPages = Math.max(1, Math.ceil(totalElements / page.size));
  const beside = (number: number, title: string) => ({ href: pageUrl(x, page.size, number), title });
  return {
    page: { number: page.number, size: page.size, totalElements, totalPages },
    ...document,
    _links: {
      ...document._links,
      ...(page.number < totalPages ? { next: beside(page.number + 1, 'Next page') } : {}),
      ...(page.number > 1 ? { previous: beside(page.number - 1, 'Previous page') } : {}),
    },
  };
}

function pageUrl(x: Exchange, size: number, number: number): string {
  const { parameters } = x;
  for (const name of ['page', 'size', 'pageNumber', 'pageSize']) parameters.delete(name);
  parameters.set('size', String(size));
  parameters.set('page', String(number));
  return `${x.self}?${parameters}`;
}
