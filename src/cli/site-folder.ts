import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';
import { parseMemory, type RememberedPart, type SiteMemory } from './site-memory.ts';

/** What is remembered of the site beside it, for the next time. */
const memoryFile = '.gitpact-site.json';

/** What may lie in an empty folder that a site is published from: hidden files, and the domain of GitHub Pages. */
const ignored = /^\.|^CNAME$/;

/**
 * The folder of a site, which remembers what each part of it was made of. A part is remembered only while all its files lie
 * there: it is forgotten before the first of them is written, and remembered when the last one is. Whatever stops a run, the
 * next one makes anew what was not finished.
 */
export class SiteFolder {
  readonly #path: string;
  readonly #maker: string;
  readonly #made = new Set<string>();
  readonly #parts = new Map<string, RememberedPart>();
  /** Files that may lie there and are of no part that is finished. */
  readonly #loose = new Set<string>();

  /** @param maker what makes the site; of another maker's site every part is made anew */
  constructor(path: string, maker: string) {
    this.#path = path;
    this.#maker = maker;
  }

  /**
   * Looks at what lies there. Parts count only while their files are there, as long as they were written, and not at all when
   * `afresh` or another maker made them.
   * @throws GitpactError `not-a-site` for a folder with something else in it, `disk-failed`
   */
  async open(afresh: boolean): Promise<void> {
    const text = await readFile(join(this.#path, memoryFile), 'utf8').catch(() => undefined);
    if (text === undefined) return refuseForeign(this.#path);
    const before = parseMemory(text);
    for (const file of before.loose) this.#loose.add(file);
    for (const [key, part] of Object.entries(before.parts)) {
      const counts = !afresh && before.maker === this.#maker && this.#isWhole(part);
      if (counts) this.#parts.set(key, part);
      else for (const file of Object.keys(part.files)) this.#loose.add(file);
    }
  }

  /** The files of a part that is made of the same as when it was made. */
  filesOf({
    key,
    digest,
  }: {
    readonly key: string;
    readonly digest: string | undefined;
  }): readonly string[] | undefined {
    const part = digest === undefined ? undefined : this.#parts.get(key);
    return part?.digest === digest ? Object.keys(part?.files ?? {}) : undefined;
  }

  /** Forgets all parts but these, and remembers that files of others may lie about, these `planned` ones too. */
  async begin(keys: ReadonlySet<string>, planned: Iterable<string>): Promise<void> {
    for (const [key, { files }] of this.#parts) {
      if (keys.has(key)) continue;
      this.#parts.delete(key);
      for (const file of Object.keys(files)) this.#loose.add(file);
    }
    for (const file of planned) this.#loose.add(file);
    await this.save();
  }

  /** Writes a file and the folders it lies in, unless it says that already; its size in bytes. @throws GitpactError `disk-failed` */
  async write(file: string, text: string | Buffer): Promise<number> {
    const path = join(this.#path, file);
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    if (this.#says(path, bytes)) return bytes.length;
    const folder = dirname(path);
    await this.#onDisk(path, async () => {
      if (!this.#made.has(folder)) await mkdir(folder, { recursive: true });
      this.#made.add(folder);
      await writeFile(path, bytes);
    });
    return bytes.length;
  }

  /** Takes a part as finished: all its files are written. */
  finish(key: string, part: RememberedPart): void {
    this.#parts.set(key, part);
    for (const file of Object.keys(part.files)) this.#loose.delete(file);
  }

  /** Writes down what is finished. @throws GitpactError `disk-failed` */
  async save(): Promise<void> {
    const memory: SiteMemory = {
      maker: this.#maker,
      parts: Object.fromEntries(this.#parts),
      loose: [...this.#loose],
    };
    const path = join(this.#path, memoryFile);
    await this.#onDisk(path, async () => {
      await mkdir(this.#path, { recursive: true });
      await writeFile(`${path}.new`, `${JSON.stringify(memory)}\n`);
      await rename(`${path}.new`, path);
    });
  }

  /** Takes away what is of no part, and the folders that are empty then; how many files that were. */
  async tidy(): Promise<number> {
    let removed = 0;
    for (const file of this.#loose) {
      if (await removeFile(join(this.#path, file))) removed += 1;
      for (let at = dirname(file); at !== '.'; at = dirname(at)) {
        if (!(await removeEmpty(join(this.#path, at)))) break;
      }
    }
    this.#loose.clear();
    await this.save();
    return removed;
  }

  #isWhole({ files }: RememberedPart): boolean {
    return Object.entries(files).every(([file, size]) => {
      return statSync(join(this.#path, file), { throwIfNoEntry: false })?.size === size;
    });
  }

  #says(path: string, bytes: Buffer): boolean {
    const there = statSync(path, { throwIfNoEntry: false });
    return there?.isFile() === true && there.size === bytes.length && readFileSync(path).equals(bytes);
  }

  async #onDisk(path: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      throw new GitpactError('disk-failed', `The site cannot be written: ${path}.`, {
        cause,
        hint: 'Name another folder with --out, or make room there.',
      });
    }
  }
}

/** Refuses a folder with something in it that no site is; one that does not exist is as good as an empty one. */
function refuseForeign(path: string): void {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about) return;
  const foreign = about.isDirectory() ? readdirSync(path).find((name) => !ignored.test(name)) : path;
  if (foreign === undefined) return;
  const what = about.isDirectory()
    ? `${path} is no site: there is something else in it, such as ${foreign}.`
    : `${path} is no folder.`;
  throw new GitpactError('not-a-site', what, {
    hint: 'Name a folder with --out that is empty, or that does not exist yet, or an earlier site.',
  });
}

async function removeFile(path: string): Promise<boolean> {
  const isThere = statSync(path, { throwIfNoEntry: false }) !== undefined;
  await rm(path, { force: true });
  return isThere;
}

async function removeEmpty(path: string): Promise<boolean> {
  return rmdir(path).then(
    () => true,
    () => false,
  );
}
