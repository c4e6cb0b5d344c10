import { afterAll, beforeAll, expect, test } from "vitest";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import { ApiClient } from "../outside/api-client.ts";
import { IBAN, PayStage, textOf } from "../outside/pay-stage.ts";

/** Money is asked for in the conversation, paid by transfer, found in the bank's statement, receipted. */

let s: PayStage;
beforeAll(async () => {
  s = await PayStage.open(Date.parse("2026-11-24T09:00:00Z"));
});
afterAll(() => s?.close());

/** Until the answer is there: of whom something was asked is announced to the flows, which may take a moment. */
const taps = (who: string, id: string, words: string) =>
  expect
    .poll(
      async () => {
        await s.says(who, { type: "choice", id, text: "Getippt" });
        return s.lastTo(who);
      },
      { timeout: 15_000 },
    )
    .toContain(words);
const money = (text: string) => text.replaceAll("\u00a0", " ");

test("without an account nothing is asked for; an IBAN with wrong digits is refused", async () => {
  await s.says("anna", "Guten Tag");
  const conversationId = await s.conversationOf("anna");
  const body = { key: "a", conversationId, amountMinor: 1_090, title: "Glasknopf" };
  expect((await s.owner.refused(pay.createPayRequest, { body })).detail).toContain("no_account");
  const { missing, canAsk, gaps: _, ...blank } = await s.owner.call(pay.getPaySettings);
  expect(canAsk).toBe(false);
  expect(missing).toEqual(["holder", "iban"]);
  const wrong = { ...blank, holder: "Hafenkontor GmbH", iban: "DE88370400440532013000" };
  expect((await s.owner.refused(pay.savePaySettings, { body: wrong })).errors?.[0]?.path).toBe("iban");
  await s.setUp();
  expect(await s.owner.call(pay.getPaySettings)).toMatchObject({
    iban: IBAN,
    missing: [],
    canAsk: true,
    revision: 1,
  });
});

test("a request is sent once, with a code, the account and a page; its key with other content is a conflict", async () => {
  const lines = [
    { text: "Glasknopf Elbe", amountMinor: 900 },
    { text: "Lieferung", amountMinor: 190 },
  ];
  const made = await s.ask("anna", 1_090, { lines, dueOn: "2026-12-01" });
  expect(made).toMatchObject({ state: "open", owedMinor: 1_090, dueOn: "2026-12-01", mayRemind: "too_soon" });
  const message = s.sentTo("anna").at(-1);
  const text = money(textOf(message));
  expect(text).toContain("Bitte zahlen Sie 10,90 € für „Glasknopf Elbe“ bis zum 01.12.2026.");
  expect(text).toContain("IBAN DE89 3704 0044 0532 0130 00");
  expect(text).toContain(made.page);
  expect(message?.content).toMatchObject({
    image: { mime: "image/png" },
    options: [{ title: "Erinnern" }, { title: "Das stimmt nicht" }],
    card: { note: "Zahlungsanfrage", heading: "10,90\u00a0€" },
  });
  const count = s.sentTo("anna").length;
  const conversationId = await s.conversationOf("anna");
  const body = {
    key: "anna 1090",
    conversationId,
    amountMinor: 1_090,
    title: "Glasknopf Elbe",
    lines,
    dueOn: "2026-12-01",
  };
  expect((await s.owner.call(pay.createPayRequest, { body })).id).toBe(made.id);
  for (const change of [{ title: "Anderes" }, { language: "en" as const }])
    expect((await s.owner.refused(pay.createPayRequest, { body: { ...body, ...change } })).code).toBe(
      "conflict",
    );
  const sums = { ...body, key: "b", lines: lines.slice(0, 1) };
  expect((await s.owner.refused(pay.createPayRequest, { body: sums })).errors?.[0]?.path).toBe("lines");
  await s.here.settle();
  expect(s.sentTo("anna")).toHaveLength(count);
  const twice = await Promise.all(
    [1, 2].map(() => s.owner.call(pay.createPayRequest, { body: { ...body, key: "at once" } })),
  );
  expect(twice[0]?.id).toBe(twice[1]?.id);
  await s.owner.call(pay.cancelPayRequest, {
    params: { id: Number(twice[0]?.id) },
    body: { reason: "Doppelt." },
  });
});

