import { describe, expect, it } from 'vitest';
import { similarNames, similarNamesMessage } from '../../src/domain/similar-names.ts';

describe('a new name that is very like an existing one (domain.md §1.6)', () => {
  it.each([
    ['foo-bar', true],
    ['FooBars', true],
    ['Foo Bar Service', true],
    ['foo_bar_api', true],
    ['FOOBar', true],
    ['Foo-Bar-Services', true],
    ['BarFoo', false],
    ['Foo', false],
    ['Foo::Bar', false],
    ['foobar', false],
    ['Foo Bar', false],
  ])('%s next to Foo Bar: %s', (name, similar) => {
    expect(similarNames(name, ['Foo Bar', 'Other'])).toEqual(similar ? ['Foo Bar'] : []);
  });

  it('is only looked for when the name does not exist', () => {
    expect(similarNames('foo-bar', ['Foo Bar', 'foo-bar'])).toEqual([]);
    expect(similarNames('foo-bar', ['Foo Bar', 'FooBar', 'Baz'])).toEqual(['Foo Bar', 'FooBar']);
  });

  it('knows names of fillers only, and of separators only', () => {
    expect(similarNames('API', ['Service', 's', 'API Gateway'])).toEqual(['Service']);
    expect(similarNames('-', ['API', 's'])).toEqual(['API']);
  });

  it('is refused in the words of the Pact Broker', () => {
    expect(similarNamesMessage('foo-bar', ['Foo Bar', 'FooBar'], 'http://broker')).toBe(
      [
        'This is the first time a pact has been published for "foo-bar".',
        'The name "foo-bar" is very similar to the following existing pacticipants:',
        '* Foo Bar',
        '* FooBar',
        'If you meant to specify one of the above names, please correct the pact configuration, and re-publish the pact.',
        'If the pact is intended to be for a new consumer or provider, please manually create "foo-bar" using the following command from the Pact Broker CLI, and then re-publish the pact:',
        '',
        'pact-broker create-or-update-pacticipant --name "foo-bar" --broker-base-url http://broker',
        '',
        'For information on the Pact Broker CLI see https://docs.pact.io/go/pbc-cli',
        'To disable this check, set `check_for_potential_duplicate_pacticipant_names` to false in the configuration.',
        '',
      ].join('\n'),
    );
  });
});
