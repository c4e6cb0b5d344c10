import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFiles } from "#kernel";
import { erasePerson } from "../../src/kernel/contacts/erase.ts";
import { mergeContacts } from "../../src/kernel/contacts/merge.ts";
import { kernelRoom } from "../../src/kernel/contacts/personal-data.ts";
import { personOf, samePartyAs } from "../../src/kernel/contacts/roots.ts";
import * as business from "../../src/skills/business/api.ts";
import { skills } from "../../src/skills.ts";
import { BusinessStage, offered, textOf } from "../outside/business-stage.ts";
import { openParts } from "../outside/company-stage.ts";

/** A maker of machines, its customers' people, and what is offered and ordered: with time moved, without HTTP. */

const DAY = 86_400_000;
let stage: BusinessStage;
let company: business.Company;
let other: business.Company;

const sentTo = (who: string) => stage.sentTo(who);
const lastTo = (who: string) => stage.lastTo(who);
const conversationOf = (who: string) => stage.conversationOf(who);
const speaksFor = (who: string, roles: business.Role[], of = company) => stage.speaksFor(who, roles, of);
const offer = (who: string, validUntil?: string) => stage.offer(who, validUntil);
const read = (id: number) => stage.call(business.getQuotation, { params: { id } });

beforeAll(async () => {
  stage = new BusinessStage(await openParts(skills, Date.parse("2026-11-24T09:00:00Z")));
  await stage.rows(
    `insert into kernel.staff (tenant_id, user_id, name, role, created_at) values (${stage.tenantId}, 'tech', 'Ole Techniker', 'agent', '2026-01-01')`,
  );
  company = await stage.call(business.createBusinessCompany, {
    body: { name: "Beck Maschinenbau GmbH", number: "10042" },
  });
  other = await stage.call(business.createBusinessCompany, { body: { name: "Anders & Söhne" } });
  for (const [id, serial] of [
    [company.id, "MX-4711"],
    [other.id, "MX-4712"],
  ] as const)
    await stage.call(business.addMachine, {
      params: { id },
      body: { serial, model: "Presse 200", place: "Halle 2", technicianId: "tech" },
    });
  await speaksFor("buyer", ["orderer"]);
  await speaksFor("boss", ["decision_maker"]);
  await speaksFor("fitter", ["technician"]);
  await speaksFor("stranger", ["orderer"], other);
});
afterAll(() => stage.here.close());

describe("an order", () => {
  test("is offered as a document, said back, confirmed once by two people, and recorded with the document's hash", async () => {
    const quotation = await offer("buyer");
    expect(quotation.number).toMatch(/^AN-2026-\d{4}$/);
    const [version] = quotation.versions;
    // 401.22 net, 76.23 tax: 401.22 x 0.19 = 76.2318
    expect(version?.totals).toMatchObject({ netCents: 40_122, taxCents: 7_623, grossCents: 47_745 });
    const [document, question] = sentTo("buyer").slice(-2);
    expect(document?.content).toMatchObject({
      type: "document",
      media: { mime: "application/pdf", sha256: version?.sha256 },
    });
    expect(question?.content).toMatchObject({ options: [{ title: "Bestellen" }, { title: "Ablehnen" }] });

    await stage.says("buyer", "ja, bestellen wir");
    expect(lastTo("buyer")).toContain("Verbindlich bestellen?");
    expect((await read(quotation.id)).versions[0]?.state).toBe("sent");
    await stage.says("buyer", "Ja");
    const ordered = await read(quotation.id);
    expect(ordered.versions[0]?.state).toBe("accepted");
    expect(ordered.acceptance).toMatchObject({ version: 1, words: "Ja", sha256: version?.sha256 });
    expect(ordered.confirmation?.number).toMatch(/^AB-2026-\d{4}$/);
    const [thanks, confirmation] = sentTo("buyer").slice(-2);
    expect(textOf(thanks)).toContain("ist bei uns");
    expect(confirmation?.content).toMatchObject({ type: "document", media: { mime: "application/pdf" } });

    const tap = { type: "choice" as const, id: `business:confirm:${quotation.id}:1`, text: "Ja, bestellen" };
    await stage.says("boss", tap);
    expect(lastTo("boss")).toContain("schon bestellt, einmal");
    expect((await read(quotation.id)).confirmation).toEqual(ordered.confirmation);
    expect(await stage.rows("select count(*)::int as n from business.acceptance")).toEqual([{ n: 1 }]);
  });

  test("is none by a person without the role, and none by another company", async () => {
    const quotation = await offer("fitter");
    await stage.says("fitter", "Wir nehmen das Angebot an");
    expect(lastTo("fitter")).toContain("nur die Personen");
    const tap = { type: "choice" as const, id: `business:confirm:${quotation.id}:1`, text: "Ja" };
    await stage.says("stranger", tap);
    expect(lastTo("stranger")).toContain("gilt nicht mehr");
    expect(lastTo("stranger")).not.toContain(quotation.number ?? "");
    expect((await read(quotation.id)).versions[0]?.state).toBe("sent");
    const [held] = await stage.rows(
      `select state, hand_over from kernel.conversation where id = ${await conversationOf("fitter")}`,
    );
    expect(held).toMatchObject({ state: "person", hand_over: { reason: "case" } });
    await stage.call(business.withdrawQuotation, {
      params: { id: quotation.id },
      body: { reason: "Irrtum" },
    });
  });

  test("after its last day gets a sentence and goes to a person; also by the button", async () => {
    const quotation = await offer("buyer", "2026-11-25");
    stage.here.clock.advance(2 * DAY);
    await stage.here.settle();
    expect((await read(quotation.id)).versions[0]?.state).toBe("expired");
    for (const said of [
      "ja, bestellen wir",
      { type: "choice" as const, id: `business:order:${quotation.id}:1`, text: "Bestellen" },
    ]) {
      await stage.says("buyer", said);
      expect(lastTo("buyer")).toContain("25.11.2026 gültig und ist abgelaufen");
    }
    expect((await read(quotation.id)).acceptance).toBeNull();
  });

  test("of an earlier version is none: the next one replaces it, and the numbers have no gaps", async () => {
    const first = await offer("buyer");
    const next = await stage.call(business.renewQuotation, { params: { id: first.id } });
    expect(next.versions.map(({ version, state }) => [version, state])).toEqual([
      [2, "draft"],
      [1, "sent"],
    ]);
    const sent = await stage.call(business.sendQuotation, {
      params: { id: first.id },
      body: { revision: next.versions[0]?.revision },
    });
    expect(sent.number).toBe(first.number);
    expect(sent.versions.map(({ state }) => state)).toEqual(["sent", "replaced"]);
    await stage.says("buyer", { type: "choice", id: `business:order:${first.id}:1`, text: "Bestellen" });
    expect(lastTo("buyer")).toContain("gilt nicht mehr");
    await stage.says("buyer", { type: "choice", id: `business:decline:${first.id}:2`, text: "Ablehnen" });
    await stage.says("buyer", "Zu teuer");
    expect((await read(first.id)).versions[0]).toMatchObject({ state: "declined", reason: "Zu teuer" });
    const numbers = await stage.rows(
      "select number from business.quotation where number is not null order by id",
    );
    expect(numbers.map(({ number }) => number)).toEqual(
      numbers.map((_, place) => `AN-2026-${String(place + 1).padStart(4, "0")}`),
    );
  });
});