test("what is open is answered from the ledger, in both languages; a dispute goes to a person", async () => {
  await s.says("anna", "Was muss ich noch zahlen?");
  expect(money(s.lastTo("anna"))).toContain("10,90 € für „Glasknopf Elbe“, fällig am 01.12.2026");
  await s.says("anna", "Ich habe gestern schon überwiesen");
  expect(s.lastTo("anna")).toContain("Bei uns ist noch nichts angekommen.");
  await s.says("anna", "Quittung bitte");
  expect(s.lastTo("anna")).toContain("Den Beleg gibt es, sobald das Geld da ist.");
  // Whoever was never asked for money is answered by others.
  const count = s.sent.length;
  await s.says("niemand", "Was muss ich noch zahlen?");
  expect(s.sent).toHaveLength(count);
  const own = await s.ask("ben", 500);
  await taps("ben", `pay:dispute:${own.id}`, "Das sieht sich ein Mensch an");
});

test("a transfer with the reference is found in the statement, booked once, receipted and told", async () => {
  const { items } = await s.owner.call(pay.listPayRequests, { query: { state: "owing" } });
  const request = items.find(({ amountMinor }) => amountMinor === 1_090) as pay.RequestRow;
  const file = camtFile({
    id: "S1",
    opening: "100.00",
    closing: "110.90",
    entries: [
      {
        amount: "10.90",
        name: "A. Krug",
        words: `Danke ${request.reference.slice(0, 8)} ${request.reference.slice(8)}`,
        bankReference: "B1",
      },
    ],
  });
  expect(await s.importFile(file)).toMatchObject({
    matched: 1,
    refused: [],
    taken: [{ externalId: "S1", notes: [] }],
  });
  const paid = await s.read(request.id);
  expect(paid).toMatchObject({ state: "paid", paidMinor: 1_090, owedMinor: 0, receipt: "B-2026-00001" });
  expect(money(s.lastTo("anna"))).toContain(
    "Bezahlt, danke: 10,90 € für „Glasknopf Elbe“ sind da. Beleg B-2026-00001.",
  );
  const again = await s.importFile(file);
  expect(again).toMatchObject({ taken: [], refused: [{ externalId: "S1", code: "doubled" }] });
  expect(again.refused[0]?.text).toContain("nichts doppelt gebucht");
  await s.says("anna", "Ist mein Geld angekommen?");
  expect(money(s.lastTo("anna"))).toContain("Ja: 10,90 € für „Glasknopf Elbe“ sind da.");
  await s.says("anna", "Rechnung?");
  expect(s.lastTo("anna")).toContain("Beleg B-2026-00001");
  const view = await s.page(paid).call(pay.getPayPage);
  expect(view).toMatchObject({
    state: "paid",
    transfer: null,
    receipt: { number: "B-2026-00001", paidOn: "2026-11-24" },
  });
  const { content } = await s.page(paid).call(pay.getPayPageReceipt);
  expect(Buffer.from(content, "base64").subarray(0, 5).toString()).toBe("%PDF-");
});

test("the same entry in a later statement counts once; late and incomplete statements are named", async () => {
  const twice = { amount: "10.90", name: "A. Krug", bankReference: "B1" };
  const more = { amount: "1.00", name: "Zinsen", bankReference: "B2" };
  const overlap = await s.importFile(
    camtFile({ id: "S2", opening: "100.00", closing: "111.90", entries: [twice, more] }),
  );
  expect(overlap).toMatchObject({ twice: 1, unknown: 1, taken: [{ notes: ["gap", "overlap"] }] });
  const early = await s.importFile(
    camtFile({ id: "S0", day: "2026-11-20", opening: "0.00", closing: "0.00", entries: [] }),
  );
  expect(early.taken[0]?.notes).toEqual(["out_of_order"]);
  const codes = async (text: string) => (await s.importFile(text)).refused.map(({ code }) => code);
  const empty = { opening: "0.00", closing: "0.00", entries: [] };
  expect(await codes(camtFile({ id: "S3", ...empty, iban: "DE02120300000000202051" }))).toEqual([
    "other_account",
  ]);
  expect(await codes(camtFile({ id: "S3", ...empty, currency: "CHF" }))).toEqual(["other_currency"]);
  expect(await codes(camtFile({ id: "S3", ...empty, closing: "0.01" }))).toEqual(["wrong_sum"]);
  expect(await codes("kein XML")).toEqual(["broken_xml"]);
  const { items } = await s.owner.call(pay.listStatements);
  expect(items.map(({ externalId }) => externalId)).toEqual(["S0", "S2", "S1"]);
});

