import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { createStaffAccount } from "../../src/kernel/auth/accounts.ts";
import { createApiKey } from "../../src/kernel/auth/api-keys.ts";
import { callbackTimers } from "../../src/kernel/desk/callbacks.ts";
import { conversationRoutes } from "../../src/kernel/desk/conversation-routes.ts";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { messageId } from "../../src/kernel/ids.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let node: World;
let app: FastifyInstance;
let tenantId: number;
let channelId: number;
let key: string;
let keyId: number;

/** A provider that only lets answers through for a day, like WhatsApp. */
const adapter = {
  kind: "whatsapp",
  limits: {
    perAccountPerSecond: 80,
    pairIntervalMs: 0,
    pairBurst: 45,
    windowMs: DAY_MS,
    textMax: 4096,
    hasReceipts: true,
    concurrency: 8,
  },
} as never;

beforeEach(async () => {
  node = await world({ adapters: [adapter] });
  app = createHttpServer(node.kernel, { routes: conversationRoutes(node.kernel), checkReplies: true });
  tenantId = (await node.tenant()).id;
  channelId = await node.channel(tenantId, { kind: "whatsapp", address: "100", appId: "app" });
  const made = await createApiKey(node.kernel, tenantId, { name: "Jana", role: "agent" });
  key = made.secret;
  keyId = made.id;
});
afterEach(async () => {
  await app.close();
  await node.close();
});

