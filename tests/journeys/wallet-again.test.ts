import { afterAll, beforeAll, expect, test } from "vitest";
import * as wallet from "../../src/skills/wallet/api.ts";
import { putJob, putSigned } from "../../src/skills/wallet/store/jobs.ts";
import { bytesOf, Phone } from "../outside/phone.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";

/** What broke off between the ledger's answer and its note is noted later, once; and companies see their own rows only. */

const DAY = 86_400_000;
let s: WalletStage;
let shop: Merchant;
beforeAll(async () => {
  s = await WalletStage.open(Date.parse("2026-11-24T09:00:00Z"));
  await s.beginTown();
  shop = await s.merchant();
});
afterAll(() => s?.close());

const read = (id: number) => shop.api.call(wallet.getTillRequest, { params: { id } });

/** A payment that the ledger has and nobody has noted: as if the process had died in that moment. */
async function paidUnnoted(phone: Phone, link: string): Promise<string> {
  const text = await phone.sign(Phone.operationOf(await phone.request(link)));
  const bytes = new Uint8Array(Buffer.from(text, "base64url"));
  // Version and chain id stand before the transaction's id.
  const id = bytes.slice(9, 25);
  const now = s.here.clock.now();
  await s.here.kernel.db.tenant(s.tenantId, (tx) =>
    putSigned(tx, {
      tenantId: s.tenantId,
      ledgerTenantId: s.tenantId,
      id,
      signer: "customer",
      bytes,
      purpose: "payment",
      subject: "",
      now,
      after: now + 30_000,
    }),
  );
  expect((await s.ledgers.submit(s.tenantId, bytes)).result).toBe("applied");
  return text;
}

test("a process that dies behind the ledger's answer: the next one notes the payment, once", async () => {
  const phone = await s.customer(1_000);
  const made = await s.ask(shop, 600);
  const bytes = await paidUnnoted(phone, made.link);
  await s.restart();
  expect(await read(made.id)).toMatchObject({ state: "open", entries: [] });
  s.here.clock.advance(31_000);
  await s.runner.poll();
  expect(await read(made.id)).toMatchObject({ state: "paid", entries: [{ kind: "paid", amountMinor: 600 }] });
  await s.runner.poll();
  expect(await phone.submit(bytes)).toMatchObject({ result: "applied", isKnown: true });
  expect((await read(made.id)).entries).toHaveLength(1);
  expect((await phone.me()).balance).toBe(4_000_000);
});

test("sent again after the request is over, what the ledger has is put to it", async () => {
  const phone = await s.customer(1_000);
  const made = await s.ask(shop, 600);
  const bytes = await paidUnnoted(phone, made.link);
  s.here.clock.advance(16 * 60_000);
  expect(await phone.submit(bytes)).toMatchObject({ result: "applied", isKnown: true });
  expect(await read(made.id)).toMatchObject({ state: "paid", paidMinor: 600 });
});

test("sent again after it was taken back, what the ledger has goes back, also when the merchant has to be paid first", async () => {
  const phone = await s.customer(1_000);
  const made = await s.ask(shop, 600);
  const bytes = await paidUnnoted(phone, made.link);
  await shop.api.call(wallet.cancelTillRequest, { params: { id: made.id } });
  await emptyTill();
  expect((await phone.submit(bytes)).result).toBe("applied");
  await s.runner.poll();
  expect(await read(made.id)).toMatchObject({ state: "cancelled", paidMinor: 0 });
  expect((await phone.me()).balance).toBe(4_000_000);
  const other = await s.customer(2_000);
  await other.pay((await s.ask(shop, 2_000)).link);
  s.here.clock.advance(16 * 60_000);
  await s.runner.poll();
  expect((await phone.me()).balance).toBe(10_000_000);
  s.here.clock.advance(16 * 60_000);
  await s.runner.poll();
  expect((await phone.me()).balance).toBe(10_000_000);
  const { items } = await phone.api.call(wallet.listMovements);
  expect(items.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["refunded", 6_000_000],
    ["paid", -6_000_000],
  ]);
});

/** The merchant has handed everything back to the exchange. */
async function emptyTill(): Promise<void> {
  const { tenantId } = s;
  const till = (await shop.api.call(wallet.getTill)).items[0];
  const to = await s.exchangeAccount();
  const amount = Number(till?.balanceMinor) * 10_000;
  await s.here.kernel.db.tenant(tenantId, (tx) =>
    putJob(tx, {
      tenantId,
      ledgerTenantId: tenantId,
      signer: "merchant",
      membershipId: Number(till?.id),
      operations: [{ kind: "transfer", by: 0, to, amount, reference: new Uint8Array(32) }],
      purpose: "test",
      subject: "",
      now: s.here.clock.now(),
    }),
  );
  await s.runner.run(tenantId);
  expect((await shop.api.call(wallet.getTill)).items[0]?.balanceMinor).toBe(0);
}

