import { lookup as systemLookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Sources and web pages are addresses that somebody typed in: the node must not be made to ask its own network. A name is resolved
 * here and the connection goes to the very address that was checked, so that a second answer of a hostile name
 * server (rebinding) changes nothing.
 */

/** IANA's special-purpose registries (RFC 6890 and later), multicast and reserved space. */
const closed = new BlockList();
const CLOSED_4: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
for (const [address, bits] of CLOSED_4) closed.addSubnet(address, bits, "ipv4");

/** Of IPv6 only global unicast is open, without what carries IPv4 addresses inside or is for documents. */
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
const CLOSED_6: readonly (readonly [address: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];
for (const [address, bits] of CLOSED_6) closed.addSubnet(address, bits, "ipv6");

/** May the node ask this address? */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, "ipv4");
  if (family === 6) return open6.check(address, "ipv6") && !closed.check(address, "ipv6");
  return false;
}

/** The name leads to an address that is not public; nothing was sent there. */
class PrivateAddress extends Error {
  readonly code = "PRIVATE_ADDRESS";
}

interface Resolved {
  readonly address: string;
  readonly family: number;
}
export type Resolve = (host: string) => Promise<readonly Resolved[]>;

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true, verbatim: true });

/**
 * @param resolve all addresses of a name
 * @returns what net.connect and tls.connect take as `lookup`: it hands out checked addresses only
 */
export function guardedLookup(resolve: Resolve = resolveBySystem): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (all) => {
        // One private address among public ones is enough to refuse: the next connection might take it.
        if (!all.every(({ address }) => isPublicAddress(address)))
          return done(new PrivateAddress(host), [], 0);
        const [first] = all;
        if (!first) return done(Object.assign(new Error(host), { code: "ENOTFOUND" }), [], 0);
        if (options.all) return done(null, [...all]);
        done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, [], 0),
    );
  };
}
