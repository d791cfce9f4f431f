import type { Broker } from '../broker/broker.ts';
import { GitpactError } from '../domain/failure.ts';
import type { JsonValue } from '../domain/json.ts';
import type { CommitId, Instant } from '../domain/names.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Draft } from '../format/draft.ts';
import type { HalDocument } from '../render/hal/document.ts';
import type { Links } from '../render/hal/links.ts';
import type { PageCommit } from '../render/pages/page.ts';
import type { Intent } from '../render/words/intents.ts';
import { bareType, isJsonType } from './accept.ts';
import { admission } from './auth.ts';
import { jsonIn, plainIn, readBytes } from './bodies.ts';
import { type AppOptions, usualLimits } from './settings.ts';

/** What an exchange is made of. */
interface Parts {
  readonly request: Request;
  readonly broker: Broker;
  readonly options: AppOptions;
  readonly links: Links;
  /** The path that was routed, percent-encoded. */
  readonly path: string;
  /** With its `?`; empty without one. */
  readonly query: string;
  readonly accept: string | undefined;
  readonly parameter: (name: string) => string | undefined;
  /** For whom the answer is, where that is not everybody; part of what it is kept under. */
  readonly audience?: string;
}

/** One request and what is needed to answer it. */
export class Exchange {
  readonly request: Request;
  readonly links: Links;
  readonly path: string;
  readonly query: string;
  /** The Accept header, or what the path's extension stands for. */
  readonly accept: string | undefined;
  readonly options: AppOptions;
  /** For whom the answer is; empty for everybody. */
  readonly audience: string;
  /** The type of the answer, once the client's wishes were heard. */
  type = 'application/hal+json';
  readonly #broker: Broker;
  readonly #parameter: (name: string) => string | undefined;
  #body: Promise<Uint8Array> | undefined;
  #isTimed = false;
  #isNo = false;
  readonly #queued: Intent[] = [];

  constructor(parts: Parts) {
    this.request = parts.request;
    this.links = parts.links;
    this.path = parts.path;
    this.query = parts.query;
    this.accept = parts.accept;
    this.options = parts.options;
    this.audience = parts.audience ?? '';
    this.#broker = parts.broker;
    this.#parameter = parts.parameter;
  }

  /** The moment on the broker's clock. */
  get now(): Instant {
    this.#isTimed = true;
    return this.#broker.now;
  }

  /** Whether the answer depends on the clock: somebody looked at it. */
  get isTimed(): boolean {
    return this.#isTimed;
  }

  /** Notes that the answer denies something, which a newer commit may allow. */
  deny(): void {
    this.#isNo = true;
  }

  /** Whether the answer denies something. */
  get isNo(): boolean {
    return this.#isNo;
  }

  /** The newest commit, or the one named by `at`; undefined where what is read is in none. @throws GitpactError `commit-missing` */
  commit(at?: string): Promise<CommitId | undefined> {
    const { store } = this.#broker;
    return at === undefined ? store.tip() : store.resolve(at);
  }

  /** The newest commit as of now, not of a moment ago. @throws GitpactError `network-failed` */
  newestCommit(): Promise<CommitId | undefined> {
    return this.#broker.store.tip(true);
  }

  /** The newest commits up to `at`, newest first. @throws GitpactError `commit-missing` */
  async history(limit: number, at?: string): Promise<readonly PageCommit[]> {
    const from = await this.commit(at);
    return from === undefined ? [] : this.#broker.store.history({ from, limit });
  }

  /** Whether the one who asks may change something. */
  get mayWrite(): boolean {
    return mayWrite(this.request, this.path, this.options);
  }

  /** That the contract repository cannot be reached, and answers are from what was seen last. */
  get outage() {
    return this.#broker.store.outage();
  }

  /** The URL that was asked, without its query. */
  get self(): string {
    return this.links.template(this.path === '/' ? '' : this.path);
  }

  /** A segment of the path by its name in the route, decoded. */
  segment<T extends string = string>(name: string): T {
    return (this.#parameter(name) ?? '') as T;
  }

  /** The parameters of the query. */
  get parameters(): URLSearchParams {
    return new URLSearchParams(this.query);
  }

  /** The type of the body, without parameters. */
  get contentType(): string {
    return bareType(this.request.headers.get('content-type') ?? undefined);
  }

  /** Whether the body says it is JSON. */
  get sendsJson(): boolean {
    return isJsonType(this.contentType);
  }

  /** The body. @throws GitpactError `body-too-large`, `body-too-slow` */
  bytes(): Promise<Uint8Array> {
    this.#body ??= readBytes(this.request, this.options.limits ?? usualLimits);
    return this.#body;
  }

  /** The body as JSON without loss. @throws GitpactError `bad-json` */
  async json(): Promise<JsonValue> {
    return jsonIn(await this.bytes());
  }

  /** The body as plain values; `{}` for an empty one where that is allowed. @throws GitpactError `bad-json` */
  async plain(empty: 'empty is {}' | 'empty is wrong' = 'empty is wrong'): Promise<unknown> {
    const bytes = await this.bytes();
    return bytes.length === 0 && empty === 'empty is {}' ? {} : plainIn(bytes);
  }

  /** Answers a question about the newest state, or the state at `at`. @throws GitpactError `commit-missing` */
  ask<T>(question: (now: Snapshot) => T, at?: string): Promise<T> {
    return this.#broker.ask(question, at);
  }

  /** The same for something that may not be there. @throws GitpactError `not-found` */
  async find<T>(question: (now: Snapshot) => T | undefined): Promise<T> {
    const found = await this.#broker.ask(question);
    if (found === undefined) throw notFound();
    return found;
  }

  /** Carries out a wish; its outcome, when that is durable. */
  async change<T>(intent: Intent, wish: (draft: Draft, at: Instant) => T): Promise<T> {
    const outcome = await this.#broker.change(intent, wish);
    if (this.options.queue?.store.isQueued(intent)) this.#queued.push(intent);
    return outcome;
  }

  /** The changes that wait for the remote to be back. */
  get queued(): readonly Intent[] {
    return this.#queued;
  }

  /** An answer with a document. */
  document(document: HalDocument, status = 200, location?: string): Response {
    return this.text(JSON.stringify(document), status, location);
  }

  /** An answer with a text of the negotiated type. */
  text(text: string, status = 200, location?: string): Response {
    return new Response(text, {
      status,
      headers: {
        'content-type': `${this.type};charset=utf-8`,
        ...(location === undefined ? {} : { location }),
      },
    });
  }

  /** An answer without a body: a deletion, as a rule. */
  nothing(): Response {
    return new Response(null, { status: 204 });
  }
}

/** Whether the sender of a request may change something. */
export function mayWrite(request: Request, path: string, { access }: AppOptions): boolean {
  if (!access) return true;
  const authorization = request.headers.get('authorization') ?? undefined;
  return admission(access, { method: 'DELETE', path, authorization }) === 'granted';
}

/** That what was asked for does not exist, in the words of the Pact Broker (api.md §1.4). */
export function notFound(): GitpactError {
  return new GitpactError('not-found', 'The requested document was not found on this server.');
}
