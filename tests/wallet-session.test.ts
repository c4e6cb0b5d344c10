import { expect, test } from "vitest";
import { does, EURO, nextBlock } from "../src/skills/coin/engine/ledger.fixture.ts";
import { CallError } from "../src/web/customer-page/call.ts";
import { payableOf } from "../src/web/wallet/state/payable.ts";
import { checkMyself } from "../src/web/wallet/state/self-check.ts";
import { Session } from "../src/web/wallet/state/session.ts";
import type { Store } from "../src/web/wallet/state/wallet-store.ts";
import { memoryStore } from "../src/web/wallet/testing/memory-store.ts";
import { type CoreRequest, hex, TENANT, WalletCore } from "./outside/wallet-core.ts";

/** The wallet's page against the ledger's core: what is signed once is paid once, whatever is lost on the way. */

function opened(core: WalletCore, store: Store = memoryStore()): { session: Session; store: Store } {
  let last = Promise.resolve<unknown>(undefined);
  const { anybody, ownerOf, now } = core;
  const lock = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return { session: new Session({ store, anybody, ownerOf, now, lock }), store };
}

async function withMoney(coins = 50) {
  const core = new WalletCore();
  const { session, store } = opened(core);
  await session.open(`${TENANT}.${"ab".repeat(16)}`, "Telefon", "de");
  const account = session.snapshot.wallet?.account ?? "";
  core.sells(account, coins);
  await session.refresh();
  return { core, session, store, account };
}

const balanceOf = (core: WalletCore, account: string) => core.me(account).balance / EURO;
const pays = (core: WalletCore, session: Session, request: CoreRequest) =>
  session.pay(payableOf(core.asked(request), `${TENANT}.${request.key}`));

test("an account is opened with a key of this device, and shows its money", async () => {
  const { session, account } = await withMoney();
  const { wallet, net, isEnded } = session.snapshot;
  expect(account).toMatch(/^[0-9a-f]{32}$/);
  expect(wallet?.me?.key).toBe(wallet?.key.point);
  expect([wallet?.me?.balance, net, isEnded]).toEqual([50 * EURO, "online", false]);
  expect(wallet?.movements).toMatchObject([{ kind: "bought", amount: 50 * EURO }]);
});

test("an opening whose answer was lost goes on with the same key and brings the same account", async () => {
  const core = new WalletCore();
  const { session, store } = opened(core);
  const open = core.anybody.open;
  let calls = 0;
  core.anybody.open = async (body) => {
    const answer = await open(body);
    calls += 1;
    if (calls === 1) throw new CallError("offline");
    return answer;
  };
  const place = `${TENANT}.${"cd".repeat(16)}`;
  await expect(session.open(place, "Telefon", "de")).rejects.toThrow("offline");
  const later = opened(core, store).session;
  await later.start(null);
  await later.open(place, "Telefon", "de");
  expect(await store.wallets()).toHaveLength(1);
  expect(core.all.state.accounts.size).toBe(core.all.genesis.accounts.length + 2);
});

test("one tap pays, and the receipt is the request's", async () => {
  const { core, session, account } = await withMoney();
  const request = core.asks(10.9);
  const paid = await pays(core, session, request);
  expect(paid).toMatchObject({ is: "done" });
  expect(request.state).toBe("paid");
  expect(request.paid?.txId).toBe(paid.is === "done" && paid.id);
  expect(balanceOf(core, account)).toBe(39.1);
  expect(session.snapshot.queue).toEqual([]);
});

test("a payment on delivery is set aside, for the arbiter and the end that were asked for", async () => {
  const { core, session, account } = await withMoney();
  const until = core.now() + 3_600_000;
  const request = core.asks(20, { hold: { until } });
  expect(await pays(core, session, request)).toMatchObject({ is: "done" });
  expect(core.me(account)).toMatchObject({ balance: 30 * EURO, held: 20 * EURO });
  nextBlock(core.all, until);
  nextBlock(core.all);
  expect(core.me(account)).toMatchObject({ balance: 50 * EURO, held: 0 });
});

test.each(["question", "answer"] as const)(
  "a lost %s keeps the payment, and it is done once",
  async (what) => {
    const { core, session, store, account } = await withMoney();
    const request = core.asks(10);
    core.lose = [{ what }, { what }];
    expect(await pays(core, session, request)).toMatchObject({ is: "waiting" });
    expect(session.snapshot.net).toBe("offline");
    // The person taps again, and reloads the page: it is the same payment.
    expect(await pays(core, session, request)).toMatchObject({ is: "waiting" });
    const later = opened(core, store).session;
    await later.start(TENANT);
    expect(later.snapshot.queue).toHaveLength(1);
    await later.refresh();
    expect(later.snapshot.queue).toEqual([]);
    expect(request.state).toBe("paid");
    expect(balanceOf(core, account)).toBe(40);
  },
);

test("without a net several payments are signed, each with its own number, and all are done when it is back", async () => {
  const { core, session, account } = await withMoney();
  const requests = [1, 2, 3].map((coins) => core.asks(coins));
  core.isOffline = true;
  await session.refresh();
  expect(session.snapshot.net).toBe("offline");
  for (const one of requests) expect(await pays(core, session, one)).toMatchObject({ is: "waiting" });
  const [first, second] = session.snapshot.queue;
  core.isOffline = false;
  // The till was faster with one of them.
  core.submit(second?.bytes ?? new Uint8Array());
  expect((first?.expiresAt ?? 0) - (first?.signedAt ?? 0)).toBe(4 * 3_600_000);
  await session.refresh();
  expect(requests.map(({ state }) => state)).toEqual(["paid", "paid", "paid"]);
  expect(session.snapshot.queue).toEqual([]);
  expect(balanceOf(core, account)).toBe(44);
});

