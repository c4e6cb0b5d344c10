import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Actor, createStaffAccount, type Timer } from "#kernel";
import type { Contract, ReplyOf } from "#kernel/api";
import { type World, world } from "#kernel/testing";
import { email } from "../../src/channels/email/index.ts";
import { readLetter } from "../../src/channels/email/letter.ts";
import { readMail } from "../../src/channels/email/mime/part.ts";
import { type MailProvider, startMailProvider } from "../../src/simulator/mail.ts";
import { countCasesOf } from "../../src/skills/service/store/week.ts";
import * as week from "../../src/skills/week/api.ts";
import { countMessages } from "../../src/skills/week/store/count.ts";
import { skills } from "../../src/skills.ts";
import { fieldOf } from "../outside/mail.ts";
import { PastWeeks } from "../outside/week-stage.ts";

/**
 * The owner's week: counted from what the message's way left, shown to managers, mailed on Monday at seven. The clock
 * stands on Sunday noon and is moved. All figures are worked out by hand beside the cases below.
 */

const at = (iso: string): number => Date.parse(`${iso}+01:00`);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MONDAY_SEVEN = at("2026-11-23T07:00:00");

let w: World;
let provider: MailProvider;
let client: pg.Client;
let tenantId: number;
let channelId: number;
const owner: Actor = { tenantId: 0, role: "owner", staffId: "", name: "Antje" };
const other: Actor = { tenantId: 0, role: "owner", staffId: "", name: "Bill" };

const skill = skills.find(({ id }) => id === "week");

beforeAll(async () => {
  provider = await startMailProvider();
  w = await world({
    adapters: [email],
    startMs: at("2026-11-22T12:00:00"),
    parts: (kernel) => ({ flows: [], timers: skill?.timers?.(kernel) ?? {} }),
  });
  client = new pg.Client(w.kernel.db.address.config("owner"));
  await client.connect();
  tenantId = (await w.tenant({ name: "Kontor & Söhne" })).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: "4940", appId: "app" });
  for (const [actor, language] of [
    [owner, "de"],
    [other, "en"],
  ] as const) {
    const account = { tenantId, name: actor.name, role: "owner", departmentId: null } as const;
    const mail = `${actor.name.toLowerCase()}.${language}@kontor.example`;
    const made = await createStaffAccount(w.kernel, {
      ...account,
      email: mail,
      password: "sehr geheim hier",
    });
    Object.assign(actor, { tenantId, staffId: made.userId });
  }
  await fill();
});
afterAll(async () => {
  await client?.end();
  await w?.close();
  await provider?.close();
});

/** Last week: 29 cases. The week before: 20. This week: one, which belongs to neither. */
async function fill(): Promise<void> {
  const past = new PastWeeks(client, { tenantId, channelId });
  await past.topic("hours", { de: "Öffnungszeiten", en: "Opening hours" });
  await past.topic("returns", { de: "Rückgabe", en: "Returns" });
  for (let n = 0; n < 22; n++)
    await past.case({ at: at("2026-11-18T10:00:00") + n * MINUTE, topic: "hours", outcome: "answered" });
  // Handed over ten minutes before closing time, answered ten minutes after opening: 20 minutes of opening hours.
  for (let n = 0; n < 5; n++)
    await past.case({
      at: at("2026-11-19T17:50:00"),
      topic: "returns",
      outcome: "handed_over",
      answered: { at: at("2026-11-20T08:10:00"), by: owner.staffId },
    });
  const open = await past.case({
    at: at("2026-11-19T17:50:00"),
    topic: "returns",
    outcome: "handed_over",
    waits: true,
  });
  await past.unanswered(open, "Nehmt ihr Seile ohne Quittung zurück", at("2026-11-19T17:50:00"));
  await past.unanswered(open, "Nehmt ihr Seile ohne Kassenzettel zurück", at("2026-11-19T17:50:00"));
  // The last second of the week, and the first of the next.
  await past.case({ at: at("2026-11-22T23:59:59"), topic: "hours", outcome: "answered" });
  await past.case({ at: at("2026-11-23T00:00:00"), topic: "hours", outcome: "answered" });
  for (let n = 0; n < 20; n++)
    await past.case({ at: at("2026-11-11T10:00:00") + n * MINUTE, topic: "hours", outcome: "answered" });
  const sent = at("2026-11-17T09:00:00");
  for (const to of ["491701", "491702", "DE.4711"])
    await past.notice({ at: sent, billed: "utility", to, status: "delivered" });
  await past.notice({ at: sent, billed: "marketing", to: "43660", status: "read" });
  // Not delivered: nothing is billed for it.
  await past.notice({ at: sent, billed: "utility", to: "491703", status: "sent" });
}

