import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readConfig, tlsFolder } from "#kernel";
import { certificateFinding, clockFinding, type SeenCertificate } from "./certificate.ts";
import { domainFinding, isPublic, type Seen } from "./domain.ts";
import type { Outside } from "./outside.ts";
import { checkWorld } from "./world.ts";

const seen: Seen = {
  domain: "chat.firma.example",
  records: ["203.0.113.7"],
  own: ["203.0.113.7"],
  echo: { kind: "not asked" },
  port: 443,
};
const silent = { kind: "silent", code: "ETIMEDOUT" } as const;

test.each<[string, Partial<Seen>, string, RegExp]>([
  ["it points here", {}, "ok", /points here/],
  ["nobody knows it", { records: "ENOTFOUND" }, "bad", /not known: set its A record to 203\.0\.113\.7/],
  ["the name service is away", { records: "ETIMEOUT" }, "warn", /check this machine's DNS servers/],
  [
    "it points elsewhere",
    { records: ["198.51.100.9"], echo: silent },
    "bad",
    /points to 198\.51\.100\.9, this machine is 203\.0\.113\.7/,
  ],
  [
    "only the IPv6 record is wrong",
    { records: ["203.0.113.7", "2001:db8::9"], echo: { kind: "here" } },
    "warn",
    /2001:db8::9 is none of this machine's/,
  ],
  ["the port is closed", { echo: silent }, "bad", /port 443 is closed \(ETIMEDOUT\): open 80 and 443/],
  ["another program answers", { echo: { kind: "other" } }, "bad", /another program answers on port 443/],
  [
    "behind a router that leads back",
    { own: ["192.168.1.5"], echo: { kind: "here" } },
    "ok",
    /through a router or proxy/,
  ],
  [
    "behind a router that does not",
    { own: ["192.168.1.5"], echo: silent },
    "warn",
    /forward ports 80 and 443 to 192\.168\.1\.5, then open .* on a phone/,
  ],
  [
    "behind a router, another machine answers",
    { own: ["192.168.1.5"], echo: { kind: "other" } },
    "bad",
    /another machine answers/,
  ],
])("domain: %s", (_, more, level, words) => {
  const found = domainFinding({ ...seen, ...more });
  expect(found).toMatchObject({ level, text: expect.stringMatching(words) });
});

test.each([
  ["8.8.8.8", true],
  ["10.1.2.3", false],
  ["172.20.0.1", false],
  ["172.32.0.1", true],
  ["100.64.0.1", false],
  ["fd00::1", false],
  ["2001:db8::1", true],
])("%s is public: %s", (address, is) => {
  expect(isPublic(address)).toBe(is);
});

const DAY = 86_400_000;
const good: SeenCertificate = {
  domain: "chat.firma.example",
  served: { until: 60 * DAY, fault: "" },
  own: { trouble: null },
  now: 0,
};
test.each<[string, Partial<SeenCertificate>, string, RegExp]>([
  ["good", {}, "ok", /good for 60 days/],
  ["none", { served: null }, "bad", /Nobody shows a certificate/],
  [
    "ran out",
    { served: { until: -3 * DAY, fault: "CERT_HAS_EXPIRED" }, own: null },
    "bad",
    /ran out 3 days ago. Renew it in the web server/,
  ],
  ["soon, at a proxy", { served: { until: 5 * DAY, fault: "" }, own: null }, "warn", /runs out in 5 days/],
  ["short-lived by design", { served: { until: 5 * DAY, fault: "" } }, "ok", /good for 5 days/],
  [
    "soon, and renewing fails",
    { served: { until: 5 * DAY, fault: "" }, own: { trouble: "CAA." } },
    "warn",
    /last try failed: CAA/,
  ],
  [
    "of nobody known",
    { served: { until: 60 * DAY, fault: "SELF_SIGNED_CERT" } },
    "bad",
    /not trusted \(SELF_SIGNED_CERT\)/,
  ],
])("certificate: %s", (_, more, level, words) => {
  expect(certificateFinding({ ...good, ...more })).toMatchObject({
    level,
    text: expect.stringMatching(words),
  });
});

test.each([
  [1_000, "ok"],
  [-90_000, "warn"],
  [400_000, "bad"],
  [null, "warn"],
])("a clock %s ms off is %s", (skew, level) => {
  expect(clockFinding(skew, "the authority").level).toBe(level);
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

test("a node with a domain is looked at from outside: who answers, the certificate, why renewing failed", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "world-"));
  folders.push(dataDir);
  tlsFolder(dataDir).noteTrouble("chat.firma.example", { at: 1, tries: 2, text: "Port 80 was closed." });
  const asked: string[] = [];
  const outside: Outside = {
    records: async () => ["203.0.113.7"],
    ownAddresses: () => ["203.0.113.7"],
    echo: async (url) => {
      asked.push(url);
      return { kind: "other" };
    },
    dateAt: async () => Date.now() - 600_000,
    served: async () => null,
  };
  const config = readConfig({ dataDir, tlsDomain: "chat.firma.example" }, {});
  const db = { node: { query: async () => ({ rows: [{ value: "secret" }] }) } } as never;
  const found = await checkWorld(config, { db }, { isNodeRunning: true }, outside);
  expect(asked[0]).toMatch(/^https:\/\/chat\.firma\.example\/\.well-known\/augenhoehe\/[\w-]{22}$/);
  expect(found.map(({ name, level }) => [name, level])).toEqual([
    ["domain", "bad"],
    ["world clock", "bad"],
    ["certificate", "bad"],
  ]);
  expect(found[2]?.text).toContain("Port 80 was closed.");
  expect(await checkWorld(readConfig({ dataDir }, {}), null, { isNodeRunning: true }, outside)).toEqual([]);
});
