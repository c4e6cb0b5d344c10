import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { grantConsent, recordDecision, type Tx } from "#kernel";
import * as api from "#kernel/api";
import {
  askFor,
  type Company,
  Customer,
  fragmentOf,
  messengerContact,
  NEWS,
  type PortalNode,
  pageOf,
  startPortalNode,
} from "./portal-node.ts";

/** What the customer's page shows and does: permissions, decisions, readers, taking away, erasing. */

let node: PortalNode;
beforeAll(async () => {
  node = await startPortalNode();
});
afterAll(() => node?.close());

async function contactOf(company: Company): Promise<{ contactId: number; conversationId: number }> {
  const [row] = await node.rows(
    "select id, contact_id from kernel.conversation where tenant_id = $1 order by id desc limit 1",
    [company.id],
  );
  return { contactId: Number(row?.contact_id), conversationId: Number(row?.id) };
}

function inTenant<T>(company: Company, work: (tx: Tx) => Promise<T>): Promise<T> {
  return node.world.kernel.db.tenant(company.id, work);
}

async function allow(company: Company, contactId: number, topic: string): Promise<void> {
  const now = node.world.clock.now();
  const grant = {
    contactId,
    channelId: company.chat.id,
    purpose: "news.line",
    topic,
    language: "de" as const,
    text: `Ja, schreibt mir zur Linie ${topic}.`,
    how: "message" as const,
    evidence: { message: "m1" },
    expiresAt: null,
  };
  await inTenant(company, (tx) => grantConsent(tx, { tenantId: company.id, grants: [grant], now }));
}

function decide(company: Company, contactId: number): Promise<number> {
  return inTenant(company, (tx) =>
    recordDecision(tx, {
      tenantId: company.id,
      contactId,
      purpose: "news.line",
      rule: "news.merge/1",
      inputs: { alerts: 2, line: "U3" },
      outcome: "merged",
      explanation: {
        de: "Zwei Meldungen zur U3 kamen als eine, weil sie dasselbe sagten.",
        en: "Two alerts about the U3 came as one, because they said the same.",
      },
      now: node.world.clock.now(),
    }),
  );
}

test("shows what is stored, with its reasons", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  await customer.say("Moin", { name: "Katrin Brandt" });
  const { stored } = await (await customer.page()).call(api.portalPage);
  expect(stored.map(({ kind, room, count }) => [kind, room, count])).toEqual([
    ["profile", "", 1],
    ["addresses", "", 1],
    // Two of the customer, the echo, the link.
    ["messages", "", 4],
    ["skill", "news", 1],
  ]);
  expect(stored.at(-1)).toMatchObject({ purposes: [NEWS], keepDays: 90 });
});

test("a permission is withdrawn with one call, given again with one call, and its words are kept", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const page = await customer.page();
  const { contactId } = await contactOf(company);
  await allow(company, contactId, "U3");
  const [before] = (await page.call(api.portalPage)).grants;
  expect(before).toMatchObject({
    topic: "U3",
    isOn: true,
    title: NEWS,
    wording: { language: "de", text: "Ja, schreibt mir zur Linie U3." },
    how: "message",
  });
  const wish = { purpose: "news.line", topic: "U3", channelId: company.chat.id, language: "de" as const };
  const off = await page.call(api.portalSwitch, { body: { ...wish, on: false } });
  expect(off.grants).toMatchObject([{ topic: "U3", isOn: false }]);
  const [row] = await node.rows(
    "select withdrawn_how from kernel.consent_grant where tenant_id = $1 and withdrawn_at is not null",
    [company.id],
  );
  expect(row?.withdrawn_how).toBe("portal");
  const on = await page.call(api.portalSwitch, { body: { ...wish, on: true } });
  expect(on.grants).toMatchObject([
    { topic: "U3", isOn: true, how: "link", wording: { text: "Ja, schreibt mir zur Linie U3." } },
  ]);
});

test("a purpose that was never allowed stands there switched off, in the words that switching it on agrees to", async () => {
  const company = await node.company();
  const page = await new Customer(node, company).page();
  const [never] = (await page.call(api.portalPage)).grants;
  expect(never).toMatchObject({ isOn: false, grantedAt: null, wording: { language: "de", text: NEWS.de } });
  const body = { purpose: "news.line", channelId: company.chat.id, on: true, language: "en" as const };
  const { grants } = await page.call(api.portalSwitch, { body });
  expect(grants).toMatchObject([{ isOn: true, wording: { language: "en", text: NEWS.en } }]);
  const unknown = { ...body, purpose: "news.other" };
  expect((await page.refused(api.portalSwitch, { body: unknown })).status).toBe(404);
  const foreign = { ...body, channelId: 99_999 };
  expect((await page.refused(api.portalSwitch, { body: foreign })).status).toBe(404);
});

