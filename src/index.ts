import { Broker } from './broker/broker.ts';
import { openStore, type StoreOptions } from './store/open.ts';

/** Which contract repository to open; all but the place have sensible defaults of this process. */
export type OpenOptions = Pick<StoreOptions, 'repository'> & Partial<StoreOptions>;

/**
 * Opens a contract repository. Ask it with {@link Broker.ask}, change it with {@link Broker.change}.
 * @throws GitpactError `not-a-repository`, `bad-arguments`, `git-missing`
 */
export async function open(options: OpenOptions): Promise<Broker> {
  const clock = options.clock ?? (() => new Date());
  return new Broker(await openStore({ env: process.env, cwd: process.cwd(), ...options, clock }), clock);
}

export type { Broker } from './broker/broker.ts';
export { recordDeployment, recordRelease } from './decide/deployments.ts';
export { createEnvironment } from './decide/environments.ts';
export { examine } from './decide/examine.ts';
export { publish } from './decide/publish.ts';
export { recordResult } from './decide/verification.ts';
export { addToBranch, putTag } from './decide/versions.ts';
export { GitpactError } from './domain/failure.ts';
export { parseJson } from './domain/json.ts';
export {
  branchName,
  environmentName,
  pacticipantName,
  pactSha,
  tagName,
  versionNumber,
} from './domain/names.ts';
export { canIDeploy, canIMerge } from './query/can-i-deploy.ts';
export { diffPacts } from './query/diff.ts';
export { pactsForVerification } from './query/for-verification/pacts-for-verification.ts';
export { matrix } from './query/matrix/matrix.ts';