async function call(method: "GET" | "POST", url: string, payload?: object, secret = key) {
  const answer = await app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { "x-api-key": secret },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

/** A customer who wrote once; more columns of the conversation as wanted. */
async function customer(name: string, more: Record<string, unknown> = {}, place = { tenantId, channelId }) {
  const now = node.clock.now();
  const at = new Date(now);
  return node.kernel.db.tenant(place.tenantId, async (tx) => {
    const contact = await tx
      .insertInto("kernel.contact")
      .values({ tenant_id: place.tenantId, name, language: null, merged_into: null, first_seen_at: at })
      .returning("id")
      .executeTakeFirstOrThrow();
    const conversation = await tx
      .insertInto("kernel.conversation")
      .values({
        tenant_id: place.tenantId,
        channel_id: place.channelId,
        contact_id: contact.id,
        reply_address: "4940",
        language: "de",
        topic: null,
        assignee_id: null,
        department_id: null,
        last_turn: null,
        last_message_at: at,
        last_day: at.toISOString().slice(0, 10),
        last_customer_at: at,
        created_at: at,
        unread: 1,
        ...more,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const id = messageId(now, now);
    await tx
      .insertInto("kernel.message")
      .values({
        tenant_id: place.tenantId,
        conversation_id: conversation.id,
        id,
        author: "customer",
        staff_id: null,
        content: JSON.stringify({ type: "text", text: `Moin von ${name}` }),
        status: "received",
        external_id: `wamid.${id}`,
        client_id: null,
        reply_to: null,
        language: "de",
        sent_at: at,
        received_at: at,
        processed_at: at,
      })
      .execute();
    return { contactId: contact.id, id: conversation.id, messageId: id };
  });
}

const events = async () =>
  (
    await node.kernel.db.node.query(
      "select seq::int, type, conversation_id::int as c from kernel.event where tenant_id = $1 order by seq",
      [tenantId],
    )
  ).rows;
const outbox = async () =>
  (
    await node.kernel.db.node.query("select * from kernel.outbox where tenant_id = $1 order by id", [
      tenantId,
    ])
  ).rows;

describe("an answer", () => {
  test("is stored, queued with its reason, and the conversation is mine", async () => {
    const conversation = await customer("Anna", {
      state: "waiting",
      waiting_since: new Date(node.clock.now()),
      due_at: new Date(node.clock.now() + MINUTE_MS),
    });
    node.clock.advance(MINUTE_MS);
    const sent = await call("POST", `/conversations/${conversation.id}/messages`, {
      clientId: randomUUID(),
      text: " Moin Anna ",
      replyTo: conversation.messageId,
    });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      author: "agent",
      authorName: "Jana",
      text: "Moin Anna",
      status: "queued",
      replyTo: conversation.messageId,
      note: false,
    });
    expect(sent.body.id > conversation.messageId).toBe(true);
    expect(await outbox()).toMatchObject([
      {
        id: sent.body.id,
        priority: 0,
        purpose: "service.reply",
        basis_kind: "customer_message",
        basis_id: conversation.messageId,
        reply_to_external: `wamid.${conversation.messageId}`,
        content: { type: "text", text: "Moin Anna" },
        state: "queued",
      },
    ]);
    const row = await call("GET", `/conversations/${conversation.id}`);
    expect(row.body).toMatchObject({
      state: "person",
      turn: "customer",
      assignee: { id: `key:${keyId}`, name: "Jana" },
      waitingSince: null,
      dueAt: null,
      unread: 0,
      preview: "Moin Anna",
      windowUntil: new Date(node.clock.now() - MINUTE_MS + DAY_MS).toISOString(),
    });
    expect(await events()).toEqual([
      { seq: 1, type: "message.created", c: conversation.id },
      { seq: 2, type: "conversation.changed", c: conversation.id },
    ]);
  });

  test("is sent once, however often and however at once the same clientId comes", async () => {
    const { id } = await customer("Anna");
    const clientId = randomUUID();
    const send = () => call("POST", `/conversations/${id}/messages`, { clientId, text: "Einmal" });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await outbox()).toHaveLength(1);
    const other = await customer("Bert");
    expect((await call("POST", `/conversations/${other.id}/messages`, { clientId, text: "x" })).status).toBe(
      409,
    );
  });

  test("waits for a template when the window is closed; nothing of the refused one is kept", async () => {
    const { id } = await customer("Anna");
    node.clock.advance(DAY_MS);
    const clientId = randomUUID();
    const late = await call("POST", `/conversations/${id}/messages`, { clientId, text: "Zu spät" });
    expect([late.status, late.body.code]).toEqual([422, "window_closed"]);
    expect(await outbox()).toEqual([]);
    const template = { name: "wieder_da", language: "de", parameters: ["Anna"] };
    const sent = await call("POST", `/conversations/${id}/messages`, { clientId, template });
    expect(sent.body).toMatchObject({ type: "template", text: "wieder_da · Anna", status: "queued" });
  });

  test("does not go to who said stop, to an empty conversation, by a channel that is off", async () => {
    const stopped = await customer("Anna");
    await node.kernel.db.node.query("update kernel.contact set stopped_at = $2 where id = $1", [
      stopped.contactId,
      new Date(node.clock.now() + 1),
    ]);
    const send = (id: number) =>
      call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: "x" });
    expect((await send(stopped.id)).body).toMatchObject({
      code: "not_allowed_to_contact",
      detail: "stopped",
    });
    const silent = await customer("Bert", { last_customer_at: null });
    expect((await send(silent.id)).body.code).toBe("not_allowed_to_contact");
    const other = await customer("Carl");
    await node.kernel.db.node.query("update kernel.channel set active = false where id = $1", [channelId]);
    expect((await send(other.id)).body.detail).toBe("channel_off");
    expect(await outbox()).toEqual([]);
  });

  test("may be a note: it stays in the house and changes nobody's turn", async () => {
    const { id } = await customer("Anna", { state: "waiting", waiting_since: new Date(node.clock.now()) });
    const note = await call("POST", `/conversations/${id}/messages`, {
      clientId: randomUUID(),
      text: "Stammkundin",
      note: true,
    });
    expect(note.body).toMatchObject({ status: "note", note: true, author: "agent" });
    expect(await outbox()).toEqual([]);
    expect((await call("GET", `/conversations/${id}`)).body).toMatchObject({
      state: "waiting",
      turn: "us",
      preview: "",
    });
  });

  test("needs words, a file of ours, or a message of this conversation to quote", async () => {
    const { id } = await customer("Anna");
    for (const [body, path] of [
      [{}, "text"],
      [{ fileId: "nope" }, "fileId"],
      [{ text: "x", replyTo: randomUUID() }, "replyTo"],
    ] as const) {
      const answer = await call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), ...body });
      expect([answer.status, answer.body.errors[0].path]).toEqual([400, path]);
    }
  });
});