test("without a reference a person decides, and can take it back", async () => {
  const request = await s.ask("cleo", 2_000);
  await s.rows(`update kernel.contact set name = 'Cleo Sommer' where id = ${await s.contactOf("cleo")}`);
  const other = await s.ask("dora", 2_000);
  const entry = { amount: "20.00", name: "SOMMER CLEO", bankReference: "B7" };
  await s.importFile(camtFile({ id: "S7", opening: "0.00", closing: "20.00", entries: [entry] }));
  const todo = await s.owner.call(pay.listEntries, { query: { state: "proposed" } });
  const [found] = todo.items;
  expect(found?.proposals).toMatchObject([
    { requestId: request.id, why: "amount_and_name" },
    { requestId: other.id, why: "amount" },
  ]);
  const params = { id: Number(found?.id) };
  await s.owner.call(pay.matchEntry, { params, body: { requestId: request.id } });
  expect((await s.read(request.id)).state).toBe("paid");
  expect((await s.owner.refused(pay.matchEntry, { params, body: { requestId: other.id } })).code).toBe(
    "conflict",
  );
  const undone = await s.owner.call(pay.undoEntry, { params });
  expect(undone).toMatchObject({ state: "proposed", requestId: null });
  expect(await s.read(request.id)).toMatchObject({ state: "open", paidMinor: 0 });
  await s.owner.call(pay.matchEntry, { params, body: { requestId: request.id } });
  const [payment] = (await s.read(request.id)).payments.filter(({ undoneAt }) => undoneAt === null);
  await s.owner.call(pay.undoPayment, { params: { id: request.id, payment: Number(payment?.id) } });
  expect((await s.owner.call(pay.listEntries, { query: { state: "proposed" } })).items).toHaveLength(1);
  await s.owner.call(pay.dismissEntry, { params });
  expect((await s.owner.call(pay.listEntries, { query: { state: "proposed" } })).items).toHaveLength(0);
  // Twice paid and twice taken back: two receipts, each with its cancellation; the same call twice numbers nothing twice.
  const hand = { key: "bar", amountMinor: 2_000, payer: "Cleo Sommer" };
  await s.owner.call(pay.recordPayment, { params: { id: request.id }, body: hand });
  const paid = await s.owner.call(pay.recordPayment, { params: { id: request.id }, body: hand });
  expect(paid).toMatchObject({ state: "paid", paidMinor: 2_000, receipt: "B-2026-00006" });
  const changed = { params: { id: request.id }, body: { ...hand, amountMinor: 1_999 } };
  expect((await s.owner.refused(pay.recordPayment, changed)).code).toBe("conflict");
  // Taken back, the receipt is not true any more, and what is shown cancels it; the same call does not book again.
  const booked = paid.payments.find(({ source }) => source === "hand");
  const { receipt } = await s.owner.call(pay.undoPayment, {
    params: { id: request.id, payment: Number(booked?.id) },
  });
  expect(receipt).toBeNull();
  const shown = await s.page(request).call(pay.getPayPage);
  expect(shown.receipt).toMatchObject({ number: "B-2026-00007", cancels: "B-2026-00006" });
  const again = await s.owner.call(pay.recordPayment, { params: { id: request.id }, body: hand });
  expect(again).toMatchObject({ state: "open", paidMinor: 0 });
});

