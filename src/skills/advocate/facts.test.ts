import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { grantConsent, holidays } from "#kernel";
import { openStage, type Stage } from "../../../tests/outside/advocate-stage.ts";
import * as api from "./api.ts";
import { judge, type RuleInputs } from "./rules/judge.ts";
import { ruleOf } from "./rules/rule-list.ts";
import { openAdvocate, vetoes } from "./skill.ts";

const advocate = openAdvocate({ templates: null });

/** Purchases, tariffs, imports, decisions, and what is left of a person. */

const DAY = 86_400_000;
const KETTLE = "4006381333931";
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.here.close());

describe("purchases", () => {
  const bought = { kind: "purchase", gtin: KETTLE, priceCents: 4_999, boughtOn: "2026-08-20", batch: "0826" };

  async function buys(contactId: number, change: Record<string, unknown> = {}) {
    await stage.call(api.putFact, {
      params: { kind: "purchase", reference: "O-1" },
      body: { customer: { contactId }, title: "Wasserkocher", fact: { ...bought, ...change } },
    });
    await stage.here.settle();
  }

  test("a lower price is told while the return period runs, each price once, and not after", async () => {
    const contactId = await stage.person("anna", "price_drop");
    await buys(contactId, { returnUntil: "2026-09-03" });
    const price = async (priceCents: number) => {
      await stage.call(api.putPrice, { params: { gtin: KETTLE }, body: { priceCents } });
      await stage.here.settle();
    };
    await price(5_500);
    expect(stage.sent).toHaveLength(0);
    await price(3_999);
    await price(3_999);
    expect(stage.texts()).toEqual([
      "Wasserkocher kostet jetzt 39,99 €. Sie haben 49,99 € bezahlt. Bis 3. September 2026 können Sie es zurückgeben.",
    ]);
    await buys(contactId, { returnUntil: "2026-09-03", returnedOn: "2026-09-02" });
    expect(await stage.rows("select outcome, cents from advocate.outcome")).toEqual([
      { outcome: "returned", cents: -4_999 },
    ]);
    await buys(contactId, { returnUntil: "2026-09-03" });
    await stage.daysPass(4);
    await price(1_999);
    expect(stage.sent).toHaveLength(1);
  });

  test("a recall reaches whoever has the batch, and vetoes promotions of the product", async () => {
    const [anna, ben] = [await stage.person("anna", "recall"), await stage.person("ben", "recall")];
    await buys(anna);
    await stage.call(api.putFact, {
      params: { kind: "purchase", reference: "O-2" },
      body: {
        customer: { identity: { kind: "telegram", value: "ben" } },
        title: "Wasserkocher",
        fact: { ...bought, batch: "0926" },
      },
    });
    await stage.here.settle();
    await stage.call(api.putRecall, {
      params: { reference: "R-1" },
      body: {
        gtin: KETTLE,
        batch: "0826",
        text: { de: "Der Griff kann brechen.", en: "The handle may break." },
      },
    });
    await stage.here.settle();
    expect(stage.texts()).toEqual([
      "Rückruf: Wasserkocher, von Ihnen gekauft am 20. August 2026. Der Griff kann brechen.",
    ]);
    const asked = { tenantId: stage.tenantId, contactIds: [anna, ben], now: stage.here.clock.now() };
    expect([...(await vetoes.vetoed(stage.here.kernel, { ...asked, about: [KETTLE] }))]).toMatchObject([
      [anna, { rule: "recall", subjects: [KETTLE.padStart(14, "0")] }],
    ]);
    expect([
      ...(await vetoes.vetoed(stage.here.kernel, { ...asked, about: ["WASSERKOCHER", "Toaster"] })),
    ]).toMatchObject([[anna, { rule: "recall", subjects: ["wasserkocher"] }]]);
    expect(await vetoes.vetoed(stage.here.kernel, { ...asked, about: ["Toaster"] })).toEqual(new Map());
    stage.here.clock.advance(366 * DAY);
    expect(
      await vetoes.vetoed(stage.here.kernel, { ...asked, now: stage.here.clock.now(), about: [KETTLE] }),
    ).toEqual(new Map());
  });

  test("an order is asked about before it is confirmed, if the customer chose to be asked", async () => {
    const contactId = await stage.person("anna");
    await buys(contactId);
    const order = (reference: string) =>
      stage.call(api.checkOrder, {
        body: { customer: { contactId }, order: reference, gtin: KETTLE, priceCents: 4_999 },
      });
    expect(await order("N-1")).toMatchObject({ answer: "ok", reason: "not_chosen" });
    await stage.sayYes(contactId, "duplicate_purchase");
    const asked = await order("N-2");
    expect(asked).toMatchObject({ answer: "ask", reason: "same_product", boughtOn: "2026-08-20" });
    expect(asked.question?.de).toBe(
      "Wasserkocher haben Sie am 20. August 2026 gekauft. Möchten Sie es wirklich noch einmal bestellen?",
    );
    expect(await order("N-2")).toEqual(asked);
    await stage.call(api.settleOrder, { params: { id: asked.id }, body: { outcome: "dropped" } });
    expect(await stage.rows("select outcome, cents, happened_on from advocate.outcome")).toEqual([
      { outcome: "dropped", cents: -4_999, happened_on: "2026-09-01" },
    ]);
    await buys(contactId, { intervalDays: 10 });
    expect(await order("N-3")).toMatchObject({ answer: "ok", reason: "usual_interval_passed" });
    await buys(contactId, { intervalDays: 30 });
    expect(await order("N-4")).toMatchObject({ answer: "ask", reason: "sooner_than_usual" });
  });
});