describe("the list", () => {
  test("shows what is due first, page by page, without gaps and doubles", async () => {
    const now = node.clock.now();
    const made: number[] = [];
    for (const minutes of [30, 10, 20, null, 10]) {
      const due = minutes === null ? null : new Date(now + minutes * MINUTE_MS);
      made.push(
        (await customer(`due ${minutes}`, { state: "waiting", due_at: due, waiting_since: new Date(now) }))
          .id,
      );
    }
    await customer("bot", { state: "bot" });
    const seen: number[] = [];
    let cursor = "";
    do {
      const page = await call("GET", `/conversations?view=open&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map((item: { id: number }) => item.id));
      cursor = page.body.next ?? "";
    } while (cursor);
    expect(seen).toEqual([made[4], made[1], made[2], made[0], made[3]]);
  });

  test("has a view for me, my department, nobody, everything and what is closed", async () => {
    const department = (
      await node.kernel.db.tenant(tenantId, (tx) =>
        tx
          .insertInto("kernel.department")
          .values({ tenant_id: tenantId, name: "Lager" })
          .returning("id")
          .executeTakeFirstOrThrow(),
      )
    ).id;
    const mine = await customer("mine", { state: "person", assignee_id: `key:${keyId}` });
    const theirs = await customer("theirs", {
      state: "person",
      assignee_id: "somebody",
      department_id: department,
    });
    const free = await customer("free", {
      state: "waiting",
      department_id: department,
      due_at: new Date(node.clock.now() - 1),
    });
    const bot = await customer("bot");
    const closed = await customer("closed", { state: "closed" });
    const ids = async (view: string) =>
      (await call("GET", `/conversations?view=${view}`)).body.items
        .map((item: { id: number }) => item.id)
        .sort((a: number, b: number) => a - b);
    expect(await ids("mine")).toEqual([mine.id]);
    expect(await ids("unassigned")).toEqual([free.id]);
    expect(await ids("open")).toEqual([mine.id, theirs.id, free.id]);
    expect(await ids("all")).toEqual([mine.id, theirs.id, free.id, bot.id, closed.id]);
    expect(await ids("closed")).toEqual([closed.id]);
    expect(await ids("department")).toEqual([]);
    await createStaffAccount(node.kernel, {
      tenantId,
      email: "jana@example.com",
      name: "Jana",
      role: "agent",
      departmentId: department,
    });
    expect((await call("GET", "/conversation-counts")).body).toEqual({
      mine: 1,
      department: 0,
      unassigned: 1,
      open: 3,
      overdue: 1,
      parked: 0,
    });
  });

  test("refuses a cursor that is not ours", async () => {
    for (const cursor of [
      "nonsense",
      Buffer.from('["2026-99-99",1,2]').toString("base64url"),
      Buffer.from("[1]").toString("base64url"),
    ])
      expect((await call("GET", `/conversations?view=all&cursor=${cursor}`)).status).toBe(400);
  });
});

test("messages come newest page first, each page in reading order", async () => {
  const { id } = await customer("Anna");
  for (let n = 1; n <= 6; n++) {
    node.clock.advance(1_000);
    await call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: `Nr ${n}` });
  }
  const first = await call("GET", `/conversations/${id}/messages?limit=3`);
  expect(first.body.items.map((m: { text: string }) => m.text)).toEqual(["Nr 4", "Nr 5", "Nr 6"]);
  const second = await call("GET", `/conversations/${id}/messages?limit=3&cursor=${first.body.next}`);
  expect(second.body.items.map((m: { text: string }) => m.text)).toEqual(["Nr 1", "Nr 2", "Nr 3"]);
  const third = await call("GET", `/conversations/${id}/messages?limit=3&cursor=${second.body.next}`);
  expect([third.body.items.length, third.body.items[0].authorName, third.body.next]).toEqual([
    1,
    "Anna",
    null,
  ]);
  const { rows } = await node.kernel.db.node.query("select 1 from pg_tables where tablename = 'access_log'");
  expect(rows).toHaveLength(1);
  const log = await node.kernel.db.tenant(tenantId, (tx) =>
    tx.selectFrom("kernel.access_log").selectAll().execute(),
  );
  expect(log).toMatchObject([{ staff_id: `key:${keyId}` }]);
});

describe("a conversation", () => {
  test("is taken, passed on, given back, closed and opened again", async () => {
    const { id } = await customer("Anna", { state: "waiting", waiting_since: new Date(node.clock.now()) });
    const act = async (action: string, body?: object) =>
      (await call("POST", `/conversations/${id}/${action}`, body)).body;
    expect(await act("take")).toMatchObject({ state: "person", assignee: { name: "Jana" }, turn: "us" });
    const { userId } = await createStaffAccount(node.kernel, {
      tenantId,
      email: "bo@example.com",
      name: "Bo",
      role: "agent",
      departmentId: null,
    });
    expect(await act("assign", { staffId: userId, note: "Bitte du" })).toMatchObject({
      assignee: { name: "Bo" },
    });
    const { items } = (await call("GET", `/conversations/${id}/messages`)).body;
    expect(items.at(-1)).toMatchObject({ note: true, text: "Bitte du", authorName: "Jana" });
    expect(await act("assign", { staffId: null })).toMatchObject({
      state: "waiting",
      assignee: null,
      turn: "us",
    });
    expect((await act("assign", { staffId: "nobody" })).errors[0].path).toBe("staffId");
    expect((await act("assign", { departmentId: 4711 })).errors[0].path).toBe("departmentId");
    await act("take");
    expect(await act("close")).toMatchObject({ state: "closed", turn: "nobody", unread: 0 });
    expect(await act("reopen")).toMatchObject({ state: "person", assignee: { name: "Jana" } });
    expect(await act("return")).toMatchObject({ state: "bot", assignee: null, handOver: null, dueAt: null });
  });

  test("is marked as read quietly when there is nothing to mark", async () => {
    const { id } = await customer("Anna");
    expect((await call("POST", `/conversations/${id}/read`)).body).toEqual({ ok: true });
    expect((await call("POST", `/conversations/${id}/read`)).body).toEqual({ ok: true });
    expect(await events()).toHaveLength(1);
    expect((await call("POST", "/conversations/999999/read")).status).toBe(404);
  });

  test("of another company answers 404, whatever is tried", async () => {
    const other = await node.tenant({ name: "Other" });
    const theirChannel = await node.channel(other.id, { kind: "whatsapp", address: "200", appId: "app" });
    const theirs = await customer("Theirs", {}, { tenantId: other.id, channelId: theirChannel });
    const clientId = randomUUID();
    const tries: ["GET" | "POST", string, object?][] = [
      ["GET", ""],
      ["GET", "/messages"],
      ["POST", "/messages", { clientId, text: "x" }],
      ["POST", "/take"],
      ["POST", "/assign", {}],
      ["POST", "/return"],
      ["POST", "/close"],
      ["POST", "/reopen"],
      ["POST", "/read"],
      ["POST", "/typing"],
      [
        "POST",
        "/callbacks",
        { phone: "040123", promisedAt: new Date(node.clock.now() + MINUTE_MS).toISOString() },
      ],
    ];
    for (const [method, path, body] of tries)
      expect([path, (await call(method, `/conversations/${theirs.id}${path}`, body)).status]).toEqual([
        path,
        404,
      ]);
    const settle = { conversationId: theirs.id, decision: "arrived" };
    expect((await call("POST", `/messages/${theirs.messageId}/settle`, settle)).status).toBe(404);
    expect((await call("GET", "/conversations?view=all")).body.items).toEqual([]);
    expect((await call("GET", "/search?q=Moin")).body).toEqual({ contacts: [], messages: [], cut: false });
    expect((await call("GET", "/conversations/abc")).status).toBe(404);
    expect((await call("GET", "/conversations/99999999999999999999")).status).toBe(404);
  });
});

test("a doubtful send is settled by a person: it arrived, or it goes again", async () => {
  const { id } = await customer("Anna");
  const send = async () =>
    (await call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: "x" })).body
      .id as string;
  const [one, two] = [await send(), await send()];
  await node.kernel.db.node.query(
    "update kernel.message set status = 'uncertain' where id = any($1::uuid[])",
    [[one, two]],
  );
  await node.kernel.db.node.query("update kernel.outbox set state = 'uncertain', lease_epoch = 1");
  const settle = (messageIdText: string, decision: string) =>
    call("POST", `/messages/${messageIdText}/settle`, { conversationId: id, decision });
  expect((await settle(one, "arrived")).body).toMatchObject({ id: one, status: "sent" });
  expect((await settle(two, "resend")).body).toMatchObject({ id: two, status: "queued" });
  expect((await outbox()).map((row: { id: string; state: string }) => [row.id, row.state])).toEqual([
    [two, "queued"],
  ]);
  expect((await settle(one, "resend")).body.code).toBe("rule_broken");
});

test("a promised call is a case: due, missed with an alarm, finished with a note", async () => {
  const { id } = await customer("Anna");
  const promisedAt = new Date(node.clock.now() + 30 * MINUTE_MS).toISOString();
  const past = await call("POST", `/conversations/${id}/callbacks`, {
    phone: "+494012345",
    promisedAt: new Date(node.clock.now()).toISOString(),
  });
  expect(past.body.errors[0].path).toBe("promisedAt");
  const made = await call("POST", `/conversations/${id}/callbacks`, {
    phone: "+494012345",
    promisedAt,
    topic: "Rechnung",
  });
  expect([made.status, made.body]).toMatchObject([
    201,
    { contactName: "Anna", state: "open", promisedAt, topic: "Rechnung" },
  ]);
  expect((await call("GET", `/conversations/${id}`)).body).toMatchObject({
    state: "person",
    dueAt: promisedAt,
  });
  const handler = callbackTimers(node.kernel).callback_due;
  const timer = {
    tenantId,
    kind: "callback_due",
    key: String(made.body.id),
    payload: { callbackId: made.body.id },
    attempts: 1,
  };
  await handler?.(timer);
  expect((await call("GET", "/callbacks")).body.items[0].state).toBe("open");
  node.clock.advance(31 * MINUTE_MS);
  await handler?.(timer);
  await handler?.(timer);
  expect((await call("GET", "/callbacks")).body.items).toMatchObject([{ state: "missed" }]);
  expect((await call("GET", `/conversations/${id}`)).body).toMatchObject({ turn: "us", dueAt: promisedAt });
  expect((await call("GET", "/conversation-counts")).body.overdue).toBe(1);
  const finished = await call("POST", `/callbacks/${made.body.id}/finish`, { note: "Geklärt" });
  expect(finished.body).toMatchObject({ state: "done", note: "Geklärt" });
  expect((await call("POST", `/callbacks/${made.body.id}/finish`, { note: "Noch mal" })).status).toBe(409);
  expect((await call("GET", `/conversations/${id}`)).body).toMatchObject({ waitingSince: null, dueAt: null });
  expect((await call("GET", "/callbacks?state=done")).body.items).toHaveLength(1);
  expect(
    (await events()).filter((event: { type: string }) => event.type === "callback.changed"),
  ).toHaveLength(3);
});

test("search finds words in any form, and contacts by name", async () => {
  const { id } = await customer("Anna Petersen");
  await call("POST", `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: "Ihre Lieferungen kommen am Dienstag mit der Spedition.",
  });
  await call("POST", `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: "Zahlt immer bar",
    note: true,
  });
  const found = (await call("GET", "/search?q=Lieferung")).body;
  expect(found.messages).toMatchObject(
    [{ conversationId: id, contactName: "Anna Petersen", author: "agent", excerpt: /Lieferungen/ }].map(
      ({ excerpt: _, ...rest }) => rest,
    ),
  );
  expect((await call("GET", "/search?q=petersen")).body.contacts).toMatchObject([
    { name: "Anna Petersen", conversationId: id },
  ]);
  expect((await call("GET", "/search?q=bar")).body.messages).toHaveLength(1);
  expect((await call("GET", `/search?q=${encodeURIComponent("100% _'\" & | !")}`)).body.messages).toEqual([]);
  expect((await call("GET", "/search?q=x")).status).toBe(400);
});