test("everything is withdrawn with one call, on every contact of a merged person", async () => {
  const company = await node.company();
  const page = await new Customer(node, company).page();
  const chat = await contactOf(company);
  const other = await messengerContact(node, company, "Katrin aus dem Messenger");
  await allow(company, chat.contactId, "U1");
  await allow(company, other.contactId, "U2");
  await company.desk.call(api.mergeContacts, {
    params: { id: chat.contactId },
    body: { into: other.contactId },
  });
  const merged = await page.call(api.portalPage);
  expect(merged.name).toBe("Katrin aus dem Messenger");
  expect(merged.grants.map(({ topic, isOn }) => [topic, isOn])).toEqual([
    ["U1", true],
    ["U2", true],
  ]);
  const { grants } = await page.call(api.portalWithdrawAll);
  expect(grants.map(({ isOn }) => isOn)).toEqual([false, false]);
});

test("a decision is explained in a sentence and contested to a person, once", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const page = await customer.page();
  const { contactId, conversationId } = await contactOf(company);
  const id = await decide(company, contactId);
  const stranger = await messengerContact(node, company, "Somebody else");
  const foreign = await decide(company, stranger.contactId);
  const { decisions } = await page.call(api.portalPage);
  expect(decisions.items).toMatchObject([
    { id, rule: "news.merge/1", inputs: { alerts: 2, line: "U3" }, outcome: "merged", contestedAt: null },
  ]);
  expect(decisions.items[0]?.explanation.en).toBe(
    "Two alerts about the U3 came as one, because they said the same.",
  );
  const body = { words: "Es waren zwei verschiedene." };
  const first = await page.call(api.portalContest, { params: { id }, body });
  expect(first.contestedAt).toBe(new Date(node.world.clock.now()).toISOString());
  const conversation = await company.desk.call(api.getConversation, { params: { id: conversationId } });
  expect(conversation).toMatchObject({ state: "waiting", dueAt: first.dueAt });
  expect(conversation.handOver).toMatchObject({ reason: "complaint" });
  expect(conversation.handOver?.summary).toContain("Es waren zwei verschiedene.");
  node.world.clock.advance(1_000);
  const second = await page.call(api.portalContest, { params: { id }, body: {} });
  expect(second.contestedAt).toBe(first.contestedAt);
  const refused = await page.refused(api.portalContest, { params: { id: foreign }, body: {} });
  expect(refused.status).toBe(404);
});

test("says who looked: first name and role, or the role alone as the company sets it", async () => {
  const company = await node.company();
  const page = await new Customer(node, company).page();
  const { contactId, conversationId } = await contactOf(company);
  const at = new Date(node.world.clock.now());
  await node.rows(
    "insert into kernel.staff (tenant_id, user_id, name, role, created_at) values ($1, 'jana', 'Jana Petersen', 'agent', $2)",
    [company.id, at],
  );
  await inTenant(company, async (tx) => {
    await sql`insert into kernel.access_log (tenant_id, staff_id, contact_id, day, first_at)
      values (${company.id}, 'jana', ${contactId}, '2026-11-23', '2026-11-23T16:46:00Z')`.execute(tx);
  });
  await company.desk.call(api.listMessages, { params: { id: conversationId } });
  const shown = await page.call(api.portalPage);
  expect(shown.readers.items).toMatchObject([
    { name: "", role: "program", day: "2026-11-24" },
    { name: "Jana", role: "agent", day: "2026-11-23", firstAt: "2026-11-23T16:46:00.000Z" },
  ]);
  expect(JSON.stringify(shown)).not.toContain("Petersen");
  await company.manager.call(api.updateCompany, { body: { staffShownAs: "role" } });
  const roles = (await page.call(api.portalPage)).readers.items.map(({ name, role }) => [name, role]);
  expect(roles).toEqual([
    ["", "program"],
    ["", "agent"],
  ]);
});

