import { GitpactError } from '../domain/failure.ts';
import { parseJson } from '../domain/json.ts';
import { pactShaOf } from '../domain/pact-sha.ts';
import { type Folder, fileAt, gather, textOf } from '../domain/tree.ts';
import { paths } from '../format/paths.ts';
import { readVersion } from '../format/versions.ts';
import type { FileDifference } from './file-differences.ts';
import type { Overlay } from './overlay.ts';

/**
 * Files that come into force with a change that was taken, though somebody had put them there who might not: the change
 * would have made them, had they not been there. A content is what its name says, whoever brought it.
 * @throws NotLoaded
 */
export function companions(
  { path, after: is }: FileDifference,
  after: Folder,
  overlay: Overlay,
): readonly string[] {
  if (!is) return [];
  const wanted = /^pacticipants\/[^/]+\/versions\//.test(path) ? ofVersion(path, textOf(is)) : ofResult(path);
  const missing = wanted.filter((one) => overlay.get(one)?.text === null && fileAt(after, one));
  const whole = gather(missing, (one) => (isWhat(one, after) ? [one] : []));
  return whole.flat();
}

function ofVersion(path: string, text: string): readonly string[] {
  try {
    const { pacticipant, pacts } = readVersion(path, text);
    return [
      paths.pacticipant(pacticipant),
      ...pacts.flatMap(({ provider, sha }) => [
        paths.pacticipant(provider),
        paths.integration(pacticipant, provider),
        paths.content(pacticipant, provider, sha),
        paths.arrangement(pacticipant, provider, sha),
      ]),
    ];
  } catch (error) {
    if (error instanceof GitpactError) return [];
    throw error;
  }
}

function ofResult(path: string): readonly string[] {
  const [, provider, consumer, sha] =
    /^results\/provider\/([^/]+)\/consumer\/([^/]+)\/..\/([0-9a-f]{40})\//.exec(path) ?? [];
  if (provider === undefined || consumer === undefined || sha === undefined) return [];
  const pair = `pacts/provider/${provider}/consumer/${consumer}`;
  return [
    `pacticipants/${provider}/pacticipant.yaml`,
    `pacticipants/${consumer}/pacticipant.yaml`,
    `${pair}/integration.json`,
    `${pair}/content/${sha.slice(0, 2)}/${sha}.json`,
    `${pair}/content/${sha.slice(0, 2)}/${sha}.order.json`,
  ];
}

function isWhat(path: string, after: Folder): boolean {
  const [, sha] = /\/content\/..\/([0-9a-f]{40})\.json$/.exec(path) ?? [];
  const found = fileAt(after, path);
  if (sha === undefined || !found) return true;
  try {
    return pactShaOf(parseJson(textOf(found), path)) === sha;
  } catch (error) {
    if (error instanceof GitpactError) return false;
    throw error;
  }
}
