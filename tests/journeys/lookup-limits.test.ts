import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { holdAfterRestore, releaseHold } from "../../src/kernel/backup/hold.ts";
import type { Simulator } from "../../src/simulator/http.ts";
import { startShopify } from "../../src/simulator/shopify.ts";
import { startShopware } from "../../src/simulator/shopware.ts";
import { startWoocommerce } from "../../src/simulator/woocommerce.ts";
import { registers } from "../../src/skills/lookup/adapters/index.ts";
import { CALL, type Wish } from "../../src/skills/lookup/flows/wish.ts";
import { openLookup } from "../../src/skills/lookup/skill.ts";
import { insertConnection } from "../../src/skills/lookup/store/connections.ts";
import { reachOf } from "../../src/skills/lookup/store/reach.ts";
import { inLookup } from "../../src/skills/lookup/store/tx.ts";
import { openAsker } from "../../src/skills/notices/adapters/sources/ask-service.ts";

/** Who tries, who guesses, shops that lie, fail or change: nobody hears what is not theirs, and nobody is left standing. */

const asker = openAsker({ allowedHosts: ["127.0.0.1"] });
const outside = {
  ask: asker.ask,
  secret: async (name: string) => `secret ${name}`,
  mayBePlain: asker.isAllowed,
  sign: () => "t=0,v1=0",
  readFile: async () => null,
};
const lookup = openLookup({ outside: () => outside });
const KEYS = { accessToken: "shpat" };

let here: World;
let shop: Simulator;
let tenantId: number;
let connectionId: number;
let persons = 0;

beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: lookup.timers?.(kernel) ?? {} }) });
  shop = await startShopify({ keys: KEYS });
});
afterAll(async () => {
  await shop?.close();
  await asker.close();
  await here?.close();
});
beforeEach(async () => {
  tenantId = (await here.tenant()).id;
  const orders = [
    {
      number: "HK-9000",
      postcode: "10115",
      lastName: "Fremd",
      email: "fremd@example.org",
      items: ["Geheimes"],
    },
    { number: "HK-4711", postcode: "20099", state: "sent", total: 49.9, email: "kaethe@example.org" },
  ];
  shop.configure({ orders, mood: "well", mayRead: true });
  const input = { kind: "shopify", name: "Shop", address: shop.url, prefix: "HK-", active: true } as const;
  const token = JSON.stringify(KEYS);
  const made = await inLookup(here.kernel, tenantId, (tx) =>
    insertConnection(tx, tenantId, { ...input, kinds: ["order", "invoice"], token, now: here.clock.now() }),
  );
  connectionId = made.id;
});

const node = (text: string, values: unknown[]) => here.kernel.db.node.query(text, values);
const asked = async () => ((await (await fetch(`${shop.url}/_shop`)).json()) as { asked: number }).asked;

/** Somebody in the web chat. */
async function newPerson(): Promise<number> {
  const channelId = await here.channel(tenantId, {
    kind: "web",
    address: `key-${tenantId}-${++persons}-abcdef`,
  });
  const { rows } = await node(
    `with c as (insert into kernel.contact (tenant_id, first_seen_at) values ($1, $3) returning id)
      insert into kernel.conversation (tenant_id, channel_id, contact_id, reply_address, language, state, last_message_at, last_customer_at, last_day, created_at)
      select $1, $2, c.id, 'x', 'de', 'bot', $3, $3, $3, $3 from c returning id`,
    [tenantId, channelId, new Date(here.clock.now())],
  );
  return Number(rows[0]?.id);
}

let messages = 0;

