import { endSupport, recordRelease } from '../../decide/deployments.ts';
import type { Release, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { deploymentsDocument, releasedVersionDocument } from '../../render/hal/deployment.ts';
import { releaseIntent, supportEndedIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { hasMembers } from '../fields.ts';
import { answering, type Method, type Resource, takingJson, takingPatch } from '../resource.ts';
import { askedVersion, cannotReturn, environmentNamed } from './deployed-versions.ts';
import { askedEnvironment } from './environments.ts';

function told(x: Exchange, now: Snapshot, version: Version, release: Release) {
  const environment = environmentNamed(now, release.environment);
  return releasedVersionDocument(x.links, release, { version, ...(environment ? { environment } : {}) });
}

const record: Method = async (x) => {
  await x.plain('empty is {}');
  return async () => {
    const { name } = await x.ask((now) => askedEnvironment(x, now));
    const { pacticipant, number } = await x.ask((now) => askedVersion(x, now));
    const { document, created } = await x.change(releaseIntent(pacticipant, number, name), (draft, at) => {
      const environment = askedEnvironment(x, draft.now).name;
      askedVersion(x, draft.now);
      const { release, created } = recordRelease(draft, { pacticipant, version: number, environment, at });
      return { document: told(x, draft.now, askedVersion(x, draft.now), release), created };
    });
    return x.document(document, created ? 201 : 200, x.links.releasedVersion(String(document.uuid)));
  };
};

const listOfVersion: Method = answering(async (x) => {
  const document = await x.ask((now) => {
    const environment = askedEnvironment(x, now);
    const version = askedVersion(x, now);
    const whose = now.pacticipant(version.pacticipant)?.displayName ?? version.pacticipant;
    const found = version.releases.filter((one) => one.environment === environment.uuid);
    return deploymentsDocument(
      'releasedVersions',
      found.map((release) => releasedVersionDocument(x.links, release, {})),
      {
        href: x.self,
        title: `Released versions for ${whose} version ${version.number} in ${environment.displayName}`,
      },
    );
  });
  return x.document(document);
});

const listOfEnvironment: Method = answering(async (x) => {
  const pacticipant = x.parameters.get('pacticipant');
  const number = x.parameters.get('version');
  const document = await x.ask((now) => {
    const environment = askedEnvironment(x, now);
    const found = now
      .presences(environment.name)
      .filter(
        (presence) =>
          presence.kind === 'released' &&
          (pacticipant === null || presence.pacticipant === pacticipant) &&
          (number === null || presence.version === number),
      );
    const documents = gather(found, ({ pacticipant, version: number, uuid }) => {
      const version = now.version(pacticipant, number);
      const release = version?.releases.find((one) => one.uuid === uuid);
      return version && release ? [releasedVersionDocument(x.links, release, { version })] : [];
    }).flat();
    return deploymentsDocument('releasedVersions', documents, {
      href: x.self + x.query,
      title: `Currently supported versions in ${environment.displayName}`,
    });
  });
  return x.document(document);
});

function releaseIn(x: Exchange, now: Snapshot) {
  const uuid = x.segment('uuid');
  const version = now.versionOfDeployment(uuid);
  const release = version?.releases.find((one) => one.uuid === uuid);
  return version && release && told(x, now, version, release);
}

const read: Method = answering(async (x) => x.document(await x.find((now) => releaseIn(x, now))));

const end: Method = async (x) => {
  const body = await x.plain('empty is {}');
  const { currentlySupported } = hasMembers(body) ? body : {};
  return async () => {
    const before = await x.find((now) => releaseIn(x, now));
    if (currentlySupported === true) return cannotReturn(x, 'currentlySupported');
    if (currentlySupported !== false) return x.document(before);
    const document = await x.change(supportEndedIntent(x.segment('uuid')), (draft, at) => {
      endSupport(draft, x.segment('uuid'), at);
      return releaseIn(x, draft.now);
    });
    if (!document) throw notFound();
    return x.document(document);
  };
};

/** Versions recorded as released (domain.md §9). */
export const releasedVersions: readonly Resource[] = [
  {
    path: '/pacticipants/:pacticipant/versions/:version/released-versions/environment/:environment',
    GET: listOfVersion,
    POST: takingJson(record),
  },
  { path: '/released-versions/:uuid', GET: read, PATCH: takingPatch(end) },
  { path: '/environments/:environment/released-versions/currently-supported', GET: listOfEnvironment },
];
