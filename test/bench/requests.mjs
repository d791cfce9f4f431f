/** What clients ask of a seeded store (seed.mjs) over HTTP; each is `(number) => { method, path, body }`. */

/** How many services a seeded store has. */
export const services = 50;

const nameOf = (number) => `service-${(number % services) + 1}`;

/** The number of the last version of main; every fifth is of another branch. */
const lastOf = (size) => {
  const last = size / services;
  return last % 5 === 0 ? last - 1 : last;
};

/** The newest version of main of each service. */
export const newestVersion = (size) => `1.${lastOf(size)}.0`;

/** May the newest version of each service be deployed: fifty questions, over and over. */
export const canIDeploy = (size) => (number) => ({
  path: `/can-i-deploy?pacticipant=${nameOf(number)}&version=${newestVersion(size)}&environment=production`,
});

/** The same of the last ten versions of each, in words that differ each time: no answer is kept. */
export const canIDeployOnce = (size) => (number) => {
  const version = lastOf(size) - (Math.floor(number / services) % Math.min(10, lastOf(size)));
  const path = `/can-i-deploy?pacticipant=${nameOf(number)}&version=1.${version}.0&environment=production`;
  return { path: `${path}&n=${number}` };
};

/** The matrix of a service and one it consumes, in words that differ each time. */
export const matrix = () => (number) => {
  const pair = [nameOf(number), nameOf(number + 1)].map((name) => `q[][pacticipant]=${name}`);
  return { path: `/matrix?${pair.join('&')}&latestby=cvpv&limit=100&n=${number}` };
};

/** A month ago, for work in progress. */
const since = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000).toISOString();

/** What a provider has to verify, with pending and WIP pacts; each asks of its own moment, so that no answer is kept. */
export const forVerification = () => (number) => ({
  method: 'POST',
  path: `/pacts/provider/${nameOf(number)}/for-verification`,
  body: JSON.stringify({
    consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
    providerVersionBranch: 'main',
    includePendingStatus: true,
    includeWipPactsSince: new Date(Date.parse(since) + number).toISOString(),
  }),
});

/** A contract of twenty interactions; `generation` tells one content from another. */
export function contentOf(consumer, provider, generation) {
  const interactions = Array.from({ length: 20 }, (_, n) => ({
    description: `request ${n} of generation ${generation}`,
    request: { method: 'GET', path: `/things/${n}`, headers: { Accept: 'application/json' } },
    response: { status: 200, body: { id: n, name: 'a thing', tags: ['a', 'b'] } },
  }));
  const metadata = { pactSpecification: { version: '2.0.0' } };
  return { consumer: { name: consumer }, provider: { name: provider }, interactions, metadata };
}

/**
 * A new version with three contracts, which differ from those before with every tenth version, or are of one `generation`.
 * `run` tells versions of one run from another's.
 */
export const publishing = (run, generation) => (number) => {
  const consumer = nameOf(number);
  const contracts = [1, 2, 3].map((step) => {
    const provider = nameOf(number + step);
    const content = contentOf(consumer, provider, generation ?? Math.floor(number / services / 10));
    return {
      consumerName: consumer,
      providerName: provider,
      specification: 'pact',
      contentType: 'application/json',
      content: Buffer.from(JSON.stringify(content)).toString('base64'),
    };
  });
  return {
    method: 'POST',
    path: '/contracts/publish',
    body: JSON.stringify({
      pacticipantName: consumer,
      pacticipantVersionNumber: `2.${run}.${number}`,
      branch: 'main',
      contracts,
    }),
  };
};
