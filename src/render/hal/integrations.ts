import { createHash } from 'node:crypto';
import type { Integration } from '../../domain/records.ts';
import type { HalDocument } from './document.ts';
import type { Links } from './links.ts';

/** Integrations, in the order given (api.md §9). */
export function integrationsDocument(links: Links, integrations: readonly Integration[]): HalDocument {
  return {
    _embedded: { integrations: integrations.map((integration) => integrationDocument(links, integration)) },
    _links: { self: { href: links.template('/integrations'), title: 'All integrations' } },
  };
}

function integrationDocument(links: Links, integration: Integration): HalDocument {
  const { consumer, provider } = integration;
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    _links: {
      'pb:dashboard': {
        title: 'BETA: Pacts to show on the dashboard',
        href: links.dashboardOfPair(integration),
      },
      'pb:matrix': {
        title: `Matrix of pacts/verification results for ${consumer} and ${provider}`,
        href: links.matrixOfPair(integration),
      },
      'pb:group': { href: links.pacticipant(consumer) },
      'pb:delete_integration': {
        title: `Delete the integration between ${consumer} and ${provider}`,
        href: links.integration(integration),
      },
    },
  };
}

/** Integrations as a graph for Graphviz, as the Pact Broker writes it (api.md §9). */
export function integrationsGraph(integrations: readonly Integration[]): string {
  const node = (name: string) => name.replaceAll(' ', '_');
  const edges = integrations.map(({ consumer, provider }) => `  ${node(consumer)} -> ${node(provider)}\n`);
  return `digraph { ranksep=3; ratio=auto; overlap=false; node [  shape = plaintext, fontname = Helvetica ];\n${edges.join('')}}\n`;
}

/**
 * Integrations as CSV: for each pacticipant, in order of first appearance, an id, its name, three constants, its place and
 * the ids of its providers, filled up with 0 (api.md §9). The ids are numbers that follow from the names.
 */
export function networkCsv(
  pairs: readonly { readonly consumer: string; readonly provider: string }[],
): string {
  const names = [...new Set(pairs.flatMap(({ consumer, provider }) => [consumer, provider]))];
  const rows = names.map((name, index) => {
    const providers = pairs.filter(({ consumer }) => consumer === name).map(({ provider }) => idOf(provider));
    return [idOf(name), csvField(name), 1, 1, 0, index + 1, ...providers];
  });
  const width = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => `${[...row, ...new Array(width - row.length).fill(0)].join(',')}\n`).join('');
}

function idOf(name: string): number {
  return createHash('sha1').update(name).digest().readUIntBE(0, 4) + 1;
}

function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
