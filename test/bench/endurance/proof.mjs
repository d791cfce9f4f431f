// Whether all that was acknowledged is there, and everything sound.
import { spawnSync } from 'node:child_process';

/**
 * Asks a server for every acknowledged write.
 * @returns a sentence for each that is not there as it was acknowledged.
 */
export async function findLost(ledger, url) {
  const lost = [];
  const ask = async (path) => {
    const response = await fetch(`${url}${path}`, {
      headers: { accept: 'application/hal+json, application/json' },
    });
    return response.ok ? response.json() : void (await response.text());
  };
  const segment = encodeURIComponent;
  for (const { consumer, version, providers } of ledger.publications) {
    for (const provider of providers) {
      const path = `/pacts/provider/${provider}/consumer/${segment(consumer)}/version/${segment(version)}`;
      const pact = await ask(path);
      if (pact?.interactions[0].description !== version) lost.push(`the pact at ${path}`);
    }
  }
  for (const { path, success, providerApplicationVersion } of ledger.results) {
    const result = await ask(path);
    const isThere =
      result?.success === success && result.providerApplicationVersion === providerApplicationVersion;
    if (!isThere) lost.push(`the result at ${path}`);
  }
  for (const path of [...ledger.deployments, ...ledger.tags]) {
    if (!(await ask(path))) lost.push(`what is at ${path}`);
  }
  return lost;
}

/** @returns what `git fsck` and `gitpact fsck` complain about; nothing where both are content. */
export function findUnsound(bin, repo) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 28 };
  const git = spawnSync('git', ['--git-dir', repo, 'fsck', '--strict', '--no-dangling'], options);
  const own = spawnSync(process.execPath, [bin, 'fsck', '--repo', repo], options);
  return [
    ...(git.status === 0 ? [] : [`git fsck: ${git.stderr}${git.stdout}`]),
    ...(own.status === 0 ? [] : [`gitpact fsck: ${own.stderr}${own.stdout}`]),
  ];
}