/** What the flow hands over when it has everything; what is said then. */
async function ask(conversationId: number, wish: Partial<Wish>): Promise<string[]> {
  const said = await saidIn(conversationId);
  const messageId = `0193a000-0000-7000-8000-${String(++messages).padStart(12, "0")}`;
  const now = new Date(here.clock.now());
  await node(
    `insert into kernel.message (tenant_id, conversation_id, id, author, content, status, sent_at, received_at, processed_at)
      values ($1, $2, $3, 'customer', '{"type":"text","text":"?"}', 'received', $4, $4, $4)`,
    [tenantId, conversationId, messageId, now],
  );
  const asked = { kind: "order", language: "de", reference: "4711", tries: 0, ...wish };
  const payload = { ...asked, isOpen: true, conversationId, messageId };
  // As the turn leaves it that asks.
  const flow = { skill: "lookup", flow: asked.kind, step: "looking", data: asked };
  await node("update kernel.conversation set flow = $3 where tenant_id = $1 and id = $2", [
    tenantId,
    conversationId,
    JSON.stringify(flow),
  ]);
  await node("insert into kernel.timer (tenant_id, kind, key, due_at, payload) values ($1, $2, $3, $4, $5)", [
    tenantId,
    CALL,
    String(conversationId),
    now,
    JSON.stringify(payload),
  ]);
  await here.settle();
  here.clock.advance(1_000);
  return (await saidIn(conversationId)).slice(said.length);
}

async function saidIn(conversationId: number): Promise<string[]> {
  const { rows } = await node(
    `select content ->> 'text' as text from kernel.message where tenant_id = $1 and conversation_id = $2 and author = 'bot' order by id`,
    [tenantId, conversationId],
  );
  return rows.map((row) => String(row.text));
}

const stateOf = async (conversationId: number) =>
  (
    await node(
      "select state, hand_over ->> 'summary' as summary from kernel.conversation where tenant_id = $1 and id = $2",
      [tenantId, conversationId],
    )
  ).rows[0];

describe("who guesses", () => {
  test("hears the same for a number nobody has and for a wrong postcode, and leaves the same rows", async () => {
    const heard: unknown[] = [];
    for (const reference of ["4711", "123456"]) {
      const person = await newPerson();
      const first = await ask(person, { reference });
      const second = await ask(person, { reference, postcode: "99999" });
      const rows = await inLookup(here.kernel, tenantId, (tx) =>
        tx
          .deleteFrom("lookup.attempt")
          .where("tenant_id", "=", tenantId)
          .returning(["scope", "used"])
          .execute(),
      );
      const words = [...first, ...second].map((text) => text.replaceAll(reference, "N"));
      heard.push([words, rows.map(({ scope, used }) => `${scope} ${used}`).sort()]);
    }
    expect(heard[0]).toEqual(heard[1]);
    expect(JSON.stringify(heard[0])).toContain("Zu diesen Angaben finde ich nichts");
  });

  test("has five tries in a conversation and ten for a number, in whichever conversation; then a person helps", async () => {
    const person = await newPerson();
    for (let n = 0; n < 5; n++)
      expect((await ask(person, { reference: String(100 + n), postcode: "99999" }))[0]).toContain(
        "finde ich nichts",
      );
    const [blocked] = await ask(person, { postcode: "20099" });
    expect(blocked).toContain("Das waren zu viele Versuche");
    expect(await stateOf(person)).toEqual({
      state: "waiting",
      summary: "Bestellung 4711: zu viele Versuche, nichts gesagt",
    });
    // One try for 4711 is counted already; nine more from nine conversations, then not even the right one helps.
    for (let n = 0; n < 9; n++) await ask(await newPerson(), { postcode: "99999" });
    expect((await ask(await newPerson(), { postcode: "20099" }))[0]).toContain("zu viele Versuche");
    here.clock.advance(25 * 3_600_000);
    expect((await ask(await newPerson(), { postcode: "20099" }))[0]).toContain("HK-4711 ist versandt");
  });

  test("who was right is asked for no proof again within the hour, and after it again", async () => {
    const person = await newPerson();
    expect((await ask(person, { postcode: "20099" }))[0]).toContain("HK-4711 ist versandt");
    expect((await ask(person, {}))[0]).toContain("HK-4711 ist versandt");
    here.clock.advance(3_600_000);
    expect((await ask(person, {}))[0]).toContain("Wie lautet die Postleitzahl");
  });
});

