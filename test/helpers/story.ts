import { recordDeployment, recordRelease } from '../../src/decide/deployments.ts';
import { createEnvironment } from '../../src/decide/environments.ts';
import { publish } from '../../src/decide/publish.ts';
import { recordResult } from '../../src/decide/verification.ts';
import { addToBranch, ensureVersion, putTag } from '../../src/decide/versions.ts';
import { jsonOf } from '../../src/domain/json.ts';
import {
  branchName,
  environmentName,
  type Instant,
  instant,
  pacticipantName,
  tagName,
  versionNumber,
} from '../../src/domain/names.ts';
import type { Settings } from '../../src/domain/records.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { emptyFolder, type Folder } from '../../src/domain/tree.ts';
import { publicationOf } from '../../src/domain/version.ts';
import { Draft } from '../../src/format/draft.ts';
import { defaultSettings } from '../../src/format/settings.ts';
import { snapshotOf } from '../../src/format/snapshot.ts';

type Step = (draft: Draft, at: Instant) => void;

/** A content that differs from others by its number: `GET /<n>`. */
export function contentOf(consumer: string, provider: string, n: number | string): ReturnType<typeof jsonOf> {
  return jsonOf({
    consumer: { name: consumer },
    provider: { name: provider },
    interactions: [
      { description: `d${n}`, request: { method: 'GET', path: `/${n}` }, response: { status: 200 } },
    ],
    metadata: { pactSpecification: { version: '2.0.0' } },
  });
}

/** How a version is written in a story: `Web 1`. */
function versionIn(text: string) {
  const space = text.lastIndexOf(' ');
  return {
    pacticipant: pacticipantName(text.slice(0, space)),
    version: versionNumber(text.slice(space + 1)),
  };
}

/**
 * A history in the words of the field, immutable: one beginning, many endings. Every step happens a second after the
 * one before. It knows no store; `.root()` and `.snapshot()` are what it ends with.
 */
export class Story {
  readonly #root: Folder;
  readonly #at: number;

  constructor(root: Folder, at: number) {
    this.#root = root;
    this.#at = at;
  }

  /** The story with one more step, a second later. */
  next(step: Step): Story {
    const draft = new Draft(this.#root);
    step(draft, instant(new Date(this.#at)));
    return new Story(draft.root, this.#at + 1000);
  }

  /** `publishes('Web 1', 'Api', { content: 2, branch: 'main' })` */
  publishes(
    consumerVersion: string,
    provider: string,
    options: { content?: number | string; branch?: string; tags?: readonly string[]; merge?: boolean } = {},
  ): Story {
    const { pacticipant, version } = versionIn(consumerVersion);
    return this.next((draft, at) => {
      const outcome = publish(draft, {
        consumer: pacticipant,
        version,
        branch: options.branch === undefined ? undefined : branchName(options.branch),
        tags: (options.tags ?? []).map(tagName),
        contracts: [
          {
            provider: pacticipantName(provider),
            content: contentOf(pacticipant, provider, options.content ?? version),
            onConflict: options.merge ? 'merge' : 'overwrite',
          },
        ],
        at,
      });
      if (outcome.kind === 'refused') throw new Error(`refused: ${JSON.stringify(outcome.similar)}`);
    });
  }

  /** `verifies('Api 9', 'Web 1', 'failed')`: of the content that Web 1 has. */
  verifies(
    providerVersion: string,
    consumerVersion: string,
    result: 'passed' | 'failed' = 'passed',
    options: { wip?: boolean; branch?: string; tags?: readonly string[] } = {},
  ): Story {
    const { pacticipant: provider, version } = versionIn(providerVersion);
    const consumer = versionIn(consumerVersion);
    return this.next((draft, at) => {
      if (options.branch) addToBranch(draft, provider, version, branchName(options.branch), at);
      for (const tag of options.tags ?? []) putTag(draft, provider, version, tagName(tag), at);
      const found = draft.now.version(consumer.pacticipant, consumer.version);
      const publication = found && publicationOf(found, provider);
      if (!publication) throw new Error(`${consumerVersion} has no pact with ${provider}`);
      recordResult(draft, {
        consumer: consumer.pacticipant,
        provider,
        sha: publication.sha,
        providerVersion: version,
        success: result === 'passed',
        wip: options.wip,
        at,
      });
    });
  }

  /** `creates('prod')` */
  creates(environment: string, production = false): Story {
    return this.next((draft, at) => {
      createEnvironment(draft, { name: environmentName(environment), production, contacts: [], at });
    });
  }

  /** `deploys('Web 1', 'prod', 'blue')` */
  deploys(pacticipantVersion: string, environment: string, target?: string): Story {
    return this.next((draft, at) => {
      recordDeployment(draft, {
        ...versionIn(pacticipantVersion),
        environment: environmentName(environment),
        target,
        at,
      });
    });
  }

  /** `releases('Web 1', 'prod')` */
  releases(pacticipantVersion: string, environment: string): Story {
    return this.next((draft, at) => {
      recordRelease(draft, {
        ...versionIn(pacticipantVersion),
        environment: environmentName(environment),
        at,
      });
    });
  }

  /** `versions('Web 2')`: makes a version without pacts. */
  versions(pacticipantVersion: string): Story {
    const { pacticipant, version } = versionIn(pacticipantVersion);
    return this.next((draft, at) => void ensureVersion(draft, pacticipant, version, at));
  }

  /** `branches('Web 2', 'main')` */
  branches(pacticipantVersion: string, branch: string): Story {
    const { pacticipant, version } = versionIn(pacticipantVersion);
    return this.next((draft, at) => void addToBranch(draft, pacticipant, version, branchName(branch), at));
  }

  /** `tags('Web 2', 'prod')`, as the tag resource does. */
  tags(pacticipantVersion: string, tag: string): Story {
    const { pacticipant, version } = versionIn(pacticipantVersion);
    return this.next((draft, at) => void putTag(draft, pacticipant, version, tagName(tag), at));
  }

  /** Lets days go by. */
  waits(days: number): Story {
    return new Story(this.#root, this.#at + days * 86_400_000);
  }

  /** The moment of the next step. */
  get at(): Instant {
    return instant(new Date(this.#at));
  }

  /** The tree it ends with. */
  get root(): Folder {
    return this.#root;
  }

  /** The state it ends with. */
  snapshot(): Snapshot {
    return snapshotOf(this.#root);
  }
}

/** A story that begins with an empty store. */
export function story(settings: Partial<Settings> = {}): Story {
  const draft = new Draft(emptyFolder);
  draft.putSettings({ ...defaultSettings, ...settings });
  return new Story(draft.root, Date.parse('2026-01-01T00:00:00Z'));
}
