import ipaddr from 'ipaddr.js';

/** What the operator lets webhooks do (webhooks.md §5.5). */
export interface WebhookRules {
  readonly methods: readonly string[];
  readonly schemes: readonly string[];
  /** Exact hosts, `*.domain`, `/patterns/`, addresses and ranges of them; empty lets every public host. */
  readonly hosts: readonly string[];
}

/** The Pact Broker's own: POST, https, any host. */
export const usualWebhookRules: WebhookRules = { methods: ['POST'], schemes: ['https'], hosts: [] };

/** The methods of HTTP that a webhook may have where its operator says so. */
export const httpMethods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'COPY',
  'LOCK',
  'MKCOL',
];

/** For who writes definitions into the repository themselves: what may be sent, each runner's operator says. */
export const definitionRules: WebhookRules = { methods: httpMethods, schemes: ['https', 'http'], hosts: [] };

/** Whether the list lets a host, given as a URL's `hostname`. @throws SyntaxError for a pattern that is none */
export function allowsHost(hosts: readonly string[], hostname: string): boolean {
  return hosts.length === 0 || hosts.some((entry) => names(entry, hostname));
}

function names(entry: string, hostname: string): boolean {
  const host = bare(hostname).toLowerCase();
  const pattern = /^\/(.*)\/$/s.exec(entry)?.[1];
  if (pattern !== undefined) return new RegExp(pattern).test(host);
  const wanted = bare(entry).toLowerCase();
  if (wanted === host || contains(wanted, host)) return true;
  const suffix = wanted.startsWith('*.') ? wanted.slice(1) : undefined;
  return suffix !== undefined && host.endsWith(suffix) && /^[^.]+$/.test(host.slice(0, -suffix.length));
}

/** An IPv6 address without the brackets that a URL has around it. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** The address of Azure's host, which is in nobody's private range. */
const alsoInternal = ['168.63.129.16'];

/**
 * Whether a connection may go to an address: one of the public Internet, or one that the list names itself or by a range;
 * `localhost` names the addresses of this machine. A name that leads to a private address does not allow it: who answers
 * for the name could lead it anywhere.
 */
export function allowsAddress(hosts: readonly string[], address: string): boolean {
  const found = parsed(address);
  if (!found) return false;
  if (isPublic(found)) return true;
  return hosts.some((entry) =>
    entry.toLowerCase() === 'localhost'
      ? found.range() === 'loopback'
      : contains(bare(entry), found.toString()),
  );
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast' || alsoInternal.includes(address.toString())) return false;
  // Of all the rest of IPv6, nothing is given to anybody; old forms of IPv4 addresses lie there.
  return address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number]);
}

/** Whether an entry is this address, or a range around it. */
function contains(entry: string, host: string): boolean {
  const address = parsed(host);
  if (!address) return false;
  const single = parsed(entry);
  if (single) return single.toString() === address.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const [base, bits] = ipaddr.parseCIDR(entry);
  return (
    base.kind() === address.kind() &&
    address.match([base, bits] as [ipaddr.IPv4, number] & [ipaddr.IPv6, number])
  );
}

/** An address, an IPv4 address in the clothes of IPv6 without them; undefined for a name. */
function parsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const plain = text.replace(/%.*$/, '');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(plain) || ipaddr.IPv6.isValid(plain);
  return isAddress ? ipaddr.process(plain) : undefined;
}
