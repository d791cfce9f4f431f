import { describe, expect, it } from 'vitest';
import { canIDeploy, canIMerge } from '../../src/query/can-i-deploy.ts';
import { asks, cid, recording, selector, told } from './asking.ts';

describe('the order of rows (matrix.md §5.5)', () => {
  it('goes by consumer, newest version, provider, and newest provider version with what nobody verified on top', () => {
    const past = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .publishes('Foo 1', 'Ant', { content: 1 })
      .publishes('Eel 1', 'Bar', { content: 1 })
      .verifies('Bar 1', 'Foo 1')
      .verifies('Bar 2', 'Foo 1')
      .verifies('Ant 1', 'Foo 1')
      .publishes('Foo 2', 'Bar', { content: 2 });
    expect(asks(['Foo', 'Bar', 'Ant', 'Eel'])(past).rows).toEqual([
      'Eel 1 → Bar – null',
      'Foo 2 → Bar – null',
      'Foo 1 → Ant 1 true',
      'Foo 1 → Bar 2 true',
      'Foo 1 → Bar 1 true',
    ]);
  });

  it('goes by the age of a provider version, not of its result; of one version, the last result is first', () => {
    const past = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .versions('Bar 1')
      .verifies('Bar 2', 'Foo 1')
      .verifies('Bar 1', 'Foo 1', 'failed')
      .verifies('Bar 1', 'Foo 1');
    expect(asks(['Foo', 'Bar'])(past).rows).toEqual([
      'Foo 1 → Bar 2 true',
      'Foo 1 → Bar 1 true',
      'Foo 1 → Bar 1 false',
    ]);
  });

  it('goes by consumer and provider for pairs that have no row', () => {
    const past = ['Foo 1 Zoo', 'Foo 1 Ant', 'Eel 1 Zoo'].reduce((before, text) => {
      const [consumer = '', number = '', provider = ''] = text.split(' ');
      return before
        .publishes(`${consumer} ${number}`, provider, { content: 1 })
        .verifies(`${provider} 1`, `${consumer} ${number}`, 'failed');
    }, recording);
    const missing = (consumer: string, provider: string) =>
      `There is no verified pact between version 1 of ${consumer} and version 1 of ${provider}`;
    expect(asks(['Foo 1', 'Eel 1', 'Zoo 1', 'Ant 1'], { success: [true] })(past)).toMatchObject({
      deployable: null,
      notices: [missing('Eel', 'Zoo'), missing('Foo', 'Ant'), missing('Foo', 'Zoo')],
    });
  });
});

describe('of rows that say the same (matrix.md §5.3)', () => {
  const past = recording
    .publishes('Foo 1', 'Bar', { content: 1 })
    .versions('Bar 1')
    .versions('Bar 2')
    .verifies('Bar 2', 'Foo 1')
    .verifies('Bar 1', 'Foo 1', 'failed');

  it('the newest provider version is kept, whenever it gave its result', () => {
    expect(asks(['Foo', 'Bar'], { latestBy: 'cvp' })(past).rows).toEqual(['Foo 1 → Bar 2 true']);
    expect(asks(['Foo', 'Bar'], { latestBy: 'cp' })(past).rows).toEqual(['Foo 1 → Bar 2 true']);
  });

  it('the oldest action of one provider version is kept', () => {
    const twoPacts = past
      .publishes('Foo 2', 'Bar', { content: 2 })
      .verifies('Bar 2', 'Foo 2', 'failed')
      .publishes('Foo 3', 'Bar', { content: 3 })
      .verifies('Bar 2', 'Foo 3', 'failed');
    expect(asks(['Foo', 'Bar'], { latestBy: 'cp' })(twoPacts).rows).toEqual(['Foo 1 → Bar 2 true']);
  });

  it('what was verified is kept unless the newest action is a publication', () => {
    const published = past.publishes('Foo 2', 'Bar', { content: 2 });
    expect(asks(['Foo', 'Bar'], { latestBy: 'cp' })(published).rows).toEqual(['Foo 2 → Bar – null']);
    const verified = published.verifies('Bar 3', 'Foo 1');
    expect(asks(['Foo', 'Bar'], { latestBy: 'cp' })(verified).rows).toEqual(['Foo 1 → Bar 3 true']);
  });

  it('can-i-deploy of one selector keeps the newest provider version, but for an environment all', () => {
    const live = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .verifies('Bar 1', 'Foo 1', 'failed', { branch: 'main' })
      .verifies('Bar 2', 'Foo 1', 'passed', { branch: 'main' })
      .deploys('Bar 1', 'test')
      .releases('Bar 2', 'test');
    const rows = (text: string, destination: object) =>
      told(canIDeploy(live.snapshot(), { selectors: [selector(text)], destination })).rows;
    expect(rows('Bar branch=main', {})).toEqual(['Foo 1 → Bar 2 true']);
    expect(rows('Foo 1', { environment: 'test' })).toEqual(['Foo 1 → Bar 2 true', 'Foo 1 → Bar 1 false']);
  });
});

