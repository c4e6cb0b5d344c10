import { afterAll, beforeAll, expect, test } from "vitest";
import { type MollieSimulator, startMollie } from "../../src/simulator/mollie.ts";
import { type StripeEvent, type StripeSimulator, startStripe } from "../../src/simulator/stripe.ts";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import { PayStage } from "../outside/pay-stage.ts";

/** Paid by a link at Stripe and Mollie, paid back there and by the bank; what webhooks may not do. */

let s: PayStage;
let stripe: StripeSimulator;
let mollie: MollieSimulator;
let stripeHook: string;
let mollieHook: string;
const SECRET = "whsec_test";

beforeAll(async () => {
  // The services' clocks are the machine's, and signatures hold five minutes.
  s = await PayStage.open(Date.now());
  stripe = await startStripe({ apiKey: "sk_test_1234", secret: SECRET });
  mollie = await startMollie({ apiKey: "test_5678" });
  await s.setUp();
  stripeHook = await connect("stripe", stripe.url, { apiKey: "sk_test_1234", webhookSecret: SECRET });
  mollieHook = await connect("mollie", mollie.url, { apiKey: "test_5678" });
});
afterAll(async () => {
  await s?.close();
  await stripe?.close();
  await mollie?.close();
});

/** Connected by the API, then turned to the simulator, which only the database can do; saved again, the key is tried. */
async function connect(
  kind: pay.ProviderName,
  url: string,
  keys: { apiKey: string; webhookSecret?: string },
): Promise<string> {
  await s.owner.call(pay.savePayProvider, { params: { kind }, body: { apiKey: "wrong", revision: 0 } });
  await s.rows(`update pay.provider set api_base = '${url}' where kind = '${kind}'`);
  const wrong = await s.owner.call(pay.savePayProvider, { params: { kind }, body: { revision: 1 } });
  expect(wrong).toMatchObject({ fault: "bad_key", keyEnds: "rong" });
  const right = await s.owner.call(pay.savePayProvider, { params: { kind }, body: { ...keys, revision: 2 } });
  expect(right).toMatchObject({ isConnected: true, fault: "", active: true });
  const stale = { params: { kind }, body: { ...keys, revision: 2 } };
  expect((await s.owner.refused(pay.savePayProvider, stale)).code).toBe("conflict");
  return right.webhook;
}

const stateOf = async (id: number) => (await s.read(id)).state;
const begin = (request: pay.PayRequest, provider: pay.ProviderName) =>
  s.page(request).call(pay.beginCheckout, { body: { provider } });
const newest = () => String(stripe.sessions().at(-1)?.id);
const completed = "checkout.session.completed";
/** Signed at the time of the company's clock, which a test moves on. */
const post = (type: string, id: string, event: StripeEvent) =>
  stripe.post(type, id, { time: Math.floor(s.here.clock.now() / 1_000), ...event });

test("a card payment at Stripe is booked by the signed webhook, once, and receipted", async () => {
  const request = await s.ask("anna", 1_090);
  expect((await s.page(request).call(pay.getPayPage)).providers).toEqual(["stripe", "mollie"]);
  const { url } = await begin(request, "stripe");
  expect((await begin(request, "stripe")).url).toBe(url);
  const id = newest();
  expect(stripe.sessions()).toHaveLength(1);
  expect(stripe.sessions()[0]).toMatchObject({
    amount_total: 1_090,
    currency: "eur",
    success_url: request.page,
  });

  // Nothing was paid: a completed session without money, forged, old, and of another sum.
  expect(await post(completed, id, { webhook: stripeHook })).toBe(200);
  stripe.pay(id);
  const webhook = stripeHook;
  expect(await post(completed, id, { webhook, secret: "whsec_other" })).toBe(401);
  expect(await post(completed, id, { webhook, time: Math.floor(Date.now() / 1_000) - 900 })).toBe(401);
  expect(
    await post(completed, id, { webhook: webhook.replace(/.$/, (end) => (end === "0" ? "1" : "0")) }),
  ).toBe(404);
  expect(await stateOf(request.id)).toBe("open");

  expect(await post(completed, id, { webhook })).toBe(200);
  expect(await post(completed, id, { webhook })).toBe(200);
  await s.here.settle();
  const paid = await s.read(request.id);
  expect(paid).toMatchObject({
    state: "paid",
    paidMinor: 1_090,
    payments: [{ source: "stripe", amountMinor: 1_090 }],
  });
  expect(s.lastTo("anna")).toContain(`Beleg ${paid.receipt}`);
  // Late and out of order: what is paid stays paid.
  expect(
    await post("checkout.session.expired", id, {
      webhook,
      change: { status: "expired", payment_status: "unpaid" },
    }),
  ).toBe(200);
  expect(await stateOf(request.id)).toBe("paid");
  const undo = { params: { id: request.id, payment: Number(paid.payments[0]?.id) } };
  expect((await s.owner.refused(pay.undoPayment, undo)).detail).toContain("provider");
});