test("a cheaper tariff that fits the year is told once", async () => {
  const contactId = await stage.person("anna", "tariff");
  const tariff = (reference: string, base: number, unit: number) =>
    stage.call(api.putTariff, {
      params: { reference },
      body: { title: reference, unit: "kWh", baseCentsPerMonth: base, unitMilliCents: unit },
    });
  await tariff("Basis", 500, 40_000);
  await tariff("Viel", 1_500, 30_000);
  const months = Array.from({ length: 12 }, (_, n) =>
    new Date(Date.UTC(2025, 8 + n, 1)).toISOString().slice(0, 7),
  );
  const csv = `reference,contactId,title,contract,month,amount\n${months
    .map((month) => `${month},${contactId},Zähler,STROM,${month},300`)
    .join("\n")}\n`;
  expect(await stage.call(api.importFacts, { body: { kind: "consumption", csv } })).toMatchObject({
    accepted: 12,
  });
  await stage.putContract(contactId, { tariff: "Basis" }, "STROM");
  // 3,600 kWh: 60 + 1,440 = 1,500 €; 180 + 1,080 = 1,260 €.
  expect(stage.texts()).toEqual([
    "Erdgas: Mit dem Tarif Viel hätten Sie im letzten Jahr 240,00 € weniger bezahlt (1.260,00 € statt 1.500,00 € für 3600 kWh).",
  ]);
  await stage.putContract(contactId, { tariff: "Basis" }, "STROM");
  expect(stage.sent).toHaveLength(1);
});

test("every warning's decision is replayed from what was stored", async () => {
  const contactId = await stage.person("anna", "");
  await stage.putContract(contactId);
  await stage.daysPass(0);
  await stage.jumpTo("2027-01-18T09:00:00Z");
  const decisions = await stage.rows("select rule, inputs, outcome, explanation from kernel.decision");
  expect(decisions).toHaveLength(1);
  for (const { rule, inputs, outcome, explanation } of decisions) {
    const given = inputs as RuleInputs;
    const id = String(rule).replace(/^advocate\.|\/\d+$/g, "");
    const { dues } = judge(ruleOf(id), given, (year) => holidays(given.region, year));
    expect(dues.map(({ step }) => `warn:${step}`)).toContain(outcome);
    expect((explanation as { de: string }).de).toContain("BGB");
  }
});

