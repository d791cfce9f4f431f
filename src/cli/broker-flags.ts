/*
 * Options of the Pact Broker's command line that are about its server. A call that is brought over from there keeps them
 * where they mean nothing; where they mean something, it is told what has their place here.
 */

const flag = { type: 'flag', about: 'Means nothing here' } as const;
const text = { type: 'text', about: 'Means nothing here' } as const;

/** What is taken and has no effect. */
export const ignoredOptions = {
  verbose: { ...flag, short: 'v' },
  'log-level': text,
  'enable-otel': flag,
  'enable-otel-logs': flag,
  'enable-otel-traces': flag,
  'otel-exporter': text,
  'otel-exporter-endpoint': text,
  'otel-exporter-protocol': text,
  'ssl-trust-store': text,
} as const;

const token = 'in GITPACT_TOKEN, or leave it to the credential helpers of Git or to an SSH agent';
const authority = 'name the authority to trust in http.sslCAInfo of Git';
const repository = 'there is no broker here: name the contract repository with --repo or GITPACT_REPO';
const password = `is not for a Git host: give its token ${token}`;

const replaced: Readonly<Record<string, string>> = {
  'broker-base-url': repository,
  b: repository,
  'broker-username': password,
  u: password,
  'broker-password': password,
  p: password,
  'broker-token': `give the token of the Git host ${token}`,
  k: `give the token of the Git host ${token}`,
  'custom-header': 'is sent to no broker here: a Git host takes http.extraHeader of Git',
  retries: 'leave it out: gitpact tries again by itself',
  'ssl-certificate': authority,
  c: authority,
  'skip-ssl-verification': `certificates are always verified here: ${authority}`,
  'team-uuid': 'there are no teams here: leave it out',
};

/** What is to be done in place of an option of the Pact Broker's command line; undefined for any other. */
export function replacementFor(name: string): string | undefined {
  return Object.hasOwn(replaced, name) ? replaced[name] : undefined;
}
