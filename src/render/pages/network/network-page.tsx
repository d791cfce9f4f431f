import type { Snapshot } from '../../../domain/snapshot.ts';
import { gather } from '../../../domain/tree.ts';
import {
  type Network,
  type NetworkEdge,
  type NetworkNode,
  type NetworkQuestion,
  network,
} from '../../../query/network.ts';
import { type CondensedNetwork, condense } from '../../../query/network-groups.ts';
import { type Drawing, drawGroups, drawNetwork } from '../../graph/drawing.ts';
import { counted, leftOutText, stateCounts } from '../../graph/network-words.ts';
import { knownNames } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import type { PageLinks } from '../links.ts';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { State } from '../state.tsx';
import {
  askedIn,
  filtersOf,
  type NetworkAsked,
  NetworkFilters,
  type NetworkNames,
  NothingShown,
} from './network-filters.tsx';
import { NetworkLegend, NetworkPicture } from './network-picture.tsx';

interface Model {
  readonly asked: NetworkAsked;
  readonly known: NetworkNames;
  readonly network: Network;
  /** There when the network is too large to be read as one picture. */
  readonly condensed?: CondensedNetwork;
}

/** From how many pacticipants on a network is shown in groups first; more where somebody asked for a label. */
const [manyNodes, manyLabelled] = [60, 200];

/** `/network`, all of it in one picture, and around one pacticipant (ui.md §6). */
export const networkPages: readonly Page[] = [
  networkPage('/network', askedIn),
  networkPage('/network/all', (asked) => ({ ...askedIn(asked), isWhole: true })),
  networkPage('/pacticipants/:pacticipant/network', (asked) => ({
    ...askedIn(asked),
    around: asked.segment('pacticipant'),
  })),
];

function networkPage(path: string, asked: (asked: Asked) => NetworkAsked): Page {
  return page<Model>({
    path,
    question: (now, request) => answered(now, asked(request)),
    title: ({ asked: { around } }) => (around === undefined ? 'Network' : `Network around ${around}`),
    graph: (model) => drawingOf(model).graph,
    component: NetworkBody,
  });
}

function answered(now: Snapshot, asked: NetworkAsked): Model | undefined {
  const { environment, branch, label, around, depth, isWhole } = asked;
  const known = { ...knownNames(now), labels: labelsIn(now) };
  const question: NetworkQuestion = {
    depth,
    ...(environment === undefined ? {} : { environment }),
    ...(branch === undefined ? {} : { branch }),
    ...(label === undefined ? {} : { label }),
    ...(around === undefined ? {} : { pacticipants: [around] }),
  };
  const found = network(now, question);
  const readable = label === undefined ? manyNodes : manyLabelled;
  const isLarge = found.nodes.length > readable && around === undefined && !isWhole;
  return { asked, known, network: found, ...(isLarge ? { condensed: condense(found) } : {}) };
}

/** Every label in use, in order. @throws NotLoaded */
function labelsIn(now: Snapshot): readonly string[] {
  const labels = gather(now.pacticipantNames(), (name) => now.pacticipant(name)?.labels ?? []).flat();
  return [...new Set(labels.map(({ name }) => name))].sort();
}

function drawingOf({ network: whole, condensed, asked }: Model, links?: PageLinks): Drawing {
  if (condensed) {
    const hrefOf = (index: number) => {
      const { name = '', by } = condensed.groups[index] ?? {};
      if (by === 'hub') return links?.networkOf(name) ?? links?.pacticipant(name);
      return name === ''
        ? links?.wholeNetwork(filtersOf(asked))
        : links?.network({ ...filtersOf(asked), label: name });
    };
    return drawGroups(condensed, hrefOf);
  }
  const { environment } = asked;
  const to = {
    node: ({ name }: NetworkNode) =>
      (name === asked.around ? undefined : links?.networkOf(name, { environment })) ??
      links?.pacticipant(name),
    edge: ({ pact }: NetworkEdge) => links?.contract(pact, pact.publication.sha),
  };
  return drawNetwork(whole, to, asked.around);
}

function NetworkBody({ model, frame }: { readonly model: Model; readonly frame: Frame }): Markup {
  const { asked, known, network: shown, condensed } = model;
  const { links, layout } = frame;
  const drawing = drawingOf(model, links);
  return (
    <>
      <h1>
        Network
        {asked.around !== undefined && (
          <>
            {' '}
            around <Go to={links.pacticipant(asked.around)}>{asked.around}</Go>
          </>
        )}
      </h1>
      {frame.isLive && <NetworkFilters asked={asked} known={known} frame={frame} />}
      <p>
        {counted(shown.nodes.length, 'pacticipant')}, {counted(shown.edges.length, 'integration')}
        {condensed && (
          <>
            , gathered{' '}
            {condensed.groups[0]?.by === 'label' ? 'by label' : 'around those with the most integrations'} (
            <Go to={links.wholeNetwork(filtersOf(asked))}>everything in one picture</Go>)
          </>
        )}
        . {leftOutText(shown)}
      </p>
      {shown.nodes.length === 0 ? (
        <NothingShown asked={asked} known={known} links={links} />
      ) : (
        <>
          <NetworkLegend counts={stateCounts(shown)} />
          <p class="quiet">
            {condensed
              ? 'A box leads to those it stands for; its mark is the worst state among them.'
              : 'A box leads to its neighbourhood, an arrow to the contract. The mark of a box is the worst state of what it takes part in.'}
          </p>
          {layout && (
            <Canvas>
              <NetworkPicture drawing={drawing} layout={layout} />
            </Canvas>
          )}
          <Integrations edges={shown.edges} links={links} />
        </>
      )}
    </>
  );
}

/** Scrolls a picture that is larger than the page; the box fits it in. */
function Canvas({ children }: { readonly children: Markup }) {
  return (
    <div class="canvas">
      <label class="check">
        <input type="checkbox" class="fit" /> Fit the picture into the page
      </label>
      <section class="sideways picture" tabindex={0} aria-label="Picture of the network">
        {children}
      </section>
    </div>
  );
}

/** Everything that the picture tells, as a table. */
function Integrations({
  edges,
  links,
}: {
  readonly edges: readonly NetworkEdge[];
  readonly links: PageLinks;
}) {
  return (
    <details open={edges.length <= manyNodes}>
      <summary>As a table</summary>
      <table class="cards" id="integrations" data-sorts>
        <Heads words={['Consumer', 'Provider', 'State']} sorts />
        <tbody>
          {edges.map(({ consumer, provider, state, pact }) => (
            <tr>
              <td data-is="Consumer">
                <Go to={links.networkOf(consumer) ?? links.pacticipant(consumer)}>{consumer}</Go>
              </td>
              <td data-is="Provider">
                <Go to={links.networkOf(provider) ?? links.pacticipant(provider)}>{provider}</Go>
              </td>
              <td data-is="State">
                <Go to={links.contract(pact, pact.publication.sha)}>
                  <State of={state} />
                </Go>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
