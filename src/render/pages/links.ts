import { encodedSegment, type PairNames } from '../hal/links.ts';
import type { Address } from './address.ts';
import { fileOf, relativeLink } from './site-file.ts';

/** How addresses become links: below the path of a server, or from one file of a site to another. */
export type Placing =
  | {
      readonly kind: 'live';
      /** The path of the base URL without a final slash: empty, or `/broker`. */
      readonly base: string;
      /** The past that every link keeps to. */
      readonly at?: string;
    }
  | {
      readonly kind: 'frozen';
      /** The file the links stand in, as {@link fileOf} names it. */
      readonly from: string;
      /** Every file of the site. */
      readonly files: ReadonlySet<string>;
    };

/** The parameters of a link; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | undefined>>;

/** Where the page of a contract says who verified it. */
export const verifiersId = 'verified-by';

/** What a matrix is asked for one version. */
const ofVersion = 'q[][pacticipant]';

/**
 * The addresses of everything that pages link to; the one place that builds them. A link is undefined when a site has no
 * such page.
 */
export class PageLinks {
  readonly #placing: Placing;
  /** What the assets are asked for with, so that they may be kept for ever. */
  readonly #assetVersion: string;

  constructor(placing: Placing, assetVersion: string) {
    this.#placing = placing;
    this.#assetVersion = assetVersion;
  }

  overview(query: Query = {}): string | undefined {
    return this.#to({ segments: [] }, query);
  }

  pacticipant(name: string): string | undefined {
    return this.#to(addresses.pacticipant(name));
  }

  /** The newest pact of a pair. */
  latestContract(pair: PairNames): string | undefined {
    return this.#to(addresses.latestContract(pair));
  }

  /** A content of a pair. */
  contract(pair: PairNames, sha: string): string | undefined {
    return this.#to(addresses.contract(pair, sha));
  }

  /** One verification result; in a site without a page of it, who verified its content. */
  result(result: PairNames & { readonly sha: string; readonly number: number }): string | undefined {
    const own = this.#to(addresses.result(result));
    if (own !== undefined) return own;
    const contract = this.contract(result, result.sha);
    return contract === undefined ? undefined : `${contract}#${verifiersId}`;
  }

  /** The results of the newest content. */
  badge(pair: PairNames): string | undefined {
    return this.#to(addresses.badge(pair));
  }

  /** Whether the head of a branch may be deployed to an environment. */
  deployAnswer(pacticipant: string, branch: string, environment: string): string | undefined {
    return this.#to(addresses.deployAnswer(pacticipant, branch, environment));
  }

  deployBadge(pacticipant: string, branch: string, environment: string): string | undefined {
    return this.#to(addresses.deployBadge(pacticipant, branch, environment));
  }

  /** How the newest versions with a tag of each side stand. */
  matrixBadge(pair: PairNames, tag: string, providerTag: string): string | undefined {
    return this.#to(addresses.matrixBadge(pair, tag, providerTag));
  }

  /** Whether the newest version with a tag may be deployed beside those with another. */
  tagBadge(pacticipant: string, tag: string, to: string): string | undefined {
    return this.#to(addresses.tagBadge(pacticipant, tag, to));
  }

  mergeBadge(pacticipant: string): string | undefined {
    return this.#to(addresses.mergeBadge(pacticipant));
  }

  environments(): string | undefined {
    return this.#to({ segments: ['environments'] });
  }

  history(query: Query = {}): string | undefined {
    return this.#to({ segments: ['history'] }, query);
  }

  /** The webhooks and what they sent; live only. */
  webhooks(): string | undefined {
    return this.#to({ segments: ['webhooks'] });
  }

  network(query: Query = {}): string | undefined {
    return this.#to({ segments: ['network'] }, query);
  }

  /** The question page: with parameters, its answer. */
  matrix(query: Query = {}): string | undefined {
    return this.#to({ segments: ['matrix'] }, query);
  }

  /** The rows of the matrix for one version. */
  matrixOfVersion(pacticipant: string, version: string): string | undefined {
    return this.matrix({ [ofVersion]: pacticipant, 'q[][version]': version, latestby: 'cvpv' });
  }

  matrixOfPair(pair: PairNames, query: Query = {}): string | undefined {
    return this.#to(addresses.matrixOfPair(pair), query);
  }

  /** Whether something may be deployed: with parameters, the answer. */
  deploy(query: Query = {}): string | undefined {
    return this.#to({ segments: ['can-i-deploy'] }, query);
  }

  /** The same for merging. */
  merge(query: Query = {}): string | undefined {
    return this.#to({ segments: ['can-i-merge'] }, query);
  }

  /** The pacts of a pair that matter, by `branch`, `tag` or `environment`; live only. */
  dashboard({ provider, consumer }: PairNames, view: string): string | undefined {
    const segments = ['dashboard', 'provider', provider, 'consumer', consumer];
    return this.#to({ segments }, { view });
  }

  /** The distinct contents of a pair, two of them compared. */
  timeline(pair: PairNames): string | undefined {
    return this.#to(addresses.timeline(pair));
  }

  /** What changed in a content since another one. */
  diff(pair: PairNames, sha: string, before: string): string | undefined {
    return this.#to(addresses.diff(pair, sha, before));
  }