describe("what agents cannot do", () => {
  test("save over a colleague, offer nothing, offer below zero, or too much", async () => {
    const begun = await stage.call(business.createQuotation, {
      body: { conversationId: await conversationOf("boss") },
    });
    const params = { id: begun.id };
    const save = (change: object, revision = 1) =>
      stage.call(business.saveQuotation, { params, body: { ...offered, revision, ...change } });
    const [given] = offered.lines;
    await expect(save({ lines: [{ ...given, priceCents: -1 }] })).rejects.toThrow();
    await expect(save({ lines: Array.from({ length: 1_000 }, () => given) })).rejects.toThrow();
    await expect(save({ lines: [{ ...given, text: "x".repeat(100_000) }] })).rejects.toThrow();
    await expect(
      save({ lines: [{ ...given, quantityMilli: 1_000_000_000, priceCents: 9_999_999_999, per: 1 }] }),
    ).rejects.toMatchObject({ code: "bad_request" });
    await save({ lines: [] });
    await expect(save({})).rejects.toMatchObject({ code: "conflict" });
    await expect(stage.call(business.sendQuotation, { params, body: { revision: 2 } })).rejects.toMatchObject(
      {
        code: "bad_request",
      },
    );
    await stage.call(business.deleteDraft, { params });
    await expect(read(begun.id)).rejects.toMatchObject({ code: "not_found" });
  });

  test("offer in a private conversation", async () => {
    await stage.says("private", "Guten Tag");
    await expect(
      stage.call(business.createQuotation, { body: { conversationId: await conversationOf("private") } }),
    ).rejects.toMatchObject({ code: "rule_broken" });
  });
});

describe("a machine that stands still", () => {
  test("is found by its number and given to its technician", async () => {
    await speaksFor("hall", ["technician"]);
    await stage.says("hall", "Maschine 4711 steht");
    expect(lastTo("hall")).toBe(
      "Maschine MX-4711 (Presse 200): Ole Techniker betreut sie und meldet sich hier bei Ihnen.",
    );
    const [held] = await stage.rows(
      `select state, assignee_id, hand_over ->> 'summary' as summary from kernel.conversation where id = ${await conversationOf("hall")}`,
    );
    expect(held).toEqual({
      state: "person",
      assignee_id: "tech",
      summary: "Maschine MX-4711 (Presse 200, Halle 2) steht.",
    });
  });

  test("of another company is as unknown as none at all", async () => {
    const answers: string[] = [];
    for (const [who, serial] of [
      ["thief", "MX-4712"],
      ["loser", "MX-9999"],
    ] as const) {
      await speaksFor(who, ["technician"]);
      await stage.says(who, `Maschine ${serial} steht`);
      answers.push(lastTo(who));
    }
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain("finden wir bei Ihrer Firma nicht");
  });

  test("cannot stand at two companies", async () => {
    const twice = stage.call(business.addMachine, {
      params: { id: other.id },
      body: { serial: "mx4711", model: "Presse" },
    });
    await expect(twice).rejects.toMatchObject({ code: "bad_request" });
  });
});

