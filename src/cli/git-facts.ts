import { GitpactError } from '../domain/failure.ts';
import { type Checkout, lookAtCheckout } from '../store/checkout.ts';
import { withoutSecrets } from '../store/location.ts';
import type { CommitFacts } from './commit-facts.ts';
import type { World } from './world.ts';

/** What the Git repository around the working folder tells of the commit that is checked out. */
export async function factsOfGit({ cwd, env }: Pick<World, 'cwd' | 'env'>): Promise<CommitFacts> {
  const checkout = await lookAtCheckout(cwd, env).catch((error: unknown): Checkout => {
    if (error instanceof GitpactError) return {};
    throw error;
  });
  const { commit, branch, isDetached, remoteUrl } = checkout;
  return {
    ...(commit === undefined ? {} : { version: { value: commit, from: 'HEAD of Git' } }),
    ...(branch === undefined
      ? {}
      : { branch: { value: branch, from: isDetached ? 'the one branch of Git at HEAD' : 'HEAD of Git' } }),
    ...(remoteUrl === undefined
      ? {}
      : { 'repository-url': { value: withoutSecrets(remoteUrl), from: 'origin of Git' } }),
  };
}
