import { expect, it } from 'vitest';
import { displayNameOf } from '../../src/domain/display-name.ts';

it.each([
  ['foo', 'Foo'],
  ['pact-broker-cli', 'Pact Broker Cli'],
  ['FooBar', 'Foo Bar'],
  ['uat2', 'Uat2'],
  ['HTTPServer', 'HTTP Server'],
  ['my_service', 'My Service'],
  ['my service', 'My Service'],
  ['A4Service', 'A4 Service'],
  ['foo.bar-baz', 'Foo Bar Baz'],
  ['Client-XX', 'Client XX'],
  ['providerJSWorkshop', 'Provider JS Workshop'],
  ['Left - Right', 'Left - Right'],
  ['App (beta)', 'App (beta)'],
  ['  spaced \t out ', 'Spaced Out'],
  ['a__b', 'A B'],
  ['ends-', 'Ends-'],
  ['été', 'été'],
])('%j is shown as %j', (name, shown) => {
  expect(displayNameOf(name)).toBe(shown);
});
