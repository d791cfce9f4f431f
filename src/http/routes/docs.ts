import { aboutRelation } from '../../render/hal/relations.ts';
import { answering, type Resource } from '../resource.ts';

const html = 'text/html;charset=utf-8';

/** What the relations of links mean: always a page, whatever is accepted (api.md §4); browsers get one of ours. */
export const docs: readonly Resource[] = [
  {
    path: '/doc/:rel',
    types: ['text/html', 'application/hal+json', 'application/json'],
    GET: answering((x) => {
      const text = aboutRelation(x.segment('rel')) ?? 'No documentation exists for this relation yet.';
      const page = `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${text}</title><p>${text}</p></html>\n`;
      return new Response(page, { headers: { 'content-type': html } });
    }),
  },
];
