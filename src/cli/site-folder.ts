import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GitpactError } from '../domain/failure.ts';

/** What is remembered of each file beside the site, for the next time. */
const memory = '.gitpact-site.json';

interface Remembered {
  /** What made the site; another maker makes everything anew. */
  readonly maker: string;
  readonly commit: string;
  readonly files: Readonly<Record<string, string | null>>;
}

/** A file of the site, and what it is made of. */
interface Planned {
  readonly file: string;
  readonly fingerprint: string | undefined;
}

/** The folder of a site, which knows what it was made of the last time. */
export class SiteFolder {
  readonly #path: string;
  #before: Remembered['files'] = {};
  readonly #made = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads what was remembered; nothing of it counts when another maker made it, or without a `maker`. */
  async open(maker: string | undefined): Promise<void> {
    const text = await readFile(join(this.#path, memory), 'utf8').catch(() => undefined);
    const before = text === undefined ? undefined : rememberedIn(text);
    this.#before = Object.fromEntries(
      Object.entries(before?.files ?? {}).map(([file, fingerprint]) => [
        file,
        before?.maker === maker ? fingerprint : null,
      ]),
    );
  }

  /** Whether a file shows the same as when it was made. */
  isAsBefore({ file, fingerprint }: Planned): boolean {
    return fingerprint !== undefined && this.#before[file] === fingerprint;
  }

  /** Writes a file, and the folders it lies in. @throws GitpactError `disk-failed` */
  async write(file: string, text: string): Promise<void> {
    const path = join(this.#path, file);
    const folder = dirname(path);
    try {
      if (!this.#made.has(folder)) await mkdir(folder, { recursive: true });
      this.#made.add(folder);
      await writeFile(path, text);
    } catch (cause) {
      throw new GitpactError('disk-failed', `The site cannot be written: ${path}.`, {
        cause,
        hint: 'Name another folder with --out, or make room there.',
      });
    }
  }

  /** Takes away the files of the site before that are not in this one, and remembers this one; how many were taken away. */
  async close(maker: string, commit: string, plan: readonly Planned[]): Promise<number> {
    const now = new Map(plan.map(({ file, fingerprint }) => [file, fingerprint ?? null]));
    const gone = Object.keys(this.#before).filter((file) => !now.has(file) && !/^[/\\]|\.\.[/\\]/.test(file));
    for (const file of gone) await rm(join(this.#path, file), { force: true });
    const remembered: Remembered = { maker, commit, files: Object.fromEntries(now) };
    await this.write(memory, `${JSON.stringify(remembered, null, 1)}\n`);
    return gone.length;
  }
}

function rememberedIn(text: string): Remembered | undefined {
  try {
    const found = JSON.parse(text) as Partial<Remembered>;
    return typeof found.maker === 'string' && typeof found.files === 'object'
      ? (found as Remembered)
      : undefined;
  } catch {
    return undefined;
  }
}
