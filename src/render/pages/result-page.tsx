import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, jsonAt } from '../../domain/json.ts';
import type { PactSha } from '../../domain/names.ts';
import { asPacticipantName } from '../../query/asked.ts';
import { type ResultFacts, resultFacts } from '../../query/result.ts';
import { VersionNumber } from './chips.tsx';
import { resultState } from './contract/facts.tsx';
import { JsonText } from './contract/json-text.tsx';
import { inLine } from './contract/request-line.ts';
import { Go, GoOutside } from './go.tsx';
import { MarkedVersion } from './matrix/version-marks.tsx';
import { Moment } from './moment.tsx';
import { type Frame, type Markup, type Page, page } from './page.ts';
import { State } from './state.tsx';

const content = '/pacts/provider/:provider/consumer/:consumer/pact-version/:sha';

/** One verification result and its tests, by the addresses the Pact Broker has for one (api.md §3.2). */
export const resultPages: readonly Page[] = [
  resultPage(`${content}/verification-results/:number`),
  resultPage(`${content}/metadata/:metadata/verification-results/:number`),
];

function resultPage(path: string): Page {
  return page<ResultFacts>({
    path,
    question: (now, { segment }) => {
      const consumer = asPacticipantName(segment('consumer'));
      const provider = asPacticipantName(segment('provider'));
      if (consumer === undefined || provider === undefined) return undefined;
      return resultFacts(now, { consumer, provider }, segment('sha') as PactSha, segment('number'));
    },
    title: ({ result }) => `Result ${result.number} of ${result.provider} for ${result.consumer}`,
    component: ResultBody,
  });
}

function ResultBody({ model, frame }: { readonly model: ResultFacts; readonly frame: Frame }): Markup {
  const { result, provider, pact, tests } = model;
  const { links } = frame;
  return (
    <>
      <h1>
        {result.provider} <VersionNumber number={result.providerVersion} />{' '}
        {result.success ? 'honours the contract with' : 'breaks the contract with'} {result.consumer}
      </h1>
      <p>
        <State of={resultState(result)} words={result.success ? 'passed' : 'failed'} title="" />{' '}
        {result.pending ? 'The contract was pending for the provider. ' : ''}
        {result.wip ? 'It was verified as work in progress.' : ''}
      </p>
      <dl class="facts">
        <dt>Consumer</dt>
        <dd>
          <Go to={links.pacticipant(result.consumer)}>{result.consumer}</Go>
          {pact === undefined ? (
            ''
          ) : (
            <>
              {' '}
              <VersionNumber number={pact.consumerVersion.number} />
            </>
          )}
        </dd>
        <dt>Contract</dt>
        <dd>
          <Go to={links.contract(result, result.sha)}>
            <code>{result.sha}</code>
          </Go>
        </dd>
        <dt>Provider</dt>
        <dd>
          <Go to={links.pacticipant(result.provider)}>{result.provider}</Go>{' '}
          {provider ? <MarkedVersion of={provider} /> : <VersionNumber number={result.providerVersion} />}
        </dd>
        <dt>Verified</dt>
        <dd>
          <Moment at={result.createdAt} />
        </dd>
        {result.buildUrl === undefined ? (
          ''
        ) : (
          <>
            <dt>Build</dt>
            <dd>
              <GoOutside to={result.buildUrl} />
            </dd>
          </>
        )}
      </dl>
      {tests === undefined ? (
        <>
          <h2>Tests</h2>
          <p>The verifier sent no results of single tests.</p>
        </>
      ) : (
        <Tests tests={tests} />
      )}
    </>
  );
}

/** The results of single interactions as verifiers send them, those that failed first; what has another form is shown as it is. */
function Tests({ tests }: { readonly tests: JsonValue }): Markup {
  const listed = [
    jsonAt(tests, 'tests'),
    jsonAt(tests, 'interactions'),
    jsonAt(tests, 'examples'),
    tests,
  ].find(isJsonArray);
  const rows = listed?.filter(isJsonObject) ?? [];
  const failed = rows.filter((test) => !hasPassed(test));
  return (
    <>
      <h2>{failed.length === 0 ? 'Tests' : `Tests: ${failed.length} of ${rows.length} failed`}</h2>
      {rows.length === 0 ? (
        ''
      ) : (
        <ul class="tests">
          {[...failed, ...rows.filter(hasPassed)].map((test) => (
            <Test test={test} />
          ))}
        </ul>
      )}
      <details open={rows.length === 0}>
        <summary>As the verifier sent them</summary>
        <JsonText value={tests} />
      </details>
    </>
  );
}

function hasPassed(test: JsonObject): boolean {
  return test.get('success') === true || test.get('status') === 'passed';
}

function Test({ test }: { readonly test: JsonObject }): Markup {
  const passed = hasPassed(test);
  const about =
    test.get('interactionDescription') ??
    test.get('description') ??
    test.get('testDescription') ??
    test.get('interactionId');
  const complaints = [test.get('mismatches'), test.get('exceptions'), test.get('exception')]
    .flatMap((found) => (isJsonArray(found) ? found : found === undefined ? [] : [found]))
    .filter((found) => found !== null);
  return (
    <li>
      <State of={passed ? 'verified' : 'failed'} words={passed ? 'passed' : 'failed'} title="" />{' '}
      {inLine(about) || 'an interaction'}
      {complaints.length === 0 ? (
        ''
      ) : (
        <ul>
          {complaints.map((complaint) => (
            <li>{complaintText(complaint)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

function complaintText(complaint: JsonValue): string {
  const said =
    jsonAt(complaint, 'description') ?? jsonAt(complaint, 'mismatch') ?? jsonAt(complaint, 'message');
  const where =
    jsonAt(complaint, 'path') ?? jsonAt(complaint, 'identifier') ?? jsonAt(complaint, 'attribute');
  if (said === undefined) return inLine(complaint);
  return where === undefined ? inLine(said) : `${inLine(where)}: ${inLine(said)}`;
}
