import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GitpactError } from '../domain/failure.ts';
import type { VerifiedInteraction } from '../render/verification-report.ts';
import type { ChildAnswer } from './verifier-child.ts';

/** One pact for the verifier of `@pact-foundation/pact-core` to verify. */
export interface VerificationTask {
  readonly provider: string;
  readonly providerBaseUrl: string;
  /** The pact as JSON text, interactions with their `_id`. */
  readonly pact: string;
  readonly stateChangeUrl?: string | undefined;
  /** Call the state change URL after each interaction, too. */
  readonly stateChangeTeardown?: boolean;
  /** Headers to add to each request, as `Name: value`. */
  readonly headers?: readonly string[];
  /** Regular expressions that choose interactions. */
  readonly filterDescription?: string | undefined;
  readonly filterState?: string | undefined;
  readonly disableSslVerification?: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How long one request may take, in milliseconds. */
  readonly timeout?: number | undefined;
  /** Takes what the verifier prints while it runs, line by line, with its colours. */
  readonly print: (text: string) => void;
}

/** What the verifier found. */
export interface VerificationOutcome {
  readonly success: boolean;
  /** Those that failed. */
  readonly interactions: readonly VerifiedInteraction[];
}

/**
 * Runs the real verifier on one pact, in a process of its own: its native code prints to standard output, and may
 * crash without taking gitpact along.
 * @throws GitpactError `verifier-missing`, `verifier-failed`
 */
export async function verifyPact(task: VerificationTask): Promise<VerificationOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'gitpact-verify-'));
  try {
    const file = join(folder, 'pact.json');
    await writeFile(file, task.pact);
    return outcomeOf(await runChild(task, file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runChild(task: VerificationTask, file: string): Promise<ChildAnswer> {
  const child = fork(new URL('./verifier-child.js', import.meta.url), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: verifierEnvironment(task),
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => task.print(`${line}\n`));
  }
  child.send({
    providerBaseUrl: task.providerBaseUrl,
    provider: task.provider,
    pactUrls: [file],
    logLevel: 'error',
    ...(task.stateChangeUrl === undefined
      ? {}
      : {
          providerStatesSetupUrl: task.stateChangeUrl,
          providerStatesSetupBody: true,
          providerStatesSetupTeardown: task.stateChangeTeardown ?? false,
        }),
    ...(task.headers === undefined || task.headers.length === 0
      ? {}
      : { customProviderHeaders: [...task.headers] }),
    ...(task.disableSslVerification ? { disableSslVerification: true } : {}),
    ...(task.timeout === undefined ? {} : { timeout: task.timeout }),
  });
  return new Promise((resolve) => {
    let answer: ChildAnswer | undefined;
    child.once('message', (message) => {
      answer = message as ChildAnswer;
    });
    child.once('error', (error) => resolve({ failure: error.message }));
    child.once('close', (code, signal) =>
      resolve(answer ?? { failure: `the verifier ended with ${signal ?? code}` }),
    );
  });
}

/**
 * The verifier reads its filters, and where a broker would be, from the environment; it is to see none. Without a
 * `LOG_LEVEL` it would begin with what its logger calls information.
 */
function verifierEnvironment({
  env,
  filterDescription,
  filterState,
}: VerificationTask): Record<string, string | undefined> {
  const rest = Object.entries(env).filter(([name]) => !name.startsWith('PACT_'));
  return {
    LOG_LEVEL: 'error',
    ...Object.fromEntries(rest),
    ...(filterDescription === undefined ? {} : { PACT_DESCRIPTION: filterDescription }),
    ...(filterState === undefined ? {} : { PACT_PROVIDER_STATE: filterState }),
  };
}

interface NativeJson {
  readonly result: boolean;
  readonly errors?: readonly NativeError[];
}

interface NativeError {
  readonly interaction: string;
  readonly mismatch: {
    readonly interactionId?: string;
    readonly mismatches?: readonly Readonly<Record<string, unknown>>[];
    readonly message?: string;
  };
}

function outcomeOf(answer: ChildAnswer): VerificationOutcome {
  if ('failure' in answer) {
    if (answer.missing) {
      throw new GitpactError('verifier-missing', 'The Pact verifier is not installed.', {
        hint: 'Install it beside gitpact: npm install --save-dev @pact-foundation/pact-core@19',
      });
    }
    throw new GitpactError('verifier-failed', `The Pact verifier could not run: ${answer.failure}.`, {
      hint: 'Is the provider running at --provider-base-url?',
    });
  }
  const native = JSON.parse(answer.json) as NativeJson;
  const interactions = (native.errors ?? []).map(({ interaction, mismatch }): VerifiedInteraction => {
    const mismatches = mismatch.mismatches ?? (mismatch.message ? [{ description: mismatch.message }] : []);
    return {
      interactionId: mismatch.interactionId ?? '',
      description: interaction,
      success: false,
      mismatches,
    };
  });
  return { success: native.result, interactions };
}