async function ask<C extends Contract>(
  contract: C,
  given: { actor?: Actor; query?: object; body?: object } = {},
): Promise<ReplyOf<C>> {
  const found = skill?.routes?.(w.kernel).find((one) => (one.contract as unknown) === contract);
  if (!found) throw new Error("no such route");
  const reply = await found.use({ actor: owner, query: {}, ...given } as never);
  // What the contract does not promise would not arrive.
  return contract.reply.parse(reply) as ReplyOf<C>;
}

const mailsTo = (name: string): Buffer[] =>
  provider.sent.filter(({ to }) => to[0]?.startsWith(name)).map(({ raw }) => raw);
const wordsOf = (raw: Buffer): string => readLetter(readMail(raw)).text;
const timer = async (): Promise<Date | undefined> =>
  (
    await client.query("select due_at from kernel.timer where tenant_id = $1 and kind = 'week_mail'", [
      tenantId,
    ])
  ).rows[0]?.due_at;

describe("before a week is over", () => {
  test("there is none to look at but the one before, and a mailbox is needed for the mail", async () => {
    const { weeks, week: shown, mail } = await ask(week.getWeek);
    expect(weeks).toEqual(["2026-11-09"]);
    expect(shown?.asked).toMatchObject({ all: 20, before: null, change: null });
    expect(mail).toMatchObject({ isOn: false, may: "no_mailbox", nextAt: "2026-11-23T06:00:00.000Z" });
    await expect(ask(week.setWeekMail, { body: { isOn: true, language: "de" } })).rejects.toThrow("mailbox");
  });

  test("owners switch the mail on, each in the language of the desk", async () => {
    provider.box("service@kontor.example");
    await w.channel(tenantId, {
      kind: "email",
      address: "service@kontor.example",
      token: "secret",
      settings: {
        imap: { host: "127.0.0.1", port: provider.imapPort, security: "none" },
        smtp: { host: "127.0.0.1", port: provider.smtpPort, security: "none" },
        fromName: "Kontor",
      },
    });
    await ask(week.setWeekMail, { body: { isOn: true, language: "de" } });
    await ask(week.setWeekMail, { actor: other, body: { isOn: true, language: "en" } });
    expect((await ask(week.getWeek)).mail).toMatchObject({ isOn: true, may: "yes" });
    expect(await timer()).toEqual(new Date(MONDAY_SEVEN));
    const key = { ...owner, staffId: "key:7" };
    await expect(ask(week.setWeekMail, { actor: key, body: { isOn: true, language: "de" } })).rejects.toThrow(
      "forbidden",
    );
  });
});

