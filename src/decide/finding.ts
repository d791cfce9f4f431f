/** How sound a store is that has such a finding: not at all, or sound with something to know. */
type Severity = 'error' | 'note';

/**
 * What `gitpact fsck --repair` does about it: `rewrite` the same record in canonical form, `settle` what a merge of two
 * histories gave twice, `rebuild` a derived file from the facts.
 */
type Remedy = 'rewrite' | 'settle' | 'rebuild';

interface RuleInfo {
  readonly severity: Severity;
  /** Absent: that is for a human. */
  readonly repair?: Remedy;
  /** Derived files cannot be told from the facts as long as there is such a finding. */
  readonly blocks?: true;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** Everything `gitpact fsck` looks for: the table of FORMAT.md, "What fsck checks", in code. */
export const rules = {
  malformed: {
    severity: 'error',
    blocks: true,
    hint: 'Take the file as it was from the history: `git log -- <file>` shows who changed it.',
  },
  misplaced: {
    severity: 'error',
    blocks: true,
    hint: 'Move the file there, or remove it when another one lies there.',
  },
  foreign: {
    severity: 'error',
    hint: 'Move it out of the folders of the contract repository, or remove it.',
  },
  'name-clash': {
    severity: 'error',
    blocks: true,
    hint: 'Delete one of the two, or give it another name, with everything that refers to it.',
  },
  altered: {
    severity: 'error',
    blocks: true,
    hint: 'Contents never change: take the file as it was from the history, `git log -- <file>`.',
  },
  missing: {
    severity: 'error',
    blocks: true,
    hint: 'Bring back from the history what is missing, or remove what refers to it.',
  },
  repeated: {
    severity: 'error',
    blocks: true,
    hint: 'Remove the one too many.',
  },
  form: {
    severity: 'error',
    repair: 'rewrite',
    hint: 'Run `gitpact fsck --repair`: it writes the same record in canonical form.',
  },
  'number-taken': {
    severity: 'error',
    repair: 'settle',
    hint: 'Run `gitpact fsck --repair`: what comes later in time gets the next number.',
  },
  'slot-taken': {
    severity: 'error',
    repair: 'settle',
    hint: 'Run `gitpact fsck --repair`: the later deployment replaces the earlier one.',
  },
  stale: {
    severity: 'error',
    repair: 'rebuild',
    hint: 'Run `gitpact fsck --repair`: it makes derived files anew from the facts.',
  },
  'unknown-field': {
    severity: 'note',
    hint: 'Was it misspelt, or written by a newer gitpact? This one takes no notice of it, and repair leaves it.',
  },
  'literal-secret': {
    severity: 'error',
    hint: `Write \${env:NAME} or \${file:PATH} in its place, and revoke the secret: it stays in the history.`,
  },
  'idle-webhook': {
    severity: 'note',
    hint: 'Correct the name, or make the pacticipant: until then the webhook is never sent.',
  },
} as const satisfies Record<string, RuleInfo>;

/** The rule that something breaks; see {@link rules}. */
export type Rule = keyof typeof rules;

/** One thing that is not as it should be: where, which rule it breaks, and the rest of a sentence that begins with the path. */
export interface Finding {
  readonly path: string;
  readonly rule: Rule;
  readonly text: string;
}

/** What is known of a finding by its rule. */
export function aboutRule(rule: Rule): RuleInfo {
  return rules[rule];
}

/** Whether a store with these findings is sound: there is nothing but notes. */
export function isSound(findings: readonly Finding[]): boolean {
  return findings.every(({ rule }) => aboutRule(rule).severity === 'note');
}

/** Whether the facts are good enough to make derived files from, and to compare them with. */
export function areFactsWhole(findings: readonly Finding[]): boolean {
  return findings.every(({ rule }) => aboutRule(rule).blocks !== true);
}
