import { afterAll, beforeAll, expect, test } from "vitest";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import { type AskedFor, newestBalance, requestFor } from "../../src/skills/pay/store/for-skills.ts";
import { IBAN, PayStage } from "../outside/pay-stage.ts";

/** What another skill has of payments: money asked for under its own reference, and what the bank last said. */

const RESERVE = "DE02120300000000202051";
let s: PayStage;
beforeAll(async () => {
  s = await PayStage.open(Date.parse("2026-11-24T09:00:00Z"));
  await s.setUp();
});
afterAll(() => s?.close());

const asks = (reference: string, change: Partial<AskedFor> = {}) => {
  const { kernel } = s.here;
  const of: AskedFor = {
    tenantId: s.tenantId,
    timer: "wallet_bought",
    reference,
    amountMinor: 2_000,
    title: "20 Hafentaler",
    language: "de",
    by: "wallet",
    ...change,
  };
  return kernel.db.tenant(s.tenantId, (tx) => requestFor(kernel, tx, of));
};
const told = async () =>
  (await s.rows("select payload from kernel.timer where kind = 'wallet_bought' order by id")).map(
    ({ payload }) => payload,
  );
const pays = (reference: string, id: string, amount = "20.00") =>
  s.importFile(
    camtFile({
      id,
      opening: "0.00",
      closing: amount,
      entries: [{ amount, name: "Anna Krug", reference, bankReference: id, iban: RESERVE }],
    }),
  );

test("one reference is one request, and with other content a conflict; it names nobody", async () => {
  const made = await asks("order 1");
  expect(made).toMatchObject({ state: "open", amountMinor: 2_000, owedMinor: 2_000 });
  expect(made.page).toMatch(/^\/pay#\d+\.[0-9a-f]{32}$/);
  expect(await asks("order 1")).toEqual(made);
  await expect(asks("order 1", { amountMinor: 2_001 })).rejects.toMatchObject({ code: "conflict" });
  const shown = await s.page(made).call(pay.getPayPage);
  expect(shown).toMatchObject({ title: "20 Hafentaler", owedMinor: 2_000, reference: made.reference });
  expect(await s.read(made.requestId)).toMatchObject({ name: "", conversationId: null });
});

test("a key that somebody chose by chance is not taken for the other skill's", async () => {
  const body = {
    key: "wallet_bought:order 9",
    amountMinor: 2_000,
    title: "20 Hafentaler",
    language: "de" as const,
  };
  await s.owner.call(pay.createPayRequest, { body });
  await expect(asks("order 9")).rejects.toMatchObject({ code: "conflict" });
});

test("what is rolled back was never asked for", async () => {
  const { kernel } = s.here;
  const failing = kernel.db.tenant(s.tenantId, async (tx) => {
    const of = { tenantId: s.tenantId, timer: "wallet_bought", reference: "order 2", by: "wallet" };
    await requestFor(kernel, tx, { ...of, amountMinor: 1, title: "Nichts", language: "de" });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await s.rows("select from pay.request where title = 'Nichts'")).toEqual([]);
});

test("told when all of it is there, once; and once when it is taken back", async () => {
  const { requestId, reference } = await asks("order 3");
  await s.owner.call(pay.recordPayment, {
    params: { id: requestId },
    body: { key: "bar", amountMinor: 500 },
  });
  expect(await told()).toEqual([]);
  await pays(reference, "S3", "15.00");
  expect(await told()).toEqual([{ reference: "order 3", requestId, what: "paid" }]);
  await s.rows("delete from kernel.timer where kind = 'wallet_bought' returning id");
  const [hand, bank] = (await s.read(requestId)).payments;
  // More money changes nothing, and neither does what goes back of it.
  await s.owner.call(pay.recordPayment, {
    params: { id: requestId },
    body: { key: "zu viel", amountMinor: 100 },
  });
  await s.owner.call(pay.refundPayRequest, {
    params: { id: requestId },
    body: { key: "r", amountMinor: 100 },
  });
  expect(await told()).toEqual([]);
  const undo = (payment = 0) => s.owner.call(pay.undoPayment, { params: { id: requestId, payment } });
  await undo(bank?.id);
  expect(await told()).toEqual([{ reference: "order 3", requestId, what: "taken_back" }]);
  await s.rows("delete from kernel.timer where kind = 'wallet_bought' returning id");
  await undo(hand?.id);
  const again = { key: "noch einmal", amountMinor: 2_000 };
  await s.owner.call(pay.recordPayment, { params: { id: requestId }, body: again });
  expect(await told()).toEqual([]);
});

test("a refund takes back, too", async () => {
  const { requestId, reference } = await asks("order 4");
  await pays(reference, "S4");
  expect(await told()).toEqual([{ reference: "order 4", requestId, what: "paid" }]);
  await s.owner.call(pay.refundPayRequest, {
    params: { id: requestId },
    body: { key: "r4", amountMinor: 1 },
  });
  expect(await told()).toEqual([
    { reference: "order 4", requestId, what: "paid" },
    { reference: "order 4", requestId, what: "taken_back" },
  ]);
});

test("the newest balance is the one of the newest day, also of an account on which nothing is matched", async () => {
  const { kernel } = s.here;
  const balance = (iban: string) => newestBalance(kernel, s.tenantId, iban);
  expect(await balance(RESERVE)).toBeNull();
  const entry = { amount: "70.00", name: "Anna Krug", reference: "", bankReference: "R1" };
  const reserve = { iban: RESERVE, opening: "100.00", closing: "170.00", entries: [entry] };
  const file = camtFile({ id: "R1", ...reserve });
  expect((await s.importFile(file)).refused).toMatchObject([{ code: "other_account" }]);
  const { missing: _, gaps: __, ...settings } = await s.owner.call(pay.getPaySettings);
  const wrong = { ...settings, otherAccounts: ["DE03120300000000202051"] };
  expect((await s.owner.refused(pay.savePaySettings, { body: wrong })).errors?.[0]?.path).toBe(
    "otherAccounts.0",
  );
  const spaced = { ...settings, otherAccounts: ["DE02 1203 0000 0000 2020 51"] };
  await s.owner.call(pay.savePaySettings, { body: spaced });
  const report = await s.importFile(file);
  expect(report).toMatchObject({ taken: [{ iban: RESERVE, closingMinor: 17_000 }], matched: 0, unknown: 0 });
  expect(await s.rows("select from pay.entry where key like '%R1%'")).toEqual([]);
  const newest = await balance("DE02 1203 0000 0000 2020 51");
  expect(newest).toEqual({
    amountMinor: 17_000,
    currency: "EUR",
    statedAt: Date.parse("2026-11-24T09:00:00Z"),
    statementHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  // An older day that is brought in later is not newer.
  const older = { id: "R0", day: "2026-11-20", iban: RESERVE, opening: "0.00", closing: "1.00", entries: [] };
  await s.importFile(camtFile({ ...older, opening: "1.00" }));
  expect(await balance(RESERVE)).toEqual(newest);
  expect((await balance(IBAN))?.amountMinor).toBe(2_000);
});
