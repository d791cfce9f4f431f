import { recordDeployment, undeploy } from '../../decide/deployments.ts';
import type { PacticipantName, VersionNumber } from '../../domain/names.ts';
import type { Deployment, Environment, Version } from '../../domain/records.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { gather } from '../../domain/tree.ts';
import { deployedVersionDocument, deploymentsDocument } from '../../render/hal/deployment.ts';
import { deploymentIntent } from '../../render/words/intents.ts';
import { undeploymentIntent } from '../../render/words/other-intents.ts';
import { type Exchange, notFound } from '../exchange.ts';
import { hasMembers } from '../fields.ts';
import { asked } from '../names.ts';
import { answering, type Method, type Resource, takingJson, takingPatch } from '../resource.ts';
import { askedEnvironment } from './environments.ts';

/** The version in the path. @throws GitpactError `not-found` @throws NotLoaded */
export function askedVersion(x: Exchange, now: Snapshot): Version {
  const version = now.version(asked<PacticipantName>(x, 'pacticipant'), asked<VersionNumber>(x, 'version'));
  if (!version) throw notFound();
  return version;
}

/** The environment a deployment or release was recorded for. @throws NotLoaded */
export function environmentNamed(now: Snapshot, uuid: string): Environment | undefined {
  return now.environments().find((environment) => environment.uuid === uuid);
}

function told(x: Exchange, now: Snapshot, version: Version, deployment: Deployment) {
  const environment = environmentNamed(now, deployment.environment);
  return deployedVersionDocument(x.links, deployment, { version, ...(environment ? { environment } : {}) });
}

const record: Method = async (x) => {
  const body = await x.plain('empty is {}');
  const target = targetIn(hasMembers(body) ? body : {});
  return async () => {
    const { name } = await x.ask((now) => askedEnvironment(x, now));
    const { pacticipant, number } = await x.ask((now) => askedVersion(x, now));
    const intent = deploymentIntent({ pacticipant, version: number, environment: name, target });
    const document = await x.change(intent, (draft, at) => {
      const environment = askedEnvironment(x, draft.now).name;
      askedVersion(x, draft.now);
      const deployment = recordDeployment(draft, { pacticipant, version: number, environment, target, at });
      return told(x, draft.now, askedVersion(x, draft.now), deployment);
    });
    return x.document(document, 201, x.links.deployedVersion(String(document.uuid)));
  };
};

/** The application instance, by either of its names; any value counts as its text (domain.md §8.2). */
function targetIn({ applicationInstance, target }: Readonly<Record<string, unknown>>): string | undefined {
  const value = applicationInstance ?? target ?? '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' ? undefined : text;
}

const listOfVersion: Method = answering(async (x) => {
  const document = await x.ask((now) => {
    const environment = askedEnvironment(x, now);
    const version = askedVersion(x, now);
    const { pacticipant, number } = version;
    const found = version.deployments.filter((one) => one.environment === environment.uuid).toReversed();
    return deploymentsDocument(
      'deployedVersions',
      found.map((deployment) => deployedVersionDocument(x.links, deployment, {})),
      {
        href: x.self,
        title: `Deployed versions for ${pacticipant} version ${number} in environment ${environment.displayName}`,
      },
    );
  });
  return x.document(document);
});

const listOfEnvironment: Method = answering(async (x) => {
  const { parameters } = x;
  const pacticipant = parameters.get('pacticipant');
  const target = parameters.get('applicationInstance') ?? parameters.get('target');
  const document = await x.ask((now) => {
    const environment = askedEnvironment(x, now);
    const found = now
      .presences(environment.name)
      .filter(
        (presence) =>
          presence.kind === 'deployed' &&
          (pacticipant === null || presence.pacticipant === pacticipant) &&
          (target === null || (presence.target ?? '') === target),
      )
      .toReversed();
    const documents = gather(found, ({ pacticipant, version: number, uuid }) => {
      const version = now.version(pacticipant, number);
      const deployment = version?.deployments.find((one) => one.uuid === uuid);
      return version && deployment ? [deployedVersionDocument(x.links, deployment, { version })] : [];
    }).flat();
    return deploymentsDocument('deployedVersions', documents, {
      href: x.self + x.query,
      title: `Currently deployed versions for ${environment.displayName}`,
    });
  });
  return x.document(document);
});

function deploymentIn(x: Exchange, now: Snapshot) {
  const uuid = x.segment('uuid');
  const version = now.versionOfDeployment(uuid);
  const deployment = version?.deployments.find((one) => one.uuid === uuid);
  return version && deployment && told(x, now, version, deployment);
}

const read: Method = answering(async (x) => x.document(await x.find((now) => deploymentIn(x, now))));

const end: Method = async (x) => {
  const body = await x.plain('empty is {}');
  const { currentlyDeployed } = hasMembers(body) ? body : {};
  return async () => {
    await x.find((now) => deploymentIn(x, now));
    if (currentlyDeployed === true) return cannotReturn(x, 'currentlyDeployed');
    if (currentlyDeployed !== false) return x.document(await x.find((now) => deploymentIn(x, now)));
    const document = await x.change(undeploymentIntent(x.segment('uuid')), (draft, at) => {
      undeploy(draft, x.segment('uuid'), at);
      return deploymentIn(x, draft.now);
    });
    if (!document) throw notFound();
    return x.document(document);
  };
};

/** That what has ended cannot be resumed (domain.md §8.3, §9). */
export function cannotReturn(x: Exchange, property: string): Response {
  const text = `The ${property} property cannot be set back to true. Please record a new deployment.`;
  return x.document({ errors: { [property]: [text] } }, 422);
}

/** Versions recorded as deployed (domain.md §8). */
export const deployedVersions: readonly Resource[] = [
  {
    path: '/pacticipants/:pacticipant/versions/:version/deployed-versions/environment/:environment',
    GET: listOfVersion,
    POST: takingJson(record),
  },
  { path: '/deployed-versions/:uuid', GET: read, PATCH: takingPatch(end) },
  { path: '/environments/:environment/deployed-versions/currently-deployed', GET: listOfEnvironment },
];
