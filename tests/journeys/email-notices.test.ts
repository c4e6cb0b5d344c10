import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grantConsent, listGrants, queueNotices, registerOneClick } from "#kernel";
import { answerTo, fieldOf } from "../outside/mail.ts";
import { conversationsIn, type MailWorld, openMailWorld, saidBy, someone, US } from "./email-world.ts";

/** Notices by mail: each allowed by a grant, each ended with one click. */

let m: MailWorld;
let app: FastifyInstance;

beforeAll(async () => {
  m = await openMailWorld();
  app = fastify();
  registerOneClick(app, m.w.kernel);
});
afterAll(async () => {
  await app.close();
  await m.close();
});

interface Subscriber {
  from: string;
  contactId: number;
  grantId: number;
}

/** Somebody who wrote once, and agreed to notices about a line. */
async function subscribed(topic: string): Promise<Subscriber> {
  const from = someone();
  await m.opened(from);
  const { rows } = await m.w.kernel.db.node.query(
    "select contact_id from kernel.identity where tenant_id = $1 and value = $2",
    [m.tenantId, from],
  );
  const contactId = rows[0].contact_id as number;
  const grantId = await agreed(contactId, topic);
  return { from, contactId, grantId };
}

async function agreed(contactId: number, topic: string): Promise<number> {
  const grant = {
    contactId,
    channelId: m.channelId,
    purpose: "test.lines",
    topic,
    language: "de" as const,
    text: `Ja, Hinweise zur ${topic}.`,
    how: "form" as const,
    evidence: {},
    expiresAt: null,
  };
  const [id] = await m.w.kernel.db.tenant(m.tenantId, (tx) =>
    grantConsent(tx, { tenantId: m.tenantId, grants: [grant], now: m.w.clock.now() }),
  );
  return id as number;
}

function notify(grantId: number, reference: string, text: string) {
  const notice = { reference, grantId, content: { type: "text" as const, text }, expiresAt: null };
  return m.w.kernel.db.tenant(m.tenantId, (tx) =>
    queueNotices(m.w.kernel, tx, { tenantId: m.tenantId, notices: [notice], now: m.w.clock.now() }),
  );
}

/** The notice as it arrived. */
async function noticed({ from, grantId }: Subscriber, reference: string, text: string): Promise<Buffer> {
  await notify(grantId, reference, text);
  return m.when(
    "the notice",
    async () => m.sentTo(from).find((raw) => fieldOf(raw, "List-Unsubscribe")) ?? null,
  );
}

const pathOf = (raw: Buffer): string => new URL(fieldOf(raw, "List-Unsubscribe").slice(1, -1)).pathname;
const openTopics = async ({ contactId }: Subscriber) => {
  const grants = await m.w.kernel.db.tenant(m.tenantId, (tx) =>
    listGrants(tx, { tenantId: m.tenantId, contactIds: [contactId] }),
  );
  return grants.filter(({ withdrawnAt }) => withdrawnAt === null).map(({ topic }) => topic);
};

