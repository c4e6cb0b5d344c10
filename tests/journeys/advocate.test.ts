import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as advocate from "../../src/skills/advocate/api.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/**
 * A company tells its customers' advocate what they have; a customer chooses by WhatsApp what to be warned of and cancels
 * by a tap. The days themselves are tested where the clock can be moved (src/skills/advocate).
 */

const KETTLE = "4006381333931";
let node: SharedNode;
let company: Company;
let line: WhatsappLine;
let close: () => Promise<void>;
const from = newNumber();
const customer = { identity: { kind: "wa_id", value: from } };

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  ({ line, close } = await connectWhatsapp(node, company));
  await line.say({ from, text: "WARNUNGEN" });
  await line.answers(from);
}, 120_000);
afterAll(() => close?.());

const taps = (id: string, title: string) =>
  line.say({
    from,
    message: { type: "interactive", interactive: { type: "button_reply", button_reply: { id, title } } },
  });

test("the customer is shown the kinds of warnings, chooses one, and the company sees the grant", async () => {
  const { items } = await company.owner.call(advocate.listRules, {});
  expect(items.map(({ id }) => id)).toContain("duplicate_purchase");
  const [menu] = await line.answers(from);
  expect(wordsOf(menu as never)).toContain("Wovor dürfen wir Sie warnen?");
  await taps("advocate:on:duplicate_purchase", "Doppelkauf");
  const [, granted] = await line.answers(from, 2);
  expect(wordsOf(granted as never)).toContain("Wir fragen nach, bevor Sie etwas bestellen");
});

test("facts are told by API and file, read back, and forgotten", async () => {
  const { owner } = company;
  const fact = { kind: "loan" as const, dueOn: "2030-01-31" };
  const put = () =>
    owner.call(advocate.putFact, {
      params: { kind: "loan", reference: "L 1/a" },
      body: { customer, title: "Bohrmaschine", fact },
    });
  const first = await put();
  expect(first.isNew).toBe(true);
  expect(await put()).toEqual({ id: first.id, isNew: false });
  const csv = `reference,identity,title,endsOn\nW1,wa_id:${from},Herd,2031-05-01\nW2,wa_id:1,Herd,2031-05-01\n`;
  expect(await owner.call(advocate.importFacts, { body: { kind: "warranty", csv } })).toEqual({
    accepted: 1,
    refusedCount: 1,
    refused: [{ line: 3, reason: "nobody is known by this contactId or identity" }],
  });
  const { items: contacts } = await owner.call(api.listContacts, {});
  const contactId = contacts[0]?.id ?? 0;
  const { items } = await owner.call(advocate.listFacts, { query: { contactId } });
  expect(items.map(({ title }) => title).sort()).toEqual(["Bohrmaschine", "Herd"]);
  await owner.call(advocate.deleteFact, { params: { kind: "loan", reference: "L 1/a" } });
  expect((await owner.call(advocate.listFacts, { query: { contactId } })).items).toHaveLength(1);
});

test("prices, recalls and tariffs are taken; an order is asked about before it is confirmed", async () => {
  const { owner } = company;
  const boughtOn = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
  await owner.call(advocate.putFact, {
    params: { kind: "purchase", reference: "O1" },
    body: {
      customer,
      title: "Wasserkocher",
      fact: { kind: "purchase", gtin: KETTLE, priceCents: 4_999, boughtOn },
    },
  });
  await owner.call(advocate.putPrice, { params: { gtin: KETTLE }, body: { priceCents: 3_999 } });
  await owner.call(advocate.putRecall, {
    params: { reference: "R1" },
    body: { gtin: KETTLE, batch: "7", text: { de: "Der Griff bricht.", en: "The handle breaks." } },
  });
  await owner.call(advocate.putTariff, {
    params: { reference: "Basis" },
    body: { title: "Basis", unit: "kWh", baseCentsPerMonth: 500, unitMilliCents: 30_000 },
  });
  const checked = await until("the grant", async () => {
    const body = { customer, order: "N1", gtin: KETTLE, priceCents: 4_999 };
    const answer = await owner.call(advocate.checkOrder, { body });
    return answer.reason !== "not_chosen" && answer;
  });
  expect(checked).toMatchObject({ answer: "ask", reason: "same_product", boughtOn });
  await owner.call(advocate.settleOrder, { params: { id: checked.id ?? 0 }, body: { outcome: "placed" } });
  // The running month is in no report.
  const report = await owner.call(advocate.honestyReport, { query: { months: 12 } });
  expect(report).toMatchObject({ costCents: 0, earnedCents: 0, rules: [] });
  const contactId = (await owner.call(api.listContacts, {})).items[0]?.id ?? 0;
  const { items: persons } = await owner.call(advocate.listAdvocatePersons, {});
  expect(persons).toMatchObject([{ contactId, isAgreed: true, facts: { purchase: 1, warranty: 1 } }]);
  expect((await owner.call(advocate.listVetoes, {})).items).toEqual([]);
  const off = { params: { rule: "duplicate_purchase" as const }, body: { isOn: false } };
  await owner.call(advocate.switchRule, off);
  const { items: rules } = await owner.call(advocate.listRules, {});
  expect(rules.filter(({ isOn }) => !isOn).map(({ id }) => id)).toEqual(["duplicate_purchase"]);
  const unasked = { customer, order: "N2", gtin: KETTLE, priceCents: 4_999 };
  expect(await owner.call(advocate.checkOrder, { body: unasked })).toMatchObject({
    answer: "ok",
    reason: "not_chosen",
  });
  await owner.call(advocate.switchRule, { ...off, body: { isOn: true } });
});

test("a tap cancels the customer's own contract; a person confirms it", async () => {
  const { owner } = company;
  const start = new Date().toISOString().slice(0, 10);
  const { id } = await owner.call(advocate.putFact, {
    params: { kind: "contract", reference: "GAS" },
    body: {
      customer,
      title: "Erdgas",
      fact: { kind: "contract", start, minimumMonths: 24, noticePeriod: "1M", renewalMonths: 12 },
    },
  });
  await taps(`advocate:sure:${id}:20990101:20990201`, "Ja, kündigen");
  const cancellation = await until("the cancellation", async () => {
    const { items } = await owner.call(advocate.listCancellations, {});
    return items[0];
  });
  expect(cancellation).toMatchObject({ contract: "GAS", state: "open" });
  // Two years from today, whatever the tap said.
  expect(cancellation.termEnd.slice(0, 4)).toBe(String(Number(start.slice(0, 4)) + 2));
  await owner.call(advocate.confirmCancellation, { params: { id: cancellation.id } });
  const { items } = await owner.call(advocate.listCancellations, { query: { state: "confirmed" } });
  expect(items).toHaveLength(1);
});
