import { afterAll, beforeAll, expect, test } from "vitest";
import { type MollieSimulator, startMollie } from "../../src/simulator/mollie.ts";
import { type StripeSimulator, startStripe } from "../../src/simulator/stripe.ts";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import { PayStage } from "../outside/pay-stage.ts";

/** "That is not right": said by the customer, or by their bank; and what becomes of money and receipts. */

let s: PayStage;
let stripe: StripeSimulator;
let mollie: MollieSimulator;
const SECRET = "whsec_test";
const hooks = { stripe: "", mollie: "" };

beforeAll(async () => {
  // The services' clocks are the machine's, and signatures hold five minutes.
  s = await PayStage.open(Date.now());
  stripe = await startStripe({ apiKey: "sk_test_1234", secret: SECRET });
  mollie = await startMollie({ apiKey: "test_5678" });
  await s.setUp({ mostReminders: 2 });
  for (const [kind, url, apiKey] of [
    ["stripe", stripe.url, "sk_test_1234"],
    ["mollie", mollie.url, "test_5678"],
  ] as const) {
    const keys = kind === "stripe" ? { apiKey, webhookSecret: SECRET } : { apiKey };
    const made = await s.owner.call(pay.savePayProvider, {
      params: { kind },
      body: { ...keys, revision: 0 },
    });
    await s.rows(`update pay.provider set api_base = '${url}' where kind = '${kind}'`);
    hooks[kind] = made.webhook;
  }
});
afterAll(async () => {
  await s?.close();
  await stripe?.close();
  await mollie?.close();
});

const begin = (request: pay.PayRequest, provider: pay.ProviderName) =>
  s.page(request).call(pay.beginCheckout, { body: { provider } });
const post = (type: string, id: string, change: Record<string, unknown> = {}) =>
  stripe.post(type, id, { webhook: hooks.stripe, time: Math.floor(s.here.clock.now() / 1_000), change });
/** Paid at Stripe. @returns the session */
async function paidByCard(request: pay.PayRequest): Promise<string> {
  await begin(request, "stripe");
  const id = String(stripe.sessions().at(-1)?.id);
  stripe.pay(id);
  expect(await post("checkout.session.completed", id)).toBe(200);
  return id;
}
const summaryOf = async (who: string) => {
  const [row] = await s.rows(
    `select hand_over ->> 'summary' as summary from kernel.conversation where id = ${await s.conversationOf(who)}`,
  );
  return String(row?.summary);
};
const inDays = (days: number) => new Date(s.here.clock.now() + days * 86_400_000).toISOString();
const day = (iso: string) => iso.slice(0, 10);

test("two who begin to pay at once get one page of the service; while one payment is at work there is no other", async () => {
  const request = await s.ask("ada", 4_000);
  const pages = await Promise.all([1, 2, 3].map(() => begin(request, "stripe")));
  expect(new Set(pages.map(({ url }) => url)).size).toBe(1);
  expect(stripe.sessions()).toHaveLength(1);
  const id = String(stripe.sessions()[0]?.id);
  stripe.pay(id, "later");
  await post("checkout.session.completed", id);
  const shown = await s.page(request).call(pay.getPayPage);
  expect(shown).toMatchObject({ pending: true, providers: [] });
  const refused = await s.page(request).refused(pay.beginCheckout, { body: { provider: "mollie" } });
  expect(refused.detail).toContain("processing");
  await post("checkout.session.async_payment_failed", id);
  expect((await begin(request, "mollie")).url).toContain("mollie");
});

test("who says that it is not right is not reminded until a person has settled it", async () => {
  const request = await s.ask("bea", 2_500, { dueOn: day(inDays(1)) });
  await expect
    .poll(
      async () => {
        await s.says("bea", { type: "choice", id: `pay:remind:${request.id}`, text: "Erinnern" });
        return s.lastTo("bea");
      },
      { timeout: 15_000 },
    )
    .toContain("erinnern");
  await s.says("bea", { type: "choice", id: `pay:dispute:${request.id}`, text: "Das stimmt nicht" });
  await s.here.settle();
  // Who sent the request has the conversation: the person is there already.
  expect(s.lastTo("bea")).toContain("sieht sich ein Mensch an");
  expect((await s.read(request.id)).disputedAt).not.toBeNull();
  // Somebody else cannot say it of this request.
  const other = await s.ask("cid", 2_600, { dueOn: day(inDays(1)) });
  await s.says("bea", { type: "choice", id: `pay:dispute:${other.id}`, text: "Das stimmt nicht" });
  await s.here.settle();
  expect((await s.read(other.id)).disputedAt).toBeNull();
  await s.jumpTo(inDays(20));
  const disputed = await s.read(request.id);
  expect(disputed).toMatchObject({ state: "open", mayRemind: "disputed", remindedAt: [] });
  const params = { id: request.id };
  expect((await s.owner.refused(pay.remindPayRequest, { params })).detail).toContain("disputed");
  expect(await s.owner.call(pay.endPayDispute, { params })).toMatchObject({
    disputedAt: null,
    mayRemind: "yes",
  });
  expect((await s.owner.refused(pay.endPayDispute, { params })).detail).toContain("not_disputed");
  await s.jumpTo(inDays(8));
  expect((await s.read(request.id)).remindedAt).toHaveLength(1);
});

