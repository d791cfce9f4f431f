// npm run bench:seed -- --pacticipants 50 --versions 2000 --repo store.git: a large store with its whole history.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { recordDeployment } from '../../dist/decide/deployments.js';
import { createEnvironment } from '../../dist/decide/environments.js';
import { publish } from '../../dist/decide/publish.js';
import { recordResult } from '../../dist/decide/verification.js';
import { addToBranch } from '../../dist/decide/versions.js';
import { jsonOf } from '../../dist/domain/json.js';
import { changesBetween, emptyFolder } from '../../dist/domain/tree.js';
import { Draft } from '../../dist/format/draft.js';
import { defaultSettings } from '../../dist/format/settings.js';

/** Ten years of 100,000 versions: so many milliseconds from one to the next. */
export const pace = (10 * 365.25 * 24 * 60 * 60 * 1000) / 100_000;

/**
 * Writes a store through `git fast-import`: services in a ring, each publishes for the next four; contents change with
 * every tenth version; each version verifies the newest pacts of its consumers; every tenth is deployed to production.
 * One commit for each version, made by the same decisions as a real publish; the last one now.
 * @returns what it wrote, and how long that took in milliseconds.
 */
export async function seed({ pacticipants, versions, repo, progress = () => undefined }) {
  const started = Date.now();
  rmSync(repo, { recursive: true, force: true });
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', repo]);
  const git = spawn('git', ['--git-dir', repo, 'fast-import', '--quiet'], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const names = Array.from({ length: pacticipants }, (_, index) => `service-${index + 1}`);
  const providersOf = (index) => [1, 2, 3, 4].map((step) => names[(index + step) % pacticipants]);
  let root = emptyFolder;
  let commits = 0;
  const begin = started - pacticipants * versions * pace;
  const commit = async (title, wish) => {
    const at = new Date(Math.floor((begin + commits * pace) / 1000) * 1000).toISOString();
    const draft = new Draft(root);
    wish(draft, at);
    const lines = [
      `commit refs/heads/main\ncommitter gitpact <gitpact@localhost> ${Date.parse(at) / 1000} +0000\n`,
    ];
    lines.push(`data ${Buffer.byteLength(title)}\n${title}\n`);
    for (const { path, node } of changesBetween(root, draft.root)) {
      if (node) lines.push(`M 100644 inline ${path}\ndata ${Buffer.byteLength(node.text)}\n${node.text}\n`);
      else lines.push(`D ${path}\n`);
    }
    root = draft.root;
    commits += 1;
    if (!git.stdin.write(lines.join(''))) await once(git.stdin, 'drain');
  };
  await commit('Make this a contract repository', (draft, at) => {
    draft.putSettings(defaultSettings);
    createEnvironment(draft, { name: 'production', production: true, contacts: [], at });
  });
  for (let number = 1; number <= versions; number += 1) {
    for (const [index, name] of names.entries()) {
      const version = `1.${number}.0`;
      await commit(`Publish ${name} ${version}`, (draft, at) => {
        publish(draft, {
          consumer: name,
          version,
          branch: number % 5 === 0 ? `feat/${number}` : 'main',
          tags: [],
          contracts: providersOf(index).map((provider) => ({
            provider,
            content: contentOf(name, provider, Math.floor(number / 10)),
            onConflict: 'overwrite',
          })),
          at,
        });
        if (number % 5 !== 0) addToBranch(draft, name, version, 'main', at);
        for (const consumer of draft.now.consumersOf(name)) {
          const latest = draft.now.integration(consumer, name)?.latest;
          const pact =
            latest && draft.now.version(consumer, latest)?.pacts.find(({ provider }) => provider === name);
          if (!pact) continue;
          recordResult(draft, {
            consumer,
            provider: name,
            sha: pact.sha,
            providerVersion: version,
            success: true,
            at,
          });
        }
        if (number % 10 === 0)
          recordDeployment(draft, { pacticipant: name, version, environment: 'production', at });
      });
    }
    progress(number * pacticipants, versions * pacticipants);
  }
  git.stdin.end('done\n');
  await once(git, 'close');
  return { commits, milliseconds: Date.now() - started };
}

function contentOf(consumer, provider, generation) {
  return jsonOf({
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [0, 1, 2].map((n) => ({
      description: `request ${n} of generation ${generation}`,
      providerStates: [{ name: `thing ${n} exists` }],
      request: { method: 'GET', path: `/things/${generation}/${n}`, headers: { Accept: 'application/json' } },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { id: n, name: 'a thing' },
      },
    })),
    metadata: { pactSpecification: { version: '3.0.0' } },
  });
}

if (process.argv[1]?.endsWith('seed.mjs')) {
  const { values } = parseArgs({
    options: {
      pacticipants: { type: 'string', default: '50' },
      versions: { type: 'string', default: '2000' },
      repo: { type: 'string', default: 'gitpact-bench.git' },
    },
  });
  const repo = resolve(values.repo);
  let shown = 0;
  const { commits, milliseconds } = await seed({
    pacticipants: Number(values.pacticipants),
    versions: Number(values.versions),
    repo,
    progress: (done, all) => {
      if (Date.now() - shown < 1000) return;
      shown = Date.now();
      process.stderr.write(`\r${done} of ${all} versions`);
    },
  });
  process.stderr.write('\r');
  console.log(`${repo}: ${commits} commits in ${(milliseconds / 1000).toFixed(1)} s`);
}