test("takes everything away, for programs and for people; nothing in the readable file runs", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  await customer.say("<script>alert(1)</script> & Grüße", { name: "Ann <i>Other</i>" });
  const page = await customer.page();
  await node.rows(
    "insert into kernel.staff (tenant_id, user_id, name, role, created_at) values ($1, 'account-7', 'Jana Petersen', 'agent', $2)",
    [company.id, new Date(node.world.clock.now())],
  );
  const { contactId } = await contactOf(company);
  await node.rows(
    "update kernel.conversation set assignee_id = 'account-7', state = 'person' where tenant_id = $1",
    [company.id],
  );
  await allow(company, contactId, "U3");
  const reply = await page.send(api.portalExport);
  expect(reply.headers.get("content-disposition")).toContain("my-data.json");
  const data = JSON.parse(reply.text) as { rooms: Record<string, Record<string, unknown[]>> };
  expect(Object.keys(data.rooms).sort()).toEqual(["consent", "kernel", "news"]);
  expect(data.rooms.kernel?.message?.length).toBe(4);
  expect(data.rooms.consent?.grants).toMatchObject([{ text: "Ja, schreibt mir zur Linie U3." }]);
  expect(reply.text).toContain("Jana, Kundendienst");
  expect(reply.text).not.toContain("account-7");
  const html = await page.send(api.portalReadable, { query: { lang: "en" } });
  expect(html.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(html.text).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Grüße");
  expect(html.text).toContain("&lt;b&gt;U3&lt;/b&gt;");
  expect(html.text).not.toMatch(/<script|<i>/);
  expect(html.text).toContain("What Hansekontor has stored");
  expect(html.text).toContain("@media print");
});

test("erases after the typed word, says what stays and why, and the link is over", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  await customer.say("Moin", { name: "Katrin Brandt" });
  const page = await customer.page();
  const { contactId, conversationId } = await contactOf(company);
  await allow(company, contactId, "U3");
  await company.desk.call(api.listMessages, { params: { id: conversationId } });
  const wrong = await page.raw("POST", "/me/erase", { confirm: "ja" });
  expect(wrong.status).toBe(400);
  const result = await page.call(api.portalErase, { body: { confirm: "LÖSCHEN" } });
  const now = node.world.clock.now();
  expect(result.erasedAt).toBe(new Date(now).toISOString());
  const kept = new Map(result.kept.map((one) => [one.kind, one]));
  // The grant and its withdrawal by the erasure; three years of 365 days.
  expect(kept.get("proof")).toMatchObject({
    count: 2,
    until: new Date(now + 1_095 * 86_400_000).toISOString(),
  });
  // The reader's line goes with the longest purpose, here 90 days.
  expect(kept.get("readers")).toMatchObject({
    count: 1,
    until: new Date(now + 90 * 86_400_000).toISOString(),
  });
  expect(kept.get("raw")).toMatchObject({ count: null, until: new Date(now + 86_400_000).toISOString() });
  expect((await page.refused(api.portalPage)).status).toBe(401);
  const rows = await node.rows(
    `select (select count(*) from kernel.message where tenant_id = $1) as messages,
      (select count(*) from kernel.identity where tenant_id = $1) as identities, (select name from kernel.contact where tenant_id = $1) as name`,
    [company.id],
  );
  expect(rows).toEqual([{ messages: 0, identities: 0, name: "" }]);
});

test("one link may call sixty times at once, then waits", async () => {
  const company = await node.company();
  const asked = await messengerContact(node, company, "Eilig");
  await askFor(node, company, asked);
  const page = pageOf(node, fragmentOf(node.sent.at(-1)?.link));
  const replies = await Promise.all(Array.from({ length: 61 }, () => page.send(api.portalPage)));
  const refused = replies.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get("retry-after")).toBe("1");
});

/** Bodies that no contract wants. */
const RUBBISH: readonly unknown[] = [
  null,
  [],
  "text",
  42,
  {},
  { purpose: "news.line", topic: {}, channelId: "x", on: 1, language: "fr" },
  { purpose: "\u0000", topic: "\u0000", channelId: 1, on: true, language: "de" },
  { purpose: "x".repeat(100_000), channelId: 2 ** 53, on: false, language: "de" },
  { words: "x".repeat(5_000) },
  { words: { a: 1 } },
  { confirm: "LÖSCHEN!" },
  { confirm: ["LÖSCHEN"] },
];

test("rubbish is answered with a problem, never with a fault of ours, and changes nothing", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const page = await customer.page();
  const paths = [
    "grants",
    "decisions/1/contest",
    "decisions/x/contest",
    "decisions/99999999999999999999/contest",
    "erase",
  ];
  const calls = paths.flatMap((path) => RUBBISH.map((body) => [`/me/${path}`, body] as const));
  for (const [path, body] of calls) {
    const reply = await page.raw("POST", path, body);
    expect([path, body, reply.status >= 400 && reply.status < 500]).toEqual([path, body, true]);
    expect(reply.headers.get("content-type")).toContain("application/problem+json");
    // The link's own limit is no part of this.
    node.world.clock.advance(2_000);
  }
  expect((await page.call(api.portalPage)).grants).toMatchObject([{ isOn: false }]);
});