test("a webhook of another sum books nothing and calls a person; an unknown event is heard and left", async () => {
  const request = await s.ask("ben", 2_000);
  await begin(request, "stripe");
  const id = newest();
  stripe.pay(id);
  const change = { amount_total: 20 };
  expect(await post(completed, id, { webhook: stripeHook, change })).toBe(200);
  expect(await post("customer.created", id, { webhook: stripeHook })).toBe(200);
  expect(await s.read(request.id)).toMatchObject({ state: "open", paidMinor: 0 });
  const [row] = await s.rows(
    `select hand_over ->> 'summary' as summary from kernel.conversation where id = ${await s.conversationOf("ben")}`,
  );
  expect(String(row?.summary)).toContain("anderen Betrag");
});

test("money that comes later is booked when it is there; a lost webhook is made good by asking", async () => {
  const slow = await s.ask("cleo", 3_000);
  await begin(slow, "stripe");
  const id = newest();
  stripe.pay(id, "later");
  await post(completed, id, { webhook: stripeHook });
  expect(await s.page(slow).call(pay.getPayPage)).toMatchObject({ pending: true, owedMinor: 3_000 });
  stripe.settle(id);
  await post("checkout.session.async_payment_succeeded", id, { webhook: stripeHook });
  expect(await stateOf(slow.id)).toBe("paid");

  const silent = await s.ask("dora", 4_000);
  await begin(silent, "stripe");
  stripe.pay(newest());
  s.here.clock.advance(11 * 60_000);
  await s.here.settle();
  expect(await stateOf(silent.id)).toBe("paid");
});

test("a service that is away takes no payment, and the transfer stays possible", async () => {
  const request = await s.ask("emil", 5_000);
  stripe.fail(503);
  const refused = await s.page(request).refused(pay.beginCheckout, { body: { provider: "stripe" } });
  expect(refused.code).toBe("provider_unavailable");
  stripe.fail(null);
  const { items } = await s.owner.call(pay.listPayProviders);
  expect(items.find(({ kind }) => kind === "stripe")?.fault).toBe("busy");
  expect((await s.page(request).call(pay.getPayPage)).transfer?.giroCode).toContain("EUR50.00");
  await begin(request, "stripe");
  expect((await s.owner.call(pay.listPayProviders)).items[0]?.fault).toBe("");
});

test("Mollie names an id, and only what Mollie then says counts", async () => {
  const request = await s.ask("fine", 1_234);
  const { url } = await begin(request, "mollie");
  expect(url).toContain("mollie.example/checkout/tr_");
  const [made] = mollie.payments();
  expect(made).toMatchObject({ amount: { currency: "EUR", value: "12.34" }, webhookUrl: mollieHook });
  const id = String(made?.id);
  expect(await mollie.call(id)).toBe(200);
  expect(await mollie.call("tr_forged123", mollieHook)).toBe(200);
  expect(await mollie.call("nonsense", mollieHook)).toBe(200);
  await s.here.settle();
  expect(await stateOf(request.id)).toBe("open");
  mollie.become(id, "paid");
  await mollie.call(id);
  await mollie.call(id);
  await s.here.settle();
  expect(await s.read(request.id)).toMatchObject({ state: "paid", payments: [{ source: "mollie" }] });

  const other = await s.ask("gisa", 1_500);
  await begin(other, "mollie");
  const wrong = String(mollie.payments().at(-1)?.id);
  mollie.become(wrong, "paid");
  mollie.distort(wrong, "1.50");
  await mollie.call(wrong);
  await s.here.settle();
  expect(await s.read(other.id)).toMatchObject({ state: "open", paidMinor: 0 });
});

