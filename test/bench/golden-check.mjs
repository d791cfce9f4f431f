/**
 * Compares gitpact's answers with recorded ones. Where gitpact is right on purpose and the Pact Broker is not, the
 * difference has a name and a normalisation of its own; nothing else is forgiven.
 */
import { playHistory } from './history.mjs';

/**
 * Yields for every recorded answer of a history how ours differs: `asked`, `differences` (`what`, `recorded`, `ours`), and
 * the `deviations` that touch it. Asks the library over the store that `openStore` opens.
 */
export async function* checkHistory(gitpact, openStore, { ops, queries }) {
  const isMatrix = queries.some((query) => 'q' in query);
  const environments = [
    { name: 'e1', production: false },
    { name: 'e2', production: !isMatrix },
  ];
  const broker = await playHistory(gitpact, openStore, environments, ops);
  try {
    for (const query of queries) {
      yield await broker.ask((now) =>
        'q' in query ? checkMatrix(gitpact, now, query) : checkVerification(gitpact, now, query, broker.now),
      );
    }
  } finally {
    await broker.close();
  }
}

function outcome(asked, recorded, ours, deviations) {
  const differences = Object.keys(recorded)
    .filter((what) => JSON.stringify(recorded[what]) !== JSON.stringify(ours[what]))
    .map((what) => ({ what, recorded: recorded[what], ours: ours[what] }));
  return { asked, differences, deviations };
}

// ---------------------------------------------------------------------------------------------------- matrix

/** What gitpact warns of where the Pact Broker says nothing, by kind of reason. */
const warnings = {
  'hidden-live-version': 'a warning of a live version without a result',
  'latest-of-any-branch': 'a warning of a latest version from any branch',
  limited: 'a warning of a limit that may leave out rows',
};

function checkMatrix(gitpact, now, query) {
  const { latestby, ...destination } = query.opt;
  const question = {
    selectors: query.sel,
    destination,
    ignore: query.ign,
    ...(latestby ? { latestBy: latestby } : {}),
    ...(query.succ ? { success: query.succ } : {}),
    limit: 100,
  };
  const answer = gitpact.matrix(now, question);
  const deviations = new Set();
  const notices = sayOnce(
    query.notices.map(({ type, text }) => ({ type, text: withoutRowVersions(text, answer.reasons) })),
  );
  if (notices.length < query.notices.length) deviations.add('a reason is said once');
  if (query.notices.some(({ text }) => withoutRowVersions(text, answer.reasons) !== text)) {
    deviations.add('a reason names the versions of its own row');
  }
  const spoken = answer.reasons.map((reason) => gitpact.reasonNotice(reason));
  for (const { kind } of answer.reasons) if (warnings[kind]) deviations.add(warnings[kind]);
  const ours = {
    deployable: answer.deployable,
    counts: answer.counts,
    rows: rowsOf(answer),
    notices: sayOnce(
      spoken
        .filter(({ origin }) => origin !== 'gitpact')
        .map(({ type, text }) => ({ type, text: withoutRowVersions(text, answer.reasons) })),
    ),
  };
  const { deployable, reason: _, ...counts } = query.summary;
  const all = () => rowsOf(gitpact.matrix(now, { ...question, latestBy: 'cvpv' }));
  if (latestby === 'cp' && isOtherPick(query.rows, ours.rows, all)) {
    return outcome(query.q, {}, {}, ['`latestby=cp` among rows of one moment']);
  }
  return outcome(query.q, { deployable, counts, rows: query.rows, notices }, ours, [...deviations]);
}

function rowsOf(answer) {
  return [
    ...answer.rows.map((row) => rowOf(row, false)),
    ...answer.ignoredRows.map((row) => rowOf(row, true)),
  ];
}

/**
 * Whether, for `latestby=cp`, the Pact Broker took another row of the same consumer and provider than we: one without a
 * result, or one of the same provider version. Which one depends on time stamps that are not recorded.
 */
function isOtherPick(recorded, ours, all) {
  if (JSON.stringify(recorded) === JSON.stringify(ours)) return false;
  const byPair = new Map(ours.map((row) => [`${row[0]}/${row[2]}`, row]));
  const known = new Set(all().map((row) => JSON.stringify(row)));
  return (
    recorded.length === ours.length &&
    recorded.every((row) => {
      const mine = byPair.get(`${row[0]}/${row[2]}`);
      return mine && known.has(JSON.stringify(row)) && (row[3] === null || row[3] === mine[3]);
    })
  );
}

function rowOf({ consumer, consumerVersion, provider, providerVersion, result }, ignored) {
  return [
    consumer,
    consumerVersion.number,
    provider,
    providerVersion?.number ?? null,
    result?.success ?? null,
    ignored,
  ];
}

function sayOnce(notices) {
  const said = new Map(notices.map((notice) => [JSON.stringify(notice), notice]));
  return [...said.values()];
}

/**
 * Hides the version of a pacticipant where no selector tells which one is meant: the Pact Broker names that of some other
 * row.
 */
