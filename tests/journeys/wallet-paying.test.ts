import { afterAll, beforeAll, expect, test } from "vitest";
import * as wallet from "../../src/skills/wallet/api.ts";
import { bytesOf, Phone } from "../outside/phone.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";

/** A wallet is opened, a request is paid once, and everything else is refused with a sentence. */

const START = Date.parse("2026-11-24T09:00:00Z");
let s: WalletStage;
let shop: Merchant;
beforeAll(async () => {
  s = await WalletStage.open(START);
  await s.beginTown();
  shop = await s.merchant();
});
afterAll(() => s?.close());

const read = (id: number) => shop.api.call(wallet.getTillRequest, { params: { id } });

test("an invitation says who invites, opens one wallet, and the same call again gives the same account", async () => {
  const key = await s.invitation();
  const look = await s.stranger.call(wallet.lookAtInvitation, { query: { key } });
  expect(look).toMatchObject({
    isOpen: true,
    coin: { name: "Hafentaler", legal: "play", tenantId: s.tenantId },
  });
  const phone = await new Phone(s.stranger).open(key);
  const first = phone.account;
  const firstToken = phone.token;
  await phone.open(key);
  expect(phone.account).toBe(first);
  expect(await phone.me()).toMatchObject({
    account: first,
    balance: 0,
    held: 0,
    isFrozen: false,
    nextNonce: 0,
  });
  const old = s.stranger.with({ authorization: `Wallet ${s.tenantId}.${firstToken}` });
  expect((await old.refused(wallet.getWallet)).code).toBe("not_signed_in");
  expect((await s.stranger.call(wallet.lookAtInvitation, { query: { key } })).isOpen).toBe(false);
  const other = new Phone(s.stranger);
  await expect(other.open(key)).rejects.toThrow("used up");
});

test("a request is read by its link, paid with one signature, receipted, and in both histories", async () => {
  const phone = await s.customer(5_000);
  const made = await s.ask(shop, 1_250);
  expect(made).toMatchObject({ state: "open", amountMinor: 1_250 });
  const asked = await phone.request(made.link);
  expect(asked).toMatchObject({
    amount: 12_500_000,
    kind: "now",
    merchant: { name: "Hafenkontor" },
    state: "open",
  });
  const outcome = await phone.pay(made.link);
  expect(outcome).toMatchObject({ result: "applied", isKnown: false, sentence: "Erledigt." });
  expect(await read(made.id)).toMatchObject({
    state: "paid",
    paidMinor: 1_250,
    entries: [{ kind: "paid", amountMinor: 1_250, state: "done" }],
  });
  expect((await phone.request(made.link)).receipt).toMatchObject({
    amount: 12_500_000,
    height: outcome.height,
  });
  expect(await phone.me()).toMatchObject({ balance: 37_500_000, dayOut: 12_500_000, nextNonce: 1 });
  const { items } = await phone.api.call(wallet.listMovements);
  expect(items).toMatchObject([
    {
      kind: "paid",
      amount: -12_500_000,
      merchant: "Hafenkontor",
      title: "Fischbrötchen",
      height: outcome.height,
    },
  ]);
  expect(asked.title).toBe("Fischbrötchen");
  const till = await shop.api.call(wallet.getTill);
  expect(till.items[0]?.balanceMinor).toBe(1_250);
});

test("the same bytes again are answered alike and paid once; a second payer is told that it is settled", async () => {
  const [anna, ben] = [await s.customer(1_000), await s.customer(1_000)];
  const made = await s.ask(shop, 400);
  const bytes = await anna.sign(Phone.operationOf(await anna.request(made.link)));
  const [first, second] = await Promise.all([anna.submit(bytes), anna.submit(bytes)]);
  expect([first.result, second.result]).toEqual(["applied", "applied"]);
  expect((await anna.submit(bytes)).isKnown).toBe(true);
  expect((await anna.me()).balance).toBe(6_000_000);
  const late = await ben.pay(made.link);
  expect(late).toMatchObject({ result: "request_not_open", height: 0 });
  expect(late.sentence).toContain("erledigt");
  expect((await ben.me()).balance).toBe(10_000_000);
  expect((await read(made.id)).entries).toHaveLength(1);
});

