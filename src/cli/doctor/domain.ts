import type { Finding } from "./finding.ts";

/** Does the domain lead here? Pure: what was seen goes in, one sentence that says what to do comes out. */

/** What asking ourselves through the domain brought. */
export type Echo =
  /** The answer that only we can give. */
  | { kind: "here" }
  /** Somebody answered, but not we. */
  | { kind: "other" }
  /** Nobody did: the system's code, e.g. ECONNREFUSED, ETIMEDOUT. */
  | { kind: "silent"; code: string }
  | { kind: "not asked" };

export interface Seen {
  domain: string;
  /** A and AAAA records; a string is the name service's fault, e.g. ENOTFOUND, ESERVFAIL. */
  records: readonly string[] | string;
  /** This machine's addresses without loopback. */
  own: readonly string[];
  echo: Echo;
  /** The port that was asked. */
  port: number;
}

const NAME = "domain";

export function domainFinding(seen: Seen): Finding {
  const { domain, records, own, echo } = seen;
  const say = (level: Finding["level"], text: string): Finding => ({ name: NAME, level, text });
  if (typeof records === "string") return unknownName(seen, records);
  if (records.length === 0)
    return say(
      "bad",
      `${domain} has no address: set its A record to ${wished(own)} at whoever manages the domain.`,
    );
  const strange = records.filter((address) => !own.includes(address));
  if (echo.kind === "here") {
    if (strange.length > 0 && strange.length < records.length)
      return say(
        "warn",
        `${domain} leads here by one address, but ${strange.join(", ")} is none of this machine's: remove that record, or some callers and the certificate authority end elsewhere.`,
      );
    return say(
      "ok",
      strange.length === 0 ? `${domain} points here.` : `${domain} leads here, through a router or proxy.`,
    );
  }
  if (strange.length > 0 && own.some(isPublic))
    return say(
      "bad",
      `${domain} points to ${strange.join(", ")}, this machine is ${own.filter(isPublic).join(", ")}: correct its ${strange.some((one) => one.includes(":")) ? "A and AAAA records" : "A record"}; until it is known everywhere an hour may pass.`,
    );
  if (strange.length > 0) return behindRouter(seen, strange);
  return direct(seen);
}

function unknownName({ domain, own }: Seen, code: string): Finding {
  if (code === "ENOTFOUND" || code === "ENODATA")
    return {
      name: NAME,
      level: "bad",
      text: `${domain} is not known: set its A record to ${wished(own)} at whoever manages the domain, then wait some minutes.`,
    };
  return {
    name: NAME,
    level: "warn",
    text: `The name service did not answer for ${domain} (${code}): check this machine's DNS servers (/etc/resolv.conf).`,
  };
}

/** The records are ours; what answers? */
function direct({ domain, echo, port }: Seen): Finding {
  const say = (level: Finding["level"], text: string): Finding => ({ name: NAME, level, text });
  if (echo.kind === "other")
    return say(
      "bad",
      `${domain} points here, but another program answers on port ${port}: stop it, or let it pass on to Augenhöhe.`,
    );
  if (echo.kind === "silent")
    return say(
      "bad",
      `${domain} points here, but port ${port} is closed (${echo.code}): open 80 and 443 in this machine's firewall and in the provider's.`,
    );
  return say("ok", `${domain} points here.`);
}

/** Private addresses only: DNS cannot tell, and not every router leads back inside. */
function behindRouter({ domain, own, echo, port }: Seen, strange: readonly string[]): Finding {
  const text = `This machine has private addresses only (${own.join(", ") || "none"}), so it stands behind a router; ${domain} points to ${strange.join(", ")}.`;
  const forward = `In the router forward ports 80 and 443 to ${own[0] ?? "this machine"}`;
  if (echo.kind === "other")
    return {
      name: NAME,
      level: "bad",
      text: `${text} There another machine answers on port ${port}. ${forward}, and check that ${strange[0]} is the router's outer address.`,
    };
  if (echo.kind === "silent")
    return {
      name: NAME,
      level: "warn",
      text: `${text} From here nobody answered there (${echo.code}), which some routers do not allow from inside. ${forward}, then open http://${domain} on a phone without WLAN.`,
    };
  return { name: NAME, level: "warn", text: `${text} ${forward}.` };
}

function wished(own: readonly string[]): string {
  return own.find(isPublic) ?? "your router's outer address";
}

/** Not of RFC 1918, 6598 (carriers' NAT), 4193, and not link-local. */
export function isPublic(address: string): boolean {
  if (address.includes(":")) return !/^(f[cd]|fe[89ab]|::1?$)/i.test(address);
  const [a = 0, b = 0] = address.split(".").map(Number);
  if (a === 10 || a === 127 || a === 0) return false;
  if (a === 172 && b >= 16 && b < 32) return false;
  if (a === 192 && b === 168) return false;
  if (a === 169 && b === 254) return false;
  return !(a === 100 && b >= 64 && b < 128);
}
