import { setTimeout as sleep } from 'node:timers/promises';
import { partialClone } from './engine-git.ts';
import { roomFailure, withoutProgress } from './fetch-words.ts';
import { remoteFailure } from './remote-failure.ts';
import { type GitCall, type GitProgram, type GitResult, runGit } from './run-git.ts';

/** What git says when another process changes the clone's shallow boundary or settings at the same time. */
const anotherFetches = /shallow file has changed|(shallow|config)\.lock|could not lock config file/i;

/** How git gets to a host. */
export interface Contact {
  readonly git: GitProgram;
  /** What every call about the host is told. */
  readonly settings: Pick<GitCall, 'config' | 'secretConfig' | 'silence'>;
  /** What git said, with what the host alone can say about it. */
  readonly explained: (result: GitResult) => Promise<GitResult>;
}

/** The calls of git that take a clone to its host. */
export class HostCalls {
  readonly #contact: Contact;
  readonly #path: string;
  readonly #signal: AbortSignal | undefined;

  /**
   * @param path of the clone
   * @param signal ends the calls
   */
  constructor(contact: Contact, path: string, signal?: AbortSignal) {
    this.#contact = contact;
    this.#path = path;
    this.#signal = signal;
  }

  /** The option by which a call speaks of its progress where its silence is measured, and otherwise `quiet`. */
  progress(...quiet: readonly string[]): readonly string[] {
    return this.#contact.settings.silence === undefined ? quiet : ['--progress'];
  }

  /**
   * A commit, by its id or that of a ref, and its folders without files; with whatever more a host sends that cannot send
   * less. No ref is made. @throws GitpactError as {@link remoteFailure} tells them apart, `disk-failed`
   */
  async fetchShallow(what: string): Promise<void> {
    try {
      await this.fetch(['--refmap=', '--depth=1', '--filter=blob:none'], [what]);
    } catch (error) {
      if (!/dumb|shallow|filter|depth/i.test(String((error as Error).cause))) throw error;
      await this.fetch(['--refmap='], [what]);
    }
  }

  /** Fetches ids, or what refspecs name. @throws GitpactError as {@link remoteFailure} tells them apart, `disk-failed` */
  async fetch(
    options: readonly string[],
    wanted: readonly string[],
    config: readonly (readonly [string, string])[] = [],
  ): Promise<void> {
    const args = [
      'fetch',
      ...this.progress('--quiet'),
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      ...options,
    ];
    for (let attempt = 1; ; attempt += 1) {
      const settings = [...partialClone, ...config];
      const result = await this.run([...args, '--stdin', 'origin'], `${wanted.join('\n')}\n`, settings);
      if (result.code === 0) return;
      const another = attempt < 5 && anotherFetches.test(result.stderr);
      if (!another) throw roomFailure(result.stderr) ?? remoteFailure(result.stderr);
      await sleep(100 * attempt);
    }
  }

  /** Runs git in the clone. */
  async run(args: readonly string[], input = '', config: GitCall['config'] = []): Promise<GitResult> {
    const { git, settings, explained } = this.#contact;
    const result = await runGit(git, {
      gitDir: this.#path,
      ...settings,
      config: [...(settings.config ?? []), ...config],
      args,
      input,
      ...(this.#signal && { signal: this.#signal }),
    });
    return explained({ ...result, stderr: withoutProgress(result.stderr) });
  }
}
