import { deleteIntegration } from '../../decide/deletions.ts';
import { byCodePoint, type PacticipantName } from '../../domain/names.ts';
import { allPairs, type DashboardRow, dashboard } from '../../query/dashboard.ts';
import { connectedIntegrations, integrations as findIntegrations } from '../../query/integrations.ts';
import { byNames, latestPacts } from '../../query/latest-pacts.ts';
import type { PublishedPact } from '../../query/publications.ts';
import { dashboardCells, dashboardDocument } from '../../render/hal/dashboard.ts';
import { integrationsDocument, integrationsGraph, networkCsv } from '../../render/hal/integrations.ts';
import { textTable } from '../../render/hal/matrix.ts';
import { deletionIntent } from '../../render/words/other-intents.ts';
import { notFound } from '../exchange.ts';
import { asked, askedPair } from '../names.ts';
import { onPage, pageAsked, withPage } from '../pages.ts';
import { answering, type Method, type Resource } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

const graph = 'text/vnd.graphviz';

const list: Method = (x) => {
  const page = pageAsked(x);
  return async () => {
    const all = await x.ask((now) => findIntegrations(now, x.parameters.get('q') ?? ''));
    const shown = onPage(all, page);
    if (x.type === graph) return x.text(integrationsGraph(shown));
    return x.document(withPage(x, integrationsDocument(x.links, shown), page, all.length));
  };
};

const removeAll: Method = answering(async (x) => {
  await x.change(deletionIntent('all integrations'), (draft) => {
    for (const { consumer, provider } of findIntegrations(draft.now)) {
      deleteIntegration(draft, consumer, provider);
    }
  });
  return x.nothing();
});

const remove: Method = answering(async (x) => {
  const { consumer, provider } = askedPair(x);
  await x.change(deletionIntent(`integration of ${consumer} and ${provider}`), (draft) => {
    if (!draft.now.integration(consumer, provider)) throw notFound();
    deleteIntegration(draft, consumer, provider);
  });
  return x.nothing();
});

/** The pact that was published last first. */
function byNewestPact({ pact: a }: DashboardRow, { pact: b }: DashboardRow): number {
  const placeOf = ({ consumerVersion, publication }: PublishedPact) =>
    consumerVersion.pacts.indexOf(publication);
  return byCodePoint(b.publication.createdAt, a.publication.createdAt) || placeOf(b) - placeOf(a);
}

/** The pact that was published or verified last first; the Pact Broker's order. */
function byNewestAction(a: DashboardRow, b: DashboardRow): number {
  const lastAction = ({ pact, result }: DashboardRow) =>
    result && result.createdAt > pact.publication.createdAt ? result.createdAt : pact.publication.createdAt;
  return byCodePoint(lastAction(b), lastAction(a));
}

const titles = ['CONSUMER_NAME', 'C_VERSION', 'C_TAGS', 'PROVIDER_NAME', 'P_VERSION', 'P_TAGS', 'SUCCESS'];

/** The dashboard of everything, or of the pair in the path. */
function showing(which: 'everything' | 'pair'): Method {
  return (x) => {
    const page = pageAsked(x);
    return async () => {
      const pair = which === 'pair' ? askedPair(x) : undefined;
      const rows = await x.ask((now) => {
        for (const name of pair ? [pair.consumer, pair.provider] : []) {
          if (!now.pacticipant(name)) throw noPacticipant(name);
        }
        return dashboard(now, 'api', pair ? [pair] : allPairs(now));
      });
      const shown = onPage(rows.toSorted(byNewestPact), page).toSorted(byNewestAction);
      if (x.type === 'text/plain') return x.text(`${textTable(titles, dashboardCells(shown))}\n`);
      return x.document(dashboardDocument(x.links, shown));
    };
  };
}

const relationships: Method = answering(async (x) => {
  const pacts = await x.ask(latestPacts);
  return x.text(networkCsv(pacts.toSorted(byNames)));
});

const group: Method = answering(async (x) => {
  const name = asked<PacticipantName>(x, 'pacticipant');
  const most = Number.parseInt(x.parameters.get('maxPacticipants') ?? '', 10);
  const pairs = await x.ask((now) => {
    if (!now.pacticipant(name)) throw noPacticipant(name);
    return connectedIntegrations(now, name, most >= 1 ? most : undefined);
  });
  return x.text(networkCsv(pairs));
});

const dashboardTypes = ['application/hal+json', 'text/plain'] as const;

/** Integrations, the dashboard and the network they form (api.md §8, §9). */
export const integrations: readonly Resource[] = [
  { path: '/integrations', types: ['application/hal+json', graph], GET: list, DELETE: removeAll },
  { path: '/integrations/provider/:provider/consumer/:consumer', types: ['text/html'], DELETE: remove },
  { path: '/dashboard', types: dashboardTypes, GET: showing('everything') },
  { path: '/dashboard/provider/:provider/consumer/:consumer', types: dashboardTypes, GET: showing('pair') },
  { path: '/relationships', types: ['text/csv'], GET: relationships },
  { path: '/groups/:pacticipant', types: ['text/csv'], GET: group },
];
