import { arrangedPact, canonicalPact } from '../domain/canonical.ts';
import { GitpactError } from '../domain/failure.ts';
import { type JsonValue, parseJson } from '../domain/json.ts';
import type { PacticipantName, PactSha } from '../domain/names.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import { type File, type Folder, fileAt, gather, textOf } from '../domain/tree.ts';
import { readIntegration, readResult } from '../format/contracts.ts';
import { readEnvironment, readPointer, readPresences } from '../format/environments.ts';
import { readBranch, readLatest, readPacticipant, readTagIndex } from '../format/pacticipants.ts';
import { paths } from '../format/paths.ts';
import { readJsonFields } from '../format/reading.ts';
import { decodeSegment } from '../format/segment.ts';
import { readSettings } from '../format/settings.ts';
import { readVersion } from '../format/versions.ts';
import { readWebhook } from '../format/webhooks.ts';
import type { Finding } from './finding.ts';

type Reader = (path: string, text: string) => string | undefined;

const xx = '[0-9a-f]{2}';
const name = '[^/]+';

/** What may lie where: each reader gives the path the record belongs at, or nothing when the path says it all. */
const kinds: readonly (readonly [pattern: RegExp, read: Reader])[] = [
  [/^gitpact\.yaml$/, (path, text) => void readSettings(path, text)],
  [
    new RegExp(`^pacticipants/${name}/pacticipant\\.yaml$`),
    (path, text) => paths.pacticipant(readPacticipant(path, text).name),
  ],
  [
    new RegExp(`^pacticipants/${name}/versions/${xx}/${name}\\.json$`),
    (path, text) => {
      const { pacticipant, number } = readVersion(path, text);
      return paths.version(pacticipant, number);
    },
  ],
  [
    new RegExp(`^pacticipants/${name}/branches/${xx}/${name}\\.json$`),
    (path, text) => void readBranch(path, text),
  ],
  [
    new RegExp(`^pacticipants/${name}/tags/${xx}/${name}\\.json$`),
    (path, text) => void readTagIndex(path, text),
  ],
  [new RegExp(`^pacticipants/${name}/latest\\.json$`), (path, text) => void readLatest(path, text)],
  [
    new RegExp(`^pacts/provider/${name}/consumer/${name}/integration\\.json$`),
    (path, text) => {
      const { consumer, provider } = readIntegration(path, text);
      return paths.integration(consumer, provider);
    },
  ],
  [
    new RegExp(`^pacts/provider/${name}/consumer/${name}/content/${xx}/[0-9a-f]{40}(\\.order)?\\.json$`),
    () => undefined,
  ],
  [
    new RegExp(
      `^pacts/provider/${name}/consumer/${name}/(latest|main-branch|(branch|tag)/${xx}/${name}|environment/${name}/${name})\\.json$`,
    ),
    () => undefined,
  ],
  [
    new RegExp(`^results/provider/${name}/consumer/${name}/${xx}/[0-9a-f]{40}/${xx}/${name}~\\d+\\.json$`),
    readResultAt,
  ],
  [
    new RegExp(
      `^results/provider/${name}/consumer/${name}/${xx}/[0-9a-f]{40}/${xx}/${name}~\\d+\\.tests\\.json$`,
    ),
    (path, text) => void parseJson(text, path),
  ],
  [/^results\/last\.json$/, (path, text) => void readJsonFields(path, text).whole('number')],
  [
    new RegExp(`^environments/${name}\\.yaml$`),
    (path, text) => paths.environment(readEnvironment(path, text).name),
  ],
  [new RegExp(`^webhooks/${name}\\.yaml$`), (path, text) => paths.webhook(readWebhook(path, text).uuid)],
  [new RegExp(`^deployments/by-uuid/${xx}/${name}\\.json$`), (path, text) => void readPointer(path, text)],
  [new RegExp(`^deployments/${name}\\.json$`), (path, text) => void readPresences(path, text)],
];

const ours = /^(gitpact\.yaml$|pacticipants\/|pacts\/|results\/|environments\/|deployments\/|webhooks\/)/;
const derivedPlaces = /^(deployments\/|pacticipants\/[^/]+\/(tags\/|latest\.json))/;

function readResultAt(path: string, text: string): string {
  const [, , provider = '', , consumer = '', , sha = ''] = path.split('/');
  const of = {
    consumer: (decodeSegment(consumer) ?? consumer) as PacticipantName,
    provider: (decodeSegment(provider) ?? provider) as PacticipantName,
    sha: sha as PactSha,
  };
  const result = readResult(path, text, of);
  const folder = path.slice(0, path.lastIndexOf('/', path.lastIndexOf('/') - 1));
  const rest = paths.resultsBy(of.consumer, of.provider, of.sha, result.providerVersion).split('/').at(-1);
  return `${folder}/${rest}/${paths.resultName(result.providerVersion, result.number)}.json`;
}

const contentPlace = new RegExp(
  `^pacts/provider/${name}/consumer/${name}/content/${xx}/[0-9a-f]{40}\\.json$`,
);

/** What is wrong with one file by itself: it cannot be read, or lies in the wrong place. @throws NotLoaded */
export function complaintAbout(root: Folder, path: string, file: File): Finding[] {
  if (!ours.test(path)) return [];
  const derived = derivedPlaces.test(path);
  const read = kinds.find(([pattern]) => pattern.test(path))?.[1];
  if (!read) return [{ path, text: 'does not belong in a contract repository', derived }];
  try {
    const belongsAt = read(path, textOf(file));
    if (belongsAt !== undefined && belongsAt !== path) {
      return [{ path, text: `tells of something that belongs at ${belongsAt}`, derived }];
    }
    return contentPlace.test(path) ? contentComplaint(root, path, file) : [];
  } catch (error) {
    if (!(error instanceof GitpactError)) throw error;
    return [{ path, text: error.message, derived }];
  }
}

function contentComplaint(root: Folder, path: string, file: File): Finding[] {
  const orderPath = path.replace(/\.json$/, '.order.json');
  const order = fileAt(root, orderPath);
  const [text = '', arrangement] = gather([file, order], (node) => node && textOf(node));
  const stored = parseJson(text, path);
  const submitted = arrangement === undefined ? stored : arranged(text, arrangement);
  if (submitted === undefined && path.endsWith(`/${pactShaOf(stored)}.json`)) {
    return [
      { path: orderPath, text: 'does not say in which order its content was submitted', derived: false },
    ];
  }
  const sha = pactShaOf(submitted ?? stored);
  if (!path.endsWith(`/${sha}.json`))
    return [{ path, text: `has the content of ${sha}: it was changed`, derived: false }];
  const canonical = canonicalPact(submitted ?? stored);
  if (canonical.text !== text) return [{ path, text: 'is not in the canonical form', derived: false }];
  return [];
}

/** The pact as it was submitted; undefined when the recorded order does not fit it. */
function arranged(text: string, arrangement: string): JsonValue | undefined {
  try {
    return arrangedPact(text, arrangement);
  } catch (error) {
    if (error instanceof GitpactError) return undefined;
    throw error;
  }
}
