// npm run demo: the whole story of gitpact on a real Git repository, with a real provider and the real Pact verifier.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProvider } from './provider.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = resolve(process.argv[2] ?? 'gitpact-demo');
const contracts = join(folder, 'contracts.git');
const pact = join(root, 'fixtures', 'pacts', 'v3-http.json');
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text) => (colour ? `\u001b[1m${text}\u001b[22m` : text);
const dim = (text) => (colour ? `\u001b[2m${text}\u001b[22m` : text);
const shown = (path) => relative(process.cwd(), path) || '.';

function tell(text) {
  console.log(`\n${bold(text)}`);
}

/** Runs gitpact as a user would; stops the demo when it does not end with `expected`. */
function gitpact(expected, ...args) {
  console.log(dim(`$ gitpact ${args.map((arg) => (/[\s{}[\]]/.test(arg) ? `'${arg}'` : arg)).join(' ')}`));
  const bin = join(root, 'bin', 'gitpact.js');
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: 'inherit',
    env: { ...process.env, GITPACT_REPO: contracts },
  });
  return new Promise((done) => {
    child.on('close', (code) => {
      if (code !== expected) {
        console.error(`The demo expected exit code ${expected} and saw ${code}. Please report this.`);
        process.exit(1);
      }
      done();
    });
  });
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const provider = await startProvider();
const verify = (expected, version, selectors) =>
  gitpact(
    expected,
    'verify',
    '--provider=seat-inventory',
    `--provider-base-url=${provider.url}`,
    `--state-change-url=${provider.url}/_states`,
    `--provider-app-version=${version}`,
    '--branch=main',
    '--publish',
    ...(selectors ? ['--consumer-version-selectors', JSON.stringify(selectors)] : []),
  );

tell('1. A contract repository: an ordinary Git repository, here a bare one on this machine.');
await gitpact(0, 'init', '--repo', shown(contracts));
await gitpact(0, 'create-environment', '--name', 'production', '--production');

tell('2. ticket-app’s tests have written what it needs of seat-inventory, a pact. Its build publishes it.');
await gitpact(0, 'publish', shown(pact), '--consumer-app-version', 'app-1', '--branch', 'main');

tell(
  '3. seat-inventory’s build starts the service and lets the real Pact verifier replay the pact against it.',
);
await verify(0, 'inventory-1');

tell('4. Both are deployed, which their pipelines record. May the app be deployed? Yes.');
await gitpact(
  0,
  'record-deployment',
  '--pacticipant=seat-inventory',
  '--version=inventory-1',
  '--environment=production',
);
await gitpact(
  0,
  'can-i-deploy',
  '--pacticipant',
  'ticket-app',
  '--version',
  'app-1',
  '--to-environment',
  'production',
);
await gitpact(
  0,
  'record-deployment',
  '--pacticipant=ticket-app',
  '--version=app-1',
  '--environment=production',
);

tell('5. On a branch, ticket-app begins to expect a field that seat-inventory does not have.');
const changedFile = join(folder, 'ticket-app-with-row.json');
writeFileSync(
  changedFile,
  readFileSync(pact, 'utf8').replace('"reservation": 1001,', '"reservation": 1001, "row": "A",'),
);
await gitpact(
  0,
  'publish',
  shown(changedFile),
  '--consumer-app-version',
  'app-2',
  '--branch',
  'feat/show-row',
);
await gitpact(
  0,
  'diff',
  '--consumer=ticket-app',
  '--provider=seat-inventory',
  '--branch=feat/show-row',
  '--with-branch=main',
);

tell('6. Nobody has verified it yet: that is neither yes nor no (exit code 3).');
await gitpact(
  3,
  'can-i-deploy',
  '--pacticipant',
  'ticket-app',
  '--version',
  'app-2',
  '--to-environment',
  'production',
);

tell('7. The provider’s build verifies it, too. It fails, so the answer is no (exit code 1), and why.');
await verify(1, 'inventory-1', [{ branch: 'feat/show-row' }]);
await gitpact(
  1,
  'can-i-deploy',
  '--pacticipant',
  'ticket-app',
  '--version',
  'app-2',
  '--to-environment',
  'production',
);

tell('8. Who works with whom: the matrix.');
await gitpact(0, 'matrix', '--pacticipant', 'ticket-app', '--pacticipant', 'seat-inventory');

tell('9. All of it is in Git: facts as files, the history as commits, and a pact a raw URL away.');
await gitpact(0, 'fsck');
const log = ['--git-dir', shown(contracts), 'log', '--format=%h %s'];
if (spawnSync('git', ['--version']).status === 0) {
  console.log(dim(`$ git ${log.join(' ')}`));
  spawnSync('git', log, { stdio: 'inherit' });
  const raw = 'pacts/provider/seat-inventory/consumer/ticket-app/latest.json';
  console.log(`\nThe newest pact as a raw file (over HTTP: …/raw/<branch>/${raw}):`);
  console.log(dim(`$ git --git-dir ${shown(contracts)} show HEAD:${raw}`));
} else {
  await gitpact(0, 'log');
}
provider.stop();
console.log(`\nThe repository is ${bold(shown(contracts))}: play with it, for example`);
console.log(dim(`  GITPACT_REPO=${shown(contracts)} npx gitpact matrix --pacticipant ticket-app`));
console.log('The next run of the demo begins anew.');
