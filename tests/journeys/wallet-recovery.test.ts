import { afterAll, beforeAll, expect, test } from "vitest";
import * as wallet from "../../src/skills/wallet/api.ts";
import { bytesOf, hexOf, Phone } from "../outside/phone.ts";
import { type Merchant, WalletStage } from "../outside/wallet-stage.ts";

/** A lost telephone: k of those whom its owner has named give the account to a new key, and to nobody else's. */

let s: WalletStage;
let shop: Merchant;
beforeAll(async () => {
  s = await WalletStage.open(Date.parse("2026-11-24T09:00:00Z"));
  await s.beginTown();
  shop = await s.merchant();
});
afterAll(() => s?.close());

async function names(owner: Phone, needed: number, helpers: readonly Phone[]): Promise<void> {
  const members = helpers.map(({ account }) => bytesOf(account));
  const labels = Object.fromEntries(helpers.map(({ account }, n) => [account, `Helfer ${n + 1}`]));
  const outcome = await owner.submit(
    await owner.sign({ kind: "recoverers", by: 0, needed, members }),
    labels,
  );
  expect(outcome.result).toBe("applied");
}

const asked = async (helper: Phone) => (await helper.api.call(wallet.listRecoveries)).items;

async function signs(helper: Phone, recovery: string) {
  const one = (await asked(helper)).find((item) => item.recovery === recovery);
  const signatures = (one?.bodies ?? []).map((body) => hexOf(helper.key.sign(bytesOf(body))));
  return helper.api.call(wallet.signRecovery, { params: { id: recovery }, body: { signatures } });
}

test("two of three give a lost wallet to a new telephone; the old one reads and spends nothing any more", async () => {
  const lost = await s.customer(2_000);
  const helpers = [await s.customer(300), await s.customer(), await s.customer()] as const;
  await names(lost, 2, helpers);
  expect((await lost.me()).recoverers).toMatchObject({
    needed: 2,
    members: [{ label: "Helfer 1" }, { label: "Helfer 2" }, { label: "Helfer 3" }],
  });
  expect((await helpers[1].me()).helps).toMatchObject([{ account: lost.account }]);

  const fresh = new Phone(s.stranger);
  const ask = {
    account: `${s.tenantId}.${lost.account}`,
    key: hexOf(fresh.key.compressed),
    label: "Neues Telefon",
  };
  const { recovery, code, needed } = await s.stranger.call(wallet.askRecovery, { body: ask });
  expect([needed, code.length]).toEqual([2, 8]);
  const look = () => s.stranger.call(wallet.getRecovery, { query: { recovery } });
  expect(await look()).toMatchObject({ state: "waiting", have: 0, token: null });
  const [item] = await asked(helpers[0]);
  expect(item).toMatchObject({ account: lost.account, label: "Neues Telefon", code, isSigned: false });
  // Each is in two of three groups.
  expect(item?.bodies).toHaveLength(2);
  expect(await asked(lost)).toEqual([]);
  const id = String(item?.recovery);

  // What a helper pays meanwhile does not spoil it, and signatures of another key count for nothing.
  await helpers[0].pay((await s.ask(shop, 100)).link);
  const forged = {
    params: { id },
    body: { signatures: (item?.bodies ?? []).map((b) => hexOf(lost.key.sign(bytesOf(b)))) },
  };
  expect((await helpers[0].api.refused(wallet.signRecovery, forged)).code).toBe("bad_request");
  expect((await lost.api.refused(wallet.signRecovery, forged)).code).toBe("not_found");
  expect(await signs(helpers[0], id)).toMatchObject({ state: "waiting", have: 1 });
  expect((await asked(helpers[0]))[0]?.isSigned).toBe(true);
  expect(await signs(helpers[2], id)).toMatchObject({ state: "done", have: 2 });

  const done = await look();
  expect(done).toMatchObject({ state: "done", account: lost.account, secret: lost.secret });
  fresh.carry(s.tenantId, done.account, String(done.token));
  expect(await fresh.me()).toMatchObject({ balance: 20_000_000, key: hexOf(fresh.key.compressed) });
  expect((await lost.api.refused(wallet.getWallet)).code).toBe("not_signed_in");
  // The way to the token has ended with it, and the lost telephone opens nothing with what it still has.
  expect((await s.stranger.refused(wallet.getRecovery, { query: { recovery } })).code).toBe("not_found");
  await expect(lost.open(lost.invitation)).rejects.toThrow("another key");
  expect((await fresh.me()).account).toBe(lost.account);
  const made = await s.ask(shop, 500);
  const byOld = lost.signed(Phone.operationOf(await fresh.request(made.link)), {
    chainId: (await fresh.me()).coin.chainId,
    now: s.here.clock.now(),
    nonce: (await fresh.me()).nextNonce,
  });
  expect((await fresh.submit(byOld)).result).toBe("wrong_key");
  expect((await fresh.pay(made.link)).result).toBe("applied");
  expect(await asked(helpers[1])).toEqual([]);
});