describe("List-Unsubscribe, one click (RFC 8058)", () => {
  test("a notice is a mail of its own, with both headers", async () => {
    const raw = await noticed(await subscribed("U3"), "n1", "U3: Störung bis 9 Uhr");
    expect(fieldOf(raw, "Subject")).toMatch(/^=\?UTF-8\?/i);
    expect(fieldOf(raw, "In-Reply-To")).toBe("");
    expect(fieldOf(raw, "List-Unsubscribe")).toMatch(
      /^<http:\/\/127\.0\.0\.1:\d+\/u\/[0-9a-z]+-[0-9a-z]+-[0-9a-f]{20}>$/,
    );
    expect(fieldOf(raw, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    expect(fieldOf(raw, "Auto-Submitted")).toBe("auto-generated");
  });

  test("POST withdraws exactly this grant at once, whatever stands in the body; a second time does no harm", async () => {
    const person = await subscribed("U1");
    await agreed(person.contactId, "Bus 5");
    const url = pathOf(await noticed(person, "n2", "U1: Störung"));
    for (const type of ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const reply = await app.inject({
        method: "POST",
        url,
        headers: { "content-type": type },
        payload: "List-Unsubscribe=One-Click",
      });
      expect([
        reply.statusCode,
        reply.body.includes("bekommen diese Hinweise von Testkontor nicht mehr"),
      ]).toEqual([200, true]);
    }
    expect(await openTopics(person)).toEqual(["Bus 5"]);
    expect(await notify(person.grantId, "n3", "noch eine")).toMatchObject([
      { queued: false, reason: "withdrawn" },
    ]);
  });

  test("GET only asks: programs that open every link end nothing", async () => {
    const person = await subscribed("U2");
    const url = pathOf(await noticed(person, "n4", "U2: Störung"));
    const reply = await app.inject({ method: "GET", url });
    expect(reply.statusCode).toBe(200);
    expect(reply.body).toContain('<form method="post">');
    expect(await openTopics(person)).toEqual(["U2"]);
  });

  test("a token that we did not sign is nobody's", async () => {
    for (const token of ["1-1-00000000000000000000", "x", `1-1-${"0".repeat(19)}`])
      expect((await app.inject({ method: "POST", url: `/u/${token}` })).statusCode).toBeGreaterThanOrEqual(
        400,
      );
  });

  test("who tries tokens is slowed down; one permission can be pressed ten times at once, no more", async () => {
    const person = await subscribed("U6");
    const url = pathOf(await noticed(person, "n9", "U6: Störung"));
    const pressed: number[] = [];
    for (let n = 0; n < 12; n++) pressed.push((await app.inject({ method: "POST", url })).statusCode);
    expect(pressed.filter((status) => status === 200)).toHaveLength(10);
    expect(pressed.filter((status) => status === 429)).toHaveLength(2);
    let last = 0;
    for (let n = 0; n < 40; n++)
      last = (await app.inject({ method: "POST", url: `/u/1-${n}-00000000000000000000` })).statusCode;
    expect(last).toBe(429);
    // From the same address, and after a program that opened the link many times: the press counts.
    const other = await subscribed("U7");
    const link = pathOf(await noticed(other, "n10", "U7: Störung"));
    for (let n = 0; n < 11; n++) last = (await app.inject({ method: "GET", url: link })).statusCode;
    expect(last).toBe(429);
    expect((await app.inject({ method: "POST", url: link })).statusCode).toBe(200);
    expect(await openTopics(other)).toEqual([]);
  });
});

test("an answer to a notice is a conversation with its context, and the next notice does not hang below it", async () => {
  const person = await subscribed("U4");
  const notice = await noticed(person, "n5", "U4: Störung bis 9 Uhr");
  const rows = await m.deliver(
    answerTo(notice, { from: person.from, text: "Fährt der Bus?", at: m.w.clock.now() }),
    person.from,
    2,
  );
  const asked = rows.find(({ text }) => text === "Fährt der Bus?");
  const told = rows.find(({ text }) => text === "U4: Störung bis 9 Uhr");
  expect(asked?.conversation_id).toBe(told?.conversation_id);
  expect(conversationsIn(rows)).toBe(2);
  const before = m.sentTo(person.from).length;
  await notify(person.grantId, "n6", "U4: fährt wieder");
  const next = await m.when(
    "the next notice",
    async () =>
      m
        .sentTo(person.from)
        .slice(before)
        .find((raw) => fieldOf(raw, "List-Unsubscribe")) ?? null,
  );
  expect(fieldOf(next, "In-Reply-To")).toBe("");
});

test("STOP by mail, as subject or as answer, withdraws everything", async () => {
  const [one, other] = [await subscribed("U5"), await subscribed("U6")];
  const notice = await noticed(one, "n7", "U5: Störung");
  await m.deliver(answerTo(notice, { from: one.from, text: "STOPP", at: m.w.clock.now() }), one.from, 2);
  expect(await openTopics(one)).toEqual([]);
  await m.deliver(m.letter({ from: other.from, to: US, subject: "Abmelden", text: "" }), other.from, 2);
  expect(await openTopics(other)).toEqual([]);
});

test("an address that is gone ends what its owner agreed to, and makes up nobody", async () => {
  const person = await subscribed("U7");
  const notice = await noticed(person, "n8", "U7: Störung");
  m.provider.box(US).add(
    m.letter({
      from: "MAILER-DAEMON@mx.example.org",
      subject: "Mail delivery failed",
      text: `550 5.1.1 unknown user\n\nMessage-ID: ${fieldOf(notice, "Message-ID")}`,
      head: { "Return-Path": "<>", "X-Failed-Recipients": "weitergeleitet@example.net" },
    }),
  );
  await m.when("withdrawn", async () => ((await openTopics(person)).length === 0 ? true : null));
  expect(await m.messagesOf("weitergeleitet@example.net")).toEqual([]);
  expect(saidBy(await m.messagesOf(person.from))).toEqual(["Frage\n\nGuten Tag."]);
});
