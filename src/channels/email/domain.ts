import { Resolver } from "node:dns/promises";

/** Whether receivers can trust a domain's mails: SPF (RFC 7208) and DMARC (RFC 7489). DKIM's key has a name only its signer knows. */

export type LookUp = (name: string) => Promise<string[][]>;

const TIMEOUT_MS = 2_000;
const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });

type Records = readonly string[] | "no such domain" | "unknown";

/** TXT records under a name, each as one text. */
export async function recordsOf(name: string, lookUp: LookUp): Promise<Records> {
  try {
    return (await lookUp(name)).map((parts) => parts.join(""));
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENODATA") return [];
    // A name service that is away says nothing about the domain.
    return code === "ENOTFOUND" ? "no such domain" : "unknown";
  }
}

/** @returns one sentence, or "" when all is there or nobody can tell */
export async function domainSentence(
  address: string,
  lookUp: LookUp = (name) => resolver.resolveTxt(name),
): Promise<string> {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  const records = await recordsOf(domain, lookUp);
  if (typeof records === "string") return "";
  const policies = await recordsOf(`_dmarc.${domain}`, lookUp);
  const missing = [
    records.some((text) => /^v=spf1\b/i.test(text)) ? null : "SPF",
    policies === "unknown" ||
    (typeof policies !== "string" && policies.some((text) => /^v=DMARC1\b/i.test(text)))
      ? null
      : "DMARC",
  ].filter((name) => name !== null);
  if (missing.length === 0) return "";
  return `${domain} has no ${missing.join(" and no ")} record: answers may land in spam.`;
}