test("a dispute at Stripe is booked and told to a person, once; what is won comes back", async () => {
  const request = await s.ask("dan", 3_300);
  const id = await paidByCard(request);
  const number = (await s.read(request.id)).receipt;
  // The bank only asks: nothing was taken.
  await post("charge.dispute.created", id, { id: "dp_ask", status: "warning_needs_response" });
  expect(await summaryOf("dan")).toContain("fragt nach der Zahlung");
  expect(await s.read(request.id)).toMatchObject({
    state: "paid",
    refundedMinor: 0,
    disputedAt: expect.any(String),
  });
  await post("charge.dispute.created", id);
  await post("charge.dispute.updated", id, { status: "under_review" });
  const held = await s.read(request.id);
  expect(held).toMatchObject({
    refundedMinor: 3_300,
    refunds: [{ isDispute: true, state: "done", way: "stripe", amountMinor: 3_300 }],
    receipt: number,
  });
  expect((await summaryOf("dan")).replaceAll("\u00a0", " ")).toContain(
    "holt 33,00 € für „Glasknopf Elbe“ zurück",
  );
  const refund = { params: { id: request.id }, body: { key: "noch", amountMinor: 1 } };
  expect((await s.owner.refused(pay.refundPayRequest, refund)).detail).toContain("too_much");
  await post("charge.dispute.closed", id, { status: "won" });
  await post("charge.dispute.closed", id, { status: "won" });
  expect(await s.read(request.id)).toMatchObject({
    state: "paid",
    refundedMinor: 0,
    refunds: [{ state: "failed", fault: "dispute_won" }],
  });
  // In the books it stands on both days.
  const period = { from: "2020-01-01", to: "2099-12-31", format: "csv" as const };
  const csv = await s.owner.call(pay.exportPayments, { body: period });
  const lines = Buffer.from(csv.content, "base64").toString("utf8").split("\n");
  const kinds = lines.filter((line) => line.includes(request.reference)).map((line) => line.split(/[;,]/)[1]);
  expect(kinds.map((kind) => kind?.replaceAll('"', "")).sort()).toEqual(["payment", "refund", "returned"]);
});

test("a lost dispute stays, and a refund before it is not held back once more", async () => {
  const request = await s.ask("eli", 5_000);
  const id = await paidByCard(request);
  const body = { key: "r", amountMinor: 2_000 };
  await s.owner.call(pay.refundPayRequest, { params: { id: request.id }, body });
  await s.here.settle();
  await post("charge.dispute.created", id, { id: "dp_lost" });
  await post("charge.dispute.closed", id, { id: "dp_lost", status: "lost" });
  // The service repeats what went back by itself: that is no third refund.
  await post("charge.refunded", id);
  const after = await s.read(request.id);
  expect(after).toMatchObject({ state: "refunded", paidMinor: 5_000, refundedMinor: 5_000 });
  expect(after.refunds.map(({ isDispute, amountMinor }) => [isDispute, amountMinor])).toEqual([
    [false, 2_000],
    [true, 3_000],
  ]);
});

test("a chargeback at Mollie is read with the payment, and so is its reversal", async () => {
  const request = await s.ask("fay", 1_800);
  await begin(request, "mollie");
  const id = String(mollie.payments().at(-1)?.id);
  mollie.become(id, "paid");
  const hear = async () => {
    expect(await mollie.call(id, hooks.mollie)).toBe(200);
    await s.here.settle();
  };
  await hear();
  expect(await s.read(request.id)).toMatchObject({ state: "paid", refunds: [], disputedAt: null });
  mollie.chargeBack(id, "18.00");
  await hear();
  await hear();
  expect(await s.read(request.id)).toMatchObject({
    refundedMinor: 1_800,
    refunds: [{ isDispute: true, state: "done", amountMinor: 1_800 }],
  });
  expect(await summaryOf("fay")).toContain("zurück");
  mollie.chargeBack(id, "0.00");
  await hear();
  expect(await s.read(request.id)).toMatchObject({ state: "paid", refundedMinor: 0 });
});