test("what breaks off for one company stops neither the round nor the others", async () => {
  const phone = await s.customer(1_000);
  s.promised.set(5, s.here.clock.now() + 3_600_000);
  const followed = await s.ask(shop, 100, { kind: "hold", about: "delivery 5" });
  const until = new Date(s.here.clock.now() + 600_000).toISOString();
  const overdue = await s.ask(shop, 200, { kind: "hold", until });
  await phone.pay(followed.link);
  await phone.pay(overdue.link);
  const { has } = s.ended;
  s.ended.has = () => {
    throw new Error("the deliveries are away");
  };
  s.here.clock.advance(601_000);
  await s.seal();
  await s.runner.poll();
  expect((await read(overdue.id)).state).toBe("returned");
  s.ended.has = has;
  s.ended.set(5, "brought");
  await s.runner.poll();
  expect((await read(followed.id)).state).toBe("paid");
});

test("also when the node was away for longer than the ledger remembers ids", async () => {
  const phone = await s.customer(1_000);
  const made = await s.ask(shop, 300, { expiresAt: new Date(s.here.clock.now() + 3 * DAY).toISOString() });
  await paidUnnoted(phone, made.link);
  s.here.clock.advance(2 * DAY);
  await s.restart();
  await s.runner.poll();
  expect(await read(made.id)).toMatchObject({ state: "paid", paidMinor: 300 });
  expect((await phone.me()).balance).toBe(7_000_000);
});

test("a refund that was ordered while the ledger is away waits, and is done once when it is back", async () => {
  const phone = await s.customer(1_000);
  const made = await s.ask(shop, 500);
  await phone.pay(made.link);
  await s.ledgers.close();
  const order = { params: { id: made.id }, body: { key: "r", amountMinor: 200 } };
  const waiting = await shop.api.call(wallet.refundTillRequest, order);
  expect(waiting).toMatchObject({
    state: "paid",
    entries: [{ kind: "paid" }, { kind: "refunded", state: "waiting" }],
  });
  await shop.api.call(wallet.refundTillRequest, order);
  await s.restart();
  s.here.clock.advance(10_000);
  await s.runner.poll();
  await s.runner.poll();
  expect(await read(made.id)).toMatchObject({ state: "part_refunded", refundedMinor: 200 });
  expect((await phone.me()).balance).toBe(7_000_000);
});

test("another company takes the coin by invitation; it sees its own payments, the issuer none of them", async () => {
  const { id: tenantId } = await s.here.tenant({ name: "Bäckerei Möwe" });
  const bakery = await s.merchant(tenantId, "Bäckerei Möwe");
  expect((await bakery.api.call(wallet.getTill)).items).toMatchObject([
    { state: "open", coin: { name: "Hafentaler" }, issuer: { tenantId: s.tenantId }, balanceMinor: 0 },
  ]);
  const phone = await s.customer(2_000);
  const made = await s.ask(bakery, 450, { title: "Franzbrötchen" });
  expect(await phone.request(made.link)).toMatchObject({
    merchant: { name: "Bäckerei Möwe" },
    coin: { tenantId: s.tenantId },
  });
  expect((await phone.pay(made.link)).result).toBe("applied");
  expect((await phone.api.call(wallet.listMovements)).items[0]).toMatchObject({ merchant: "Bäckerei Möwe" });
  expect((await bakery.api.call(wallet.listTillRequests)).items).toMatchObject([{ state: "paid" }]);
  expect(await s.rows("select id from wallet.request where title = 'Franzbrötchen'")).toEqual([]);
  expect((await shop.api.refused(wallet.getTillRequest, { params: { id: made.id + 1_000 } })).code).toBe(
    "not_found",
  );
  // What one shop asked for cannot be paid to the other.
  const mixed = await s.ask(bakery, 100);
  const asked = await phone.request(mixed.link);
  const own = await phone.request((await s.ask(shop, 100)).link);
  const operation = { ...Phone.operationOf(asked), to: bytesOf(own.to) };
  expect((await phone.submit(await phone.sign(operation))).result).toBe("request_unknown");
  const back = { params: { id: made.id }, body: { key: "zurück", amountMinor: 450 } };
  expect(await bakery.api.call(wallet.refundTillRequest, back)).toMatchObject({ state: "refunded" });
  expect((await phone.me()).balance).toBe(20_000_000);
});