function withoutRowVersions(text, reasons) {
  const unselected = reasons.flatMap(({ consumer, provider }) => [consumer, provider].filter(isUnselected));
  return unselected.reduce(
    (words, { pacticipant }) =>
      words.replaceAll(
        new RegExp(`(?:version \\S+|any version) of ${pacticipant}(?= |$)`, 'g'),
        `… of ${pacticipant}`,
      ),
    text,
  );
}

function isUnselected(subject) {
  return subject?.fromRow === true;
}

// ---------------------------------------------------------------------------------------------------- for verification

function checkVerification(gitpact, now, query, at) {
  const { request, complaints } = gitpact.parseVerificationRequest(now, 'Pp', query.body);
  if (complaints) return outcome(JSON.stringify(query.body), { complaints: [] }, { complaints }, []);
  const pacts = gitpact.pactsForVerification(now, request, at);
  const deviations = new Set();
  const recorded = query.res.map((pact) => recordedPact(pact, deviations));
  const ours = pacts.map((pact) => ourPact(gitpact, pact, request));
  return outcome(JSON.stringify(query.body), { pacts: recorded }, { pacts: ours }, [...deviations]);
}

function recordedPact({ name, short, vp, sha, md }, deviations) {
  const isWip = vp.wip === true;
  const text = (words) =>
    isWip ? inAnyOrder(words) : anyOrderOfEqualTags(objectsAsWords(words, deviations));
  return {
    name,
    sha,
    md: anyOrderOfEqualTags(md),
    short: isWip ? inAnyOrder(short) : objectsAsWords(short, deviations),
    vp: { ...vp, notices: vp.notices.map((notice) => ({ ...notice, text: text(notice.text) })) },
  };
}

function ourPact(gitpact, pact, request) {
  const { consumer, provider, consumerVersion, publication, selectors, wip, pending } = pact;
  const url = `http://broker/pacts/provider/${provider}/consumer/${consumer}/pact-version/${publication.sha}`;
  // The Pact Broker does not say which branch it was when all were asked for.
  const told = {
    ...pact,
    selectors: selectors.map((selector) =>
      selector.kind === 'every-branch' ? { ...selector, branch: '*' } : selector,
    ),
  };
  const notices = gitpact.verificationNotices(
    told,
    request,
    wip ? `${url}/metadata/${gitpact.wipUrlMetadata}` : url,
  );
  const fields = gitpact.metadataFields(gitpact.metadataFor(pact, request.includePendingStatus));
  const short = gitpact.shortDescription(told.selectors);
  const order = (words) => (wip ? inAnyOrder(words) : anyOrderOfEqualTags(words));
  return {
    name: `Pact between ${consumer} (${consumerVersion.number}) and ${provider}`,
    sha: publication.sha,
    md: anyOrderOfEqualTags(fields.map(([key, value]) => `${key}=${value}`).join('&')),
    short: order(short),
    vp: {
      ...(request.includePendingStatus ? { pending } : {}),
      ...(wip ? { wip } : {}),
      notices: notices.map(({ when, text }) => ({ when, text: order(text) })),
    },
  };
}

/** A selector that the Pact Broker prints as a Ruby object, in the words it should have. */
function objectsAsWords(text, deviations) {
  return text.replace(/\{"[^}]*\}/g, (object) => {
    const field = (name) => new RegExp(`"${name}":"([^"]*)"`).exec(object)?.[1];
    const isCriterion = text.includes('\n');
    if (object.includes('"branch":true')) {
      deviations.add('the selector `branch: true` in words');
      const of = isCriterion && field('consumer') ? ` of ${field('consumer')}` : '';
      return isCriterion ? `latest version${of} from branch '*'` : 'latest from branch *';
    }
    deviations.add('the selector `environment` in words');
    return `in environment ${field('environment_name')}`;
  });
}

/** The order of selectors for all versions of one tag is not specified (selectors.md §4.4). */
function anyOrderOfEqualTags(text) {
  const sorted = (list, separator) => list.split(separator).sort().join(separator);
  return text
    .replace(/(?:\n {4}\* all consumer versions tagged '[^']*' \([^)]*\)){2,}/g, (lines) =>
      sorted(lines, '\n'),
    )
    .replace(/s\[\]\[t\]=[^&]*&s\[\]\[cv\]=[^&]*(?:&s\[\]\[t\]=[^&]*&s\[\]\[cv\]=[^&]*)+/g, (list) =>
      list
        .split('&s[][t]=')
        .map((item) => item.replace(/^s\[\]\[t\]=/, ''))
        .sort()
        .join('|'),
    );
}

/** The order of selectors and tags in a work in progress is not specified (selectors.md §4.4). */
function inAnyOrder(text) {
  const sorted = (list, separator) => list.split(separator).sort().join(', ');
  if (text.startsWith('latest ')) return sorted(text, ', ');
  return text.replace(/'[^']*'(?:(?:, | and )'[^']*')+/g, (list) => sorted(list, /, | and /));
}