test("paid twice is overpaid; refunds go the way the money came, once, and never more than is there", async () => {
  const { items } = await s.owner.call(pay.listPayRequests, { query: { state: "paid" } });
  const byCard = items.find(({ amountMinor }) => amountMinor === 1_090) as pay.RequestRow;
  const params = { id: byCard.id };
  const body = { key: "zurück", amountMinor: 400, reason: "Deckel fehlte" };
  await s.owner.call(pay.refundPayRequest, { params, body });
  await s.owner.call(pay.refundPayRequest, { params, body });
  expect(
    (await s.owner.refused(pay.refundPayRequest, { params, body: { ...body, amountMinor: 1 } })).code,
  ).toBe("conflict");
  await s.here.settle();
  expect(stripe.refunds()).toMatchObject([{ amount: 400 }]);
  expect(await s.read(byCard.id)).toMatchObject({
    state: "paid",
    refundedMinor: 400,
    refunds: [{ state: "done", way: "stripe" }],
  });
  const tooMuch = { params, body: { key: "mehr", amountMinor: 691 } };
  expect((await s.owner.refused(pay.refundPayRequest, tooMuch)).detail).toContain("too_much");
  // The rest goes back in the dashboard, and that is heard.
  const session = stripe.sessions()[0]?.id ?? "";
  stripe.refundByHand(session, 690);
  await post("charge.refunded", session, { webhook: stripeHook });
  await post("charge.refunded", session, { webhook: stripeHook });
  expect(await s.read(byCard.id)).toMatchObject({ state: "refunded", refundedMinor: 1_090 });

  const byMollie = items.find(({ amountMinor }) => amountMinor === 1_234) as pay.RequestRow;
  await s.owner.call(pay.refundPayRequest, {
    params: { id: byMollie.id },
    body: { key: "m", amountMinor: 234 },
  });
  await s.here.settle();
  expect(mollie.refunds()).toMatchObject([{ value: "2.34" }]);
  const id = String(mollie.payments()[0]?.id);
  mollie.refundByHand(id, "10.00");
  await mollie.call(id);
  await s.here.settle();
  expect(await s.read(byMollie.id)).toMatchObject({ state: "refunded", refundedMinor: 1_234 });
});

