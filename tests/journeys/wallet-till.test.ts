import { afterAll, beforeAll, expect, test } from "vitest";
import { readOffer } from "../../src/skills/wallet/api/offer.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import { bytesOf } from "../outside/phone.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";

/** What a merchant does with payments: refunds, holds that are captured or come back, telephones without a net, the settlement. */

const START = Date.parse("2026-11-24T09:00:00Z");
const HOUR = 3_600_000;
let s: WalletStage;
let shop: Merchant;
beforeAll(async () => {
  s = await WalletStage.open(START);
  await s.beginTown();
  shop = await s.merchant();
});
afterAll(() => s?.close());

const read = (id: number) => shop.api.call(wallet.getTillRequest, { params: { id } });
const soon = (ms: number) => new Date(s.here.clock.now() + ms).toISOString();

test("a refund goes to the account that paid, in parts, once a key, and never above what was paid", async () => {
  const phone = await s.customer(1_000);
  const { id, link } = await s.ask(shop, 800);
  const refund = (key: string, amountMinor: number) => ({ params: { id }, body: { key, amountMinor } });
  expect((await shop.api.refused(wallet.refundTillRequest, refund("zu früh", 1))).detail).toContain(
    "not_paid",
  );
  await phone.pay(link);
  const part = await shop.api.call(wallet.refundTillRequest, refund("a", 300));
  expect(part).toMatchObject({ state: "part_refunded", refundedMinor: 300, paidMinor: 800 });
  await shop.api.call(wallet.refundTillRequest, refund("a", 300));
  expect((await shop.api.refused(wallet.refundTillRequest, refund("a", 301))).code).toBe("conflict");
  expect((await shop.api.refused(wallet.refundTillRequest, refund("b", 501))).detail).toContain("too_much");
  expect(await shop.api.call(wallet.refundTillRequest, refund("b", 500))).toMatchObject({
    state: "refunded",
  });
  expect(await phone.me()).toMatchObject({ balance: 10_000_000 });
  expect((await phone.request(link)).receipt).toMatchObject({ amount: 8_000_000, refundedAmount: 8_000_000 });
  const { items } = await phone.api.call(wallet.listMovements, { query: { limit: 2 } });
  expect(items.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["refunded", 5_000_000],
    ["refunded", 3_000_000],
  ]);
  const more = await phone.api.call(wallet.listMovements, {
    query: { limit: 2, cursor: String(items[1]?.id) },
  });
  expect(more).toMatchObject({ items: [{ kind: "paid", amount: -8_000_000 }], next: null });
});

test("refunds that two people order at once never come to more than was paid", async () => {
  const phone = await s.customer(1_000);
  const { id, link } = await s.ask(shop, 1_000);
  await phone.pay(link);
  const orders = ["x", "y", "z"].map((key) =>
    shop.api.send(wallet.refundTillRequest, { params: { id }, body: { key, amountMinor: 600 } }),
  );
  const statuses = (await Promise.all(orders)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect((await phone.me()).balance).toBe(6_000_000);
});

test("what is set aside is captured, whole or in part; the rest comes back", async () => {
  const phone = await s.customer(2_000);
  const made = await s.ask(shop, 1_500, { kind: "hold", until: soon(2 * HOUR) });
  expect((await phone.pay(made.link)).result).toBe("applied");
  expect(await read(made.id)).toMatchObject({ state: "held", paidMinor: 0 });
  expect(await phone.me()).toMatchObject({ balance: 5_000_000, held: 15_000_000 });
  const params = { id: made.id };
  const tooMuch = { params, body: { amountMinor: 1_501 } };
  expect((await shop.api.refused(wallet.captureTillRequest, tooMuch)).detail).toContain("above_hold");
  const captured = await shop.api.call(wallet.captureTillRequest, { params, body: { amountMinor: 1_200 } });
  expect(captured).toMatchObject({ state: "paid", paidMinor: 1_200 });
  expect(await phone.me()).toMatchObject({ balance: 8_000_000, held: 0 });
  expect((await shop.api.refused(wallet.voidTillRequest, { params })).detail).toContain("not_held");
  const { items } = await phone.api.call(wallet.listMovements);
  expect(items.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["captured", 3_000_000],
    ["held", -15_000_000],
  ]);
});

