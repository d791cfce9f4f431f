import { Broker } from '../broker/broker.ts';
import type { CommitId } from '../domain/names.ts';
import type { Folder } from '../domain/tree.ts';
import { type App, createApp } from '../http/app.ts';
import type { Address } from '../render/pages/address.ts';
import { pathOf } from '../render/pages/links.ts';
import { addressesOfPart, rootOfPart, type SitePart } from '../render/pages/site.ts';
import { fileOf } from '../render/pages/site-file.ts';
import { passedOn } from '../store/passed-on.ts';
import type { Store } from '../store/port.ts';

/** A file of a site, and what it shows. */
export interface SiteFile {
  readonly file: string;
  readonly address: Address;
}

/**
 * Makes the files of a site with the app that answers browsers. The app is shown nothing but the part that a file is of: so
 * a file is equal as long as its part is.
 */
export class SitePress {
  /** Every file that pages may link to. */
  readonly files = new Set<string>();
  readonly #store: Store;
  readonly #commit: CommitId;
  readonly #app: App;
  #shown: SitePart | undefined;
  /** The tree of the part that is shown, and of which tree it is a part. */
  #narrowed: { readonly of: Folder; readonly root: Folder } | undefined;

  constructor(store: Store, commit: CommitId, now: () => Date) {
    this.#store = store;
    this.#commit = commit;
    const shown = passedOn(store, {
      read: (question, at) => store.read((root, id) => question(this.#rootShown(root), id), at),
      resolve: async () => commit,
      tip: async () => commit,
    });
    this.#app = createApp(new Broker(shown, now), { site: { files: this.files, commit } });
  }

  /** The files of a part. */
  async plan(part: SitePart): Promise<readonly SiteFile[]> {
    this.#show(part);
    const addresses = await this.#store.read(
      (root) => addressesOfPart(this.#rootShown(root), part),
      this.#commit,
    );
    return addresses.map((address) => ({ file: fileOf(address), address }));
  }

  /** What a file of a part says. */
  async make(part: SitePart, address: Address): Promise<Buffer> {
    this.#show(part);
    const accept = address.extension === '.svg' ? 'image/svg+xml' : 'text/html';
    const path = pathOf('', address);
    const response = await this.#app.fetch(
      new Request(`http://site.invalid${path}`, { headers: { accept } }),
    );
    const said = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${said}`);
    return said;
  }

  #show(part: SitePart): void {
    if (this.#shown === part) return;
    this.#shown = part;
    this.#narrowed = undefined;
  }

  #rootShown(of: Folder): Folder {
    if (!this.#shown) return of;
    if (this.#narrowed?.of !== of) this.#narrowed = { of, root: rootOfPart(of, this.#shown) };
    return this.#narrowed.root;
  }
}