describe('which pacts have rows (matrix.md §5.2)', () => {
  const three = recording
    .publishes('Foo 1', 'Bar', { content: 1 })
    .publishes('Foo 1', 'Baz', { content: 1 })
    .publishes('Bar 1', 'Baz', { content: 2 })
    .verifies('Bar 1', 'Foo 1')
    .verifies('Baz 1', 'Bar 1');

  it('those of neighbours with each other have none', () => {
    expect(asks(['Foo 1'], { destination: { latest: true } })(three).rows).toEqual([
      'Foo 1 → Bar 1 true',
      'Foo 1 → Baz – null',
    ]);
  });

  it('a provider that is asked about alone has those of its own, though another was sent the same content', () => {
    expect(asks(['Bar 1'])(three.publishes('Foo 2', 'Baz', { content: 1 })).rows).toEqual([
      'Bar 1 → Baz 1 true',
      'Foo 1 → Bar 1 true',
    ]);
  });

  it('a version beside the name alone takes nothing away', () => {
    const all = asks(['Foo', 'Bar'])(three.publishes('Foo 2', 'Bar', { content: 3 })).rows;
    for (const selectors of [
      ['Foo', 'Foo 1', 'Bar'],
      ['Foo 1', 'Foo', 'Bar'],
    ])
      expect(asks(selectors)(three.publishes('Foo 2', 'Bar', { content: 3 })).rows).toEqual(all);
    expect(all).toHaveLength(2);
  });

  it('a pair that is required stays so, though it is found from its provider, too', () => {
    const answer = asks(['Foo 1', 'Bar 1'], { destination: { latest: true }, success: [false] })(three);
    expect(answer).toMatchObject({ deployable: null, rows: [], counts: '0/0/3' });
  });

  it('a version that verified its own content has that of the others with the same content, and its own once', () => {
    const own = recording.publishes('Foo 1', 'Foo', { content: 1 }).verifies('Foo 1', 'Foo 1');
    expect(asks(['Foo 1'])(own).rows).toEqual(['Foo 1 → Foo 1 true']);
    expect(asks(['Foo 1'])(own.publishes('Foo 2', 'Foo', { content: 1 })).rows).toEqual([
      'Foo 2 → Foo 1 true',
      'Foo 1 → Foo 1 true',
    ]);
  });
});

describe('a limit', () => {
  const past = recording
    .publishes('Foo 1', 'Bar', { content: 1 })
    .verifies('Bar 1', 'Foo 1')
    .publishes('Ant 1', 'Foo', { content: 2 })
    .verifies('Foo 1', 'Ant 1');

  it('is one for all rows of a pacticipant on either side, the newest first', () => {
    expect(asks(['Foo'], { limit: 1, limitWithin: 'answer' })(past).rows).toEqual(['Ant 1 → Foo 1 true']);
    const verified = past.verifies('Bar 2', 'Foo 1');
    expect(asks(['Foo'], { limit: 1, limitWithin: 'answer' })(verified).rows).toEqual(['Foo 1 → Bar 2 true']);
  });

  it('of the whole store lets the pacts of others displace those of a provider', () => {
    expect(asks(['Bar'], { limit: 2 })(past).rows).toEqual(['Foo 1 → Bar 1 true']);
    expect(asks(['Bar'], { limit: 1 })(past).rows).toEqual([]);
    expect(asks(['Bar'], { limit: 1, limitWithin: 'answer' })(past).rows).toEqual(['Foo 1 → Bar 1 true']);
  });
});

describe('what is ignored', () => {
  it('is the version that is named, of several', () => {
    const past = recording
      .publishes('Foo 1', 'Bar', { content: 1 })
      .verifies('Bar 5', 'Foo 1')
      .verifies('Bar 6', 'Foo 1', 'failed')
      .releases('Bar 5', 'test')
      .releases('Bar 6', 'test');
    expect(cid('Foo', '1', 'test', 'Bar 6')(past)).toMatchObject({
      deployable: true,
      rows: ['Foo 1 → Bar 5 true', 'Foo 1 → Bar 6 false ignored'],
    });
  });
});

it('can-i-merge means the heads of the main branches, not all versions on them', () => {
  const past = recording
    .publishes('Foo 0', 'Bar', { content: 0, branch: 'main' })
    .publishes('Foo 1', 'Bar', { content: 1, branch: 'main' })
    .verifies('Bar 1', 'Foo 1', 'failed', { branch: 'main' })
    .verifies('Bar 2', 'Foo 1', 'passed', { branch: 'main' });
  expect(told(canIMerge(past.snapshot(), 'Foo'))).toMatchObject({
    deployable: true,
    rows: ['Foo 1 → Bar 2 true'],
  });
  expect(told(canIMerge(past.snapshot(), 'Foo')).notices).toHaveLength(2);
});
