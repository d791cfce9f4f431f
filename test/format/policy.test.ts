import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isAllowed, type Need } from '../../src/domain/policy.ts';
import { readPolicy } from '../../src/format/policy.ts';

const textOf = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const [, schema = '{}'] = /```json schema=policy\n([\s\S]*?)```/.exec(textOf('FORMAT.md')) ?? [];
const fits = new Ajv2020().compile(JSON.parse(schema));
const [, example = ''] = /```yaml\n(# policy\.yaml\n[\s\S]*?)```/.exec(textOf('README.md')) ?? [];

const ci = { email: 'api-ci@ci.example.org' };
const web = { ssh: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGTxjtcfZVGGPyg5vMPQUMnvuSFlCHkGVqHbTZ4VxqnZ' };

describe('a policy', () => {
  it('is as the README shows one, and fits the schema of FORMAT.md', () => {
    expect(fits(parse(example))).toBe(true);
    const policy = readPolicy('policy.yaml', example);
    expect([...policy.people.keys()]).toEqual(['web-ci', 'api-ci', 'release-managers']);
    expect(policy).toMatchObject({ otherwise: 'deny', enforced: true });
  });

  it.each([
    ['a field nobody knows', 'rule: []', 'rule is unknown'],
    ['a duty nobody knows', 'rules: [{ who: anyone, may: pact }]', 'rules.1.may must be of: pacts'],
    ['somebody unknown', 'rules: [{ who: bob, may: pacts }]', 'names "bob", who is not among the people'],
    ['nobody', 'rules: [{ may: pacts }]', 'rules.1.who is missing'],
    ['a rule about nothing', 'rules: [{ who: anyone }]', 'rules.1 allows nothing'],
    ['somebody without a mark', 'people: { bob: {} }', 'people.bob needs an email, an ssh or a gpg'],
    [
      'a key that is none',
      'people: { bob: { ssh: ssh-ed25519 AAAA } }',
      'people.bob.ssh must be a public key',
    ],
    [
      'a key of a token',
      'people: { bob: { ssh: sk-ssh-ed25519@openssh.com AAAA } }',
      'cannot be checked yet',
    ],
    ['a short fingerprint', 'people: { bob: { gpg: ABCDEF01 } }', 'people.bob.gpg must be the fingerprint'],
    ['another word', 'otherwise: maybe', 'otherwise must be deny or allow'],
    ['a list', '- a', 'it must be a mapping'],
  ])('is told what is wrong with it: %s', (_what, text, complaint) => {
    expect(() => readPolicy('policy.yaml', text)).toThrow(complaint);
  });

  it('is told all that is wrong with it at once', () => {
    const wrong = 'otherwise: x\npeople: { a: {}, anyone: { email: a } }\nrules: [{ who: z }, { may: y }]\n';
    expect(() => readPolicy('policy.yaml', wrong)).toThrow(
      /otherwise .*people\.a .*people\.anyone .*rules\.1.*rules\.2/,
    );
  });

  it.each<[string, Need, object, boolean]>([
    ['of a pacticipant of theirs', { duty: 'pacts', of: 'Web' }, { key: web }, true],
    ['of another', { duty: 'pacts', of: 'Api' }, { key: web }, false],
    ['without their key', { duty: 'pacts', of: 'Web' }, {}, false],
    ['in an environment of theirs', { duty: 'deployments', of: 'Web', in: 'test' }, { key: web }, true],
    ['in another', { duty: 'deployments', of: 'Web', in: 'production' }, { key: web }, false],
    ['that comes with another', { duty: 'versions', of: 'Web' }, { key: web }, true],
    ['by a pattern', { duty: 'results', of: 'Api v2' }, ci, true],
    ['of no pacticipant', { duty: 'policy' }, ci, false],
  ])('lets people do what is theirs, and nothing %s else', (_what, need, author, expected) => {
    const policy = readPolicy('policy.yaml', example);
    expect(isAllowed(policy, { email: 'x@example.org', ...author }, 'a/path', [need])).toBe(expected);
  });

  it('that is open lets everybody do what no rule speaks of', () => {
    const text =
      'otherwise: allow\npeople: { ops: { email: "*@OPS.example.org" } }\nrules: [{ who: ops, may: deployments, in: prod }]\n';
    const policy = readPolicy('policy.yaml', text);
    const may = (email: string, need: Need) => isAllowed(policy, { email }, 'a/path', [need]);
    const deploy = (where: string): Need => ({ duty: 'deployments', of: 'Web', in: where });
    expect(may('a@example.org', deploy('prod'))).toBe(false);
    expect(may('o@ops.EXAMPLE.org', deploy('prod'))).toBe(true);
    expect(may('a@example.org', deploy('test'))).toBe(true);
    expect(may('a@example.org', { duty: 'versions', of: 'Web' })).toBe(true);
  });

  it('may let people write paths, within a folder or below it', () => {
    const text = 'rules: [{ who: anyone, paths: ["webhooks/*", "pacts/**"] }]\n';
    const policy = readPolicy('policy.yaml', text);
    const may = (path: string) => isAllowed(policy, { email: '' }, path, [{ duty: 'webhooks' }]);
    expect(['webhooks/a.yaml', 'pacts/provider/a/b.json'].map(may)).toEqual([true, true]);
    expect(['webhooks/a/b.yaml', 'xwebhooks/a.yaml', 'webhooks'].map(may)).toEqual([false, false, false]);
  });
});
