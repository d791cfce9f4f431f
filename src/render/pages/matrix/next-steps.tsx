import type { MatrixAnswer } from '../../../query/matrix/matrix.ts';
import type { Reason, Subject } from '../../../query/matrix/reasons.ts';
import { shellWord } from '../../shell-word.ts';
import { Go } from '../go.tsx';
import type { PageLinks } from '../links.ts';
import type { Markup } from '../page.ts';
import type { DeployAsked } from './deploy-form.tsx';

/** What to do about the answer: a step for each reason that decides, and what to tell gitpact after a yes. */
export function NextSteps({
  asked,
  answer,
  links,
}: {
  readonly asked: DeployAsked;
  readonly answer: MatrixAnswer;
  readonly links: PageLinks;
}): Markup {
  return (
    <>
      <h2>What to do next</h2>
      <ul>
        {answer.verdict === 'yes' ? (
          <Deployed asked={asked} answer={answer} />
        ) : (
          answer.reasons.filter(needsStep).map((reason) => (
            <li>
              <Step reason={reason} answer={answer} links={links} />
            </li>
          ))
        )}
        <li>
          Ask the same in a pipeline: <code>{commandOf(asked)}</code>
        </li>
      </ul>
    </>
  );
}

function needsStep({ kind }: Reason): boolean {
  return ['no-verified-pact', 'verification-failed', 'version-missing'].includes(kind);
}

function Step({
  reason,
  answer,
  links,
}: {
  readonly reason: Reason;
  readonly answer: MatrixAnswer;
  readonly links: PageLinks;
}): Markup | null {
  switch (reason.kind) {
    case 'no-verified-pact':
      return <Verify consumer={reason.consumer} provider={reason.provider} links={links} />;
    case 'verification-failed':
      return <Mend consumer={reason.consumer} provider={reason.provider} answer={answer} links={links} />;
    case 'version-missing':
      return (
        <>
          Look at{' '}
          <Go to={links.pacticipant(reason.subject.pacticipant)}>
            the versions of {reason.subject.pacticipant}
          </Go>
          : this one is not known. A version is known once it publishes a pact or a result.
        </>
      );
    default:
      return null;
  }
}

function Verify({
  consumer,
  provider,
  links,
}: {
  readonly consumer: Subject;
  readonly provider: Subject;
  readonly links: PageLinks;
}): Markup {
  const pair = { consumer: consumer.pacticipant, provider: provider.pacticipant };
  return (
    <>
      Let <bdi>{pair.provider}</bdi> verify <Go to={links.latestContract(pair)}>what it is asked for</Go> by{' '}
      <bdi>{pair.consumer}</bdi> {consumer.version !== undefined && <code>{consumer.version}</code>}
      {provider.version === undefined ? (
        ': in its build, '
      ) : (
        <>
          , with the code of its version <code>{provider.version}</code>:{' '}
        </>
      )}
      <code>gitpact verify --provider {shellWord(pair.provider)} --publish …</code>
    </>
  );
}

function Mend({
  consumer,
  provider,
  answer,
  links,
}: {
  readonly consumer: Subject;
  readonly provider: Subject;
  readonly answer: MatrixAnswer;
  readonly links: PageLinks;
}): Markup {
  const isMeant = (number: string, { version }: Subject) => version === undefined || version === number;
  const row = answer.rows.find(
    (one) =>
      one.consumer === consumer.pacticipant &&
      one.provider === provider.pacticipant &&
      one.result?.success === false &&
      isMeant(one.consumerVersion.number, consumer) &&
      isMeant(one.result.providerVersion, provider),
  );
  return (
    <>
      See <Go to={row?.result && links.result(row.result)}>what failed</Go>. Then mend{' '}
      <bdi>{provider.pacticipant}</bdi>, deploy that, and ask again; or let <bdi>{consumer.pacticipant}</bdi>{' '}
      expect what is there.
    </>
  );
}

function Deployed({ asked, answer }: { readonly asked: DeployAsked; readonly answer: MatrixAnswer }) {
  const { kind, pacticipant = '', version, environment } = asked;
  if (kind === 'merge') return <li>Merge it.</li>;
  const row = answer.rows.find((one) => one.consumer === pacticipant);
  const number = version ?? row?.consumerVersion.number ?? 'VERSION';
  const command = `gitpact record-deployment --pacticipant ${shellWord(pacticipant)} --version ${shellWord(number)} --environment ${shellWord(environment ?? 'ENVIRONMENT')}`;
  return (
    <li>
      Deploy it, and tell so afterwards: <code>{command}</code>
    </li>
  );
}

/** The question as a command. */
function commandOf({ kind, pacticipant = '', version, branch, tag, environment, to }: DeployAsked): string {
  const which =
    version !== undefined
      ? ` --version ${shellWord(version)}`
      : branch !== undefined
        ? ` --branch ${shellWord(branch)}`
        : tag !== undefined
          ? ` --latest ${shellWord(tag)}`
          : kind === 'merge'
            ? ''
            : ' --main-branch';
  const where =
    environment !== undefined
      ? ` --to-environment ${shellWord(environment)}`
      : to !== undefined
        ? ` --to ${shellWord(to)}`
        : '';
  const asks = kind === 'merge' ? 'can-i-merge' : 'can-i-deploy';
  return `gitpact ${asks} --pacticipant ${shellWord(pacticipant)}${which}${kind === 'merge' ? '' : where}`;
}
