import type { Author } from '../domain/policy.ts';
import { sshSigner } from '../domain/ssh-signature.ts';
import { gpgSigners, isGpg } from '../store/gpg.ts';
import type { World } from '../store/world.ts';
import type { Step } from './walk.ts';

/** Who made a commit, as far as that can be told here. */
export interface Signer extends Author {
  /** Whether another machine, with other keys in its keyring, may tell more. */
  readonly isUncertain: boolean;
}

/** Who made these commits: by their signatures, checked, and by what they say of their committer. */
export async function signersOf(
  steps: readonly Pick<Step, 'committer' | 'signed'>[],
  world: Pick<World, 'env'>,
): Promise<readonly Signer[]> {
  const byGpg = steps.flatMap(({ signed }) => (signed && isGpg(signed.signature) ? [signed] : []));
  const found = byGpg.length === 0 ? [] : await gpgSigners(byGpg, world);
  const gpg = new Map(byGpg.map((signed, index) => [signed, found[index]]));
  return steps.map(({ committer: { email }, signed }): Signer => {
    const nameless = { email, isUncertain: false };
    if (!signed) return nameless;
    if (!gpg.has(signed)) {
      const ssh = sshSigner(signed.signature, signed.bytes);
      return ssh === undefined ? nameless : { ...nameless, key: { ssh } };
    }
    const signer = gpg.get(signed);
    if (signer === 'unknown') return { email, isUncertain: true };
    return signer ? { ...nameless, key: { gpg: signer } } : nameless;
  });
}