describe("an invoice", () => {
  const invoice = { kind: "invoice" } as const;
  const mails = async () =>
    (
      await node(
        "select content ->> 'text' as text, reply_address from kernel.outbox where tenant_id = $1 and purpose = 'lookup.code' order by id",
        [tenantId],
      )
    ).rows;
  beforeEach(async () => {
    await here.channel(tenantId, { kind: "email", address: `box-${tenantId}@example.org` });
  });

  test("is told after a code that went to the mailbox the shop knows, and only once", async () => {
    const person = await newPerson();
    const [offered] = await ask(person, invoice);
    expect(offered).toContain("Ist die Nummer bei uns bekannt, haben wir einen Code");
    const [mail] = await mails();
    expect(mail?.reply_address).toBe("kaethe@example.org");
    const code = /: (\d{6})/.exec(String(mail?.text))?.[1] ?? "";
    const { rows: kept } = await node(
      "select content::text as text from kernel.message where tenant_id = $1",
      [tenantId],
    );
    expect(kept.filter(({ text }) => String(text).includes(code))).toEqual([]);
    const wrong = code === "000000" ? "000001" : "000000";
    expect((await ask(person, { ...invoice, code: wrong }))[0]).toContain("Dieser Code stimmt nicht");
    // The code is another conversation's.
    expect((await ask(await newPerson(), { ...invoice, code }))[0]).toContain("Dieser Code stimmt nicht");
    const [told] = await ask(person, { ...invoice, code });
    expect(told).toMatch(/Rechnung HK-4711 ist versandt\..*Betrag: 49,90\s€\. Sie ist bezahlt\./);
    expect((await ask(await newPerson(), { ...invoice, code }))[0]).toContain("stimmt nicht");
  });

  test("asked for before a backup was restored mails no code, because one may be on its way already", async () => {
    const { address } = here.kernel.db;
    const restored = { takenAt: here.clock.now(), now: here.clock.now() + 1_000, harmless: ["web"] };
    await holdAfterRestore(address, restored);
    const old = await newPerson();
    expect((await ask(old, invoice))[0]).toContain("gebe Sie an unser Team weiter");
    expect(await mails()).toEqual([]);
    expect((await stateOf(old))?.summary).toContain("bevor eine Sicherung zurückgespielt wurde");
    here.clock.advance(1_000);
    await ask(await newPerson(), invoice);
    expect(await mails()).toHaveLength(1);
    await releaseHold(address, { decision: "drop", now: here.clock.now() });
  });

  test("that nobody has sounds the same and sends nothing; a code ends after a quarter of an hour", async () => {
    const person = await newPerson();
    const known = await ask(await newPerson(), invoice);
    expect(await ask(person, { ...invoice, reference: "123456" })).toEqual(known);
    expect(await mails()).toHaveLength(1);
    const code = /: (\d{6})/.exec(String((await mails())[0]?.text))?.[1] ?? "";
    const late = await newPerson();
    await ask(late, invoice);
    here.clock.advance(15 * 60_000);
    expect((await ask(late, { ...invoice, code }))[0]).toContain("gilt nicht mehr");
  });
});

