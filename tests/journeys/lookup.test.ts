import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startShopify } from "../../src/simulator/shopify.ts";
import { startShopware } from "../../src/simulator/shopware.ts";
import { startWoocommerce } from "../../src/simulator/woocommerce.ts";
import * as lookup from "../../src/skills/lookup/api.ts";
import { type SourceServer, startSourceServer } from "../../src/skills/notices/fixtures/source-server.ts";
import * as service from "../../src/skills/service/api.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { conversationOf, originOf } from "../outside/desk.ts";
import { pageKey, Visitor } from "../outside/visitor.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** "Wo ist meine Bestellung?" by WhatsApp, answered by each kind of shop or register once. */

let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let own: SourceServer;
const closing: (() => Promise<void>)[] = [];

const FLOW = `flow where_is_it
  title
    de: Bestellstatus
    en: Order status
  start
    de: Wo ist meine Bestellung?
    en: Where is my order?

step begin
  start flow lookup_order
`;

const ORDER = {
  number: "HK-4711",
  state: "sent",
  postcode: "20099",
  phone: "0170 5550100",
  items: ["Gusseiserne Pfanne mit Deckel 28 cm", "Holzlöffel"],
  carrier: "DHL",
  trackingCode: "00340434161094",
  expected: "2099-11-26",
};
const OTHER = { number: "HK-9000", postcode: "10115", lastName: "Fremd", email: "fremd@example.org" };

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  const connected = await connectWhatsapp(node, company);
  line = connected.line;
  own = await startSourceServer();
  closing.push(connected.close, own.close);
  const { id } = await company.owner.call(service.createFlow, { body: { text: FLOW } });
  await company.owner.call(service.publishFlow, { params: { id }, body: { revision: 1 } });
}, 120_000);
afterAll(async () => {
  for (const close of closing) await close();
});

/** Says it, and waits for as many new answers; their words and links. */
async function talk(from: string, text: string, answers = 1): Promise<string> {
  const heard = (await line.sentTo(from)).length;
  await line.say({ from, name: `P ${from}`, text });
  const sent = await line.answers(from, heard + answers);
  return sent.slice(heard).map(wordsOf).join("\n");
}

type Kind = lookup.Connection["kind"];

/** Connects it, tests the connection, and takes it away again. */
async function withConnection<T>(
  kind: Kind,
  input: { address?: string; keys?: Record<string, string>; file?: string },
  work: (connection: lookup.Connection) => Promise<T>,
): Promise<T> {
  const made = await company.owner.call(lookup.createLookupConnection, {
    body: {
      kind,
      name: `Shop ${kind}`,
      address: input.address ?? "",
      keys: input.keys ?? {},
      prefix: "HK-",
      kinds: ["order"],
    },
  });
  const params = { id: made.id };
  try {
    const { name, address, prefix } = made;
    // Without keys the stored ones stay: the look below still signs in.
    const saved = { name, address, prefix, kinds: ["order" as const] };
    const kept = await company.owner.call(lookup.replaceLookupConnection, { params, body: saved });
    expect(kept).toMatchObject({ id: made.id, name });
    const ready = input.file
      ? await company.owner.call(lookup.uploadLookupFile, { params, body: { text: input.file } })
      : await company.owner.call(lookup.testLookupConnection, { params });
    expect(ready).toMatchObject({ state: "ok", fault: null, hasKeys: input.keys !== undefined });
    return await work(ready);
  } finally {
    await company.owner.call(lookup.deleteLookupConnection, { params });
  }
}

const SHOPS = [
  ["woocommerce", startWoocommerce, { consumerKey: "ck_1", consumerSecret: "cs_1" }],
  ["shopware", startShopware, { clientId: "SWIA", clientSecret: "geheim" }],
  ["shopify", startShopify, { accessToken: "shpat_1" }],
] as const;

describe.each(SHOPS)("%s", (kind, start, keys) => {
  test("tells the truth after the postcode, and nothing of somebody else's", async () => {
    const shop = await start({ keys, orders: [OTHER, ORDER] });
    closing.push(shop.close);
    await withConnection(kind, { address: shop.url, keys }, async () => {
      const stranger = newNumber();
      expect(await talk(stranger, "Wo ist meine Bestellung?")).toContain("Wie lautet die Bestellnummer?");
      expect(await talk(stranger, "4711", 2)).toMatch(/Ich sehe nach\.\n.*Postleitzahl zu 4711\?/);
      const wrong = await talk(stranger, "10115", 2);
      expect(wrong).toContain("Zu diesen Angaben finde ich nichts.");
      const answer = await talk(stranger, "HK-4711, 20099", 2);
      expect(answer).toContain("Bestellung HK-4711 ist versandt.");
      expect(answer).toContain("DHL");
      expect(answer).toContain("Gusseiserne Pfanne mit Deckel, Holzlöffel");
      expect(answer).toContain("https://track.example/00340434161094");
      expect(answer).not.toMatch(/Lange Reihe|20099|Hamburg|Brandt|kaethe/i);
    });
  });
});