test("a merchant gives back what is set aside; what nobody captures comes back by itself, and is noticed", async () => {
  const phone = await s.customer(900);
  const given = await s.ask(shop, 400, { kind: "hold", until: soon(2 * HOUR) });
  const left = await s.ask(shop, 500, { kind: "hold", until: soon(HOUR) });
  await phone.pay(given.link);
  await phone.pay(left.link);
  expect((await phone.me()).balance).toBe(0);
  const back = await shop.api.call(wallet.voidTillRequest, { params: { id: given.id } });
  expect(back).toMatchObject({
    state: "returned",
    entries: [{ kind: "held" }, { kind: "returned", state: "done" }],
  });
  expect((await phone.me()).balance).toBe(4_000_000);
  s.here.clock.advance(HOUR + 1_000);
  // Any block gives back what ran out; the engine makes one each second where nobody asks for anything.
  await s.seal();
  await s.runner.poll();
  expect(await read(left.id)).toMatchObject({ state: "returned", paidMinor: 0 });
  expect((await phone.me()).balance).toBe(9_000_000);
  const late = { params: { id: left.id }, body: {} };
  expect((await shop.api.refused(wallet.captureTillRequest, late)).detail).toContain("not_held");
  const { items } = await phone.api.call(wallet.listMovements);
  expect(items.reduce((sum, { amount }) => sum + amount, 0)).toBe(0);
});

test("a telephone without a net signs what the till shows; the till hands it in, once, and later than the request's end", async () => {
  const phone = await s.customer(600);
  const { coin, nextNonce } = await phone.me();
  const made = await s.ask(shop, 250);
  const offer = readOffer(made.offer);
  if (!offer) throw new Error("The till shows no offer.");
  expect(offer).toMatchObject({
    amount: 2_500_000,
    chainId: coin.chainId,
    merchant: "Hafenkontor",
    hold: null,
  });
  const bytes = phone.signed(
    {
      kind: "transfer",
      by: 0,
      to: bytesOf(offer.to),
      amount: offer.amount,
      reference: bytesOf(offer.reference),
    },
    { chainId: offer.chainId, now: s.here.clock.now(), nonce: nextNonce },
  );
  const alike = await s.ask(shop, 250);
  const atAnother = { body: { bytes, requestId: alike.id } };
  expect((await shop.api.refused(wallet.takeSigned, atAnother)).detail).toContain("not_this_request");
  s.here.clock.advance(20 * 60_000);
  await s.here.settle();
  expect((await read(made.id)).state).toBe("expired");
  const taken = await shop.api.call(wallet.takeSigned, { body: { bytes, requestId: made.id } });
  expect(taken).toMatchObject({
    result: "applied",
    request: { id: made.id, state: "paid", isOffline: true },
  });
  expect(await shop.api.call(wallet.takeSigned, { body: { bytes } })).toMatchObject({
    result: "applied",
    isKnown: true,
  });
  expect((await shop.api.refused(wallet.takeSigned, atAnother)).detail).toContain("not_this_request");
  expect((await phone.me()).balance).toBe(3_500_000);
  const elsewhere = await s.here.tenant({ name: "Anderswo" });
  const other = await s.merchantApi(elsewhere.id);
  expect((await other.api.refused(wallet.takeSigned, { body: { bytes } })).detail).toContain("not_yours");
  expect((await shop.api.refused(wallet.takeSigned, { body: { bytes: "AAAA" } })).code).toBe("bad_request");
});

test("the settlement counts to the cent what came in and went out, also as a file", async () => {
  s.here.clock.advance(1_000);
  const from = s.here.clock.now();
  const phone = await s.customer(3_000);
  const [one, two] = [await s.ask(shop, 1_099), await s.ask(shop, 501, { title: "=SUMME(A1)" })];
  await phone.pay(one.link);
  await phone.pay(two.link);
  await shop.api.call(wallet.refundTillRequest, {
    params: { id: one.id },
    body: { key: "r", amountMinor: 99 },
  });
  s.here.clock.advance(1_000);
  const query = { from: new Date(from).toISOString(), to: soon(0) };
  const counted = await shop.api.call(wallet.getSettlement, { query });
  expect(counted).toMatchObject({
    takenMinor: 1_600,
    refundedMinor: 99,
    payments: 2,
    refunds: 1,
    redeemedMinor: 0,
  });
  expect(counted.rows.map(({ amountMinor }) => amountMinor).sort((a, b) => a - b)).toEqual([-99, 501, 1_099]);
  const file = await shop.api.call(wallet.exportSettlement, { query });
  const text = Buffer.from(file.content, "base64").toString("utf8");
  expect(text.split("\r\n")).toHaveLength(5);
  expect(text).toContain(",10.99,,");
  expect(text).toContain(",,0.99,");
  expect(text).toContain("'=SUMME(A1)");
});

test("a customer gets the proof of what is owed to them, after it was published", async () => {
  const phone = await s.customer(777);
  expect((await phone.api.refused(wallet.getWalletProof)).detail).toContain("once a day");
  await s.seal();
  const proof = await phone.api.call(wallet.getWalletProof);
  expect(proof).toMatchObject({
    sum: 7_770_000,
    secret: phone.secret,
    account: phone.account,
    supply: 10_000_000_000,
  });
  expect(proof.total).toBe(proof.supply);
  expect(proof.attested).toMatchObject([{ asset: "EUR", amount: 1_000_000 }]);
});