describe("facts", () => {
  test("are refused by line with the reason, and the same file again changes nothing", async () => {
    const contactId = await stage.person("anna");
    const csv = [
      "reference,contactId,identity,title,start,minimumMonths,noticePeriod,renewalMonths,postTermNotice",
      `A,${contactId},,Strom,2026-01-01,12,1M,12,`,
      `B,,telegram:anna,Gas,2026-01-01,24,1M,indefinite,1M`,
      `C,${contactId},,Wasser,2026-02-30,12,1M,12,`,
      `D,,telegram:nobody,Netz,2026-01-01,12,1M,12,`,
      `E,${contactId},,Handy,2026-01-01,24,1M,indefinite,3M`,
      `A,${contactId},,Strom,2026-01-01,12,1M,12,`,
      `F,,,Ohne,2026-01-01,12,1M,12,`,
    ].join("\n");
    const first = await stage.call(api.importFacts, { body: { kind: "contract", csv } });
    expect(first.accepted).toBe(2);
    expect(first.refused.map(({ line }) => line)).toEqual([4, 5, 6, 7, 8]);
    expect(first.refused.map(({ reason }) => reason).join("\n")).toMatch(
      /start.*\nnobody is known.*\npostTermNotice is longer.*\nits reference stands.*\ncontactId \(a number\)/,
    );
    expect(await stage.call(api.importFacts, { body: { kind: "contract", csv } })).toEqual(first);
    const { items } = await stage.call(api.listFacts, { query: { contactId } });
    expect(items.map(({ reference }) => reference).sort()).toEqual(["A", "B"]);
    await stage.call(api.deleteFact, { params: { kind: "contract", reference: "A" } });
    await expect(
      stage.call(api.deleteFact, { params: { kind: "contract", reference: "A" } }),
    ).rejects.toThrow("not_found");
  });

  test("are exported, erased, and gone when their days are over", async () => {
    const contactId = await stage.person("anna", "");
    await stage.putContract(contactId);
    await stage.jumpTo("2027-01-18T09:00:00Z");
    await stage.taps("anna", stage.sent[0], "Kündigen");
    await stage.taps("anna", stage.sent[1], "Ja, kündigen");
    const dump = () =>
      stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
        advocate.personalData.export(tx, [contactId]),
      ) as Promise<Record<string, unknown[]>>;
    const counts = async () => Object.values(await dump()).map((list) => list.length);
    expect(await dump()).toMatchObject({ fact: [{ title: "Erdgas" }], warning: [{ rule: "contract_end" }] });
    expect(await counts()).toEqual([1, 1, 1, 0]);
    stage.here.clock.advance(1_096 * DAY);
    await stage.here.settle();
    expect(await counts()).toEqual([0, 0, 0, 0]);
    await stage.putContract(contactId);
    await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      advocate.personalData.erase(tx, [contactId], stage.here.clock.now()),
    );
    expect(await counts()).toEqual([0, 0, 0, 0]);
  });
});

test("a person of several merged contacts is one, and a way that is closed leaves another that was agreed to", async () => {
  const [old, contactId] = [await stage.person("old", "recall"), await stage.person("anna", "contract_end")];
  await stage.rows(`update kernel.contact set merged_into = ${contactId} where id = ${old}`);
  // The contract is known under the old contact; the yes to it stands at the new one.
  await stage.putContract(old);
  await stage.jumpTo("2027-01-18T09:00:00Z");
  expect(stage.texts()).toHaveLength(1);
  const off = await stage.here.channel(stage.tenantId, { kind: "telegram", address: "off", appId: "app" });
  stage.here.clock.advance(1_000);
  await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
    grantConsent(tx, {
      tenantId: stage.tenantId,
      grants: [
        {
          contactId,
          channelId: off,
          purpose: "advocate.warning",
          topic: "contract_end",
          language: "en",
          text: "Yes.",
          how: "form",
          evidence: {},
          expiresAt: null,
        },
      ],
      now: stage.here.clock.now(),
    }),
  );
  await stage.rows(`update kernel.channel set active = false where id = ${off}`);
  await stage.here.kernel.registry.reload();
  await stage.jumpTo("2027-02-18T09:00:00Z");
  expect(stage.texts()).toHaveLength(2);
  expect(stage.texts()[1]).toContain("Bis 28. Februar 2027");
});