test("two who pay one request at the same moment: one has paid, nobody has lost anything", async () => {
  const payers = await Promise.all([s.customer(1_000), s.customer(1_000), s.customer(1_000)]);
  const made = await s.ask(shop, 700);
  const operation = Phone.operationOf(await (payers[0] as Phone).request(made.link));
  const signed = await Promise.all(payers.map((one) => one.sign(operation)));
  const outcomes = await Promise.all(payers.map((one, n) => one.submit(String(signed[n]))));
  expect(outcomes.filter(({ result }) => result === "applied")).toHaveLength(1);
  await s.runner.poll();
  const balances = (await Promise.all(payers.map((one) => one.me()))).map(({ balance }) => balance);
  expect(balances.sort((a, b) => a - b)).toEqual([3_000_000, 10_000_000, 10_000_000]);
  expect(await read(made.id)).toMatchObject({ state: "paid" });
});

test("what was not asked for, cannot be paid or is somebody else's is refused, and nothing has moved", async () => {
  const phone = await s.customer(500);
  const made = await s.ask(shop, 300);
  const asked = Phone.operationOf(await phone.request(made.link));
  if (asked.kind !== "transfer") throw new Error("no transfer");
  const result = async (bytes: string) => (await phone.submit(bytes)).result;
  expect(await result(await phone.sign({ ...asked, amount: asked.amount - 1 }))).toBe("not_as_asked");
  expect(await result(await phone.sign({ ...asked, reference: new Uint8Array(32).fill(7) }))).toBe(
    "request_unknown",
  );
  const tooMuch = await s.ask(shop, 501);
  expect((await phone.pay(tooMuch.link)).result).toBe("insufficient");
  expect(await read(tooMuch.id)).toMatchObject({ state: "open", entries: [] });
  const other = await s.customer(100);
  expect(
    (await other.api.refused(wallet.submitTransaction, { body: { bytes: await phone.sign(asked) } })).code,
  ).toBe("forbidden");
  const mint = await phone.sign({ kind: "mint", by: 0, to: bytesOf(phone.account), amount: 1 });
  expect((await phone.api.refused(wallet.submitTransaction, { body: { bytes: mint } })).code).toBe(
    "rule_broken",
  );
  expect((await phone.api.refused(wallet.submitTransaction, { body: { bytes: "AAAA" } })).code).toBe(
    "bad_request",
  );
  const broken = (await phone.sign(asked)).replace(/.{8}$/, "AAAAAAAA");
  expect(await result(broken)).toBe("bad_signature");
  expect(await result(await phone.sign(asked, { expiresAt: START - 1 }))).toBe("expired");
  expect((await phone.me()).balance).toBe(5_000_000);
  // After all that it is paid as it was asked.
  expect((await phone.pay(made.link)).result).toBe("applied");
});

test("an id that stands for something else is a conflict, whoever used it; nothing of that is touched", async () => {
  const phone = await s.customer(500);
  const made = await s.ask(shop, 200);
  await phone.pay(made.link);
  const refund = { params: { id: made.id }, body: { key: "r", amountMinor: 100 } };
  await shop.api.call(wallet.refundTillRequest, refund);
  const { items } = await phone.api.call(wallet.listMovements);
  const more = await s.ask(shop, 50);
  for (const { txId, kind } of items) {
    const stolen = await phone.pay(more.link, { id: bytesOf(txId) });
    expect([kind, stolen.result]).toEqual([kind, "id_conflict"]);
  }
  expect(await read(made.id)).toMatchObject({ state: "part_refunded", refundedMinor: 100 });
  expect((await phone.pay(more.link)).result).toBe("applied");
});

test("taken back or over, it is not paid any more", async () => {
  const phone = await s.customer(500);
  const made = await s.ask(shop, 100);
  await shop.api.call(wallet.cancelTillRequest, { params: { id: made.id } });
  expect((await phone.pay(made.link)).result).toBe("request_not_open");
  const short = await s.ask(shop, 100, { expiresAt: new Date(s.here.clock.now() + 60_000).toISOString() });
  s.here.clock.advance(61_000);
  expect((await phone.request(short.link)).state).toBe("expired");
  expect((await phone.pay(short.link)).result).toBe("request_not_open");
  await s.here.settle();
  expect((await shop.api.call(wallet.listTillRequests, { query: { state: "expired" } })).items).toMatchObject(
    [{ id: short.id }],
  );
});

test("a key that was used for something else is a conflict; a wallet that is closed reads nothing", async () => {
  const body = { key: "einmal", amountMinor: 100, title: "Tee" };
  const first = await shop.api.call(wallet.createTillRequest, { body });
  expect((await shop.api.call(wallet.createTillRequest, { body })).id).toBe(first.id);
  const other = { body: { ...body, amountMinor: 200 } };
  expect((await shop.api.refused(wallet.createTillRequest, other)).code).toBe("conflict");
  const phone = await s.customer();
  await phone.api.call(wallet.closeWallet);
  expect((await phone.api.refused(wallet.getWallet)).code).toBe("not_signed_in");
});
