import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readOffer } from "../../src/skills/wallet/api/offer.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import { bytesOf, Phone } from "../outside/phone.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";

/** The coin in the conversation: the way to a wallet, a request that says nothing, paid when delivered, and what leaves with a person. */

const HOUR = 3_600_000;
let s: WalletStage;
let shop: Merchant;
beforeAll(async () => {
  s = await WalletStage.open(Date.parse("2026-11-24T09:00:00Z"));
  await s.beginTown({ reserveMinor: 20_000_000_000 });
  shop = await s.merchant();
});
afterAll(() => s?.close());

const read = (id: number) => shop.api.call(wallet.getTillRequest, { params: { id } });
const sentTo = (who: string) =>
  s.sent.filter(({ to }) => to === who).map(({ content }) => ("text" in content ? String(content.text) : ""));

test("who asks for a wallet gets an invitation of their own, and later the way to the wallet they have", async () => {
  await s.says("anna", "Mein Guthaben, bitte");
  const [invited = ""] = sentTo("anna").slice(-1);
  const link = /\/wallet#i=(\d+\.[0-9a-f]{32})/.exec(invited)?.[1] ?? "";
  expect(invited).toContain("Hafentaler");
  const phone = await new Phone(s.stranger).open(link);
  const [place] = await s.rows(
    "select contact_id, encode(account, 'hex') as account from wallet.account_place",
  );
  expect(place).toEqual({ contact_id: await s.contactOf("anna"), account: phone.account });
  await s.says("anna", "wallet");
  expect(sentTo("anna").at(-1)).toMatch(/Ihre Wallet: http:\/\/[^ ]+\/wallet$/);
  await s.says("berta", "Haben Sie Geldbörsen aus Leder?");
  expect(sentTo("berta").join()).not.toContain("wallet");
});

test("a request in the conversation is a link and nothing else; that it is paid is said once", async () => {
  const phone = await s.customer(5_000);
  await s.says("cleo", "Guten Tag");
  const conversationId = await s.conversationOf("cleo");
  const made = await s.ask(shop, 1_234, { conversationId, title: "Geheimer Aufsatz" });
  await s.here.settle();
  const asked = sentTo("cleo").at(-1) ?? "";
  expect(asked).toContain(made.link);
  expect(asked).not.toMatch(/12,34|1234|Aufsatz/);
  expect((await phone.pay(made.link)).result).toBe("applied");
  await s.here.settle();
  expect(sentTo("cleo").at(-1)).toContain("die Zahlung ist da");
  await s.runner.poll();
  await s.here.settle();
  expect(sentTo("cleo").filter((text) => text.includes("die Zahlung ist da"))).toHaveLength(1);
  const listed = await shop.api.call(wallet.listTillRequests, { query: { conversationId } });
  expect(listed.items).toMatchObject([{ id: made.id, amountMinor: 1_234, state: "paid" }]);
});

test("paid when delivered: taken at the hand-over, given back when the window is missed", async () => {
  const phone = await s.customer(3_000);
  const latest = s.here.clock.now() + 3 * HOUR;
  for (const id of [1, 2, 3]) s.promised.set(id, latest);
  const hold = (about: string) => s.ask(shop, 1_000, { kind: "hold", about });
  const [kept, missed, silent] = [
    await hold("delivery 1"),
    await hold("delivery 2"),
    await hold("delivery 3"),
  ];
  expect(kept.until).toBe(new Date(latest + 2 * HOUR).toISOString());
  for (const one of [kept, missed, silent]) await phone.pay(one.link);
  await s.runner.poll();
  expect((await read(kept.id)).state).toBe("held");
  s.ended.set(1, "brought").set(2, "missed");
  await s.runner.poll();
  expect(await read(kept.id)).toMatchObject({
    state: "paid",
    paidMinor: 1_000,
    entries: [{}, { by: "delivery" }],
  });
  expect(await read(missed.id)).toMatchObject({ state: "returned", paidMinor: 0 });
  expect(await phone.me()).toMatchObject({ balance: 10_000_000, held: 10_000_000 });
  // Of the third nobody says anything: the ledger gives back by itself.
  s.here.clock.advance(5 * HOUR + 1_000);
  await s.seal();
  await s.runner.poll();
  expect((await read(silent.id)).state).toBe("returned");
  expect((await phone.me()).balance).toBe(20_000_000);
  const gone = {
    body: { key: "weg", amountMinor: 5, title: "x", kind: "hold" as const, about: "delivery 99" },
  };
  expect((await shop.api.refused(wallet.createTillRequest, gone)).detail).toContain("not_promised");
});

