import { GitpactError } from '../../domain/failure.ts';
import type { PacticipantName } from '../../domain/names.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { findEnvironment, findHead, findLatestTagged, findPacticipant } from '../../query/asked.ts';
import { type CanIDeployQuestion, canIDeploy, complaintsAboutDeploying } from '../../query/can-i-deploy.ts';
import { matrix as askMatrix, type MatrixAnswer } from '../../query/matrix/matrix.ts';
import { parseIgnored, parseMatrixQuery } from '../../query/matrix/matrix-query.ts';
import { complaintsAbout } from '../../query/matrix/question.ts';
import { matrixDocument, matrixText } from '../../render/hal/matrix.ts';
import type { Exchange } from '../exchange.ts';
import { listedFailure } from '../problem.ts';
import { answering, type Method, type Resource, refusal, refuseIf } from '../resource.ts';
import { noPacticipant } from './pacticipants.ts';

const types = ['application/hal+json', 'text/plain'] as const;

/** Tells an answer of the matrix as a document or as text. */
async function tell(x: Exchange, answer: (now: Snapshot) => MatrixAnswer | undefined): Promise<Response> {
  const text = await x.find((now) => {
    const found = answer(now);
    if (!found) return undefined;
    if (!found.deployable) x.deny();
    return x.type === 'text/plain' ? matrixText(found) : JSON.stringify(matrixDocument(x.links, now, found));
  });
  return x.text(text);
}

/** Complaints of the matrix are told as a plain list (matrix.md §3.3). */
function listingComplaints<T>(ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw error instanceof GitpactError && error.complaints.length > 0 ? listedFailure(error) : error;
  }
}

const ask: Method = async (x) => {
  const question = listingComplaints(() => parseMatrixQuery(x.query));
  const complaints = await x.ask((now) => complaintsAbout(now, question));
  if (complaints.length > 0) throw listedFailure(refusal(complaints.map((text) => ({ where: '', text }))));
  return () => tell(x, (now) => listingComplaints(() => askMatrix(now, question)));
};

const ofPair: Method = (x) => {
  const { selectors: _, limit: __, ...options } = listingComplaints(() => parseMatrixQuery(x.query));
  return () => {
    const [consumer, provider] = [x.segment('consumer'), x.segment('provider')];
    const selectors = [{ pacticipant: consumer }, { pacticipant: provider }];
    return tell(x, (now) => {
      if (!findPacticipant(now, consumer)) throw noPacticipant(consumer, 'consumer');
      if (!findPacticipant(now, provider)) throw noPacticipant(provider, 'provider');
      return listingComplaints(() => askMatrix(now, { ...options, selectors }));
    });
  };
};

const deploy: Method = async (x) => {
  const { parameters } = x;
  const value = (name: string) => parameters.get(name) || undefined;
  const asked = {
    pacticipant: value('pacticipant'),
    version: value('version'),
    to: value('to'),
    environment: value('environment'),
  };
  refuseIf(await x.ask((now) => complaintsAboutDeploying(now, asked)));
  const { pacticipant = '', version = '', to, environment } = asked;
  const question: CanIDeployQuestion = {
    selectors: [{ pacticipant, version }],
    destination: environment === undefined ? { tag: to ?? '' } : { environment },
    ignore: parseIgnored(x.query),
  };
  return () => tell(x, (now) => canIDeploy(now, question));
};

/** May the newest version with a tag be deployed to where another tag says? @throws NotLoaded */
export function deployTagToTag(x: Exchange, now: Snapshot): MatrixAnswer | undefined {
  const pacticipant = x.segment<PacticipantName>('pacticipant');
  const [tag, to] = [x.segment('tag'), x.segment('to')];
  if (!findPacticipant(now, pacticipant) || !findLatestTagged(now, pacticipant, tag)) return undefined;
  return canIDeploy(now, { selectors: [{ pacticipant, tag, latest: true }], destination: { tag: to } });
}

/** May the head of a branch be deployed to an environment? @throws NotLoaded */
export function deployBranchToEnvironment(x: Exchange, now: Snapshot): MatrixAnswer | undefined {
  const pacticipant = x.segment<PacticipantName>('pacticipant');
  const [branch, environment] = [x.segment('branch'), x.segment('environment')];
  if (!findPacticipant(now, pacticipant) || !findHead(now, pacticipant, branch)) return undefined;
  if (!findEnvironment(now, environment)) return undefined;
  const selectors = [{ pacticipant, branch, latest: true }];
  return canIDeploy(now, { selectors, destination: { environment } });
}

/** The matrix, and whether something may be deployed (matrix.md). */
export const matrix: readonly Resource[] = [
  { path: '/matrix', types, GET: ask },
  { path: '/matrix/provider/:provider/consumer/:consumer', types, GET: ofPair },
  { path: '/can-i-deploy', types, GET: deploy },
  {
    path: '/pacticipants/:pacticipant/latest-version/:tag/can-i-deploy/to/:to',
    types,
    GET: answering((x) => tell(x, (now) => deployTagToTag(x, now))),
  },
  {
    path: '/pacticipants/:pacticipant/branches/:branch/latest-version/can-i-deploy/to-environment/:environment',
    types,
    GET: answering((x) => tell(x, (now) => deployBranchToEnvironment(x, now))),
  },
];