test("what came by transfer goes back by a SEPA file, and the statement says that it left", async () => {
  const request = await s.ask("hugo", 2_500);
  const entry = {
    amount: "30.00",
    name: "Hugo Müller & Söhne",
    iban: "DE02120300000000202051",
    reference: request.reference,
    bankReference: "H1",
  };
  await s.importFile(camtFile({ id: "H1", opening: "0.00", closing: "30.00", entries: [entry] }));
  expect(await s.read(request.id)).toMatchObject({ state: "overpaid", paidMinor: 3_000 });
  await s.owner.call(pay.refundPayRequest, {
    params: { id: request.id },
    body: { key: "h", amountMinor: 500, reason: "Zu viel" },
  });
  expect(await stateOf(request.id)).toBe("paid");
  expect((await s.owner.call(pay.listTransferFiles)).waiting).toEqual({ transfers: 1, sumMinor: 500 });
  const file = await s.owner.call(pay.makeTransferFile, { body: {} });
  const xml = Buffer.from(file.content, "base64").toString("utf8");
  const [refund] = (await s.read(request.id)).refunds;
  expect(refund?.state).toBe("ordered");
  expect(xml).toContain('<InstdAmt Ccy="EUR">5.00</InstdAmt>');
  expect(xml).toContain("<Nm>Hugo Mueller + Soehne</Nm>");
  expect((await s.owner.refused(pay.makeTransferFile, { body: {} })).detail).toContain("nothing_waits");
  expect(await s.owner.call(pay.getTransferFile, { params: { id: file.id } })).toEqual(file);
  const left = {
    amount: "5.00",
    name: "Hugo",
    endToEnd: `AHREFUND${refund?.id}`,
    isDebit: true,
    bankReference: "H2",
  };
  await s.importFile(camtFile({ id: "H2", opening: "30.00", closing: "25.00", entries: [left] }));
  expect((await s.read(request.id)).refunds[0]?.state).toBe("done");
  // The other bank sends it back: it is owed again.
  const back = { ...left, isDebit: false, isReversal: true, bankReference: "H3" };
  await s.importFile(camtFile({ id: "H3", opening: "25.00", closing: "30.00", entries: [back] }));
  expect(await s.read(request.id)).toMatchObject({
    state: "overpaid",
    paidMinor: 3_000,
    refundedMinor: 0,
    refunds: [{ state: "failed", fault: "returned" }],
  });
  // That is no payment and takes none back: nothing waits for a person, and nobody can make it so.
  const entries = async (state: "todo" | "other") =>
    (await s.owner.call(pay.listEntries, { query: { state } })).items;
  expect((await entries("todo")).filter(({ amountMinor }) => amountMinor === 500)).toEqual([]);
  const returned = (await entries("other")).find(({ isCredit }) => isCredit);
  const match = { params: { id: Number(returned?.id) }, body: { requestId: request.id } };
  expect((await s.owner.refused(pay.matchEntry, match)).detail).toContain("returned");
});

test("the bookkeeping gets every movement, as CSV and as a posting batch", async () => {
  const [from, to] = ["2020-01-01", "2099-12-31"];
  const csv = await s.owner.call(pay.exportPayments, { body: { from, to, format: "csv" } });
  const lines = Buffer.from(csv.content, "base64").toString("utf8").trim().split("\r\n");
  expect(lines).toHaveLength(csv.rows + 1);
  expect(lines.filter((line) => line.includes(",refund,stripe,"))).toHaveLength(2);
  // What came back stands twice: as it was ordered, and back again.
  expect(lines.filter((line) => line.includes(",refund,bank,5.00,"))).toHaveLength(1);
  expect(lines.filter((line) => line.includes(",returned,bank,5.00,"))).toHaveLength(1);
  const year = String(new Date(s.here.clock.now()).getFullYear());
  const period = { from: `${year}-01-01`, to: `${year}-12-31`, format: "extf" as const };
  const batch = Buffer.from(
    (await s.owner.call(pay.exportPayments, { body: period })).content,
    "base64",
  ).toString("latin1");
  expect(batch).toMatch(/^"EXTF";700;21;"Buchungsstapel";13;/);
  expect(batch).toContain('\r\n10,90;"S";"EUR";;;;1460;1200;;');
  const spans = { from: `${Number(year) - 1}-12-01`, to: `${year}-12-31`, format: "extf" as const };
  expect((await s.owner.refused(pay.exportPayments, { body: spans })).errors?.[0]?.path).toBe("to");
  await s.owner.call(pay.removePayProvider, { params: { kind: "mollie" } });
  expect(await mollie.call(String(mollie.payments()[0]?.id))).toBe(404);
  // tellOfPayment is called by the simulators: pay.tellOfPayment
});

