import type { HttpClient } from 'isomorphic-git/http/web';
import type { CommitId } from '../domain/names.ts';
import { asBody, bytesOf } from './isomorphic-http.ts';
import { type PushOutcome, rejected, withoutAnswer } from './push-outcome.ts';

/** A push of one branch. */
export interface Push {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The full name of the branch. */
  readonly ref: string;
  /** Where the branch must be; undefined when it must not exist. */
  readonly from: CommitId | undefined;
  readonly to: CommitId;
  /** The pack with what the host lacks. */
  readonly pack: Uint8Array;
}

/** The id that stands for no commit. */
const nothing = '0'.repeat(40);

/** What we understand of the answer, and ask for. */
const capabilities = 'report-status side-band-64k quiet agent=gitpact';

/**
 * Asks a host over http to move a branch, by Git's own protocol (gitprotocol-pack, "Pushing Data To a Server").
 * isomorphic-git would search the whole history for what to send, although whoever made the commit knows it.
 * @throws whatever `http` throws when the connection fails
 */
export async function sendPush(http: HttpClient, push: Push): Promise<PushOutcome> {
  const response = await http.request({
    method: 'POST',
    url: `${push.url}/git-receive-pack`,
    headers: {
      ...push.headers,
      'content-type': 'application/x-git-receive-pack-request',
      accept: 'application/x-git-receive-pack-result',
    },
    body: asBody(requestFor(push)),
  });
  const answer = await bytesOf(response.body);
  if (response.statusCode !== 200) {
    const words = `HTTP Error: ${response.statusCode} ${response.statusMessage}\n${answer.toString('utf8', 0, 500)}`;
    return withoutAnswer(words);
  }
  return outcomeIn(answer, push.ref);
}

function requestFor({ ref, from = nothing as CommitId, to, pack }: Push): Buffer {
  const line = `${from} ${to} ${ref}\0 ${capabilities}`;
  const length = (Buffer.byteLength(line) + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(`${length}${line}0000`), pack]);
}

/** The answer of a host to a push: a success only when it says so of the branch. */
export function outcomeIn(answer: Buffer, ref: string): PushOutcome {
  const { report, said } = bandsOf(answer);
  const lines = packets(report).map((line) => line.toString('utf8').trimEnd());
  if (lines.includes(`ok ${ref}`)) return { kind: 'in' };
  const refusal = lines.find((line) => line.startsWith(`ng ${ref} `));
  const reason = refusal?.slice(`ng ${ref} `.length);
  if (reason !== undefined) return rejected(reason, said);
  return withoutAnswer(`the remote failed to report status\n${said}`);
}

/** What the host reports, and what it only tells (as `remote: …` lines, the way git shows them). */
function bandsOf(answer: Buffer): { report: Buffer; said: string } {
  const report: Buffer[] = [];
  const told: Buffer[] = [];
  for (const packet of packets(answer)) {
    (packet[0] === 1 ? report : told).push(packet.subarray(1));
  }
  const said = Buffer.concat(told)
    .toString('utf8')
    .replace(/^(?=.)/gm, 'remote: ');
  return { report: Buffer.concat(report), said };
}

/** The lines of Git's packet format; what follows a broken one is left out. */
function packets(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 4), 16);
    if (Number.isNaN(length)) break;
    if (length > 4) found.push(bytes.subarray(at + 4, at + length));
    at += Math.max(length, 4);
  }
  return found;
}
