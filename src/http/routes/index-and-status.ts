import { GitpactError } from '../../domain/failure.ts';
import { indexDocument } from '../../render/hal/index-document.ts';
import { answering, type Method, type Resource } from '../resource.ts';

const heartbeat: Method = answering(async (x) => {
  const document = { ok: true, _links: { self: { href: x.self } } };
  return new Response(JSON.stringify(document), { headers: { 'content-type': 'application/hal+json' } });
});

/** Whether the contract repository can be read; what keeps it from being read is told. */
const dependencies: Method = answering(async (x) => {
  const database = await x
    .ask((): { ok: boolean; error?: string } => {
      const { reason, since } = x.outage ?? {};
      if (!reason) return { ok: true };
      return { ok: false, error: `${reason.message} Away since ${since?.toISOString()}.` };
    })
    .catch((error: unknown) => {
      if (!(error instanceof GitpactError)) throw error;
      return { ok: false, error: error.message };
    });
  const document = { database, _links: { self: { href: x.self } } };
  return new Response(JSON.stringify(document), {
    status: database.ok ? 200 : 500,
    headers: { 'content-type': 'application/hal+json' },
  });
});

/** Where clients begin, and whether anybody is at home (api.md §2, §4). */
export const indexAndStatus: readonly Resource[] = [
  { path: '/', GET: answering((x) => x.document(indexDocument(x.links))) },
  { path: '/diagnostic/status/heartbeat', GET: heartbeat },
  { path: '/diagnostic/status/dependencies', GET: dependencies },
];
