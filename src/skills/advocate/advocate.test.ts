import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withdrawConsent } from "#kernel";
import { openStage, type Stage } from "../../../tests/outside/advocate-stage.ts";
import * as api from "./api.ts";

/** Contracts: the days of the warnings, and the way out in two taps. Real PostgreSQL; the clock is moved, never waited for. */

const DAY = 86_400_000;
let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.here.close());

describe("contract warnings", () => {
  test("come 30, 7 and 1 working day before the last day, and none after", async () => {
    const contactId = await stage.person("anna", "contract_end");
    await stage.putContract(contactId);
    await stage.jumpTo("2027-01-15T09:00:00Z");
    expect(stage.sent).toHaveLength(0);
    const seen: string[] = [];
    for (let day = 0; day < 60; day++) {
      await stage.daysPass(1);
      const today = new Date(stage.here.clock.now()).toISOString().slice(0, 10);
      for (const text of stage.texts()) seen.push(`${today} ${text}`);
      stage.sent.length = 0;
    }
    // Working days before Sunday 28 February 2027: 20 in February, 10 more back to 18 January.
    expect(seen.map((one) => one.slice(0, 10))).toEqual(["2027-01-18", "2027-02-18", "2027-02-26"]);
    expect(seen[0]).toContain(
      "Erdgas: Der Vertrag verlängert sich am 1. April 2027 um 12 Monate. Bis 28. Februar 2027 können Sie zum 31. März 2027 kündigen.",
    );
  });

  test("after 30 days without power the latest goes out, once; after the last day none", async () => {
    const contactId = await stage.person("anna", "contract_end");
    await stage.putContract(contactId);
    await stage.jumpTo("2027-01-16T09:00:00Z");
    expect(stage.sent).toHaveLength(0);
    stage.here.clock.advance(36 * DAY); // 21 February: two warnings were missed
    await stage.here.settle();
    expect(stage.texts()).toHaveLength(1);
    await stage.here.settle();
    expect(stage.texts()).toHaveLength(1);
    await stage.daysPass(30);
    expect(stage.texts()).toHaveLength(2); // 26 February, and nothing in March
  });

  test("nothing leaves without a yes to this kind, and what is still of use comes with it", async () => {
    const contactId = await stage.person("anna", "recall");
    await stage.putContract(contactId);
    await stage.jumpTo("2027-02-01T09:00:00Z");
    expect(stage.sent).toHaveLength(0);
    await stage.says("anna", "Warnungen");
    expect(stage.texts()[0]).toContain("Wovor dürfen wir Sie warnen?");
    await stage.taps("anna", stage.sent[0], "Vertragsende");
    await stage.here.settle();
    expect(stage.texts().at(-1)).toContain("Bis 28. Februar 2027");
    const [grant] = await stage.rows(
      "select how, topic from kernel.consent_grant where topic = 'contract_end'",
    );
    expect(grant).toEqual({ how: "message", topic: "contract_end" });
  });

  test("who stops is warned no more; who stops one kind of all keeps the others", async () => {
    const contactId = await stage.person("anna", "");
    await stage.putContract(contactId);
    await stage.call(api.putFact, {
      params: { kind: "loan", reference: "L1" },
      body: { customer: { contactId }, title: "Bohrmaschine", fact: { kind: "loan", dueOn: "2027-01-20" } },
    });
    await stage.jumpTo("2027-01-18T09:00:00Z");
    expect(stage.texts().sort()).toEqual([
      "Bohrmaschine: Die Leihfrist endet am 20. Januar 2027. Bitte bringen Sie es bis dahin zurück.",
      expect.stringContaining("Erdgas"),
    ]);
    await stage.taps(
      "anna",
      stage.sent.find(({ content }) => content.type === "text" && content.text.startsWith("Bohr")),
      "Nicht mehr warnen",
    );
    const topics = (
      await stage.rows("select topic from kernel.consent_grant where withdrawn_at is null")
    ).map((one) => one.topic);
    expect(topics).not.toContain("loan_due");
    expect(topics).toContain("contract_end");
    expect(topics).not.toContain("");
    await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      withdrawConsent(tx, {
        tenantId: stage.tenantId,
        contactIds: [contactId],
        how: "test",
        now: stage.here.clock.now(),
      }),
    );
    stage.sent.length = 0;
    await stage.daysPass(60);
    expect(stage.sent).toHaveLength(0);
  });

  test("a fact that cannot be read keeps nobody else from being warned", async () => {
    const [anna, ben] = [
      await stage.person("anna", "contract_end"),
      await stage.person("ben", "contract_end"),
    ];
    const broken = await stage.putContract(anna, {}, "A-1");
    await stage.putContract(ben, {}, "B-1");
    await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      sql`update advocate.fact set data = '{"start": 7}' where id = ${broken}`.execute(tx),
    );
    await stage.jumpTo("2027-01-18T09:00:00Z");
    expect(stage.sent.map(({ to }) => to)).toEqual(["ben"]);
    await stage.daysPass(1);
    expect(stage.sent).toHaveLength(1);
  });

  test("nobody is woken at night", async () => {
    const contactId = await stage.person("anna", "contract_end");
    await stage.jumpTo("2027-02-10T02:00:00Z");
    await stage.putContract(contactId);
    expect(stage.sent).toHaveLength(0);
    stage.here.clock.advance(6 * 3_600_000); // 9:00 in Hamburg
    await stage.here.settle();
    expect(stage.sent).toHaveLength(1);
  });
});

