import { compactJson, isJsonObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { categoryOf } from '../../query/diff-rules.ts';
import { aboutWords, type RuleWords } from './matching-rules.ts';

/** Stands for what is not told. */
const unknown = '…';

/** What a generator puts in place of an example, by its type. */
const made: Readonly<Record<string, (told: (key: string) => string) => string>> = {
  RandomInt: (told) => `a whole number from ${told('min')} to ${told('max')}`,
  RandomDecimal: (told) => `a number of ${told('digits')} digits`,
  RandomHexadecimal: (told) => `${told('digits')} hexadecimal digits`,
  RandomString: (told) => `text of ${told('size')} characters`,
  RandomBoolean: () => 'true or false',
  Regex: (told) => `text that fits the expression ${told('regex')}`,
  Uuid: () => 'a UUID',
  Date: (told) => momentWords('date', told),
  Time: (told) => momentWords('time', told),
  DateTime: (told) => momentWords('date and time', told),
  ProviderState: (told) => `what the provider state gives for ${told('expression')}`,
  MockServerURL: (told) => `an address of the mock server that fits ${told('regex')}`,
};

/** A moment: that of the verification, or one before or after it; in a form, if told. */
function momentWords(what: string, told: (key: string) => string): string {
  const [expression, format] = [told('expression'), told('format')];
  const moment = expression === unknown ? `the ${what} of the moment` : `the ${what} of “${expression}”`;
  return format === unknown ? moment : `${moment}, as ${format}`;
}

/** The generators of a part in words: where, and what is put there while verifying. */
export function generatorWords(generators: JsonValue | undefined): readonly RuleWords[] {
  if (!isJsonObject(generators)) return [];
  return [...generators].flatMap(([category, member]) => {
    if (!isJsonObject(member)) return [{ about: category, says: compactJson(member) }];
    const kind = categoryOf(category);
    const about = (target: string) =>
      aboutWords(kind, kind === 'other' ? `${category} ${target}`.trim() : target);
    if (member.has('type')) return [{ about: about(kind === 'body' ? '$' : ''), says: wordsOf(member) }];
    return [...member].map(([target, generator]) => ({
      about: about(target),
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
    return typeof value === 'string' ? value : value === undefined ? unknown : compactJson(value);
  });
}
