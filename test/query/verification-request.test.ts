import { afterEach, describe, expect, it, vi } from 'vitest';

import { pacticipantName } from '../../src/domain/names.ts';
import {
  parseVerificationQuery,
  parseVerificationRequest,
} from '../../src/query/for-verification/request.ts';
import { story } from '../helpers/story.ts';

const now = story().creates('prod').snapshot();
const provider = pacticipantName('Bar');

afterEach(() => void vi.unstubAllEnvs());

function complaints(body: unknown): readonly string[] {
  const parsed = parseVerificationRequest(now, provider, body);
  return 'complaints' in parsed ? parsed.complaints.map(({ where, text }) => `${where} ${text}`) : [];
}

const emptyBranch =
  'providerVersionBranch when pending or WIP pacts are enabled and there are no tags provided, the provider version branch must not be an empty string, as it is used in the calculations for WIP/pending. A value must be provided (recommended), or it must not be set at all.';

describe('a request for pacts to verify (selectors.md §1.3)', () => {
  it.each<[body: Readonly<Record<string, unknown>>, complaints: readonly string[]]>([
    [{}, []],
    [{ providerVersionBranch: 1 }, ['providerVersionBranch must be a string']],
    [{ providerVersionBranch: ' ' }, ['providerVersionBranch cannot be blank']],
    [{ providerVersionBranch: null }, []],
    [{ providerVersionBranch: '' }, []],
    [{ providerVersionBranch: '', includePendingStatus: true }, [emptyBranch]],
    [{ providerVersionBranch: '', includePendingStatus: true, providerVersionTags: ['a'] }, []],
    [{ providerVersionBranch: '', includeWipPactsSince: '2020-01-01' }, [emptyBranch]],
    [{ providerVersionTags: 'a' }, ['providerVersionTags must be an array']],
    [{ providerVersionTags: null }, []],
    [{ includePendingStatus: 'true' }, ['includePendingStatus must be one of: true, false']],
    [{ includePendingStatus: null }, ['includePendingStatus must be filled']],
    [{ includeWipPactsSince: 'blah' }, ['includeWipPactsSince must be a date']],
    [{ includeWipPactsSince: '' }, ['includeWipPactsSince must be a date']],
    [{ includeWipPactsSince: null }, ['includeWipPactsSince must be a date']],
    [{ includeWipPactsSince: 20200101 }, ['includeWipPactsSince must be a date']],
    [{ includeWipPactsSince: 'on 2020-01-01' }, ['includeWipPactsSince must be a date']],
    [{ includeWipPactsSince: '2020-13-01' }, ['includeWipPactsSince must be a date']],
    [{ consumerVersionSelectors: {} }, ['consumerVersionSelectors must be an array']],
    [{ consumerVersionSelectors: null }, ['consumerVersionSelectors must be an array']],
    [{ consumerVersionSelectors: ['x'] }, ['consumerVersionSelectors must be a hash (at index 0)']],
    [{ unknown: 1 }, []],
  ])('%j', (body, expected) => {
    expect(complaints(body)).toEqual(expected);
  });

  it.each([
    ['2020-01-02', '2020-01-02T00:00:00.000Z'],
    ['2020-01-02T03:04:05Z', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02T03:04:05', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02 03:04:05', '2020-01-02T03:04:05.000Z'],
    ['2020-01-02T03:04:05+02:00', '2020-01-02T01:04:05.000Z'],
    ['2020-01-02T03:04:05-0200', '2020-01-02T05:04:05.000Z'],
  ])('reads the date %s wherever it runs', (includeWipPactsSince, instant) => {
    vi.stubEnv('TZ', 'America/New_York');
    expect(parseVerificationRequest(now, provider, { includeWipPactsSince })).toMatchObject({
      request: { includeWipPactsSince: instant },
    });
  });

  it.each([[[]], [null], ['text'], [1]])('must be an object, not %j', (body) => {
    expect(parseVerificationRequest(now, provider, body)).toEqual({
      complaints: [{ where: '', text: 'must be an object' }],
    });
  });

  it('leaves out a branch of null and tags that are no texts', () => {
    const body = { providerVersionBranch: null, providerVersionTags: ['a', 1, null, 'b'] };
    expect(parseVerificationRequest(now, provider, body)).toStrictEqual({
      request: { provider, selectors: [], providerVersionTags: ['a', 'b'], includePendingStatus: true },
    });
  });

  it('includes the pending status unless told not to', () => {
    expect(parseVerificationRequest(now, provider, {})).toMatchObject({
      request: { includePendingStatus: true },
    });
    expect(parseVerificationRequest(now, provider, { includePendingStatus: false })).toMatchObject({
      request: { includePendingStatus: false },
    });
  });
});

const nothingChosen =
  'must specify a value for environment or tag or branch, or specify mainBranch=true, matchingBranch=true, latest=true, deployed=true, released=true or deployedOrReleased=true';

