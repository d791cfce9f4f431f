/**
 * What a rule can let somebody write: `pacts` of a consumer, `results` of a provider, `deployments` and releases of a
 * pacticipant in an environment, its `versions` with their branches and tags, its own record (`pacticipants`), and what is
 * no pacticipant's. `clean`: take facts of a pacticipant out, or change what is written once.
 */
export const duties = [
  'pacts',
  'results',
  'versions',
  'deployments',
  'pacticipants',
  'environments',
  'webhooks',
  'settings',
  'policy',
  'clean',
] as const;

/** One of {@link duties}. */
export type Duty = (typeof duties)[number];

/** Somebody a policy knows: by keys, with which commits are to be signed, or else by what commits say of themselves. */
export interface Somebody {
  /** Patterns of the committer's e-mail address; with keys, both must hold. */
  readonly emails: readonly string[];
  /** Public keys of ssh: `ssh-ed25519 AAAA…`, without a comment. */
  readonly ssh: readonly string[];
  /** Fingerprints of gpg keys, 40 hex digits in upper case. */
  readonly gpg: readonly string[];
}

/** One rule: these people may write this. */
export interface PolicyRule {
  /** Names of people of the policy; `anyone` is everybody. */
  readonly who: readonly string[];
  readonly may: readonly Duty[];
  /** Patterns of pacticipants; `*` stands for anything. */
  readonly of: readonly string[];
  /** Patterns of environments, for deployments and environments. */
  readonly in: readonly string[];
  /** Patterns of paths that they may write whatever is in them: `*` within a folder, `**` for anything. */
  readonly paths: readonly string[];
}

/** Who may write what, from `policy.yaml`. */
export interface Policy {
  /** Who may write what no rule speaks of: everybody, or nobody. */
  readonly otherwise: 'allow' | 'deny';
  /** Whether readers are asked to leave out what breaks it. */
  readonly enforced: boolean;
  readonly people: ReadonlyMap<string, Somebody>;
  readonly rules: readonly PolicyRule[];
}

/** Who made a commit: what it says of its committer, and the key that it is signed with, if that can be believed. */
export interface Author {
  readonly email: string;
  /** The public ssh key, or the fingerprints of the gpg key and of its primary key. */
  readonly key?: { readonly ssh: string } | { readonly gpg: readonly string[] };
}

/** What must be allowed for one change; `of` and `in` are undefined where any will do. */
export interface Need {
  readonly duty: Duty;
  readonly of?: string;
  readonly in?: string;
}

/** A duty comes with another: whoever publishes names the version, its branches and its tags. */
const comesWith: Readonly<Partial<Record<Duty, readonly Duty[]>>> = {
  versions: ['pacts', 'results', 'deployments', 'clean'],
};

/** Whether the author may write what lies at `path`: one of the needs, or the path itself, must be allowed. */
export function isAllowed(policy: Policy, author: Author, path: string, needs: readonly Need[]): boolean {
  const isTheirs = ({ who }: PolicyRule) => who.some((name) => isSomebody(policy, name, author));
  const spoken = policy.rules.filter((rule) => speaksOf(rule, path, needs));
  if (spoken.some(isTheirs)) return true;
  if (policy.rules.some((rule) => bringsAlong(rule, needs) && isTheirs(rule))) return true;
  return spoken.length === 0 && policy.otherwise === 'allow';
}

function isSomebody({ people }: Policy, name: string, { email, key }: Author): boolean {
  if (name === 'anyone') return true;
  const known = people.get(name);
  if (!known) return false;
  const isNamed = known.emails.some((pattern) => matches(pattern.toLowerCase(), email.toLowerCase()));
  if (known.ssh.length === 0 && known.gpg.length === 0) return isNamed;
  if (!key || (known.emails.length > 0 && !isNamed)) return false;
  return 'ssh' in key ? known.ssh.includes(key.ssh) : key.gpg.some((one) => known.gpg.includes(one));
}

function speaksOf(rule: PolicyRule, path: string, needs: readonly Need[]): boolean {
  if (rule.paths.some((pattern) => matchesPath(pattern, path))) return true;
  return needs.some((need) => rule.may.includes(need.duty) && isAbout(rule, need));
}

function bringsAlong(rule: PolicyRule, needs: readonly Need[]): boolean {
  return needs.some(({ duty, of }) =>
    (comesWith[duty] ?? []).some((other) => rule.may.includes(other) && isOf(rule, of)),
  );
}

function isAbout(rule: PolicyRule, need: Need): boolean {
  return isOf(rule, need.of) && (need.in === undefined || rule.in.some((one) => matches(one, need.in ?? '')));
}

function isOf(rule: PolicyRule, pacticipant: string | undefined): boolean {
  return pacticipant === undefined || rule.of.some((pattern) => matches(pattern, pacticipant));
}

function matches(pattern: string, text: string): boolean {
  return expression(pattern, () => '.*').test(text);
}

function matchesPath(pattern: string, path: string): boolean {
  return expression(pattern, (stars) => (stars === '**' ? '.*' : '[^/]*')).test(path);
}

function expression(pattern: string, wild: (stars: string) => string): RegExp {
  const parts = pattern
    .split(/(\*+)/)
    .map((part) => (/^\*+$/.test(part) ? wild(part) : part.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&')));
  return new RegExp(`^${parts.join('')}$`, 'su');
}