test("what ran out while it waited was not paid, and says so until it was read", async () => {
  const { core, session, account } = await withMoney();
  const request = core.asks(10);
  core.isOffline = true;
  await pays(core, session, request);
  nextBlock(core.all, core.now() + 5 * 3_600_000);
  core.isOffline = false;
  await session.refresh();
  const [left] = session.snapshot.queue;
  expect(left).toMatchObject({ state: "over", result: "expired", amount: 10 * EURO });
  expect([request.state, balanceOf(core, account)]).toEqual(["open", 50]);
  await session.dismiss(left?.id ?? "");
  expect(session.snapshot.queue).toEqual([]);
});

test("what ran out although it had been done is done: the request says by which payment", async () => {
  const { core, session, account } = await withMoney();
  const request = core.asks(10);
  core.lose = [{ what: "answer" }];
  await pays(core, session, request);
  nextBlock(core.all, core.now() + 25 * 3_600_000);
  nextBlock(core.all);
  await session.refresh();
  expect(session.snapshot.queue).toEqual([]);
  expect(balanceOf(core, account)).toBe(40);
});

test("a refusal is kept with the ledger's word until it was read, and the request can be paid again", async () => {
  const { core, session, account } = await withMoney(5);
  const request = core.asks(10);
  const paid = await pays(core, session, request);
  expect(paid).toMatchObject({ is: "refused", result: "insufficient" });
  expect(session.snapshot.queue).toMatchObject([{ state: "refused", result: "insufficient" }]);
  core.sells(account, 20);
  await session.refresh();
  expect(await pays(core, session, request)).toMatchObject({ is: "done" });
  expect(balanceOf(core, account)).toBe(15);
});

test("a number that was used elsewhere is replaced, once, by the next free one", async () => {
  const { core, session, account } = await withMoney();
  const request = core.asks(10);
  // The same device in another tab, before the first tab looks again.
  const other = opened(core, session.parts.store).session;
  await other.start(TENANT);
  await pays(core, other, core.asks(1));
  const wallet = session.snapshot.wallet;
  await session.parts.store.write({ wallet: { ...(wallet as NonNullable<typeof wallet>), lastNonce: -1 } });
  expect(await pays(core, session, request)).toMatchObject({ is: "done" });
  expect(balanceOf(core, account)).toBe(39);
});

test("the code of another coin's till is refused before anybody signs", async () => {
  const { core, session } = await withMoney();
  const request = core.asks(1);
  const other = { ...payableOf(core.asked(request), `${TENANT}.${request.key}`), chainId: 9 };
  expect(await session.pay(other)).toMatchObject({ is: "refused", result: "wrong_chain" });
  expect([session.snapshot.queue, core.submitted]).toEqual([[], 0]);
});

test("a frozen account and an unknown token are told apart", async () => {
  const { core, session, account } = await withMoney();
  const accountBytes = new Uint8Array(Buffer.from(account, "hex"));
  nextBlock(core.all);
  const freeze = {
    kind: "freeze",
    account: accountBytes,
    isFrozen: true,
    reason: new Uint8Array(32),
  } as const;
  expect(does(core.all, core.all.governors.slice(0, 2), freeze)).toBe("applied");
  expect(await pays(core, session, core.asks(1))).toMatchObject({ is: "refused", result: "frozen" });
  const wallet = session.snapshot.wallet;
  await session.keep({ ...(wallet as NonNullable<typeof wallet>), token: "f".repeat(32) });
  await session.refresh();
  expect(session.snapshot.isEnded).toBe(true);
});

test("check for myself: the balance of the publication is today's without what happened since", async () => {
  const { core, session, account } = await withMoney();
  await pays(core, session, core.asks(3));
  core.seals();
  await pays(core, session, core.asks(7));
  core.sells(account, 1);
  await session.refresh();
  const { checked, proof } = await checkMyself(session);
  expect(proof.sum).toBe(47 * EURO);
  expect(checked.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "own good",
    "balance good",
    "root good",
    "total good",
    "supply good",
    "reserve good",
    "fresh good",
    "same open",
  ]);
  expect(session.snapshot.wallet?.told).toEqual([
    { sealedHeight: proof.sealedHeight, root: proof.root, total: proof.total },
  ]);
});

test("check for myself finds a movement that was left out, another's proof, and a second story of the same block", async () => {
  const { core, session, account } = await withMoney();
  core.seals();
  await pays(core, session, core.asks(7));
  await session.refresh();
  const bad = async () =>
    (await checkMyself(session)).checked.steps.filter(({ state }) => state === "bad").map(({ name }) => name);
  const kept = core.movements.get(account) ?? [];
  core.movements.set(account, kept.slice(1));
  expect(await bad()).toEqual(["balance"]);
  core.movements.set(account, kept);
  const proof = core.proof.bind(core);
  core.proof = () => proof(hex(core.all.exchange.id));
  expect(await bad()).toEqual(["own", "balance"]);
  core.proof = (token) => ({ ...proof(token), root: "0".repeat(64) });
  expect(await bad()).toEqual(["root", "same"]);
});