describe('a consumer version selector (selectors.md §2.2)', () => {
  it.each<[selector: Readonly<Record<string, unknown>>, complaints: readonly string[]]>([
    [{ mainBranch: true }, []],
    [{ mainBranch: true, latest: true }, []],
    [{ mainBranch: true, consumer: 'Foo' }, []],
    [{ branch: 'x', latest: true }, []],
    [{ branch: true }, []],
    [{ environment: 'prod', deployed: true }, []],
    [{ tag: 'a', latest: true, fallbackTag: 'b' }, []],
    [{ branch: 'a', fallbackBranch: 'b' }, []],
    [{ unknown: 1, latest: true }, []],
    [{}, [nothingChosen]],
    [{ latest: false }, [nothingChosen]],
    [{ consumer: 'Foo' }, [nothingChosen]],
    [{ mainBranch: false }, ['mainBranch must be one of: true']],
    [{ matchingBranch: 'x' }, ['matchingBranch must be one of: true']],
    [{ deployed: false }, ['deployed must be one of: true']],
    [{ released: 1 }, ['released must be one of: true']],
    [{ deployedOrReleased: false }, ['deployedOrReleased must be one of: true']],
    [{ latest: 'true' }, ['latest must be one of: true, false']],
    [{ tag: '' }, ['tag must be filled']],
    [{ tag: 1 }, ['tag must be a string']],
    [{ branch: 1 }, ['branch must be a string or branch must be equal to true']],
    [{ environment: '' }, ['environment must be filled']],
    [{ latest: true, consumer: '' }, ['consumer must be filled']],
    [{ latest: true, consumer: ' ' }, ['consumer cannot be blank']],
    [
      { mainBranch: true, tag: 'a' },
      ['cannot specify mainBranch=true with any other criteria apart from consumer'],
    ],
    [{ mainBranch: true, latest: false }, ['cannot specify mainBranch=true with latest=false']],
    [
      { matchingBranch: true },
      ['the providerVersionBranch must be specified when the selector matchingBranch=true is used'],
    ],
    [
      { matchingBranch: true, tag: 'a' },
      [
        'cannot specify matchingBranch=true with any other criteria apart from consumer',
        'the providerVersionBranch must be specified when the selector matchingBranch=true is used',
      ],
    ],
    [{ tag: 'a', branch: 'b' }, ['cannot specify both a tag and a branch']],
    [{ tag: 'a', environment: 'prod' }, ['cannot specify the field tag with the field environment']],
    [
      { tag: 'a', latest: true, deployed: true },
      ['cannot specify the fields latest/tag with the field deployed'],
    ],
    [
      { branch: 'a', environment: 'prod', released: true },
      ['cannot specify the field branch with the fields environment/released'],
    ],
    [{ tag: 'a', fallbackTag: 'b' }, ['fallbackTag can only be set if latest is true']],
    [{ latest: true, fallbackTag: 'b' }, ['a tag must be specified when a fallbackTag is specified']],
    [
      { latest: true, fallbackBranch: 'b' },
      ['a branch must be specified when a fallbackBranch is specified'],
    ],
    [
      { branch: 'a', fallbackBranch: 'b', latest: false },
      ['fallbackBranch can only be set if latest is true', 'cannot specify a branch with latest=false'],
    ],
    [{ environment: 'moon' }, ["environment with name 'moon' does not exist"]],
    [{ tag: null, latest: true }, ['tag must be filled']],
    [{ mainBranch: null, latest: true }, ['mainBranch must be filled']],
    [{ branch: null, latest: true }, ['branch must be filled']],
    [{ latest: null, tag: 'a' }, ['latest must be filled']],
    [{ deployed: true, released: true }, ['cannot specify both deployed=true and released=true']],
    [
      { deployed: true, deployedOrReleased: true },
      ['cannot specify both deployed=true and deployedOrReleased=true'],
    ],
    [
      { released: true, deployedOrReleased: true },
      ['cannot specify both released=true and deployedOrReleased=true'],
    ],
  ])('%j', (selector, expected) => {
    expect(complaints({ consumerVersionSelectors: [{ latest: true }, selector] })).toEqual(
      expected.map((text) => `consumerVersionSelectors ${text} (at index 1)`),
    );
  });

  const notWith = (history: string, place = 'field environment') =>
    `cannot specify the ${history} with the ${place}`;

  it.each<[selector: Readonly<Record<string, unknown>>, complaint: string]>([
    [{ latest: true }, notWith('field latest')],
    [{ branch: 'a', fallbackBranch: 'b' }, notWith('fields branch/fallbackBranch')],
    [{ tag: 'a', latest: true, fallbackTag: 'b' }, notWith('fields fallbackTag/latest/tag')],
    [{ mainBranch: true }, notWith('field mainBranch')],
    [{ matchingBranch: true }, notWith('field matchingBranch')],
  ])('is either of history or of a place: %j', (selector, complaint) => {
    const told = complaints({ consumerVersionSelectors: [{ ...selector, environment: 'prod' }] });
    expect(told).toContain(`consumerVersionSelectors ${complaint} (at index 0)`);
    const everywhere = complaints({ consumerVersionSelectors: [{ ...selector, deployedOrReleased: true }] });
    expect(everywhere).toContain(
      `consumerVersionSelectors ${complaint.replace('environment', 'deployedOrReleased')} (at index 0)`,
    );
  });

  it.each<[selector: Readonly<Record<string, unknown>>, ...complaints: string[]]>([
    [{ mainBranch: 'x', tag: 'a', latest: false }, 'mainBranch must be one of: true'],
    [{ matchingBranch: 'x', tag: 'a' }, 'matchingBranch must be one of: true'],
    [{ tag: 1, branch: 'b' }, 'tag must be a string'],
    [{ tag: 'a', branch: 1 }, 'branch must be a string or branch must be equal to true'],
    [{ latest: 'yes', environment: 'prod' }, 'latest must be one of: true, false'],
    [{ tag: 'a', deployed: 'x' }, 'deployed must be one of: true'],
    [{ tag: 'a', fallbackTag: 1 }, 'fallbackTag must be a string'],
    [{ tag: 'a', fallbackTag: 'b', latest: null }, 'latest must be filled'],
    [{ latest: true, fallbackTag: 1 }, 'fallbackTag must be a string'],
    [{ latest: true, fallbackTag: 'b', tag: '' }, 'tag must be filled'],
    [{ latest: true, fallbackBranch: 1 }, 'fallbackBranch must be a string'],
    [{ latest: true, fallbackBranch: 'b', branch: '' }, 'branch must be filled'],
    [
      { branch: 'a', fallbackBranch: 1, latest: false },
      'fallbackBranch must be a string',
      'cannot specify a branch with latest=false',
    ],
    [{ branch: 1, latest: false }, 'branch must be a string or branch must be equal to true'],
    [{ deployed: 'x', released: true }, 'deployed must be one of: true'],
    [{ deployed: true, released: 'x' }, 'released must be one of: true'],
    [{ released: true, deployedOrReleased: 'x' }, 'deployedOrReleased must be one of: true'],
    [{ latest: true, consumer: 1 }, 'consumer must be a string'],
  ])('is not held to rules about what is of the wrong type: %j', (selector, ...expected) => {
    expect(complaints({ consumerVersionSelectors: [selector] })).toEqual(
      expected.map((text) => `consumerVersionSelectors ${text} (at index 0)`),
    );
  });

  it('may match the branch of the provider when there is one', () => {
    expect(
      complaints({ providerVersionBranch: 'main', consumerVersionSelectors: [{ matchingBranch: true }] }),
    ).toEqual([]);
  });
});

