// What a company does all day: builds publish, verify, tag, deploy and ask, over HTTP and by the command.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup, spawnGroup } from '../service.mjs';

const providers = ['Api', 'Billing'];
const json = { 'content-type': 'application/json', accept: 'application/hal+json, application/json' };

/** The contract of a build: its description tells it from every other. */
export function contractOf(consumer, provider, description) {
  return {
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [{ description, request: { method: 'GET', path: '/' }, response: { status: 200 } }],
    metadata: { pactSpecification: { version: '2.0.0' } },
  };
}

const anyOf = (list) => list[Math.floor(Math.random() * list.length)];
const segment = encodeURIComponent;

/** The load: everything runs until `until` (milliseconds since 1970). */
export class Load {
  constructor({ ledger, until, servers, environment }) {
    Object.assign(this, { ledger, until, servers, environment });
  }

  get isOver() {
    return Date.now() >= this.until;
  }

  /** A client keeps to its server, as a proxy makes it, while that is there. */
  #serverFor(who) {
    const servers = this.servers.map((_, index) => this.servers[(who + index) % this.servers.length]);
    return servers.find(({ said }) => said);
  }

  /** @returns the answer of any server that is there, or undefined where there was none or it refused. */
  async #ask(method, path, body, who = Math.floor(Math.random() * this.servers.length)) {
    const server = this.#serverFor(who);
    if (!server) return void (await sleep(100));
    try {
      const response = await fetch(`${server.said}${path}`, {
        method,
        headers: json,
        signal: AbortSignal.timeout(60_000),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return { document: text ? JSON.parse(text) : undefined, response };
      this.ledger.refuse(`${server.name}: ${method} ${response.status} ${text}`);
    } catch {
      this.ledger.counts.broken += 1;
    }
    return void (await sleep(100));
  }

  /** One build after the other of a service of its own: published, verified, tagged and deployed. */
  async buildsOf(writer) {
    const consumer = `App ${writer}`;
    for (let number = 1; !this.isOver; number += 1) {
      const version = `${number}.0.0-${writer}`;
      const ask = (method, path, body) => this.#ask(method, path, body, writer);
      if (!(await this.#publish(ask, consumer, version))) continue;
      await this.#verify(ask, consumer, version, number);
      await this.#tag(ask, consumer, version);
      await this.#deploy(ask, consumer, version);
    }
  }

  async #publish(ask, consumer, version) {
    const contracts = providers.map((provider) => ({
      consumerName: consumer,
      providerName: provider,
      specification: 'pact',
      contentType: 'application/json',
      content: Buffer.from(JSON.stringify(contractOf(consumer, provider, version))).toString('base64'),
    }));
    const told = { pacticipantName: consumer, pacticipantVersionNumber: version, branch: 'main', contracts };
    const answer = await ask('POST', '/contracts/publish', told);
    if (answer) this.ledger.publications.push({ consumer, version, providers });
    return answer;
  }

  async #verify(ask, consumer, version, number) {
    for (const provider of providers) {
      const path = `/pacts/provider/${provider}/consumer/${segment(consumer)}/version/${segment(version)}`;
      const pact = await ask('GET', path);
      if (!pact) continue;
      const { href } = pact.document._links['pb:publish-verification-results'];
      const success = number % 3 !== 0;
      const providerApplicationVersion = `${provider}-${version}`;
      const told = { success, providerApplicationVersion };
      const answer = await ask('POST', new URL(href).pathname, told);
      if (!answer) continue;
      const { pathname } = new URL(answer.document._links.self.href);
      this.ledger.results.push({ path: pathname, success, providerApplicationVersion });
    }
  }

  async #tag(ask, consumer, version) {
    const path = `/pacticipants/${segment(consumer)}/versions/${segment(version)}/tags/endured`;
    if (await ask('PUT', path, {})) this.ledger.tags.push(path);
  }

  async #deploy(ask, consumer, version) {
    const record = `deployed-versions/environment/${this.environment}`;
    const path = `/pacticipants/${segment(consumer)}/versions/${segment(version)}/${record}`;
    const answer = await ask('POST', path, {});
    if (answer) this.ledger.deployments.push(new URL(answer.document._links.self.href).pathname);
  }

  /** What pipelines ask. Both pacts of a version come in one request: an answer that has one of them mixes two commits. */
  async questions() {
    while (!this.isOver) {
      const known = anyOf(this.ledger.publications.slice(-50));
      if (!known) {
        await sleep(100);
        continue;
      }
      const [consumer, version] = [segment(known.consumer), segment(known.version)];
      const answers = [
        await this.#ask(
          'GET',
          `/can-i-deploy?pacticipant=${consumer}&version=${version}&environment=production`,
        ),
        await this.#ask('POST', `/pacts/provider/Api/for-verification`, {
          consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
          providerVersionBranch: 'main',
          includePendingStatus: true,
        }),
      ];
      this.ledger.counts.questions += answers.filter(Boolean).length;
      const latest = await this.#ask('GET', `/pacticipants/${consumer}/latest-version`);
      if (!latest) continue;
      this.ledger.counts.questions += 1;
      if (latest.document._links['pb:pact-versions'].length !== providers.length)
        this.ledger.counts.mixed += 1;
    }
  }

  /** Pipelines that use the command; one in five is cancelled in the middle. */
  async pipelinesOf(worker, { bin, repo, env, folder }) {
    const consumer = `Pipeline ${worker}`;
    const files = providers.map((provider) => join(folder, `${worker}-${provider}.json`));
    for (let number = 1; !this.isOver; number += 1) {
      const version = `${number}.0.0-${worker}`;
      for (const [index, file] of files.entries()) {
        writeFileSync(file, JSON.stringify(contractOf(consumer, providers[index], version)));
      }
      const publish = ['publish', ...files, '--consumer-app-version', version, '--branch', 'main'];
      if (await this.#command([bin, ...publish, '--repo', repo], env))
        this.ledger.publications.push({ consumer, version, providers });
      const question = ['can-i-deploy', '-a', consumer, '-e', version, '--to-environment', 'production'];
      if (await this.#command([bin, ...question, '--repo', repo], env, [0, 1, 3]))
        this.ledger.counts.questions += 1;
    }
  }

  async #command(argv, env, expected = [0]) {
    const child = spawnGroup(process.execPath, argv, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let words = '';
    child.stderr.on('data', (chunk) => {
      words += chunk;
    });
    const isCancelled = Math.random() < 0.2;
    const timer = isCancelled
      ? setTimeout(() => {
          this.ledger.counts.kills += 1;
          if (Math.random() < 0.5) killGroup(child, 'SIGKILL');
          else child.kill('SIGKILL');
        }, Math.random() * 1_000)
      : undefined;
    const [code] = await once(child, 'exit');
    clearTimeout(timer);
    if (expected.includes(code)) return true;
    if (code !== null) this.ledger.refuse(`exit ${code}: ${words}`);
    return false;
  }
}
