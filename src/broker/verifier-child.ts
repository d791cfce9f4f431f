import type { VerifierOptions } from '@pact-foundation/pact-core';

/** What the child process answers: the verifier's JSON, or why it could not run. */
export type ChildAnswer =
  | { readonly json: string }
  | { readonly failure: string; readonly missing?: boolean };

process.once('message', (options: VerifierOptions) => {
  void verify(options).then((answer) => process.send?.(answer, () => process.exit(0)));
});

async function verify(options: VerifierOptions): Promise<ChildAnswer> {
  try {
    const { default: core } = await import('@pact-foundation/pact-core');
    return { json: await core.default.verifyPacts(options) };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    if (failure.startsWith('{')) return { json: failure };
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { failure, ...(code === 'ERR_MODULE_NOT_FOUND' ? { missing: true } : {}) };
  }
}
