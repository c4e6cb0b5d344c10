import { randomBytes } from "node:crypto";
import { type Config, HERE_PATH, type Kernel, proofOf, tlsFolder } from "#kernel";
import { certificateFinding, clockFinding } from "./certificate.ts";
import { domainFinding, type Echo } from "./domain.ts";
import type { Finding } from "./finding.ts";
import { type Outside, outside as world } from "./outside.ts";

/** The way from the world to a node that has a domain: name, ports, certificate, clock. */

const HTTPS_PORT = 443;

/**
 * @param kernel null when the database is away: then nobody can prove who answers
 * @returns nothing for a node without a public https address
 */
export async function checkWorld(
  config: Config,
  kernel: Pick<Kernel, "db"> | null,
  state: { isNodeRunning: boolean },
  outside: Outside = world,
): Promise<Finding[]> {
  if (!config.publicUrl.startsWith("https://")) return [];
  const { hostname: domain, port: given } = new URL(config.publicUrl);
  const port = given ? Number(given) : HTTPS_PORT;
  const asked = kernel && state.isNodeRunning ? kernel : null;
  const [records, echo, date, served] = await Promise.all([
    outside.records(domain),
    asked ? askSelf(config, asked, outside) : ({ kind: "not asked" } as Echo),
    outside.dateAt(config.acmeDirectory),
    state.isNodeRunning ? outside.served(domain, port) : null,
  ]);
  const found = [
    domainFinding({ domain, records, own: outside.ownAddresses(), echo, port }),
    clockFinding(date === null ? null : Date.now() - date, new URL(config.acmeDirectory).host),
  ];
  if (!state.isNodeRunning) return found;
  const own = config.tlsDomain
    ? { trouble: tlsFolder(config.dataDir).trouble(config.tlsDomain)?.text ?? null }
    : null;
  found.push(certificateFinding({ domain, served, own, now: Date.now() }));
  return found;
}

async function askSelf(config: Config, kernel: Pick<Kernel, "db">, outside: Outside): Promise<Echo> {
  const nonce = randomBytes(16).toString("base64url");
  return outside.echo(`${config.publicUrl}${HERE_PATH}${nonce}`, await proofOf(kernel, nonce));
}