test("an erased person leaves no join behind: neither token nor secret, title nor salt; the ledger stays whole", async () => {
  await s.says("dora", "Voucher");
  const link = /#i=(\d+\.[0-9a-f]{32})/.exec(sentTo("dora").at(-1) ?? "")?.[1] ?? "";
  const phone = await new Phone(s.stranger).open(link);
  await s.sell(phone.account, 900);
  const contactId = await s.contactOf("dora");
  const conversationId = await s.conversationOf("dora");
  const made = await s.ask(shop, 400, { conversationId, title: "Aquavit für Dora" });
  await phone.pay(made.link);
  const { db, clock } = s.here.kernel;
  const exported = await db.tenant(s.tenantId, (tx) => s.skill.personalData.export(tx, [contactId]));
  expect(exported).toMatchObject({
    accounts: [{ account: phone.account }],
    movements: [{ kind: "paid", millionths: "-4000000", title: "Aquavit für Dora" }],
    requests: [{ title: "Aquavit für Dora", state: "paid" }],
  });
  await db.tenant(s.tenantId, (tx) => s.skill.personalData.erase(tx, [contactId], clock.now()));
  expect((await phone.api.refused(wallet.getWallet)).code).toBe("not_signed_in");
  const left = await s.rows(`select
    (select count(*)::int from wallet.account_place where contact_id = ${contactId}) as joins,
    (select count(*)::int from wallet.request_place where contact_id = ${contactId}) as places,
    (select count(*)::int from wallet.request where id = ${made.id} and (salt is not null or payer is not null or title like '%Dora%')) as requests,
    (select count(*)::int from wallet.movement where title like '%Dora%') as movements,
    (select count(*)::int from wallet.account where account = '\\x${phone.account}' and (secret is not null or token_hash is not null)) as accounts`);
  expect(left).toEqual([{ joins: 0, places: 0, requests: 0, movements: 0, accounts: 0 }]);
  expect(await db.tenant(s.tenantId, (tx) => s.skill.personalData.export(tx, [contactId]))).toEqual({
    accounts: [],
    movements: [],
    requests: [],
  });
  const ledger = await s.ledgers.ledger(s.tenantId);
  await s.seal();
  expect((await s.ledgers.ledger(s.tenantId))?.sealed?.total).toBe(ledger?.supply);
});

const CONVERSATIONS = 20;
const PAYMENTS = 50;
const AT_ONCE = 5;

test("after 1,000 payments nothing of the dialogue, its search or its events holds an amount, a balance or an account", async () => {
  const secrets: string[] = [];
  const numbers: string[] = [];
  for (let n = 0; n < CONVERSATIONS; n++) {
    const who = `payer${n}`;
    await s.says(who, "Guten Tag");
    const conversationId = await s.conversationOf(who);
    const phone = await s.customer(500_000_000, await s.contactOf(who));
    const { nextNonce, coin } = await phone.me();
    const pays = async (k: number): Promise<void> => {
      const minor = 7_000_101 + n * PAYMENTS + k;
      const title = `Heimliches${minor}`;
      const made = await s.ask(shop, minor, { conversationId, title });
      const offer = readOffer(made.offer);
      if (!offer) throw new Error("The till shows no offer.");
      const { amount, reference, to } = offer;
      const asked = { by: 0, amount, reference: bytesOf(reference), to: bytesOf(to) };
      const now = s.here.clock.now();
      const bytes = phone.signed(
        { kind: "transfer", ...asked },
        { chainId: coin.chainId, now, nonce: nextNonce + k },
      );
      expect((await phone.submit(bytes)).result).toBe("applied");
      const cents = String(minor % 100).padStart(2, "0");
      const euro = String(Math.floor(minor / 100));
      secrets.push(`${euro},${cents}`, `${euro}.${cents}`, title);
      numbers.push(String(minor), `${minor}0000`);
    };
    for (let k = 0; k < PAYMENTS; k += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, m) => pays(k + m)));
    secrets.push(phone.account);
    numbers.push(String((await phone.me()).balance));
    await s.here.settle();
    // Calls of one address are limited by the minute.
    s.here.clock.advance(61_000);
  }
  const [count] = await s.rows(
    "select count(*)::int as paid from wallet.request where state = 'paid' and title like 'Heimliches%'",
  );
  expect(count?.paid).toBe(CONVERSATIONS * PAYMENTS);
  const dump = await dumpOf(s, ["kernel"]);
  expect(dump).toContain("die Zahlung ist da");
  expect(dump.length).toBeGreaterThan(500_000);
  expect(secrets.filter((one) => dump.includes(one))).toEqual([]);
  // Digits also stand inside of ids; a number stands alone.
  const found = new Set(dump.match(/(?<![\w-])\d{6,}(?![\w-])/g));
  expect(numbers.filter((one) => found.has(one))).toEqual([]);
  // The same search finds them where they belong.
  const own = await dumpOf(s, ["wallet"]);
  expect(secrets.filter((one) => one.startsWith("Heimliches") && !own.includes(one))).toEqual([]);
  const there = new Set(own.match(/(?<![\w-])\d{6,}(?![\w-])/g));
  expect(numbers.filter((one) => one.endsWith("0000") && there.has(one)).length).toBeGreaterThanOrEqual(
    1_000,
  );
}, 300_000);

/** Every row of every table of these schemas, as text. */
async function dumpOf(stage: WalletStage, schemas: readonly string[]): Promise<string> {
  const client = new pg.Client(stage.here.kernel.db.address.config("owner"));
  await client.connect();
  try {
    await client.query("set row_security = off");
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = any($1) and table_type = 'BASE TABLE' order by 1",
      [schemas],
    );
    const parts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      parts.push(...rows.map(({ row }) => row));
    }
    return parts.join("\n");
  } finally {
    await client.end();
  }
}
