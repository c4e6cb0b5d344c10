import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createStaffAccount } from "../../src/kernel/auth/accounts.ts";
import { callbackTimers } from "../../src/kernel/desk/callbacks.ts";
import { type Desk, MINUTE_MS, openDesk } from "./desk-world.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe("a conversation", () => {
  test("is taken, passed on, given back, closed and opened again", async () => {
    const { id } = await desk.customer("Anna", {
      state: "waiting",
      waiting_since: new Date(desk.node.clock.now()),
    });
    const act = async (action: string, body?: object) =>
      (await desk.call("POST", `/conversations/${id}/${action}`, body)).body;
    expect(await act("take")).toMatchObject({ state: "person", assignee: { name: "Jana" }, turn: "us" });
    const { userId } = await createStaffAccount(desk.node.kernel, {
      tenantId: desk.tenantId,
      email: "bo@example.com",
      name: "Bo",
      role: "agent",
      departmentId: null,
    });
    expect(await act("assign", { staffId: userId, note: "Bitte du" })).toMatchObject({
      assignee: { name: "Bo" },
    });
    const { items } = (await desk.call("GET", `/conversations/${id}/messages`)).body;
    expect(items.at(-1)).toMatchObject({ note: true, text: "Bitte du", authorName: "Jana" });
    expect(await act("assign", { staffId: null })).toMatchObject({
      state: "waiting",
      assignee: null,
      turn: "us",
    });
    expect((await act("assign", { staffId: "nobody" })).errors[0]?.path).toBe("staffId");
    expect((await act("assign", { departmentId: 4711 })).errors[0]?.path).toBe("departmentId");
    await act("take");
    expect(await act("close")).toMatchObject({ state: "closed", turn: "nobody", unread: 0 });
    expect(await act("reopen")).toMatchObject({ state: "person", assignee: { name: "Jana" } });
    expect(await act("return")).toMatchObject({ state: "bot", assignee: null, handOver: null, dueAt: null });
  });

  test("is marked as read quietly when there is nothing to mark", async () => {
    const { id } = await desk.customer("Anna");
    expect((await desk.call("POST", `/conversations/${id}/read`)).body).toEqual({ ok: true });
    expect((await desk.call("POST", `/conversations/${id}/read`)).body).toEqual({ ok: true });
    expect(await desk.events()).toHaveLength(1);
    expect((await desk.call("POST", "/conversations/999999/read")).status).toBe(404);
  });

  test("of another company answers 404, whatever is tried", async () => {
    const other = await desk.node.tenant({ name: "Other" });
    const theirChannel = await desk.node.channel(other.id, {
      kind: "whatsapp",
      address: "200",
      appId: "app",
    });
    const theirs = await desk.customer("Theirs", {}, { tenantId: other.id, channelId: theirChannel });
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
        { phone: "040123", promisedAt: new Date(desk.node.clock.now() + MINUTE_MS).toISOString() },
      ],
    ];
    for (const [method, path, body] of tries)
      expect([path, (await desk.call(method, `/conversations/${theirs.id}${path}`, body)).status]).toEqual([
        path,
        404,
      ]);
    const settle = { conversationId: theirs.id, decision: "arrived" };
    expect((await desk.call("POST", `/messages/${theirs.messageId}/settle`, settle)).status).toBe(404);
    expect((await desk.call("GET", "/conversations?view=all")).body.items).toEqual([]);
    expect((await desk.call("GET", "/search?q=Moin")).body).toEqual({
      contacts: [],
      messages: [],
      cut: false,
    });
    expect((await desk.call("GET", "/conversations/abc")).status).toBe(404);
    expect((await desk.call("GET", "/conversations/99999999999999999999")).status).toBe(404);
  });
});

test("a promised call is a case: due, missed with an alarm, finished with a note", async () => {
  const { id } = await desk.customer("Anna");
  const promisedAt = new Date(desk.node.clock.now() + 30 * MINUTE_MS).toISOString();
  const past = await desk.call("POST", `/conversations/${id}/callbacks`, {
    phone: "+494012345",
    promisedAt: new Date(desk.node.clock.now()).toISOString(),
  });
  expect(past.body.errors[0]?.path).toBe("promisedAt");
  const made = await desk.call("POST", `/conversations/${id}/callbacks`, {
    phone: "+494012345",
    promisedAt,
    topic: "Rechnung",
  });
  expect([made.status, made.body]).toMatchObject([
    201,
    { contactName: "Anna", state: "open", promisedAt, topic: "Rechnung" },
  ]);
  expect((await desk.call("GET", `/conversations/${id}`)).body).toMatchObject({
    state: "person",
    dueAt: promisedAt,
  });
  const handler = callbackTimers(desk.node.kernel).callback_due;
  const timer = {
    tenantId: desk.tenantId,
    kind: "callback_due",
    key: String(made.body.id),
    payload: { callbackId: made.body.id },
    attempts: 1,
  };
  await handler?.(timer);
  expect((await desk.call("GET", "/callbacks")).body.items[0]?.state).toBe("open");
  desk.node.clock.advance(31 * MINUTE_MS);
  await handler?.(timer);
  await handler?.(timer);
  expect((await desk.call("GET", "/callbacks")).body.items).toMatchObject([{ state: "missed" }]);
  expect((await desk.call("GET", `/conversations/${id}`)).body).toMatchObject({
    turn: "us",
    dueAt: promisedAt,
  });
  expect((await desk.call("GET", "/conversation-counts")).body.overdue).toBe(1);
  const finished = await desk.call("POST", `/callbacks/${made.body.id}/finish`, { note: "Geklärt" });
  expect(finished.body).toMatchObject({ state: "done", note: "Geklärt" });
  expect((await desk.call("POST", `/callbacks/${made.body.id}/finish`, { note: "Noch mal" })).status).toBe(
    409,
  );
  expect((await desk.call("GET", `/conversations/${id}`)).body).toMatchObject({
    waitingSince: null,
    dueAt: null,
  });
  expect((await desk.call("GET", "/callbacks?state=done")).body.items).toHaveLength(1);
  expect(
    (await desk.events()).filter((event: { type: string }) => event.type === "callback.changed"),
  ).toHaveLength(3);
});

test("search finds words in any form, and contacts by name", async () => {
  const { id } = await desk.customer("Anna Petersen");
  await desk.call("POST", `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: "Ihre Lieferungen kommen am Dienstag mit der Spedition.",
  });
  await desk.call("POST", `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: "Zahlt immer bar",
    note: true,
  });
  const found = (await desk.call("GET", "/search?q=Lieferung")).body;
  expect(found.messages).toMatchObject(
    [{ conversationId: id, contactName: "Anna Petersen", author: "agent", excerpt: /Lieferungen/ }].map(
      ({ excerpt: _, ...rest }) => rest,
    ),
  );
  expect((await desk.call("GET", "/search?q=petersen")).body.contacts).toMatchObject([
    { name: "Anna Petersen", conversationId: id },
  ]);
  expect((await desk.call("GET", "/search?q=bar")).body.messages).toHaveLength(1);
  expect(
    (await desk.call("GET", `/search?q=${encodeURIComponent("100% _'\" & | !")}`)).body.messages,
  ).toEqual([]);
  expect((await desk.call("GET", "/search?q=x")).status).toBe(400);
});
