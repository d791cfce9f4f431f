// node .compile.cjs <folder>: keeps beside what is packed there what V8 makes of it when short commands run.
const { mkdtempSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { loaderOf } = require('./bin/load.js');

const [, , folder] = process.argv;
const { load, keep } = loaderOf(folder);

const pact = {
  consumer: { name: 'Web' },
  provider: { name: 'Api' },
  interactions: [
    {
      description: 'a request for an order',
      request: { method: 'GET', path: '/orders/1' },
      response: { status: 200, headers: { 'Content-Type': 'application/json' }, body: { id: 1 } },
    },
  ],
  metadata: { pactSpecification: { version: '2.0.0' } },
};

/** Calls of gitpact, and how each ends: what they run is what is compiled beforehand. */
const calls = [
  ['--version', 0],
  ['init --repo=contracts.git', 0],
  ['create-environment --name=production --production', 0],
  ['publish pact.json --consumer-app-version=1 --branch=main', 0],
  ['record-verification --provider=Api -a=1 --consumer=Web --result=success --branch=main', 0],
  ['record-deployment -a=Api -e=1 --environment=production', 0],
  ['can-i-deploy -a=Web -e=1 --to-environment=production', 0],
  ['publish pact.json --consumer-app-version=2 --branch=main --tag=dev', 0],
  ['can-i-deploy -a=Api -e=1 --to-environment=production', 0],
];

async function run() {
  const { main } = load('main.js');
  const cwd = mkdtempSync(join(tmpdir(), 'gitpact-compile-'));
  try {
    writeFileSync(join(cwd, 'pact.json'), JSON.stringify(pact));
    for (const [line, expected] of calls) {
      const said = [];
      const code = await main({
        argv: line.split(' '),
        env: { PATH: process.env.PATH, HOME: cwd, GITPACT_REPO: 'contracts.git' },
        cwd,
        out: (text) => said.push(text),
        err: (text) => said.push(text),
        now: () => new Date(),
        columns: 80,
        colour: false,
      });
      if (code !== expected) throw new Error(`gitpact ${line} ended with ${code}: ${said.join('')}`);
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

run().then(keep);