describe("two taps", () => {
  let factId: number;

  beforeEach(async () => {
    const contactId = await stage.person("anna", "contract_end");
    factId = await stage.putContract(contactId);
    await stage.jumpTo("2027-01-18T09:00:00Z");
  });

  test("cancel: said with day and minute, kept with its words, shown to a person, and warned of no more", async () => {
    await stage.taps("anna", stage.sent[0], "Kündigen");
    expect(stage.texts()[1]).toBe(
      "Soll der Vertrag zum 31. März 2027 gekündigt werden? Der letzte Tag dafür ist 28. Februar 2027.",
    );
    await stage.taps("anna", stage.sent[1], "Ja, kündigen");
    expect(stage.texts()[2]).toContain(
      "Ihre Kündigung zum 31. März 2027 ist eingegangen: 18. Januar 2027, 10:00 Uhr.",
    );
    const { items } = await stage.call(api.listCancellations);
    expect(items).toMatchObject([{ contract: "GAS-1", termEnd: "2027-03-31", state: "open" }]);
    expect(items[0]?.text).toBe(
      "Hiermit kündige ich den Vertrag GAS-1 (Erdgas) zum 31. März 2027. Eingegangen am 18. Januar 2027, 10:00 Uhr.",
    );
    const [conversation] = await stage.rows("select state from kernel.conversation");
    expect(conversation).toEqual({ state: "waiting" });
    await stage.call(api.confirmCancellation, { params: { id: items[0]?.id } });
    expect((await stage.call(api.listCancellations)).items).toEqual([]);
    expect(await stage.rows("select rule, outcome, cents from advocate.outcome")).toEqual([
      { rule: "contract_end", outcome: "cancelled", cents: -48_000 },
    ]);
    stage.sent.length = 0;
    await stage.daysPass(60);
    expect(stage.sent).toHaveLength(0);
  });

  test("a typed yes counts like the tap, and taps count also while a person has the conversation", async () => {
    await stage.taps("anna", stage.sent[0], "Kündigen");
    await stage.says("anna", "ja");
    expect((await stage.call(api.listCancellations)).items).toHaveLength(1);
    expect(await stage.rows("select state from kernel.conversation")).toEqual([{ state: "waiting" }]);
    stage.sent.length = 1;
    await stage.taps("anna", stage.sent[0], "Kündigen");
    await stage.taps("anna", stage.sent[1], "Ja, kündigen");
    expect(stage.texts()[2]).toContain("eingegangen");
    expect((await stage.call(api.listCancellations)).items).toHaveLength(1); // the same notice is one
  });

  test("keep: noted as earned", async () => {
    await stage.taps("anna", stage.sent[0], "Behalten");
    await stage.taps("anna", stage.sent[0], "Behalten");
    expect(await stage.rows("select rule, outcome, cents from advocate.outcome")).toEqual([
      { rule: "contract_end", outcome: "kept", cents: 48_000 },
    ]);
    // What a single person did is nobody's report.
    await stage.jumpTo("2027-02-01T09:00:00Z");
    const report = await stage.call(api.honestyReport, { query: { months: 1 } });
    expect(report).toEqual({
      from: "2027-01-01",
      to: "2027-01-31",
      costCents: 0,
      earnedCents: 0,
      rules: [
        {
          rule: "contract_end",
          warned: null,
          delivered: null,
          outcomes: [{ outcome: "kept", count: null, cents: null }],
        },
      ],
    });
  });

  test("a day late it says so and hands over", async () => {
    await stage.jumpTo("2027-03-01T09:00:00Z");
    await stage.taps("anna", stage.sent[0], "Kündigen");
    expect(stage.texts().at(-1)).toContain("Der letzte Tag für diesen Termin war 28. Februar 2027.");
    expect((await stage.call(api.listCancellations)).items).toEqual([]);
  });

  test("nobody cancels another person's contract", async () => {
    await stage.person("eve");
    await stage.says("eve", {
      type: "choice",
      id: `advocate:sure:${factId}:20270228:20270331`,
      text: "Ja, kündigen",
    });
    expect((await stage.call(api.listCancellations)).items).toEqual([]);
  });
});

