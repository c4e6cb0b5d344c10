import { afterAll, beforeAll, expect, test } from "vitest";
import type { QueryOf } from "#kernel/api";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import { PayStage } from "../outside/pay-stage.ts";

/** What colleagues look for and do at the desk: lists, receipts, files that the bank refuses, ends. */

let s: PayStage;
beforeAll(async () => {
  s = await PayStage.open(Date.parse("2026-11-24T09:00:00Z"));
  await s.setUp();
});
afterAll(() => s?.close());

const list = async (query: Partial<QueryOf<typeof pay.listPayRequests>>) =>
  (await s.owner.call(pay.listPayRequests, { query })).items.map(({ title }) => title);
const pays = (id: string, opening: string, closing: string, entry: { amount: string; reference: string }) =>
  s.importFile(
    camtFile({
      id,
      opening,
      closing,
      entries: [{ ...entry, name: "Anna Krüger", iban: "DE02120300000000202051", bankReference: id }],
    }),
  );

test("requests are found by what is open, overdue, settled or paid back, and by words", async () => {
  const open = await s.ask("eva", 1_000, { title: "Lampe", dueOn: "2026-12-24" });
  await s.ask("ida", 2_000, { title: "Spiegel 100 %", dueOn: "2026-11-25" });
  const paid = await s.ask("uta", 3_000, { title: "Teppich" });
  await pays("L1", "0.00", "30.00", { amount: "30.00", reference: paid.reference });
  expect(await list({ state: "owing" })).toEqual(["Spiegel 100 %", "Lampe"]);
  expect(await list({ state: "overdue" })).toEqual([]);
  await s.jumpTo("2026-11-26T09:00:00Z");
  expect(await list({ state: "overdue" })).toEqual(["Spiegel 100 %"]);
  expect(await list({ state: "settled" })).toEqual(["Teppich"]);
  expect(await list({ state: "repaid" })).toEqual([]);
  expect(await list({ q: "100 %" })).toEqual(["Spiegel 100 %"]);
  expect(await list({ q: "%" })).toEqual(["Spiegel 100 %"]);
  expect(await list({ q: "KRÜGER" })).toEqual(["Teppich"]);
  expect(await list({ q: open.reference.replace(/.{4}/g, "$& ") })).toEqual(["Lampe"]);
  expect(await list({ q: "nichts davon" })).toEqual([]);
});

test("the desk hands out the receipt, as soon as there is one", async () => {
  const made = await s.ask("ole", 1_500, { title: "Kanne" });
  const params = { id: made.id };
  expect((await s.owner.refused(pay.getPayReceipt, { params })).code).toBe("not_found");
  await s.owner.call(pay.recordPayment, { params, body: { key: "bar", amountMinor: 1_500 } });
  const { receipt } = await s.read(made.id);
  const file = await s.owner.call(pay.getPayReceipt, { params });
  expect(file.name).toBe(`${receipt}.pdf`);
  expect(Buffer.from(file.content, "base64").subarray(0, 5).toString()).toBe("%PDF-");
  expect(file).toEqual(await s.page(made).call(pay.getPayPageReceipt));
});

test("what stood in a file that the bank refused waits for the next one, under another mark", async () => {
  const made = await s.ask("pia", 5_000, { title: "Uhr" });
  await pays("R1", "30.00", "80.00", { amount: "50.00", reference: made.reference });
  const refund = (key: string, amountMinor: number) =>
    s.owner.call(pay.refundPayRequest, {
      params: { id: made.id },
      body: { key, amountMinor, reason: "Kratzer" },
    });
  await refund("r1", 1_000);
  await refund("r2", 500);
  const first = await s.owner.call(pay.makeTransferFile, { body: {} });
  expect(first).toMatchObject({ transfers: 2, refusedAt: null });
  const [one, two] = (await s.read(made.id)).refunds;
  // The bank took one of the two after all.
  const left = { amount: "10.00", name: "Anna Krüger", endToEnd: `AHREFUND${one?.id}`, isDebit: true };
  await s.importFile(
    camtFile({ id: "R2", opening: "80.00", closing: "70.00", entries: [{ ...left, bankReference: "R2" }] }),
  );
  const params = { id: first.id };
  expect(await s.owner.call(pay.refuseTransferFile, { params })).toMatchObject({
    refusedAt: expect.stringContaining("2026-11-26"),
  });
  const after = await s.read(made.id);
  expect(after).toMatchObject({ refundedMinor: 1_500, state: "paid" });
  expect(after.refunds).toMatchObject([
    { state: "done" },
    { id: two?.id, state: "failed", fault: "file_refused", amountMinor: 500 },
    { state: "planned", fault: "", amountMinor: 500, reason: "Kratzer" },
  ]);
  // Said twice changes nothing, and the call that decided the refund is still the same one.
  await s.owner.call(pay.refuseTransferFile, { params });
  await refund("r2", 500);
  expect((await s.read(made.id)).refunds).toHaveLength(3);
  const second = await s.owner.call(pay.makeTransferFile, { body: {} });
  expect(second).toMatchObject({ transfers: 1, sumMinor: 500 });
  const xml = Buffer.from(second.content, "base64").toString("utf8");
  expect(xml).toContain(`AHREFUND${after.refunds[2]?.id}`);
  expect(xml).not.toContain(`AHREFUND${two?.id}<`);
  // The refused one left all the same: nothing is booked, a person sees it.
  const twice = { amount: "5.00", name: "Anna Krüger", endToEnd: `AHREFUND${two?.id}`, isDebit: true };
  await s.importFile(
    camtFile({ id: "R3", opening: "70.00", closing: "65.00", entries: [{ ...twice, bankReference: "R3" }] }),
  );
  expect((await s.owner.call(pay.listEntries, { query: { state: "todo" } })).items).toMatchObject([
    { isCredit: false, amountMinor: 500, state: "unknown" },
  ]);
  const files = await s.owner.call(pay.listTransferFiles, {});
  expect(files.items.map(({ refusedAt }) => refusedAt !== null)).toEqual([false, true]);
});

test("unpaid requests end after the time that the company sets, unless they say their own", async () => {
  const { missing: _, gaps: __, ...settings } = await s.owner.call(pay.getPaySettings);
  await s.owner.call(pay.savePaySettings, { body: { ...settings, endDays: 30 } });
  const usual = await s.ask("kai", 700, { dueOn: "2026-12-01" });
  expect(usual.expiresOn).toBe("2026-12-31");
  const own = await s.ask("leo", 800, { dueOn: "2026-12-01", expiresOn: "2027-06-30" });
  expect(own.expiresOn).toBe("2027-06-30");
  await s.jumpTo("2027-01-01T09:00:00Z");
  expect((await s.read(usual.id)).state).toBe("expired");
  expect((await s.read(own.id)).state).toBe("open");
});
