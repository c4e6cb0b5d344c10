import { expect, test } from "vitest";
import { domainSentence, type LookUp } from "./domain.ts";

const zone =
  (records: Record<string, string[][] | string>): LookUp =>
  async (name) => {
    const found = records[name] ?? "ENOTFOUND";
    if (typeof found === "string") throw Object.assign(new Error(found), { code: found });
    return found;
  };

const SPF = [["v=spf1 include:mail.example ", "-all"]];
const DMARC = [["v=DMARC1; p=quarantine"]];

test.each([
  ["both are there", { "kontor.de": SPF, "_dmarc.kontor.de": DMARC }, ""],
  ["no DMARC", { "kontor.de": SPF }, "kontor.de has no DMARC record: answers may land in spam."],
  [
    "no SPF among other records",
    { "kontor.de": [["google-site=1"]], "_dmarc.kontor.de": DMARC },
    "kontor.de has no SPF record: answers may land in spam.",
  ],
  [
    "neither",
    { "kontor.de": "ENODATA" },
    "kontor.de has no SPF and no DMARC record: answers may land in spam.",
  ],
  ["no such domain", {}, ""],
  ["the name service is away", { "kontor.de": "ETIMEOUT" }, ""],
  ["it goes away in between", { "kontor.de": SPF, "_dmarc.kontor.de": "ESERVFAIL" }, ""],
])("%s", async (_name, records, sentence) => {
  expect(await domainSentence("service@kontor.de", zone(records))).toBe(sentence);
});