test("who writes from the order's own telephone is asked for no postcode; colleagues see what was proved", async () => {
  const phone = newNumber();
  const keys = { consumerKey: "ck_1", consumerSecret: "cs_1" };
  const shop = await startWoocommerce({ keys, orders: [OTHER, { ...ORDER, phone: `+${phone}` }] });
  closing.push(shop.close);
  await withConnection("woocommerce", { address: shop.url, keys }, async () => {
    await talk(phone, "Wo ist meine Bestellung?");
    expect(await talk(phone, "HK 4711", 2)).toContain("Bestellung HK-4711 ist versandt.");
    const { contact } = await conversationOf(company.owner, `P ${phone}`);
    const { items } = await company.owner.call(lookup.listLookupCards, { params: { id: contact.id } });
    expect(items).toMatchObject([
      {
        proof: "channel",
        from: "Shop woocommerce",
        record: { number: "HK-4711", status: "shipped", carrier: "DHL" },
      },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/20099|kaethe|0170/);
  });
});

test("a shop that is down makes one sober sentence and a case with the number; the owner reads the fault", async () => {
  const keys = { accessToken: "shpat_1" };
  const shop = await startShopify({ keys, orders: [ORDER] });
  closing.push(shop.close);
  await withConnection("shopify", { address: shop.url, keys }, async () => {
    shop.configure({ mood: "down" });
    const customer = newNumber();
    await talk(customer, "Where is my order?");
    const answer = await talk(customer, "HK-4711", 2);
    expect(answer).toContain("I cannot reach these data right now.");
    const { items } = await company.owner.call(lookup.listLookupConnections, {});
    expect(items).toMatchObject([{ state: "fault", fault: "server_error" }]);
    const waiting = await conversationOf(company.owner, `P ${customer}`);
    expect(waiting.handOver?.summary).toBe(
      "Bestellung HK-4711: „Shop shopify“ gab keine Auskunft (Fehler im Shop)",
    );
  });
});

test("a file is a register as well, and says how its rows were read", async () => {
  const file = [
    "Bestellnummer;Status;PLZ;Liefertag;Artikel",
    "HK-4711;versandt;20099;26.11.2099;Pfanne|Deckel",
    "HK-4712;verflogen;20099;;",
    "HK-4713;storniert;20099;31.02.2026;",
  ].join("\r\n");
  await withConnection("csv", { file }, async ({ file: read }) => {
    expect(read).toMatchObject({
      rows: 1,
      skipped: 2,
      faults: [
        { line: 3, code: "badStatus" },
        { line: 4, code: "badDay" },
      ],
    });
    const customer = newNumber();
    await talk(customer, "Wo ist meine Bestellung?");
    await talk(customer, "HK-4711", 2);
    const answer = await talk(customer, "20099", 2);
    expect(answer).toContain("Voraussichtlich da: Donnerstag, 26.11.2099.");
    expect(answer).toContain("Enthalten: Pfanne, Deckel.");
  });
});

test("a company's own service answers signed questions", async () => {
  const signatures: string[] = [];
  own.on("/register", (request, response) => {
    signatures.push(String(request.headers["x-augenhoehe-signature"]));
    const number = new URL(request.url ?? "", own.origin).searchParams.get("number");
    const record = { kind: "order", number, status: "in_work", known: { postcodes: ["20099"] } };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ records: number?.endsWith("4711") ? [record] : [] }));
  });
  const keys = { signingKey: "ein-langes-geheimnis" };
  await withConnection("service", { address: `${own.origin}/register`, keys }, async ({ id, name }) => {
    // Keys are for the address they were given for: another one has to be told them anew.
    const body = {
      name,
      address: "https://elsewhere.example/register",
      prefix: "HK-",
      kinds: ["order" as const],
    };
    await expect(
      company.owner.call(lookup.replaceLookupConnection, { params: { id }, body }),
    ).rejects.toThrow(/Another address needs its keys/);
    const customer = newNumber();
    await talk(customer, "Wo ist meine Bestellung?");
    await talk(customer, "HK-4711", 2);
    expect(await talk(customer, "PLZ 20099", 2)).toContain("Bestellung HK-4711 ist in Arbeit.");
    expect(signatures.every((one) => /^t=\d+,v1=[0-9a-f]{64}$/.test(one))).toBe(true);
  });
});

test("a newcomer asks the demo company in one sentence and is asked for the postcode only", async () => {
  const base = originOf(node.report);
  const visitor = new Visitor(base, await pageKey(base, "hansekontor"));
  await visitor.say("Wo ist meine Bestellung HK-4711?");
  expect((await visitor.answers(1)).map(({ text }) => text).join()).toContain(
    "Wie lautet die Postleitzahl zu HK-4711?",
  );
  await visitor.say("20095");
  const told = (await visitor.answers(3)).map(({ text }) => text).join("\n");
  expect(told).toMatch(/Bestellung HK-4711 ist versandt\. Versand mit DHL\. /);
  expect(told).toContain("Enthalten: Gusseiserne Pfanne 28 cm, Pfannenschaber aus Olivenholz.");
});