describe("the same natural person", () => {
  test("is seen privately and for the company apart, though both are known to be one", async () => {
    await speaksFor("office", ["orderer"]);
    await stage.says("home", "Guten Tag");
    const [office, home] = [await stage.contactOf("office"), await stage.contactOf("home")];
    const actor = { tenantId: stage.tenantId, role: "owner" as const, staffId: "u1", name: "Ada" };
    const seen = await stage.here.kernel.db.tenant(stage.tenantId, async (tx) => {
      await mergeContacts(tx, actor, { contactId: office, intoId: home }, stage.here.clock.now());
      return {
        person: (await personOf(tx, stage.tenantId, office)).sort((a, b) => a - b),
        office: await samePartyAs(tx, stage.tenantId, office),
        home: await samePartyAs(tx, stage.tenantId, home),
      };
    });
    expect(seen.person).toEqual([office, home].sort((a, b) => a - b));
    expect([seen.office, seen.home]).toEqual([[office], [home]]);
    const manifest = skills.find((skill) => skill.id === "business") as (typeof skills)[number];
    const held = (ids: readonly number[]) =>
      stage.here.kernel.db.tenant(stage.tenantId, (tx) => manifest.personalData.export(tx, ids));
    expect(await held(seen.home)).toEqual({ speaksFor: [], quotations: [], orders: [] });
    expect(await held(seen.office)).toMatchObject({ speaksFor: [{ company: company.name }] });
    const kernel = kernelRoom(stage.tenantId, stage.here.clock.now);
    const data = await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      kernel.personalData.export(tx, seen.home),
    );
    expect((data.conversation as { contact_id: number }[]).map(({ contact_id }) => contact_id)).toEqual([
      home,
    ]);
  });

  test("speaks for one company from one address", async () => {
    const contactId = await stage.contactOf("office");
    const second = stage.call(business.addPerson, {
      params: { id: other.id },
      body: { contactId, roles: ["orderer"] },
    });
    await expect(second).rejects.toMatchObject({ code: "rule_broken" });
  });
});

describe("a person who leaves", () => {
  test("is gone from the company's data; quotation, order and documents stay", async () => {
    await speaksFor("leaver", ["orderer"]);
    const { id } = await offer("leaver");
    await stage.says("leaver", "wir bestellen");
    await stage.says("leaver", "ja");
    const before = await read(id);
    expect(before.acceptance?.words).toBe("ja");
    const contactId = await stage.contactOf("leaver");
    const manifest = skills.find((skill) => skill.id === "business") as (typeof skills)[number];
    const held = await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      manifest.personalData.export(tx, [contactId]),
    );
    expect(held).toMatchObject({ speaksFor: [{ company: company.name }], orders: [{ words: "ja" }] });
    await stage.here.kernel.db.tenant(stage.tenantId, (tx) =>
      erasePerson(tx, {
        tenantId: stage.tenantId,
        contactIds: [contactId],
        rooms: skills,
        now: stage.here.clock.now(),
      }),
    );
    await stage.here.settle();
    const after = await read(id);
    expect(after).toMatchObject({
      conversationId: null,
      person: { name: "" },
      acceptance: { by: "", sha256: before.acceptance?.sha256 },
    });
    expect(after.versions[0]?.fileId).toBe(before.versions[0]?.fileId);
    const files = openFiles(stage.here.kernel);
    for (const fileId of [after.versions[0]?.fileId, after.confirmation?.fileId])
      expect((await files.read(stage.tenantId, fileId ?? "")).bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const kept = await files.read(stage.tenantId, after.versions[0]?.fileId ?? "");
    expect(createHash("sha256").update(kept.bytes).digest("hex")).toBe(after.acceptance?.sha256);
    const left = await stage.rows(
      `select count(*)::int as n from business.person where contact_id = ${contactId}`,
    );
    expect(left).toEqual([{ n: 0 }]);
  });

  test("records go when the law's time is over", async () => {
    const [{ n: before } = { n: 0 }] = await stage.rows("select count(*)::int as n from business.acceptance");
    expect(before).toBeGreaterThan(0);
    await stage.jumpTo("2032-12-30T10:00:00Z");
    expect(await stage.rows("select count(*)::int as n from business.acceptance")).toEqual([{ n: before }]);
    await stage.jumpTo("2033-02-15T10:00:00Z");
    expect(await stage.rows("select count(*)::int as n from business.acceptance")).toEqual([{ n: 0 }]);
  });
});
