import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as notices from "../../src/skills/notices/api.ts";
import * as reports from "../../src/skills/reports/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { type Company, connectWhatsapp, newCompany } from "../outside/company.ts";
import { until } from "../outside/until.ts";
import { newNumber, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Passengers report by WhatsApp, a field team looks after it, the company sees it: over HTTP, as in the field. */

let node: SharedNode;
let company: Company;
let owner: ApiClient;
let line: WhatsappLine;
let close: () => Promise<void>;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  owner = company.owner;
  const connected = await connectWhatsapp(node, company);
  line = connected.line;
  close = connected.close;
});
afterAll(() => close?.());

const kindInput = (teamId: number | null) => ({
  name: { de: "Schmutz", en: "Dirt" },
  keywords: { de: ["dreckig", "verschmutz*"], en: ["dirty"] },
  teamId,
  radiusMetres: 100,
  withinHours: 12,
});
const location = (latitude: number, longitude: number) => ({
  type: "location",
  location: { latitude, longitude },
});
/** A tap on a button. */
const tap = (id: string, title: string) => ({
  type: "interactive",
  interactive: { type: "button_reply", button_reply: { id, title } },
});
const latest = async (to: string, count: number) => wordsOf((await line.answers(to, count)).at(-1) as never);

/** A change reaches the process that answers within a moment; until then an answer of another skill may come. */
async function settingsArrive(): Promise<void> {
  await until("the kinds are known", async () => {
    const from = newNumber();
    await line.say({ from, text: "Ich möchte etwas melden" });
    return (
      (await latest(from, 1)).includes("Was möchten Sie melden?") ||
      (await latest(from, 1)).includes("Wo ist das?")
    );
  });
}

test("a dirty platform: configured, reported twice, passed, accepted, done, told, listed", async () => {
  const team = await owner.call(reports.createReportTeam, {
    body: { name: `Reinigung ${randomUUID().slice(0, 4)}`, language: "de" },
  });
  const kind = await owner.call(reports.createReportKind, { body: kindInput(team.id) });
  const places = [{ name: "Bahnhof Altona", aliases: ["Altona"], latitude: 53.5527, longitude: 9.9352 }];
  await owner.call(reports.replaceReportPlaces, { body: { items: places } });
  expect((await owner.call(reports.listReportPlaces)).items).toEqual(places);
  await settingsArrive();

  const worker = newNumber();
  await line.say({ from: worker, text: team.joinCode ?? "" });
  expect(await latest(worker, 1)).toContain("Einverstanden?");
  await line.say({ from: worker, message: tap("reports:yes", "Ja") });
  expect(await latest(worker, 2)).toContain("gehört jetzt dem Feldteam");
  const [joined] = (await owner.call(reports.listReportTeams)).items;
  expect(joined).toMatchObject({ id: team.id, joinCode: null, conversationId: expect.any(Number) });

  const [first, second] = [newNumber(), newNumber()];
  await line.say({ from: first, text: "In Altona ist der Bahnsteig dreckig, überall Scherben" });
  expect(await latest(first, 1)).toContain("ist aufgenommen");
  await until("the team has it", async () => (await line.sentTo(worker)).length >= 3);
  const passed = await latest(worker, 3);
  expect(passed).toContain("Ort: Bahnhof Altona");
  const id = Number(/^Meldung (\d+): Schmutz/.exec(passed)?.[1]);

  await line.say({ from: second, text: "The platform is dirty, broken glass" });
  expect(await latest(second, 1)).toContain("where is it?");
  await line.say({ from: second, message: location(53.5529, 9.9353) });
  await until("the second is told", async () => (await line.sentTo(second)).length >= 3);
  expect(await latest(second, 3)).toContain(`number ${id}`);

  await line.say({ from: worker, message: tap(`reports:accepted:${id}`, "Angenommen") });
  for (const [from, count] of [
    [first, 2],
    [second, 4],
  ] as const)
    expect(await latest(from, count)).toMatch(/ist angenommen|is accepted/);
  await line.say({ from: worker, text: `Meldung ${id} erledigt` });
  await until("done", async () => (await owner.call(reports.getReport, { params: { id } })).state === "done");
  await line.say({ from: worker, message: tap(`reports:no_photo:${id}`, "Ohne Foto") });
  expect(await latest(first, 3)).toContain("ist erledigt");
  expect(await latest(second, 5)).toContain("is done");

  const report = await until("both are noted as told", async () => {
    const found = await owner.call(reports.getReport, { params: { id } });
    return found.statements.every(({ told }) => told.done === "message") && found;
  });
  expect(report).toMatchObject({
    kind: { id: kind.id },
    team: { id: team.id },
    reporters: 2,
    passFault: "",
    place: { name: "Bahnhof Altona", latitude: 53.5527 },
    notice: { state: "never", noticeId: null, by: null },
  });
  expect(
    (await owner.refused(reports.decideReportNotice, { params: { id }, body: { decision: "yes" } })).code,
  ).toBe("rule_broken");
  const { contactId } = report.statements[0] as { contactId: number };
  const held = await owner.call(api.exportContact, { params: { id: contactId } });
  expect(held.reports).toMatchObject({ reports: [{ report: id, state: "done" }] });
  await owner.call(api.eraseContact, { params: { id: contactId }, body: { confirm: true } });
  const left = await owner.call(reports.getReport, { params: { id } });
  expect(left.statements).toHaveLength(1);
  expect(left.text).toBe("The platform is dirty, broken glass");
});