test("a service that is silent for hours loses neither a refund nor a payment, and pays nothing back twice", async () => {
  const session = async (who: string, amountMinor: number) => {
    const request = await s.ask(who, amountMinor);
    await begin(request, "stripe");
    const id = newest();
    stripe.pay(id);
    return { request, id };
  };
  const paid = await session("kai", 6_000);
  const heard = await session("lea", 7_000);
  for (const { id } of [paid, heard]) await post(completed, id, { webhook: stripeHook });
  const lost = await session("mia", 8_000);
  const before = stripe.refunds().length;
  stripe.fail(409);
  for (const { request } of [paid, heard])
    await s.owner.call(pay.refundPayRequest, {
      params: { id: request.id },
      body: { key: `r${request.id}`, amountMinor: 100 },
    });
  await s.here.settle();
  expect((await s.read(paid.request.id)).refunds).toMatchObject([{ state: "planned", fault: "busy" }]);
  stripe.fail(503);
  for (let hour = 0; hour < 15; hour++) {
    s.here.clock.advance(3_600_000);
    await s.here.settle();
  }
  expect((await s.read(paid.request.id)).refunds).toMatchObject([{ state: "planned", fault: "busy" }]);
  // Of one of them the service took the order, and only its answer was lost.
  stripe.refundByHand(heard.id, 100);
  stripe.fail(null);
  s.here.clock.advance(3_600_000);
  await s.here.settle();
  for (const { request } of [paid, heard])
    expect((await s.read(request.id)).refunds).toMatchObject([
      { state: "done", fault: "", amountMinor: 100 },
    ]);
  expect(stripe.refunds()).toHaveLength(before + 2);
  expect(await s.read(lost.request.id)).toMatchObject({ state: "paid", paidMinor: 8_000 });
});

test("a refund whose answer was lost is made once, also where a second one of the same payment was ordered meanwhile", async () => {
  const request = await s.ask("olga", 10_000);
  await begin(request, "stripe");
  const id = newest();
  stripe.pay(id);
  await post(completed, id, { webhook: stripeHook });
  const before = stripe.refunds().length;
  const order = (key: string, amountMinor: number) =>
    s.owner.call(pay.refundPayRequest, { params: { id: request.id }, body: { key, amountMinor } });
  stripe.fail(503);
  await order("olga a", 3_000);
  await s.here.settle();
  // The service made it all the same, and forgets its key before it answers again.
  stripe.refundByHand(id, 3_000);
  await order("olga b", 2_000);
  for (let hour = 0; hour < 26; hour++) {
    s.here.clock.advance(3_600_000);
    await s.here.settle();
  }
  stripe.fail(null);
  for (let hour = 0; hour < 3; hour++) {
    s.here.clock.advance(3_600_000);
    await s.here.settle();
  }
  const { refunds, refundedMinor } = await s.read(request.id);
  expect(refunds.map(({ state, amountMinor }) => [state, amountMinor])).toEqual([
    ["done", 3_000],
    ["done", 2_000],
  ]);
  expect(refundedMinor).toBe(5_000);
  // The one that was made without an answer, and the second.
  expect(stripe.refunds()).toHaveLength(before + 2);
});

test("a refund by transfer stands in the books on the day of its order, also when the bank tells of it a month later", async () => {
  const request = await s.ask("nora", 900);
  const entry = { name: "Nora", iban: "DE02120300000000202051", bankReference: "N1" };
  const came = { ...entry, amount: "9.00", reference: request.reference };
  await s.importFile(camtFile({ id: "N1", opening: "30.00", closing: "39.00", entries: [came] }));
  const params = { id: request.id };
  await s.owner.call(pay.refundPayRequest, { params, body: { key: "n", amountMinor: 900 } });
  await s.owner.call(pay.makeTransferFile, { body: {} });
  const refunds = async () => {
    const body = { from: "2020-01-01", to: "2099-12-31", format: "csv" as const };
    const { content } = await s.owner.call(pay.exportPayments, { body });
    const lines = Buffer.from(content, "base64").toString("utf8").split("\r\n");
    return lines.filter((line) => line.includes(`,9.00,EUR,${request.reference},`));
  };
  const ordered = await refunds();
  expect(ordered.filter((line) => line.includes(",refund,bank,"))).toHaveLength(1);
  s.here.clock.advance(40 * 86_400_000);
  const [refund] = (await s.read(request.id)).refunds;
  const left = { ...entry, amount: "9.00", endToEnd: `AHREFUND${refund?.id}`, isDebit: true };
  await s.importFile(
    camtFile({
      id: "N2",
      opening: "39.00",
      closing: "30.00",
      entries: [{ ...left, bankReference: "N2" }],
    }),
  );
  expect((await s.read(request.id)).refunds).toMatchObject([{ state: "done" }]);
  expect(await refunds()).toEqual(ordered);
});
