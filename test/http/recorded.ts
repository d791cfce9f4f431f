import { readFileSync } from 'node:fs';
import {
  type Comparable,
  difference,
  normaliseResponse,
  type RawResponse,
  reduce,
  describe as words,
} from '../../fixtures/corpus/normalise.mjs';
import type { App } from '../../src/http/app.ts';
import { base } from './serving.ts';

/** One recorded exchange. */
interface Step {
  readonly id: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string | null>>;
    readonly body?: unknown;
  };
  /** Variable → JSON pointer into the answer. */
  readonly capture?: Readonly<Record<string, string>>;
  readonly expect: {
    readonly status: number;
    readonly headers: { readonly 'content-type'?: string; readonly location?: string };
    readonly body?: unknown;
  };
}

/** Reads a recorded scenario; random ones have repeated values in `shared`. */
export function readSteps(file: URL): readonly Step[] {
  const { steps, shared = [] } = JSON.parse(readFileSync(file, 'utf8')) as {
    steps: Step[];
    shared?: unknown[];
  };
  const table: unknown[] = [];
  const unfold = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(unfold);
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first?.[0] === '$') return table[Number(first[1])];
    return Object.fromEntries(entries.map(([key, member]) => [key, unfold(member)]));
  };
  for (const value of shared) table.push(unfold(value));
  return steps.map((step) => ({ ...step, expect: { ...step.expect, body: unfold(step.expect.body) } }));
}

const token = 'Qbcdfghj';

/** Replays a scenario on an empty app; says for each step and level what differs. */
export async function replay(app: App, steps: readonly Step[]): Promise<Map<string, string>> {
  const variables = new Map<string, string>();
  const binds = { core: new Map<string, string>(), full: new Map<string, string>() };
  const differing = new Map<string, string>();
  for (const step of steps) {
    const raw = await exchange(app, step, variables);
    const actual = normaliseResponse(raw, { base, token });
    for (const level of ['core', 'full'] as const) {
      if (level === 'core' && step.expect.status >= 500) continue;
      const found = difference(reduce(expected(step), level), reduce(actual, level), binds[level]);
      if (found)
        differing.set(step.id, `${level} ${step.request.method} ${step.request.path} ${words(found)}`);
    }
  }
  return differing;
}

function expected({ expect }: Step): Comparable {
  const { 'content-type': type, location } = expect.headers;
  return {
    status: expect.status,
    ...(type === undefined ? {} : { type }),
    ...(location === undefined ? {} : { location }),
    ...(expect.body === undefined ? {} : { body: expect.body }),
  };
}

async function exchange(app: App, step: Step, variables: Map<string, string>): Promise<RawResponse> {
  const fill = (text: string) =>
    text
      .replaceAll(/\$\{(\w+)\}/g, (_all, name: string) => variables.get(name) ?? 'missing')
      .replaceAll('§', token);
  const { method, path, headers = {}, body } = step.request;
  const sent = body === undefined ? undefined : fill(typeof body === 'string' ? body : JSON.stringify(body));
  const told: Record<string, string> = { accept: 'application/hal+json' };
  if (sent !== undefined) told['content-type'] = 'application/json';
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) delete told[name.toLowerCase()];
    else told[name.toLowerCase()] = fill(value);
  }
  const target = fill(path).replace(base, '');
  // A body of bytes has no type of its own: fetch would add one to a text.
  const init = sent === undefined ? {} : { body: new TextEncoder().encode(sent) };
  const response = await app.fetch(new Request(base + target, { method, headers: told, ...init }));
  const text = await response.text();
  for (const [name, pointer] of Object.entries(step.capture ?? {})) {
    const value = pointer.startsWith('header:')
      ? response.headers.get(pointer.slice(7))
      : at(JSON.parse(text), pointer);
    if (typeof value === 'string') variables.set(name, value);
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), text };
}

function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}
