/** What a certificate authority refused, as its problem document says (RFC 8555 6.7), and what to do. */
export class AcmeError extends Error {
  /** The last word of urn:ietf:params:acme:error:…, or "unreachable" | "timeout" | "noChallenge". */
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.name = "AcmeError";
    this.type = type;
  }
}

const PREFIX = "urn:ietf:params:acme:error:";
const DETAIL_CHARACTERS = 300;

/** First what happened, then what to do; the authority's own words follow. */
const SENTENCES: Readonly<Record<string, string>> = {
  dns: "The certificate authority did not find the domain's address: set its A (and AAAA) record to this machine at whoever manages the domain, and wait until it is known.",
  connection:
    "The certificate authority could not reach port 80 of the domain: open it in the firewall and at the provider, forward it in the router, and check that the domain points here.",
  unauthorized:
    "Another machine answered for the domain: its A or AAAA record points elsewhere, or another program answers on port 80.",
  caa: "The domain's CAA record does not allow this certificate authority: add it there, or remove the record.",
  rateLimited:
    "The certificate authority has had too many requests for this domain: the next try is made later by itself; change nothing meanwhile.",
  rejectedIdentifier: "The certificate authority gives no certificates for this name.",
  unsupportedIdentifier: "The certificate authority gives no certificates for names of this kind.",
  badCSR: "The certificate authority refused our request for a certificate: please report this.",
  invalidContact:
    "The certificate authority refuses the e-mail address: correct ACME_EMAIL, or leave it empty.",
  unsupportedContact:
    "The certificate authority refuses the e-mail address: correct ACME_EMAIL, or leave it empty.",
  userActionRequired: "The certificate authority asks to accept new terms of service.",
  externalAccountRequired:
    "This certificate authority gives certificates to its own customers only: choose another in ACME_DIRECTORY.",
  serverInternal: "The certificate authority has a fault of its own: the next try is made later by itself.",
};

/** @param problem body of an answer, or an `error` in an order or challenge */
export function acmeError(problem: unknown, status = 0): AcmeError {
  const { type, detail } = (problem ?? {}) as { type?: unknown; detail?: unknown };
  const name = typeof type === "string" && type.startsWith(PREFIX) ? type.slice(PREFIX.length) : "";
  const sentence = SENTENCES[name] ?? `The certificate authority refused (${name || `HTTP ${status}`}).`;
  const said = typeof detail === "string" ? ` It says: ${detail.slice(0, DETAIL_CHARACTERS)}` : "";
  return new AcmeError(name || "unknown", `${sentence}${said}`);
}
