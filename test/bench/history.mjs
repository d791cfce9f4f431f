/**
 * Plays a history, as the golden data tells it, through the library: each operation is one change of a broker, made at its
 * own second. `gitpact` names the functions to use, from `src` or from `dist`.
 */
const start = Date.parse('2026-11-23T00:00:00.000Z');

/** The settings of the broker that was recorded. */
const recordedSettings = {
  allowContractModification: true,
  checkSimilarNames: false,
  firstTagAsBranch: false,
  deployTagsNamedLikeEnvironments: false,
};

/**
 * A broker over the store that `openStore` opens with the clock it is given, after all operations. Its clock stands at the
 * second after the last one.
 */
export async function playHistory(gitpact, openStore, environments, ops) {
  let seconds = 0;
  const clock = () => new Date(start + seconds * 1000);
  const broker = new gitpact.Broker(await openStore(clock), clock);
  await broker.init();
  await broker.change({ title: 'Make the environments' }, (draft, at) => {
    draft.putSettings({ ...gitpact.defaultSettings, ...recordedSettings });
    for (const { name, production } of environments) {
      gitpact.createEnvironment(draft, { name, production, contacts: [], at });
    }
  });
  for (const op of ops) {
    seconds += 1;
    await broker.change({ title: `Do ${op.op}` }, (draft, at) => operations[op.op](gitpact, draft, op, at));
  }
  seconds += 1;
  return broker;
}

/** The content number `n` of a pact between `c` and `p`. */
function contentText({ c, p, n }) {
  return JSON.stringify({
    consumer: { name: c },
    provider: { name: p },
    interactions: [
      { description: `d${n}`, request: { method: 'GET', path: `/${n}` }, response: { status: 200 } },
    ],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });
}

const operations = {
  publish(gitpact, draft, op, at) {
    const published = gitpact.publish(draft, {
      consumer: op.c,
      version: op.v,
      ...(op.branch ? { branch: op.branch } : {}),
      tags: op.tags ?? [],
      contracts: [{ provider: op.p, content: gitpact.parseJson(contentText(op)), onConflict: 'overwrite' }],
      at,
    });
    if (published.kind !== 'published') throw new Error(`refused: ${JSON.stringify(op)}`);
  },
  verify(gitpact, draft, op, at) {
    if (op.branch) gitpact.addToBranch(draft, op.p, op.pv, op.branch, at);
    for (const tag of op.tags ?? []) gitpact.putTag(draft, op.p, op.pv, tag, at);
    const version = draft.now.version(op.c, op.v);
    const { sha } = version.pacts.findLast((pact) => pact.provider === op.p);
    gitpact.recordResult(draft, {
      consumer: op.c,
      provider: op.p,
      sha,
      providerVersion: op.pv,
      success: op.success,
      wip: op.wip ?? false,
      at,
    });
  },
  version(gitpact, draft, op, at) {
    gitpact.ensureVersion(draft, op.a, op.v, at);
  },
  pbranch(gitpact, draft, op, at) {
    gitpact.addToBranch(draft, op.a, op.v, op.b, at);
  },
  tag(gitpact, draft, op, at) {
    gitpact.putTag(draft, op.a, op.v, op.t, at);
  },
  deploy(gitpact, draft, op, at) {
    gitpact.recordDeployment(draft, {
      pacticipant: op.a,
      version: op.v,
      environment: op.e,
      ...(op.t ? { target: op.t } : {}),
      at,
    });
  },
  release(gitpact, draft, op, at) {
    gitpact.recordRelease(draft, { pacticipant: op.a, version: op.v, environment: op.e, at });
  },
};
