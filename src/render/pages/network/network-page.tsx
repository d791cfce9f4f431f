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
import { Choice, Field, type KnownNames, knownNames, SamePast, Suggestions } from '../form-fields.tsx';
import { Go } from '../go.tsx';
import { Heads } from '../heads.tsx';
import type { PageLinks } from '../links.ts';
import { type Asked, type Frame, type Markup, type Page, page } from '../page.ts';
import { State } from '../state.tsx';
import { NetworkLegend, NetworkPicture } from './network-picture.tsx';

/** What part of the network is looked at. */
interface NetworkAsked {
  readonly environment?: string;
  readonly branch?: string;
  readonly label?: string;
  /** The pacticipant in the middle. */
  readonly around?: string;
  readonly depth: number;
  /** Whether to draw everything, however much it is. */
  readonly isWhole: boolean;
}

interface Model {
  readonly asked: NetworkAsked;
  readonly known: KnownNames & { readonly labels: readonly string[] };
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

function askedIn({ query }: Asked): NetworkAsked {
  const given = ['environment', 'branch', 'label', 'around'].flatMap((name) => {
    const value = query.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  const depth = Number.parseInt(query.get('depth') ?? '', 10);
  return { ...Object.fromEntries(given), depth: depth >= 1 && depth <= 20 ? depth : 1, isWhole: false };
}

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
      return name === '' ? links?.wholeNetwork() : links?.network({ label: name });
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
  const { asked, network: shown, condensed } = model;
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
      {frame.isLive && <Filters model={model} frame={frame} />}
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
        <p class="quiet">Nothing here fits. A consumer appears once it has published a pact.</p>
      ) : (
        <>
          <NetworkLegend counts={stateCounts(shown)} />
          <p class="quiet">
            {condensed
              ? 'A box leads to those it stands for; its mark is the worst state among them.'
              : 'A box leads to its neighbourhood, an arrow to the contract. The mark of a box is the worst state of what it takes part in.'}
          </p>
          {layout ? (
            <Canvas>
              <NetworkPicture drawing={drawing} layout={layout} />
            </Canvas>
          ) : (
            <p class="quiet">There is too much to draw; choose a part of it. The table tells everything.</p>
          )}
          <Integrations edges={shown.edges} links={links} />
        </>
      )}
    </>
  );
}

function filtersOf({ environment, branch, label }: NetworkAsked) {
  return { environment, branch, label };
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

function Filters({ model: { asked, known }, frame }: { readonly model: Model; readonly frame: Frame }) {
  const choices = (names: readonly string[], none: string) =>
    [['', none], ...names.map((name) => [name, name] as const)] as readonly (readonly [string, string])[];
  return (
    <form method="get" action={frame.links.network()} class="question">
      <SamePast frame={frame} />
      <Suggestions known={known} />
      <fieldset>
        <legend>Show</legend>
        <Choice
          label="What is in"
          name="environment"
          value={asked.environment}
          options={choices(known.environments, 'anything: the main branches')}
        />
        <Field label="Pacts of branch" name="branch" value={asked.branch} />
        <Choice label="With label" name="label" value={asked.label} options={choices(known.labels, 'any')} />
        <Field label="Around" name="around" value={asked.around} list="pacticipants" />
        <Choice
          label="Steps away"
          name="depth"
          value={String(asked.depth)}
          options={['1', '2', '3'].map((depth) => [depth, depth] as const)}
        />
        <button type="submit">Show</button>
      </fieldset>
    </form>
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