  /** The neighbourhood of a pacticipant. */
  networkOf(name: string, query: Query = {}): string | undefined {
    return this.#to(addresses.networkOf(name), query);
  }

  /** The network in one picture, however large it is. */
  wholeNetwork(query: Query = {}): string | undefined {
    return this.#to({ segments: ['network', 'all'] }, query);
  }

  /** The API browser, at an address of the API; live only. */
  api(address: Address = { segments: [] }): string | undefined {
    const { kind } = this.#placing;
    return kind === 'live'
      ? `${this.#base}/hal-browser/browser.html#${pathOf(this.#base, address)}`
      : undefined;
  }

  /** A page of the server itself, by its path; live only. */
  own(path: readonly string[], query: Query = {}): string | undefined {
    return this.#placing.kind === 'live' ? this.#to({ segments: ['-', ...path] }, query) : undefined;
  }

  /** The stylesheet, the script or the icon. */
  asset(name: 'pages.css' | 'pages.js' | 'explorer.js' | 'icon.svg' | 'as-of.css'): string {
    const placing = this.#placing;
    if (placing.kind === 'frozen') return relativeLink(placing.from, `assets/${name}`);
    return `${this.#base}/-/assets/${name}?v=${this.#assetVersion}`;
  }

  /** Whether a link leads to the very file that it stands in; of a site only. */
  isToItself(link: string): boolean {
    const placing = this.#placing;
    return placing.kind === 'frozen' && link === relativeLink(placing.from, placing.from);
  }

  /** A link to an address that another place of the product knows how to make. */
  to(address: Address, query: Query = {}): string | undefined {
    return this.#to(address, query);
  }

  get #base(): string {
    return this.#placing.kind === 'live' ? this.#placing.base : '';
  }

  #to(address: Address, query: Query = {}): string | undefined {
    const placing = this.#placing;
    if (placing.kind === 'live') return pathOf(placing.base, address) + queryOf({ at: placing.at, ...query });
    const asked = Object.values(query).some((value) => value !== undefined);
    const file = fileOf(address);
    return !asked && placing.files.has(file) ? relativeLink(placing.from, file) : undefined;
  }
}

/** Where things lie. */
export const addresses = {
  pacticipant: (name: string): Address => ({ segments: ['pacticipants', name] }),
  latestContract: (pair: PairNames): Address => below(pair, 'latest'),
  contract: (pair: PairNames, sha: string): Address => below(pair, 'pact-version', sha),
  contractOfVersion: (pair: PairNames, version: string): Address => below(pair, 'version', version),
  result: ({
    sha,
    number,
    ...pair
  }: PairNames & { readonly sha: string; readonly number: number }): Address =>
    below(pair, 'pact-version', sha, 'verification-results', String(number)),
  badge: (pair: PairNames): Address => ({ ...below(pair, 'latest', 'badge'), extension: '.svg' }),
  deployAnswer: (pacticipant: string, branch: string, environment: string): Address => ({
    segments: [
      ...['pacticipants', pacticipant, 'branches', branch],
      ...['latest-version', 'can-i-deploy', 'to-environment', environment],
    ],
  }),
  deployBadge: (pacticipant: string, branch: string, environment: string): Address => ({
    segments: [...addresses.deployAnswer(pacticipant, branch, environment).segments, 'badge'],
    extension: '.svg',
  }),
  matrixBadge: ({ provider, consumer }: PairNames, tag: string, providerTag: string): Address => ({
    segments: [
      ...['matrix', 'provider', provider, 'latest', providerTag],
      ...['consumer', consumer, 'latest', tag, 'badge'],
    ],
    extension: '.svg',
  }),
  tagBadge: (pacticipant: string, tag: string, to: string): Address => ({
    segments: ['pacticipants', pacticipant, 'latest-version', tag, 'can-i-deploy', 'to', to, 'badge'],
    extension: '.svg',
  }),
  mergeBadge: (pacticipant: string): Address => ({
    segments: ['pacticipants', pacticipant, 'main-branch', 'can-i-merge', 'badge'],
    extension: '.svg',
  }),
  timeline: (pair: PairNames): Address => below(pair, 'diff'),
  diff: (pair: PairNames, sha: string, before: string): Address =>
    below(pair, 'pact-version', sha, 'diff', 'pact-version', before),
  networkOf: (name: string): Address => ({ segments: ['pacticipants', name, 'network'] }),
  matrixOfPair: ({ provider, consumer }: PairNames): Address => ({
    segments: ['matrix', 'provider', provider, 'consumer', consumer],
  }),
} as const;

function below({ provider, consumer }: PairNames, ...segments: readonly string[]): Address {
  return { segments: ['pacts', 'provider', provider, 'consumer', consumer, ...segments] };
}

/** The path of an address on a server; the last dot of a name is encoded, for an extension would ask for a type (api.md §1.3). */
export function pathOf(base: string, { segments, extension = '.html' }: Address): string {
  const path = `${base}/${segments.map(encodedSegment).join('/')}`;
  return extension === '.html' ? path.replace(/\.(?=[a-z]+$)/, '%2E') : path + extension;
}

function queryOf(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