test("a kind that the company switched off is not offered and warns nobody; on again, what is still of use goes out", async () => {
  const contactId = await stage.person("anna", "contract_end");
  await stage.putContract(contactId);
  const rule = { rule: "contract_end" as const };
  await stage.call(api.switchRule, { params: rule, body: { isOn: false } });
  await stage.jumpTo("2027-01-18T09:00:00Z");
  await stage.daysPass(3);
  expect(stage.sent).toHaveLength(0);
  await stage.says("anna", "Warnungen");
  const { content } = stage.sent[0] as (typeof stage.sent)[number];
  const titles = content.type === "text" ? (content.options ?? []).map(({ title }) => title) : [];
  expect(titles).toContain("Rückruf");
  expect(titles).not.toContain("Vertragsende");
  stage.sent.length = 0;
  await stage.call(api.switchRule, { params: rule, body: { isOn: true } });
  await stage.here.settle();
  expect(stage.texts()).toHaveLength(1);
  expect(stage.texts()[0]).toContain("Bis 28. Februar 2027");
});

describe("outside of a provider's window", () => {
  const DAY_MS = 86_400_000;
  const template = {
    name: "hk_warnung",
    language: "de" as const,
    category: "utility",
    body: "Zu {{1}}: {{2}}",
    variables: ["title", "text"],
  };

  test("an approved template carries the warning; one that is paused or moved to marketing does not", async () => {
    const templates = [{ ...template, state: "paused" }];
    const closed = await openStage(DAY_MS, templates);
    const contactId = await closed.person("anna", "contract_end");
    await closed.putContract(contactId);
    await closed.jumpTo("2027-01-18T09:00:00Z");
    expect(closed.sent).toHaveLength(0);
    templates[0] = { ...template, state: "approved", category: "marketing" };
    await closed.daysPass(1);
    expect(closed.sent).toHaveLength(0);
    templates[0] = { ...template, state: "approved" };
    await closed.daysPass(1);
    expect(closed.sent.map(({ content }) => content)).toMatchObject([
      { type: "template", name: "hk_warnung", language: "de", parameters: ["Erdgas", expect.any(String)] },
    ]);
    expect(closed.sent[0]?.content).toMatchObject({ text: expect.stringContaining("Bis 28. Februar 2027") });
    await closed.here.close();
  });
});
