import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { readConfig } from "#kernel";
import { clockFinding } from "../doctor/certificate.ts";
import { domainFinding, type Echo } from "../doctor/domain.ts";
import type { Finding } from "../doctor/finding.ts";
import { checkDisk } from "../doctor/machine.ts";
import type { Outside } from "../doctor/outside.ts";

/** What setup looks at before anything runs. */

const PATH = "/.well-known/augenhoehe/setup";

/**
 * @param at.listen opens port 80 for a moment and asks itself through the domain; only where nobody else is there
 * @param at.port what the world calls 80
 */
export async function checkBefore(
  domain: string,
  at: { dataDir: string; listen: boolean; port: number },
  outside: Outside,
): Promise<Finding[]> {
  const config = readConfig({ dataDir: at.dataDir }, {});
  const { host } = new URL(config.acmeDirectory);
  const [records, date, echo] = await Promise.all([
    outside.records(domain),
    outside.dateAt(config.acmeDirectory),
    at.listen ? echoOfOurOwn(domain, at.port, outside) : ({ kind: "not asked" } as Echo),
  ]);
  return [
    domainFinding({ domain, records, own: outside.ownAddresses(), echo, port: at.port }),
    clockFinding(date === null ? null : Date.now() - date, host),
    await checkDisk(config),
  ];
}

async function echoOfOurOwn(domain: string, port: number, outside: Outside): Promise<Echo> {
  const nonce = randomBytes(16).toString("hex");
  const server = createServer((request, reply) => reply.end(request.url === PATH ? nonce : ""));
  const isOpen = await new Promise<boolean>((done) => {
    server.once("error", () => done(false));
    server.listen({ port }, () => done(true));
  });
  if (!isOpen) return { kind: "not asked" };
  try {
    return await outside.echo(`http://${domain}:${port}${PATH}`, nonce);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** The firewall's commands, where one is in use; a provider's own firewall cannot be seen from here. */
export function firewallHint(
  run: (file: string, args: readonly string[]) => { ok: boolean; text: string },
): string {
  const cloud =
    "A provider's own firewall (security group) must let in 80 and 443, too; it is set in the provider's console.";
  const ufw = run("ufw", ["status"]);
  if (ufw.ok && /Status: active/.test(ufw.text)) {
    const isOpen = ["80", "443"].every((port) => new RegExp(`^${port}(/tcp)?\\s+ALLOW`, "m").test(ufw.text));
    return `${isOpen ? "ufw lets in 80 and 443." : "Open the firewall: ufw allow 80/tcp && ufw allow 443/tcp"}  ${cloud}`;
  }
  const zone = run("firewall-cmd", ["--state"]);
  if (zone.ok)
    return `Open the firewall: firewall-cmd --permanent --add-service=http --add-service=https && firewall-cmd --reload  ${cloud}`;
  const nft = run("nft", ["list", "chain", "inet", "filter", "input"]);
  if (nft.ok && /policy drop/.test(nft.text) && !/dport.*\b443\b/.test(nft.text))
    return `nftables drops what is not named: nft add rule inet filter input tcp dport { 80, 443 } accept (and write it into /etc/nftables.conf).  ${cloud}`;
  return cloud;
}
