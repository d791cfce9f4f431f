import { type Complaint, GitpactError } from '../domain/failure.ts';
import { type Duty, duties, type Policy, type PolicyRule, type Somebody } from '../domain/policy.ts';
import { whyNotAnSshKey } from '../domain/ssh-signature.ts';
import { parseYaml } from './yaml.ts';

type Complain = (where: string, text: string) => void;
type FieldsOf = Readonly<Record<string, unknown>>;

/** Reads `policy.yaml`. @throws GitpactError `bad-record` with everything that is wrong with it */
export function readPolicy(path: string, text: string): Policy {
  const complaints: Complaint[] = [];
  const complain: Complain = (where, problem) => complaints.push({ where, text: problem });
  const fields = mapping(parseYaml(path, text) ?? {}, '', complain);
  knowOnly(fields, ['otherwise', 'reading', 'people', 'rules'], '', complain);
  const otherwise = choice(fields.otherwise, ['deny', 'allow'] as const, 'otherwise', complain);
  const reading = choice(fields.reading, ['all', 'enforced'] as const, 'reading', complain);
  const people = new Map(
    Object.entries(mapping(fields.people ?? {}, 'people', complain)).map(([name, value]) => [
      name,
      somebody(name, value, complain),
    ]),
  );
  const rules = listOf(fields.rules).map((value, index) =>
    rule(`rules.${index + 1}`, value, people, complain),
  );
  if (complaints.length > 0) throw notAPolicy(path, complaints);
  return { otherwise, enforced: reading === 'enforced', people, rules };
}

function somebody(name: string, value: unknown, complain: Complain): Somebody {
  const at = `people.${name}`;
  const fields = mapping(value, at, complain);
  knowOnly(fields, ['email', 'ssh', 'gpg'], `${at}.`, complain);
  if (name === 'anyone') complain(at, 'is everybody already: give these another name');
  const emails = texts(fields.email, `${at}.email`, complain);
  const ssh = texts(fields.ssh, `${at}.ssh`, complain).map((line) =>
    line.trim().split(/\s+/).slice(0, 2).join(' '),
  );
  const gpg = texts(fields.gpg, `${at}.gpg`, complain).map((key) => key.replace(/\s/g, '').toUpperCase());
  for (const line of ssh) {
    const problem = whyNotAnSshKey(line);
    if (problem) complain(`${at}.ssh`, problem);
  }
  for (const key of gpg) {
    if (!/^[0-9A-F]{40}$/.test(key)) complain(`${at}.gpg`, 'must be the fingerprint of a key, 40 hex digits');
  }
  if (emails.length + ssh.length + gpg.length === 0)
    complain(at, 'needs an email, an ssh or a gpg to be known by');
  return { emails, ssh, gpg };
}

function rule(
  at: string,
  value: unknown,
  people: ReadonlyMap<string, Somebody>,
  complain: Complain,
): PolicyRule {
  const fields = mapping(value, at, complain);
  knowOnly(fields, ['who', 'may', 'of', 'in', 'paths'], `${at}.`, complain);
  const who = texts(fields.who, `${at}.who`, complain);
  if (who.length === 0) complain(`${at}.who`, 'is missing: name people, or anyone');
  for (const name of who.filter((one) => one !== 'anyone' && !people.has(one))) {
    complain(`${at}.who`, `names ${JSON.stringify(name)}, who is not among the people`);
  }
  const paths = texts(fields.paths, `${at}.paths`, complain);
  const words = texts(fields.may, `${at}.may`, complain);
  if (words.length + paths.length === 0) complain(at, 'allows nothing: say what they may, or which paths');
  const may = words.flatMap((word): readonly Duty[] => {
    if (word === 'everything') return duties;
    const duty = duties.find((one) => one === word);
    if (!duty)
      complain(`${at}.may`, `must be of: ${duties.join(', ')}, everything (not ${JSON.stringify(word)})`);
    return duty ? [duty] : [];
  });
  const of = texts(fields.of, `${at}.of`, complain);
  const inside = texts(fields.in, `${at}.in`, complain);
  return { who, may, of: orAll(fields.of, of), in: orAll(fields.in, inside), paths };
}

/** A rule that names none is about all; one whose list is empty is about none. */
function orAll(value: unknown, patterns: readonly string[]): readonly string[] {
  return value === undefined || value === null ? ['*'] : patterns;
}

function mapping(value: unknown, where: string, complain: Complain): FieldsOf {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as FieldsOf;
  complain(where === '' ? 'it' : where, 'must be a mapping of names to values');
  return {};
}

function knowOnly(fields: FieldsOf, known: readonly string[], at: string, complain: Complain): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) complain(`${at}${name}`, `is unknown: there are ${known.join(', ')}`);
  }
}

function choice<T extends string>(
  value: unknown,
  choices: readonly [T, ...T[]],
  where: string,
  complain: Complain,
): T {
  if (value === undefined || value === null) return choices[0];
  const found = choices.find((one) => one === value);
  if (found === undefined) complain(where, `must be ${choices.join(' or ')}`);
  return found ?? choices[0];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown, where: string, complain: Complain): readonly string[] {
  return listOf(value).flatMap((item) => {
    if (typeof item === 'string' && item.trim() !== '') return [item];
    complain(where, 'must be a text or a list of texts');
    return [];
  });
}

function notAPolicy(path: string, complaints: readonly Complaint[]): GitpactError {
  const told = complaints.map(({ where, text }) => `${where} ${text}`).join('; ');
  return new GitpactError(
    'bad-record',
    `The file ${path} of the contract repository is no policy: ${told}.`,
    {
      complaints,
      hint: 'FORMAT.md tells what a policy may hold. The policy before it stays in force.',
    },
  );
}