describe("on Monday at seven", () => {
  test("each owner gets one mail, not a second earlier, whatever is repeated", async () => {
    w.clock.advance(MONDAY_SEVEN - 1_000 - w.clock.now());
    await w.settle();
    expect(provider.sent).toHaveLength(0);
    w.clock.advance(1_000);
    // The server is busy for one of them, once.
    provider.faults.push({
      to: "bill.en@kontor.example",
      reply: "451 4.3.0 Try later",
      at: "rcpt",
      times: 1,
    });
    await w.settle();
    expect(mailsTo("antje")).toHaveLength(1);
    expect(mailsTo("bill")).toHaveLength(0);
    expect(await timer()).toEqual(new Date(MONDAY_SEVEN + 15 * MINUTE));
    w.clock.advance(15 * MINUTE);
    await w.settle();
    expect(mailsTo("antje")).toHaveLength(1);
    expect(mailsTo("bill")).toHaveLength(1);
    expect(await timer()).toEqual(new Date(MONDAY_SEVEN + 7 * 24 * HOUR));
    // A run that was cut off before its timer was put on runs again.
    await run();
    expect(provider.sent).toHaveLength(2);
  });

  test("who was killed while a mail went sends it no second time", async () => {
    await client.query("update week.mail set state = 'sending' where user_id = $1", [owner.staffId]);
    await run();
    expect(mailsTo("antje")).toHaveLength(1);
    // The page says so, to whom it concerns.
    expect((await ask(week.getWeek)).mail.doubtful).toBe("2026-11-16");
    expect((await ask(week.getWeek, { actor: other })).mail.doubtful).toBeNull();
  });

  test("a node that was brought back from a backup of the night before sends none either", async () => {
    await client.query("delete from week.mail where tenant_id = $1", [tenantId]);
    await client.query(
      "insert into kernel.restore_hold (restored_at, taken_at, released_at) values ($1, $2, $1)",
      [new Date(w.clock.now()), new Date(MONDAY_SEVEN - 4 * HOUR)],
    );
    await run();
    expect(provider.sent).toHaveLength(2);
    expect(await timer()).toEqual(new Date(MONDAY_SEVEN + 7 * 24 * HOUR));
    await client.query("delete from kernel.restore_hold");
  });

  test("it says the week in the owner's language, with text and HTML, and answers no machine", () => {
    const [german] = mailsTo("antje") as [Buffer];
    expect(fieldOf(german, "Auto-Submitted")).toBe("auto-generated");
    expect(fieldOf(german, "Message-ID")).toMatch(/^<week\.2026-11-16\.\d+\.\w+@kontor\.example>$/);
    expect(german.toString("utf8")).toMatch(/multipart\/alternative/);
    const text = wordsOf(german);
    expect(text).toContain("Das war die Woche vom 16.11.2026 bis 22.11.2026.");
    expect(text).toContain("29 Fälle, 45 % mehr als in der Woche davor.".replace(/ %/, "\u00a0%"));
    expect(text).toContain("Öffnungszeiten: 23 (davor 20)");
    expect(text).not.toContain("Käthe");
    expect(text).not.toContain("Quittung");
    const [english] = mailsTo("bill") as [Buffer];
    expect(wordsOf(english)).toContain("29 cases, 45% more than in the week before.");
    expect(wordsOf(english)).toContain("Opening hours: 23 (before: 20)");
  });

  const run = async () => {
    const timers = skill?.timers?.(w.kernel) as Record<string, (timer: Timer) => Promise<void>>;
    await timers.week_mail?.({ tenantId, kind: "week_mail", key: "monday", payload: {}, attempts: 1 });
  };
});

describe("the page", () => {
  test("shows the last week against the one before", async () => {
    const { weeks, week: shown } = await ask(week.getWeek);
    expect(weeks).toEqual(["2026-11-16", "2026-11-09"]);
    expect(shown).toMatchObject({
      monday: "2026-11-16",
      from: "2026-11-15T23:00:00.000Z",
      to: "2026-11-22T23:00:00.000Z",
      every: 1,
      asked: { all: 29, before: 20, change: 0.45, more: 0 },
      // The case of Sunday night has until Wednesday.
      firstLevel: { answer: 23, choose: 0, handover: 6, cases: 29, settled: 23, pending: 1 },
      messages: { received: 29, service: 28, notice: 5 },
      teach: { questions: 2, groups: 1, topics: [{ title: "Rückgabe", asked: 6, settled: 0 }] },
      solved: 28,
    });
    expect(shown?.asked.topics).toMatchObject([
      { title: "Öffnungszeiten", asked: 23, before: 20, change: 0.15, settled: 23 },
      { title: "Rückgabe", asked: 6, before: 0, change: null, settled: 0 },
    ]);
    // Only the owner answered: that is about nobody else.
    expect(shown?.speed).toEqual({
      firstLevel: { median: 400, p90: 400, count: 23 },
      person: { median: 20 * MINUTE, p90: 20 * MINUTE, count: 5 },
      hidden: null,
      unanswered: 1,
    });
    expect(shown?.open).toMatchObject({ count: 1, items: [{ title: "Rückgabe" }] });
    // 3 x 0.0456 and 1 x 0.0491 euro; what was only sent is not billed.
    expect(shown?.costs).toMatchObject({
      lines: [
        { category: "utility", market: "de", count: 3, cents: 14 },
        { category: "marketing", market: "western_europe", count: 1, cents: 5 },
      ],
      templateCents: 19,
      machineCents: 276,
      mailCents: 69,
      domainCents: 23,
      staffCents: 2105,
      totalCents: 2492,
      perCaseCents: 89,
      perCaseByPersonCents: 421,
    });
  });

  test("speed is hidden as soon as one colleague is among fewer than five", async () => {
    await client.query("update kernel.staff set role = 'agent' where user_id = $1", [owner.staffId]);
    await client.query("delete from week.summary where tenant_id = $1", [tenantId]);
    const { week: shown } = await ask(week.getWeek);
    expect(shown?.speed).toMatchObject({ person: null, hidden: "few_persons" });
    await client.query("update kernel.staff set role = 'owner' where user_id = $1", [owner.staffId]);
    const { rows } = await client.query("select counts::text from week.summary where tenant_id = $1", [
      tenantId,
    ]);
    for (const { counts } of rows) expect(counts).not.toContain(owner.staffId);
  });

  test("a week that is no week, or too old, is refused", async () => {
    await expect(ask(week.getWeek, { query: { monday: "2026-11-17" } })).rejects.toThrow("bad_request");
    await expect(ask(week.getWeek, { query: { monday: "2025-11-17" } })).rejects.toThrow("not_found");
    const before = await ask(week.getWeek, { query: { monday: "2026-11-09" } });
    expect(before.week?.asked.all).toBe(20);
  });

  test("questions are grouped once, and anew when one has got its answer", async () => {
    const ofWeek = [tenantId, "2026-11-16"];
    await ask(week.getWeek);
    await client.query(
      "update week.summary set counts = jsonb_set(counts, '{questions,groups}', '7') where tenant_id = $1 and monday = $2",
      ofWeek,
    );
    expect((await ask(week.getWeek)).week?.teach).toMatchObject({ questions: 2, groups: 7 });
    await client.query(
      "delete from service.unanswered where tenant_id = $1 and question like '%Kassenzettel%'",
      [tenantId],
    );
    expect((await ask(week.getWeek)).week?.teach).toMatchObject({ questions: 1, groups: 0 });
  });

  test("another company sees nothing of it, and is told when its first week is here", async () => {
    const { id } = await w.tenant({ name: "Nebenan" });
    const actor = { ...owner, tenantId: id, role: "manager" as const };
    const reply = await ask(week.getWeek, { actor });
    expect(reply).toMatchObject({ weeks: [], week: null, firstOn: "2026-11-30", mail: { may: "not_owner" } });
    expect((await ask(week.getCosts, { actor })).week).toBeNull();
  });
});

