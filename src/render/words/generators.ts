import { compactJson, isJsonObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { RuleWords } from './matching-rules.ts';

/** What a generator puts in place of an example, by its type. */
const made: Readonly<Record<string, (told: (key: string) => string) => string>> = {
  RandomInt: (told) => `a whole number from ${told('min')} to ${told('max')}`,
  RandomDecimal: (told) => `a number of ${told('digits')} digits`,
  RandomHexadecimal: (told) => `${told('digits')} hexadecimal digits`,
  RandomString: (told) => `text of ${told('size')} characters`,
  RandomBoolean: () => 'true or false',
  Regex: (told) => `text that fits the expression ${told('regex')}`,
  Uuid: () => 'a UUID',
  Date: (told) => `the date of the moment, as ${told('format')}`,
  Time: (told) => `the time of the moment, as ${told('format')}`,
  DateTime: (told) => `the date and time of the moment, as ${told('format')}`,
  ProviderState: (told) => `what the provider state gives for ${told('expression')}`,
  MockServerURL: (told) => `an address of the mock server that fits ${told('regex')}`,
};

/** The generators of a part in words: where, and what is put there while verifying. */
export function generatorWords(generators: JsonValue | undefined): readonly RuleWords[] {
  if (!isJsonObject(generators)) return [];
  return [...generators].flatMap(([category, member]) => {
    if (!isJsonObject(member)) return [{ about: category, says: compactJson(member) }];
    if (member.has('type')) return [{ about: category, says: wordsOf(member) }];
    return [...member].map(([target, generator]) => ({
      about: `${category} ${target}`,
      says: isJsonObject(generator) ? wordsOf(generator) : compactJson(generator),
    }));
  });
}

function wordsOf(generator: JsonObject): string {
  const type = generator.get('type');
  const words = typeof type === 'string' && Object.hasOwn(made, type) ? made[type] : undefined;
  if (!words) return compactJson(generator);
  return words((key) => {
    const value = generator.get(key);
    return typeof value === 'string' ? value : value === undefined ? '…' : compactJson(value);
  });
}
