import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DAY_MS, type Desk, MINUTE_MS, openDesk } from "./desk-world.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe("an answer", () => {
  test("is stored, queued with its reason, and the conversation is mine", async () => {
    const conversation = await desk.customer("Anna", {
      state: "waiting",
      waiting_since: new Date(desk.node.clock.now()),
      due_at: new Date(desk.node.clock.now() + MINUTE_MS),
    });
    desk.node.clock.advance(MINUTE_MS);
    const sent = await desk.call("POST", `/conversations/${conversation.id}/messages`, {
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
    expect(String(sent.body.id) > conversation.messageId).toBe(true);
    expect(await desk.outbox()).toMatchObject([
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
    const row = await desk.call("GET", `/conversations/${conversation.id}`);
    expect(row.body).toMatchObject({
      state: "person",
      turn: "customer",
      assignee: { id: `key:${desk.keyId}`, name: "Jana" },
      waitingSince: null,
      dueAt: null,
      unread: 0,
      preview: "Moin Anna",
      windowUntil: new Date(desk.node.clock.now() - MINUTE_MS + DAY_MS).toISOString(),
    });
    expect(await desk.events()).toEqual([
      { seq: 1, type: "message.created", c: conversation.id },
      { seq: 2, type: "conversation.changed", c: conversation.id },
    ]);
  });

  test("is sent once, however often and however at once the same clientId comes", async () => {
    const { id } = await desk.customer("Anna");
    const clientId = randomUUID();
    const send = () => desk.call("POST", `/conversations/${id}/messages`, { clientId, text: "Einmal" });
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expect(await desk.outbox()).toHaveLength(1);
    const other = await desk.customer("Bert");
    expect(
      (await desk.call("POST", `/conversations/${other.id}/messages`, { clientId, text: "x" })).status,
    ).toBe(409);
  });

  test("waits for a template when the window is closed; nothing of the refused one is kept", async () => {
    const { id } = await desk.customer("Anna");
    desk.node.clock.advance(DAY_MS);
    const clientId = randomUUID();
    const late = await desk.call("POST", `/conversations/${id}/messages`, { clientId, text: "Zu spät" });
    expect([late.status, late.body.code]).toEqual([422, "window_closed"]);
    expect(await desk.outbox()).toEqual([]);
    const template = { name: "wieder_da", language: "de", parameters: ["Anna"] };
    const sent = await desk.call("POST", `/conversations/${id}/messages`, { clientId, template });
    expect(sent.body).toMatchObject({ type: "template", text: "wieder_da · Anna", status: "queued" });
  });

  test("does not go to who said stop, to an empty conversation, by a channel that is off", async () => {
    const stopped = await desk.customer("Anna");
    await desk.node.kernel.db.node.query("update kernel.contact set stopped_at = $2 where id = $1", [
      stopped.contactId,
      new Date(desk.node.clock.now() + 1),
    ]);
    const send = (id: number) =>
      desk.call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: "x" });
    expect((await send(stopped.id)).body).toMatchObject({
      code: "not_allowed_to_contact",
      detail: "stopped",
    });
    const silent = await desk.customer("Bert", { last_customer_at: null });
    expect((await send(silent.id)).body.code).toBe("not_allowed_to_contact");
    const other = await desk.customer("Carl");
    await desk.node.kernel.db.node.query("update kernel.channel set active = false where id = $1", [
      desk.channelId,
    ]);
    expect((await send(other.id)).body.detail).toBe("channel_off");
    expect(await desk.outbox()).toEqual([]);
  });

  test("may be a note: it stays in the house and changes nobody's turn", async () => {
    const { id } = await desk.customer("Anna", {
      state: "waiting",
      waiting_since: new Date(desk.node.clock.now()),
    });
    const note = await desk.call("POST", `/conversations/${id}/messages`, {
      clientId: randomUUID(),
      text: "Stammkundin",
      note: true,
    });
    expect(note.body).toMatchObject({ status: "note", note: true, author: "agent" });
    expect(await desk.outbox()).toEqual([]);
    expect((await desk.call("GET", `/conversations/${id}`)).body).toMatchObject({
      state: "waiting",
      turn: "us",
      preview: "",
    });
  });

  test("needs words, a file of ours, or a message of this conversation to quote", async () => {
    const { id } = await desk.customer("Anna");
    for (const [body, path] of [
      [{}, "text"],
      [{ fileId: "nope" }, "fileId"],
      [{ text: "x", replyTo: randomUUID() }, "replyTo"],
    ] as const) {
      const answer = await desk.call("POST", `/conversations/${id}/messages`, {
        clientId: randomUUID(),
        ...body,
      });
      expect([answer.status, answer.body.errors[0]?.path]).toEqual([400, path]);
    }
  });
});

test("a doubtful send is settled by a person: it arrived, or it goes again", async () => {
  const { id } = await desk.customer("Anna");
  const send = async () =>
    String(
      (await desk.call("POST", `/conversations/${id}/messages`, { clientId: randomUUID(), text: "x" })).body
        .id,
    );
  const [one, two] = [await send(), await send()];
  await desk.node.kernel.db.node.query(
    "update kernel.message set status = 'uncertain' where id = any($1::uuid[])",
    [[one, two]],
  );
  await desk.node.kernel.db.node.query("update kernel.outbox set state = 'uncertain', lease_epoch = 1");
  const settle = (messageIdText: string, decision: string) =>
    desk.call("POST", `/messages/${messageIdText}/settle`, { conversationId: id, decision });
  expect((await settle(one, "arrived")).body).toMatchObject({ id: one, status: "sent" });
  expect((await settle(two, "resend")).body).toMatchObject({ id: two, status: "queued" });
  expect((await desk.outbox()).map((row) => [row.id, row.state])).toEqual([[two, "queued"]]);
  expect((await settle(one, "resend")).body.code).toBe("rule_broken");
});

test("an answer leaves the house by the outbox, and its message says so", async () => {
  const { id, messageId } = await desk.customer("Anna");
  desk.node.worker();
  const sent = await desk.call("POST", `/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: "Gern",
  });
  await desk.node.settle();
  expect(await desk.outbox()).toEqual([]);
  const { items } = (await desk.call("GET", `/conversations/${id}/messages`)).body;
  expect(items).toMatchObject([{ id: messageId }, { id: sent.body.id, status: "sent", error: null }]);
  expect((await desk.events()).at(-1)).toMatchObject({ type: "message.changed", c: id });
});