describe("a sample", () => {
  test("looks at one conversation in so many, and at no other", async () => {
    const { rows } = await client.query<{ cases: number; received: number }>(
      `select count(*) filter (where t.outcome is not null)::int as cases from kernel.conversation c
        left join service.turn t on t.tenant_id = c.tenant_id and t.conversation_id = c.id and t.at >= $2 and t.at < $3
        where c.tenant_id = $1 and c.id % 3 = 0`,
      [tenantId, new Date(at("2026-11-16T00:00:00")), new Date(at("2026-11-23T00:00:00"))],
    );
    const span = { monday: "2026-11-16", from: at("2026-11-16T00:00:00"), to: at("2026-11-23T00:00:00") };
    await w.kernel.db.tenant(tenantId, async (tx) => {
      const sampled = await countCasesOf(tx, tenantId, { ...span, now: w.clock.now(), every: 3 });
      expect(sampled.reduce((sum, { cases }) => sum + cases, 0)).toBe(rows[0]?.cases);
      const { received } = await countMessages(tx as never, tenantId, { week: span, every: 3 });
      expect(received).toBe(rows[0]?.cases);
    });
    expect(rows[0]?.cases).toBeGreaterThan(0);
  });
});

describe("prices", () => {
  test("are the company's own once saved, on both pages, and go back", async () => {
    const stored = await ask(week.getCosts);
    expect(stored).toMatchObject({
      isOwn: false,
      revision: 0,
      week: { monday: "2026-11-16", solved: 28, byPerson: 5 },
    });
    const own = structuredClone(stored.assumptions);
    own.templates.de.utility = 10_000;
    own.minutesPerCase = 0;
    const saved = await ask(week.saveCosts, { body: { assumptions: own, revision: 0 } });
    expect(saved).toMatchObject({ isOwn: true, revision: 1 });
    // 3 x 1.00 and 0.0491 euro; no minutes, no staff.
    expect((await ask(week.getWeek)).week?.costs).toMatchObject({ templateCents: 305, staffCents: 0 });
    await expect(ask(week.saveCosts, { body: { assumptions: own, revision: 0 } })).rejects.toThrow(
      "conflict",
    );
    expect(await ask(week.resetCosts)).toMatchObject({ isOwn: false, revision: 0 });
    expect((await ask(week.getWeek)).week?.costs.templateCents).toBe(19);
  });
});

describe("the week after", () => {
  test("who switched it off, or owns the company no longer, gets no mail", async () => {
    await ask(week.setWeekMail, { body: { isOn: false, language: "de" } });
    await client.query("update kernel.staff set role = 'manager' where user_id = $1", [other.staffId]);
    w.clock.advance(MONDAY_SEVEN + 7 * 24 * HOUR - w.clock.now());
    await w.settle();
    expect(provider.sent).toHaveLength(2);
  });
});