test("reports are listed page by page, newest first, and moved on by staff", async () => {
  for (const latitude of [48.1, 48.2, 48.3]) {
    const from = newNumber();
    await line.say({ from, text: "Dreckig und voller Müll" });
    await line.answers(from, 1);
    await line.say({ from, message: location(latitude, 11.5) });
    await line.answers(from, 2);
  }
  const first = await until("three reports", async () => {
    const page = await owner.call(reports.listReports, { query: { limit: 2, state: "passed" } });
    return page.next !== null && page;
  });
  const rest = await owner.call(reports.listReports, {
    query: { limit: 2, state: "passed", cursor: first.next ?? "" },
  });
  const ids = [...first.items, ...rest.items].map((one) => one.id);
  expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
  expect(ids).toHaveLength(3);
  expect(rest.next).toBeNull();
  const params = { id: ids[0] as number };
  const moved = await owner.call(reports.setReportState, {
    params,
    body: { state: "rejected", note: "Das ist Laub." },
  });
  expect(moved).toMatchObject({ state: "rejected", note: "Das ist Laub." });
  expect((await owner.refused(reports.setReportState, { params, body: { state: "done" } })).code).toBe(
    "rule_broken",
  );
});

test("an editor's yes makes a draft for the subscribers of a topic, in our words", async () => {
  const topic = await owner.call(notices.createNoticeTopic, {
    body: {
      slug: "sauberkeit",
      title: { de: "Sauberkeit", en: "Cleanliness" },
      description: { de: "Was gerade gereinigt wird.", en: "What is being cleaned." },
      kind: "service",
      parameters: [],
      isPublic: true,
      isUrgent: false,
    },
  });
  for (const { id } of (await owner.call(reports.listReportKinds)).items)
    await owner.call(reports.replaceReportKind, {
      params: { id },
      body: { ...kindInput(null), noticeTopicId: topic.id },
    });
  const from = newNumber();
  await line.say({ from, text: "Dreckig und verschmutzt" });
  await line.answers(from, 1);
  // What a customer calls the place stays with the company; its own name for it goes out.
  await line.say({ from, text: "Altona, wo Käthe wohnt" });
  await line.answers(from, 2);
  const params = await until("the report", async () => {
    const [newest] = (await owner.call(reports.listReports, { query: { state: "new" } })).items;
    return newest && { id: newest.id };
  });
  const body = { decision: "yes" } as const;
  const decided = await owner.call(reports.decideReportNotice, { params, body });
  expect(decided.notice).toMatchObject({ state: "yes", noticeId: expect.any(Number) });
  const draft = await owner.call(notices.getNotice, { params: { id: decided.notice.noticeId as number } });
  expect(draft).toMatchObject({
    topicId: topic.id,
    state: "draft",
    texts: { de: "Schmutz: Bahnhof Altona.", en: "Dirt: Bahnhof Altona." },
  });
  expect((await owner.refused(reports.decideReportNotice, { params, body })).code).toBe("rule_broken");
});

test("kinds, teams and places are the company's own, and nobody else's", async () => {
  const team = await owner.call(reports.createReportTeam, {
    body: { name: `Spät ${randomUUID().slice(0, 4)}`, language: "en" },
  });
  const taken = await owner.refused(reports.createReportTeam, { body: { name: team.name, language: "en" } });
  expect(taken.code).toBe("conflict");
  const renewed = await owner.call(reports.renewReportTeam, { params: { id: team.id } });
  expect(renewed.joinCode).not.toBe(team.joinCode);
  const kind = await owner.call(reports.createReportKind, { body: kindInput(team.id) });
  const saved = await owner.call(reports.replaceReportKind, {
    params: { id: kind.id },
    body: { ...kindInput(team.id), noticeTopicId: 1, wantsPhoto: true },
  });
  expect(saved).toMatchObject({ id: kind.id, wantsPhoto: true, noticeTopicId: 1 });
  const stranger = await newCompany(node);
  expect((await stranger.owner.call(reports.listReportKinds)).items).toEqual([]);
  expect((await stranger.owner.refused(reports.createReportKind, { body: kindInput(team.id) })).code).toBe(
    "bad_request",
  );
  expect((await stranger.owner.refused(reports.getReport, { params: { id: 1 } })).code).toBe("not_found");
  expect((await owner.refused(reports.deleteReportTeam, { params: { id: team.id } })).code).toBe(
    "rule_broken",
  );
  await owner.call(reports.deleteReportKind, { params: { id: kind.id } });
  expect((await owner.call(reports.listReportKinds)).items.map(({ id }) => id)).not.toContain(kind.id);
  await owner.call(reports.deleteReportTeam, { params: { id: team.id } });
});
