import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { expectSound, tipOf } from '../helpers/repository.ts';

/** What one call of gitpact did. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder of its own, gone after the tests of this file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gitpact-cli-'));
  made.push(folder);
  return folder;
}

/** A user in a folder, with a contract repository in `contracts.git` and a clock that gains a second with each call. */
export class Desk {
  readonly folder = newFolder();
  readonly repository = join(this.folder, 'contracts.git');
  #now = Date.parse('2026-01-01T00:00:00Z');

  /** Runs `gitpact …` in this process; GITPACT_REPO names the repository. */
  async gitpact(...argv: string[]): Promise<Ended> {
    return this.gitpactWith({}, ...argv);
  }

  /** Runs `gitpact …` with more variables in its environment. */
  async gitpactWith(env: Readonly<Record<string, string>>, ...argv: string[]): Promise<Ended> {
    const out: string[] = [];
    const err: string[] = [];
    this.#now += 1000;
    const code = await main({
      argv,
      env: { PATH: process.env.PATH, HOME: this.folder, GITPACT_REPO: this.repository, ...env },
      cwd: this.folder,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      now: () => new Date(this.#now),
      columns: 100,
      colour: false,
    });
    return { code, out: out.join(''), err: err.join('') };
  }

  /** What a call printed as JSON. @throws when it failed */
  async json(...argv: string[]): Promise<unknown> {
    const { code, out, err } = await this.gitpact(...argv, '--output', 'json');
    if (err !== '' || code === 70) throw new Error(`exit code ${code}: ${err}`);
    return JSON.parse(out);
  }

  /** What `publish` printed as JSON: a line for each consumer. @throws when it failed */
  async published(...argv: string[]): Promise<readonly unknown[]> {
    const { out, err } = await this.gitpact('publish', ...argv, '--output', 'json');
    if (err !== '') throw new Error(err);
    return out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  /** Writes a file into the folder; gives its name. */
  write(name: string, content: string | Uint8Array): string {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  /** Writes a small pact; gives the file's name. */
  pact(consumer: string, provider: string, path = '/seats', file = 'pact.json'): string {
    return this.write(file, JSON.stringify(pactBetween(consumer, provider, path)));
  }

  /** The newest commit, and nothing wrong with any object or with the facts. */
  async soundTip(): Promise<string> {
    await expectSound(this.repository, { unused: true });
    const { code, out, err } = await this.gitpact('fsck');
    if (code !== 0) throw new Error(out + err);
    return tipOf(this.repository);
  }
}

/** A user with a contract repository. */
export async function desk(): Promise<Desk> {
  const one = new Desk();
  const { code, err } = await one.gitpact('init');
  if (code !== 0) throw new Error(err);
  return one;
}

/** A pact with one interaction, `GET <path>`. */
export function pactBetween(consumer: string, provider: string, path: string) {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [{ description: 'a request', request: { method: 'GET', path }, response: { status: 200 } }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  };
}

/** Web 1.10 has a pact with Api; Api 2.0 honours it and is in production. */
export async function verified(at: Desk): Promise<void> {
  await at.gitpact('create-environment', '--name=production', '--production');
  await at.gitpact('publish', at.pact('Web', 'Api'), '-a', '1.10', '--branch', 'main');
  const said = ['--provider=Api', '-a=2.0', '--consumer=Web', '--branch=main'];
  await at.gitpact('record-verification', ...said, '--result=success');
  await at.gitpact('record-deployment', '-a=Api', '-e=2.0', '--environment=production');
}

/** A sentence, perhaps complaints, a hint; nothing said twice, no stack, nothing on standard output. */
export function expectTold(
  { code, out, err }: Ended,
  expected: { code: number; says: readonly string[]; hint: string },
): void {
  expect({ code, out, err }).toMatchObject({ code: expected.code, out: '' });
  const lines = err.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^gitpact: \S.*[.'a-z\d]$/u);
  for (const words of expected.says) expect(err).toContain(words);
  expect(lines.at(-1)).toContain(expected.hint);
  const [sentence = '', ...others] = lines.map((line) => line.trim());
  expect(new Set(others).size).toBe(others.length);
  for (const line of others) expect(sentence).not.toContain(line.replace(/^(\S+): /, '$1 '));
  expect(err).not.toMatch(/\bat .*\.[jt]s:\d+|undefined|\[object/);
}