describe('the deprecated query (selectors.md §1.2)', () => {
  it('is read like a body', () => {
    expect(
      parseVerificationQuery(now, provider, {
        provider_version_tags: ['dev'],
        consumer_version_selectors: [{ tag: 'a', latest: 'true', fallback_tag: 'b', consumer: 'Foo' }],
        include_pending_status: 'false',
        include_wip_pacts_since: '2020-01-01',
      }),
    ).toEqual({
      request: {
        provider,
        selectors: [{ tag: 'a', latest: true, fallbackTag: 'b', consumer: 'Foo' }],
        providerVersionTags: ['dev'],
        includePendingStatus: false,
        includeWipPactsSince: '2020-01-01T00:00:00.000Z',
      },
    });
  });

  it('asks for everything by default, and may name a branch', () => {
    expect(parseVerificationQuery(now, provider, { provider_version_branch: 'main' })).toEqual({
      request: {
        provider,
        selectors: [],
        providerVersionBranch: 'main',
        providerVersionTags: [],
        includePendingStatus: true,
      },
    });
  });

  it('takes the pending status as it is asked for, and a tag that need not be the latest', () => {
    const parsed = parseVerificationQuery(now, provider, {
      include_pending_status: 'true',
      consumer_version_selectors: [{ tag: 'a', latest: 'false' }],
    });
    expect(parsed).toMatchObject({
      request: { includePendingStatus: true, selectors: [{ tag: 'a', latest: false }] },
    });
  });

  it.each([
    ['with its own complaint only', { consumer_version_selectors: [{ latest: 'true', fallback_tag: 'b' }] }],
    ['for a selector that is a text', { consumer_version_selectors: ['a'] }],
  ])('complains %s', (_how, query) => {
    expect(parseVerificationQuery(now, provider, query)).toEqual({
      complaints: [{ where: 'consumer_version_selectors', text: 'tag is missing (at index 0)' }],
    });
  });

  it('complains of what a body would be refused for', () => {
    expect(parseVerificationQuery(now, provider, { include_wip_pacts_since: 'soon' })).toEqual({
      complaints: [{ where: 'include_wip_pacts_since', text: 'must be a date' }],
    });
  });

  it('complains by its own keys', () => {
    expect(
      parseVerificationQuery(now, provider, {
        provider_version_tags: 'dev',
        consumer_version_selectors: [{ latest: 'true' }],
        include_pending_status: 'maybe',
      }),
    ).toEqual({
      complaints: [
        { where: 'consumer_version_selectors', text: 'tag is missing (at index 0)' },
        { where: 'include_pending_status', text: 'must be one of: true, false' },
        { where: 'provider_version_tags', text: 'must be an array' },
      ],
    });
  });
});