describe("a shop", () => {
  test("that returns somebody else's order is not believed", async () => {
    shop.configure({ mood: "wrong" });
    const person = await newPerson();
    // The postcode is even that of the record which comes back.
    const said = await ask(person, { postcode: "10115" });
    expect(said.join()).toContain("finde ich nichts");
    expect(said.join()).not.toMatch(/9000|Geheimes|Fremd/);
    const rows = await inLookup(here.kernel, tenantId, (tx) =>
      tx.selectFrom("lookup.proof").select("id").where("tenant_id", "=", tenantId).execute(),
    );
    expect(rows).toEqual([]);
  });

  test.each([
    ["changed", "changed", 1],
    ["page", "not_a_shop", 1],
    // Asked once more, where that may help.
    ["down", "server_error", 2],
    ["limited", "rate_limited", 1],
  ] as const)("that is %s gives the case to a person, and the owner reads %s", async (mood, fault, times) => {
    shop.configure({ mood });
    const before = await asked();
    const person = await newPerson();
    expect((await ask(person, { postcode: "20099" }))[0]).toContain(
      "An diese Daten komme ich gerade nicht heran",
    );
    expect(await asked()).toBe(before + times);
    expect((await stateOf(person))?.state).toBe("waiting");
    const { rows } = await node("select 1 from kernel.timer where tenant_id = $1 and kind = $2", [
      tenantId,
      CALL,
    ]);
    expect(rows).toEqual([]);
    const fault_ = await inLookup(here.kernel, tenantId, (tx) =>
      tx.selectFrom("lookup.connection").select("fault").where("id", "=", connectionId).executeTakeFirst(),
    );
    expect(fault_).toEqual({ fault });
  });

  test("that failed three times is left alone for a while, and then asked again", async () => {
    shop.configure({ mood: "changed" });
    for (let n = 0; n < 3; n++) await ask(await newPerson(), { postcode: "20099" });
    shop.configure({ mood: "well" });
    const before = await asked();
    expect((await ask(await newPerson(), { postcode: "20099" }))[0]).toContain("nicht heran");
    expect(await asked()).toBe(before);
    here.clock.advance(61_000);
    expect((await ask(await newPerson(), { postcode: "20099" }))[0]).toContain("HK-4711 ist versandt");
  });
});

describe("the test of a connection says what is wrong", () => {
  const KINDS = [
    ["woocommerce", startWoocommerce, { consumerKey: "ck", consumerSecret: "cs" }],
    ["shopware", startShopware, { clientId: "id", clientSecret: "secret" }],
    ["shopify", startShopify, { accessToken: "shpat" }],
  ] as const;
  test.each(KINDS)("%s", async (kind, start, keys) => {
    const simulator = await start({ keys });
    const test = async (change: { keys?: Record<string, string>; address?: string } = {}) => {
      const connection = {
        id: 1,
        kind,
        name: "x",
        address: change.address ?? simulator.url,
        settings: { prefix: "", kinds: ["order"] as const },
        token: JSON.stringify(change.keys ?? keys),
        active: true,
        failures: 0,
        open_until: null,
        fault: "",
        fault_at: null,
        ok_at: null,
        file: null,
      };
      const answer = await registers[kind].test(
        reachOf(here.kernel, outside, { tenantId, connection, timeZone: "Europe/Berlin" }),
      );
      return "failed" in answer ? answer.failed : "ok";
    };
    const wrong = Object.fromEntries(Object.keys(keys).map((name) => [name, "wrong"]));
    expect(await test()).toBe("ok");
    expect(await test({ keys: wrong })).toBe("wrong_key");
    simulator.configure({ mayRead: false });
    expect(await test()).toBe("no_permission");
    simulator.configure({ mayRead: true, mood: "page" });
    expect(await test()).toBe("not_a_shop");
    simulator.configure({ mood: "limited" });
    expect(await test()).toBe("rate_limited");
    expect(await test({ address: "http://127.0.0.1:9" })).toBe("unreachable");
    expect(await test({ address: simulator.url.replace("http:", "https:") })).toBe("certificate");
    expect(await test({ address: "https://10.0.0.7" })).toBe("private_address");
    // Keys never leave in the clear, but to hosts that the operator named.
    expect(await test({ address: "http://shop.example" })).toBe("bad_address");
    await simulator.close();
  });
});

test("export holds what was proved, erasing removes it", async () => {
  const person = await newPerson();
  await ask(person, { postcode: "20099" });
  const { rows } = await node("select contact_id from kernel.conversation where tenant_id = $1 and id = $2", [
    tenantId,
    person,
  ]);
  const ids = [Number(rows[0]?.contact_id)];
  const held = () => here.kernel.db.tenant(tenantId, (tx) => lookup.personalData.export(tx, ids));
  expect(await held()).toMatchObject({ lookups: [{ kind: "order", number: "HK-4711", proof: "postcode" }] });
  await here.kernel.db.tenant(tenantId, (tx) => lookup.personalData.erase(tx, ids, here.clock.now()));
  expect(await held()).toEqual({ lookups: [] });
});
