/**
 * Where `gitpact serve` answers on purpose otherwise than the Pact Broker (README): when a difference belongs to one, and
 * what of both answers is then left to compare. Nothing else is forgiven.
 */

const isMatrix = ({ step }) =>
  /^\/(matrix|can-i-deploy)/.test(step.request.path) || /can-i-deploy/.test(step.request.path);

/** Lines of a text table: reasons stand above and below. */
function withoutReasons(response) {
  const { body } = response;
  if (typeof body === 'string') {
    const table = body.split('\n').filter((line) => line.includes(' | '));
    return { ...response, body: table.join('\n') };
  }
  if (typeof body !== 'object' || body === null) return response;
  const { notices, summary: { reason, ...summary } = {}, ...rest } = body;
  return { ...response, body: { ...rest, summary } };
}

/** A list of results with each result once, and without what follows from how many there are. */
function resultsOnce(response) {
  const { success, providerSummary = {}, ...rest } = response.body;
  const once = (list) => [...new Map(list.map((item) => [JSON.stringify(item), item])).values()];
  const lists = Object.entries(providerSummary).map(([kind, names]) => [kind, once(names).sort()]);
  const embedded = rest._embedded?.verificationResults;
  const results = embedded && once(embedded);
  return {
    ...response,
    body: { ...rest, providerSummary: Object.fromEntries(lists), _embedded: { results } },
  };
}

function withoutMember(name) {
  return (response) => {
    const { [name]: _, ...body } = response.body;
    return { ...response, body };
  };
}

/** What a content is called, wherever it is named. */
function withoutShas(response) {
  return JSON.parse(JSON.stringify(response).replace(/\b[0-9a-f]{40}\b/g, '{sha}'));
}

const nothing = () => ({});

export const deviations = [
  {
    name: 'an unknown `latestby`, selectors that are no list, `contracts: []`, a pact that is a list',
    belongs: ({ recorded, actual }) => recorded.status === 500 && actual.status < 500,
    rest: nothing,
  },
  {
    name: 'reasons of can-i-deploy and the matrix',
    belongs: isMatrix,
    rest: withoutReasons,
  },
  {
    name: 'deleting the newest result',
    belongs: ({ step, before }) =>
      isMatrix({ step }) &&
      before.some(({ request }) => request.method === 'DELETE' && /^\$\{self\}$/.test(request.path)),
    rest: nothing,
  },
  {
    name: '`/verification-results/consumer/C/version/V/latest`',
    belongs: ({ step }) => /^\/verification-results\/consumer\/.*\/latest$/.test(step.request.path),
    rest: resultsOnce,
  },
  {
    name: '`fallbackBranch`',
    belongs: ({ step, before }) => {
      const falls = ({ request }) => JSON.stringify(request.body ?? '').includes('"fallbackBranch"');
      return falls(step) || (step.request.path === '/dashboard' && before.some(falls));
    },
    rest: nothing,
  },
  {
    name: 'the sha of a merged pact',
    belongs: ({ step, before }) => [...before, step].some(({ request }) => request.method === 'PATCH'),
    rest: withoutShas,
  },
  {
    name: 'an update that changes nothing',
    belongs: ({ step }) => step.request.method === 'PATCH',
    rest: withoutMember('updatedAt'),
  },
  {
    name: 'a request that is refused',
    belongs: ({ recorded }) => recorded.status >= 400 && 'location' in recorded,
    rest: ({ location: _, ...response }) => response,
  },
  {
    name: 'pages for browsers',
    belongs: ({ recorded, actual }) => recorded.type?.startsWith('text/html') && actual.status === 406,
    rest: nothing,
  },
];