test("a receipt whose money is taken back is cancelled by another number, and the next payment gets a third", async () => {
  const request = await s.ask("gus", 900);
  const params = { id: request.id };
  const record = (key: string) =>
    s.owner.call(pay.recordPayment, { params, body: { key, amountMinor: 900 } });
  const first = (await record("eins")).receipt;
  const [payment] = (await s.read(request.id)).payments;
  await s.jumpTo(new Date(s.here.clock.now() + 60_000).toISOString());
  await s.owner.call(pay.undoPayment, { params: { id: request.id, payment: payment?.id ?? 0 } });
  const undone = await s.read(request.id);
  expect(undone.receipt).toBeNull();
  expect(undone.receipts).toMatchObject([
    { number: first, cancels: null },
    { number: expect.not.stringMatching(`^${first}$`), cancels: first },
  ]);
  const cancellation = undone.receipts[1]?.number ?? "";
  const shown = await s.page(request).call(pay.getPayPage);
  expect(shown).toMatchObject({ owedMinor: 900, receipt: { number: cancellation, cancels: first } });
  expect((await s.page(request).call(pay.getPayPageReceipt)).name).toBe(`${cancellation}.pdf`);
  await s.jumpTo(new Date(s.here.clock.now() + 60_000).toISOString());
  const last = (await record("zwei")).receipt;
  expect(new Set([first, cancellation, last]).size).toBe(3);
  expect((await s.page(request).call(pay.getPayPage)).receipt).toMatchObject({ number: last, cancels: null });
  const files = await Promise.all(
    [first, cancellation, last].map((number) =>
      s.owner.call(pay.getPayReceipt, { params, query: { number: number ?? "" } }),
    ),
  );
  expect(files.map(({ name }) => name)).toEqual([first, cancellation, last].map((number) => `${number}.pdf`));
  expect(new Set(files.map(({ content }) => content)).size).toBe(3);
  expect((await s.owner.refused(pay.getPayReceipt, { params, query: { number: "B-1999-00001" } })).code).toBe(
    "not_found",
  );
  // In the books each posting names its own.
  const period = { from: "2020-01-01", to: "2099-12-31", format: "csv" as const };
  const csv = await s.owner.call(pay.exportPayments, { body: period });
  const mine = Buffer.from(csv.content, "base64")
    .toString("utf8")
    .split("\n")
    .filter((line) => line.includes(request.reference))
    .map((line) => line.replaceAll('"', "").split(/[;,]/));
  expect(mine.map((cells) => [cells[1], cells[6]]).sort()).toEqual(
    [
      ["payment", first],
      ["payment", last],
      ["undone", cancellation],
    ].sort(),
  );
});

test("a long statement is booked in short steps, and another process goes on where one died", async () => {
  const many = 45;
  const references: string[] = [];
  for (let n = 0; n < many; n++) {
    const body = { key: `viele ${n}`, amountMinor: 100, title: `Los ${n}` };
    references.push((await s.owner.call(pay.createPayRequest, { body })).reference);
  }
  const entries = references.map((reference, n) => ({
    amount: "1.00",
    name: `Zahler ${n}`,
    reference,
    bankReference: `V${n}`,
  }));
  const report = await s.importFile(camtFile({ id: "V", opening: "0.00", closing: "45.00", entries }));
  expect(report).toMatchObject({ matched: many, proposed: 0, unknown: 0 });
  const paid = await s.rows("select distinct xmin::text from pay.payment where payer like 'Zahler %'");
  expect(paid).toHaveLength(3);
  expect(await s.rows("select from pay.entry where book_to is not null")).toEqual([]);
  // As if the process had died after the statement was stored.
  const [entry] =
    await s.rows(`update pay.entry set state = 'proposed', book_to = (select request_id from pay.payment y
    where y.entry_id = entry.id) where key = (select external_id from pay.payment where payer = 'Zahler 7') returning id, book_to`);
  await s.rows(
    "update pay.payment set undone_at = now(), undone_by = 'x' where payer = 'Zahler 7' returning id",
  );
  await s.rows(
    "update pay.request set paid_minor = 0, state = 'open', ended_at = null where title = 'Los 7' returning id",
  );
  await s.jumpTo(new Date(s.here.clock.now() + 120_000).toISOString());
  expect(await s.read(Number(entry?.book_to))).toMatchObject({ state: "paid", paidMinor: 100 });
  expect(
    await s.rows(`select from pay.entry where id = ${entry?.id} and state = 'matched' and book_to is null`),
  ).toHaveLength(1);
});