test("money that the bank takes back is owed again; foreign money and several references wait for a person", async () => {
  const one = await s.ask("emil", 700);
  const two = await s.ask("fine", 800);
  const mark = { name: "Emil", reference: one.reference };
  await s.importFile(
    camtFile({
      id: "R1",
      opening: "0.00",
      closing: "7.00",
      entries: [{ ...mark, amount: "7.00", bankReference: "R1" }],
    }),
  );
  expect((await s.read(one.id)).state).toBe("paid");
  const back = { ...mark, amount: "7.00", bankReference: "R2", isDebit: true, isReversal: true };
  const both = {
    amount: "15.00",
    name: "Otto",
    words: `${one.reference} ${two.reference}`,
    bankReference: "R3",
  };
  await s.importFile(camtFile({ id: "R2", opening: "7.00", closing: "15.00", entries: [back, both] }));
  const { items } = await s.owner.call(pay.listEntries, { query: { state: "todo" } });
  const reversal = items.find(({ state }) => state === "reversal");
  expect(reversal?.proposals).toMatchObject([{ requestId: one.id, why: "reference" }]);
  await s.owner.call(pay.matchEntry, { params: { id: Number(reversal?.id) }, body: { requestId: one.id } });
  expect(await s.read(one.id)).toMatchObject({ state: "open", paidMinor: 0 });
  const several = items.find(({ amountMinor }) => amountMinor === 1_500);
  expect(several).toMatchObject({
    state: "proposed",
    proposals: [{ why: "several_references" }, { why: "several_references" }],
  });
});

test("entries without the bank's reference are booked once, however often and in whatever statement they come", async () => {
  const one = await s.ask("kai", 1_300);
  const part = { amount: "6.50", name: "Kai", reference: one.reference };
  // Two alike in one statement are two: the balance says so.
  const twins = [
    { ...part, bankReference: "T1" },
    { ...part, bankReference: "T1" },
  ];
  const day = "2026-11-25";
  await s.importFile(camtFile({ id: "T1", day, opening: "0.00", closing: "13.00", entries: twins }));
  expect(await s.read(one.id)).toMatchObject({ state: "paid", paidMinor: 1_300 });
  const two = await s.ask("lea", 1_400);
  const three = await s.ask("mia", 1_500);
  const bare = { amount: "14.00", name: "Lea", reference: two.reference };
  const numbered = { amount: "15.00", name: "Mia", reference: three.reference };
  const next = "2026-11-26";
  const first = camtFile({ id: "T2", day: next, opening: "13.00", closing: "27.00", entries: [bare] });
  expect(await s.importFile(first)).toMatchObject({ matched: 1 });
  // The same day under another id, with one more entry: both wait for a person.
  const again = camtFile({
    id: "T2 neu",
    day: next,
    opening: "13.00",
    closing: "42.00",
    entries: [bare, numbered],
  });
  expect(await s.importFile(again)).toMatchObject({ matched: 0, proposed: 2 });
  expect(await s.read(two.id)).toMatchObject({ state: "paid", paidMinor: 1_400 });
  expect((await s.read(three.id)).state).toBe("open");
  const { items } = await s.owner.call(pay.listEntries, { query: { state: "proposed" } });
  expect(items.find(({ amountMinor }) => amountMinor === 1_500)?.proposals).toMatchObject([
    { requestId: three.id, why: "reference" },
  ]);
});

test("a booking of which money went back is not undone, whatever else was paid", async () => {
  const request = await s.ask("nora", 5_000);
  const params = { id: request.id };
  for (const key of ["a", "b"])
    await s.owner.call(pay.recordPayment, { params, body: { key, amountMinor: 5_000, payer: "Nora" } });
  await s.owner.call(pay.refundPayRequest, { params, body: { key: "n", amountMinor: 5_000 } });
  const reason = { params, body: { key: "n", amountMinor: 5_000, reason: "Anders" } };
  expect((await s.owner.refused(pay.refundPayRequest, reason)).code).toBe("conflict");
  const { payments, refunds } = await s.read(request.id);
  const [kept, back] = payments;
  expect(refunds).toMatchObject([{ paymentId: back?.id, state: "done" }]);
  const undo = (payment: number) => ({ params: { id: request.id, payment } });
  expect((await s.owner.refused(pay.undoPayment, undo(Number(back?.id)))).detail).toContain("refunded");
  await s.owner.call(pay.undoPayment, undo(Number(kept?.id)));
  expect(await s.read(request.id)).toMatchObject({ state: "refunded", paidMinor: 5_000 });
});