test("a second device of the same customer is enough, where the customer has said so", async () => {
  const first = await s.customer(700);
  const { invitation } = await first.api.call(wallet.inviteDevice, { body: { label: "Tablet" } });
  const second = await new Phone(s.stranger).open(invitation, "Tablet");
  await names(first, 1, [second]);
  const fresh = new Phone(s.stranger);
  const ask = { account: `${s.tenantId}.${first.account}`, key: hexOf(fresh.key.compressed) };
  const { recovery } = await s.stranger.call(wallet.askRecovery, { body: ask });
  const [item] = await asked(second);
  expect((await signs(second, String(item?.recovery))).state).toBe("done");
  const done = await s.stranger.call(wallet.getRecovery, { query: { recovery } });
  fresh.carry(s.tenantId, done.account, String(done.token));
  expect((await fresh.me()).balance).toBe(7_000_000);
});

test("without people it cannot be asked for; what nobody signs within a day is over", async () => {
  const alone = await s.customer();
  const key = hexOf(new Phone(s.stranger).key.compressed);
  const ask = { body: { account: `${s.tenantId}.${alone.account}`, key } };
  expect((await s.stranger.refused(wallet.askRecovery, ask)).detail).toContain("no_recoverers");
  const nobody = { body: { account: `${s.tenantId}.${"0".repeat(32)}`, key } };
  expect((await s.stranger.refused(wallet.askRecovery, nobody)).code).toBe("not_found");
  const helper = await s.customer();
  await names(alone, 1, [helper]);
  const { recovery } = await s.stranger.call(wallet.askRecovery, ask);
  const [item] = await asked(helper);
  s.here.clock.advance(24 * 3_600_000);
  expect(await asked(helper)).toEqual([]);
  const signatures = (item?.bodies ?? []).map((body) => hexOf(helper.key.sign(bytesOf(body))));
  const late = { params: { id: String(item?.recovery) }, body: { signatures } };
  expect((await helper.api.call(wallet.signRecovery, late)).state).toBe("waiting");
  expect((await s.stranger.call(wallet.getRecovery, { query: { recovery } })).state).toBe("expired");
});

test("strangers who ask for somebody's wallet do not keep its owner out", async () => {
  const owner = await s.customer();
  const helper = await s.customer();
  await names(owner, 1, [helper]);
  const ask = () => {
    const key = hexOf(new Phone(s.stranger).key.compressed);
    return s.stranger.call(wallet.askRecovery, { body: { account: `${s.tenantId}.${owner.account}`, key } });
  };
  for (let n = 0; n < 7; n++) {
    await ask();
    s.here.clock.advance(20_000);
  }
  const { recovery, code } = await ask();
  const items = await asked(helper);
  expect(items).toHaveLength(5);
  const own = items.find((item) => item.code === code);
  expect((await signs(helper, String(own?.recovery))).state).toBe("done");
  expect((await s.stranger.call(wallet.getRecovery, { query: { recovery } })).state).toBe("done");
  expect(await asked(helper)).toEqual([]);
});

test("long after it was opened, the same call opens nothing", async () => {
  const phone = await s.customer();
  s.here.clock.advance(16 * 60_000);
  await expect(phone.open(phone.invitation)).rejects.toThrow("409");
  expect((await phone.me()).account).toBe(phone.account);
});
