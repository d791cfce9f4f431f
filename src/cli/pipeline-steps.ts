/** What a repository is: the code of a consumer or a provider, or the contract repository. */
export const roles = ['consumer', 'provider', 'contracts'] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** What the pipeline of a service does, as a sentence. */
export const purposes: Readonly<Record<Exclude<Role, 'contracts'>, string>> = {
  consumer:
    'Publishes the pacts that the tests write; from the main branch, deploys when no provider is broken.',
  provider: 'Verifies what consumers expect; from the main branch, deploys when no consumer is broken.',
};

/** A shell line that calls this version of gitpact, from wherever it is. */
export function callOf(version: string, words: string): string {
  return `npx --yes gitpact@${version} ${words}`;
}

/** The shell lines that do a repository's part in every build. `version`: of gitpact. */
export function linesOf(role: Role, version: string): readonly string[] {
  if (role === 'consumer') return ['npm ci', 'npm test', callOf(version, 'publish')];
  if (role === 'contracts') return [callOf(version, 'fsck')];
  const withVerifier = `npx --yes --package=gitpact@${version} --package=@pact-foundation/pact-core@19 -- gitpact`;
  const isReady = 'curl --silent --output /dev/null http://localhost:8080';
  return [
    'npm ci',
    `npm start & timeout 60 sh -c 'until ${isReady}; do sleep 1; done'`,
    `${withVerifier} verify --provider-base-url http://localhost:8080 --enable-pending --publish`,
  ];
}

/** The shell lines that deploy what was built from the main branch, if nobody is broken by that. */
export function deployLines(version: string): readonly string[] {
  return [
    callOf(version, 'can-i-deploy --to-environment production'),
    'echo "Deploy here."',
    callOf(version, 'record-deployment --environment production'),
  ];
}