test("who taps Erinnern is reminded so often as was said, and nobody else is", async () => {
  const request = await s.ask("gisa", 300, { dueOn: "2026-11-25" });
  const silent = await s.ask("hugo", 300, { dueOn: "2026-11-25" });
  await taps("gisa", `pay:remind:${request.id}`, "Wir erinnern Sie");
  expect((await s.owner.refused(pay.remindPayRequest, { params: { id: silent.id } })).detail).toContain(
    "too_soon",
  );
  // The id of an option is free text: whoever sends another's gets nothing of theirs, and takes nothing from them.
  const own = await s.ask("mona", 900, { dueOn: "2027-11-25" });
  await taps("mona", `pay:remind:${own.id}`, "Wir erinnern Sie");
  for (const { id } of [request, silent]) {
    await s.says("mona", { type: "choice", id: `pay:remind:${id}`, text: "Erinnern" });
    expect(s.lastTo("mona")).not.toContain("Wir erinnern Sie");
  }
  const mona = s.sentTo("mona").length;
  const before = { gisa: s.sentTo("gisa").length, hugo: s.sentTo("hugo").length };
  await s.daysPass(40);
  expect(s.sentTo("gisa").length - before.gisa).toBe(2);
  expect(money(s.lastTo("gisa"))).toContain("Zur Erinnerung: 3,00 €");
  expect(s.sentTo("hugo")).toHaveLength(before.hugo);
  expect(s.sentTo("mona")).toHaveLength(mona);
  expect(await s.read(request.id)).toMatchObject({ state: "reminded", mayRemind: "most" });
  await s.owner.call(pay.remindPayRequest, { params: { id: silent.id } });
  expect((await s.read(silent.id)).remindedAt).toHaveLength(1);
});

test("a page opens with its key only, ends with its last day, and says what a cancelled one is", async () => {
  const request = await s.ask("ina", 400, { dueOn: "2027-01-10", expiresOn: "2027-01-12" });
  const stranger = new ApiClient(s.base, { authorization: `Pay ${s.tenantId}.${"0".repeat(32)}` });
  expect((await stranger.refused(pay.getPayPage)).code).toBe("not_signed_in");
  expect(await s.page(request).call(pay.getPayPage)).toMatchObject({
    owedMinor: 400,
    transfer: { iban: IBAN, giroCode: expect.stringContaining("\nEUR4.00\n") },
    providers: [],
  });
  expect((await s.page(request).refused(pay.getPayPageReceipt)).code).toBe("not_found");
  await s.jumpTo("2027-01-13T09:00:00Z");
  expect(await s.page(request).call(pay.getPayPage)).toMatchObject({ state: "expired", transfer: null });
  // Part of it came: nobody is sent to a page that takes nothing any more.
  const part = { key: "teil", amountMinor: 100 };
  const partly = await s.owner.call(pay.recordPayment, { params: { id: request.id }, body: part });
  expect(partly).toMatchObject({ state: "part_paid", mayRemind: "ended" });
  const other = await s.ask("jan", 400);
  const gone = await s.owner.call(pay.cancelPayRequest, {
    params: { id: other.id },
    body: { reason: "Nicht lieferbar." },
  });
  expect(gone).toMatchObject({ state: "cancelled", owedMinor: 0, reason: "Nicht lieferbar." });
  await s.here.settle();
  expect(s.lastTo("jan")).toContain("Nicht lieferbar.");
  expect((await s.owner.refused(pay.cancelPayRequest, { params: { id: other.id }, body: {} })).code).toBe(
    "rule_broken",
  );
});

test("erasing a person removes who was asked, and keeps what was paid without them", async () => {
  const id = await s.contactOf("anna");
  const { personalData } = s.skill;
  const { kernel } = s.here;
  const told = await kernel.db.tenant(s.tenantId, (tx) => personalData.export(tx, [id]));
  expect(told).toMatchObject({ payments: [{ amountMinor: 1_090, payer: "A. Krug" }] });
  await kernel.db.tenant(s.tenantId, (tx) => personalData.erase(tx, [id], s.here.clock.now()));
  expect(await s.rows(`select from pay.request_place where contact_id = ${id}`)).toEqual([]);
  expect(await s.rows("select from pay.payment where payer = 'A. Krug'")).toHaveLength(1);
});
