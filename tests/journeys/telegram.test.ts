import { randomInt, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import type { Simulator } from "../../src/simulator/http.ts";
import { startTelegram } from "../../src/simulator/telegram.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { connectTelegram, newCompany } from "../outside/company.ts";
import { conversationOf, conversationsOf, messagesOf, messagesWhen, ownerOf } from "../outside/desk.ts";
import { newPerson, TelegramLine, textUpdate } from "../outside/telegram.ts";
import { quiet, until } from "../outside/until.ts";
import { wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A customer writes by Telegram, and is answered. */

let node: SharedNode;
let line: TelegramLine;
let desk: ApiClient;

beforeAll(async () => {
  node = await sharedNode();
  line = new TelegramLine(node.report.telegram, node.report.telegram.simulator);
  desk = ownerOf(node.report);
});

const newName = (): string => `Enno-${randomUUID().slice(0, 8)}`;
/** Far above the simulator's own. */
const newUpdateId = (): number => randomInt(900_000_000, 2_000_000_000);

describe("the door", () => {
  test("takes only what carries the secret", async () => {
    const [from, name] = [newPerson(), newName()];
    const update = textUpdate({ id: newUpdateId(), from, name, text: "Moin" });
    for (const secret of ["", "wrong", `${line.access.secretToken}x`, line.access.secretToken.toUpperCase()])
      expect((await line.post(update, secret)).status).toBe(401);
    const bare = await fetch(line.access.webhook, { method: "POST", body: JSON.stringify(update) });
    expect(bare.status).toBe(401);
    await quiet(600);
    expect(await conversationsOf(desk, name)).toEqual([]);
    for (const raw of ["", "not json", '{"update_id":', "[1]", '{"update_id":1,}'])
      expect((await line.post(raw)).status, raw).toBe(400);
  });

  test("takes every kind of update with 200, and goes on", async () => {
    const [from, name] = [newPerson(), newName()];
    for (const kind of [
      { brand_new_kind: { a: 1 } },
      { message: null },
      { message: "x" },
      { message: { message_id: 1 } },
      { inline_query: { id: "1", from: { id: from }, query: "" } },
      { channel_post: { message_id: 1, chat: { id: -100, type: "channel" }, date: 1, text: "x" } },
      {},
    ])
      expect((await line.post({ update_id: newUpdateId(), ...kind })).status).toBe(200);
    await line.act({ from, name, text: "Wie kann ich etwas zurückgeben?" });
    expect((await line.answers(from))[0]?.type).toMatch(/^send/);
    for (const { id } of (await desk.call(api.listParked)).items)
      await desk.send(api.settleParked, { params: { id }, body: { decision: "dismiss" } });
  });

  test("takes an update once, however often and in whatever order it comes", async () => {
    const [from, name] = [newPerson(), newName()];
    const first = newUpdateId();
    const updates = ["eins eins", "zwei zwei", "drei drei"].map((text, n) =>
      textUpdate({ id: first + n, from, name, text, messageId: 10 + n }),
    );
    for (const n of [2, 0, 1, 0, 2]) expect((await line.post(updates[n])).status).toBe(200);
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "all three",
      holds: (each) => each.filter((m) => m.author === "customer").length === 3,
    });
    expect(
      messages
        .filter((m) => m.author === "customer")
        .map((m) => m.text)
        .sort(),
    ).toEqual(["eins eins", "zwei zwei", "drei drei"].sort());
  });
});

describe("a conversation", () => {
  test.each([
    ["de", "Wie kann ich etwas zurückgeben?"],
    ["en", "How can I return something?"],
  ])("begins with START and goes on in %s", async (language, text) => {
    const [from, name] = [newPerson(), newName()];
    await line.act({ from, name, start: "shop", language });
    const [hello] = await line.answers(from);
    expect(wordsOf(hello as never).length).toBeGreaterThan(5);
    await line.act({ from, name, text, language });
    await line.answers(from, 2);
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "both answers sent",
      holds: (each) => each.filter((m) => m.author === "bot" && m.status === "sent").length === 2,
    });
    const answer = messages.filter((m) => m.author === "bot").at(-1);
    expect(answer?.language).toBe(language);
    expect(answer?.text.length).toBeGreaterThan(20);
  });

  test("a pressed button is acknowledged and taken as the choice", async () => {
    const [from, name] = [newPerson(), newName()];
    await line.act({ from, name, text: "Hallo" });
    const keyboard = await until("a keyboard", async () => {
      for (const sent of await line.sentTo(from)) {
        const rows = (
          sent.body.reply_markup as { inline_keyboard?: { text: string; callback_data: string }[][] }
        )?.inline_keyboard;
        if (rows?.length) return rows.flat();
      }
      return null;
    });
    const before = (await line.stats()).answerCallbackQuery ?? 0;
    const count = (await line.sentTo(from)).length;
    expect(Buffer.byteLength(keyboard[0]?.callback_data ?? "")).toBeLessThanOrEqual(64);
    await line.act({ from, name, press: keyboard[0]?.callback_data });
    await line.answers(from, count + 1);
    await until("acknowledged", async () => ((await line.stats()).answerCallbackQuery ?? 0) > before);
    const { id } = await conversationOf(desk, name);
    const choice = (await messagesOf(desk, id)).find((m) => m.type === "choice");
    expect(choice).toMatchObject({ author: "customer", text: keyboard[0]?.text });
  });

  test("an edit changes the message and is not answered again; a file is fetched", async () => {
    const [from, name] = [newPerson(), newName()];
    const { message_id } = await line.act({ from, name, text: "Ich möchte einen Menschen sprechen" });
    const { id } = await conversationOf(desk, name);
    await line.answers(from);
    await line.act({ from, name, edit: message_id, text: "Ich möchte bitte einen Menschen sprechen" });
    const edited = await messagesWhen(desk, id, {
      named: "edited",
      holds: (each) => each.some((m) => m.edited),
    });
    expect(edited.filter((m) => m.author === "customer").map((m) => m.text)).toEqual([
      "Ich möchte bitte einen Menschen sprechen",
    ]);
    const bytes = Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n");
    await line.act({
      from,
      name,
      text: "Die Rechnung",
      file: { name: "rechnung.pdf", mime: "application/pdf", base64: bytes.toString("base64") },
    });
    const withFile = await messagesWhen(desk, id, {
      named: "the file",
      holds: (each) => each.some((m) => m.media?.fileId),
    });
    expect(withFile.find((m) => m.media)).toMatchObject({
      type: "document",
      text: "Die Rechnung",
      media: { mime: "application/pdf", name: "rechnung.pdf", size: bytes.length },
    });
  });

  test("who blocks the bot is written to no more, and may come back", async () => {
    const [from, name] = [newPerson(), newName()];
    await line.act({ from, name, text: "Ich möchte einen Menschen sprechen" });
    const { id } = await conversationOf(desk, name);
    const before = (await line.answers(from)).length;
    await line.act({ from, name, block: true });
    const refused = await until("refused", async () => {
      const reply = await desk.send(api.sendMessage, {
        params: { id },
        body: { clientId: randomUUID(), text: "Noch da?" },
      });
      return reply.status === 422 && reply;
    });
    expect(JSON.parse(refused.text)).toMatchObject({ code: "not_allowed_to_contact" });
    await line.act({ from, name, block: false });
    await line.act({ from, name, text: "Da bin ich wieder" });
    await until("allowed again", async () => {
      const reply = await desk.send(api.sendMessage, {
        params: { id },
        body: { clientId: randomUUID(), text: "Willkommen zurück" },
      });
      return reply.status === 201;
    });
    const sent = await until("sent", async () => {
      const found = await line.sentTo(from);
      return found.some((each) => wordsOf(each) === "Willkommen zurück") && found;
    });
    expect(sent.length).toBeGreaterThan(before);
  });
});

describe("what the provider answers", () => {
  let simulator: Simulator;
  let own: TelegramLine;
  let owner: ApiClient;

  beforeAll(async () => {
    const company = await newCompany(node);
    owner = company.owner;
    const token = `${randomInt(10 ** 9, 10 ** 10)}:${randomUUID().replaceAll("-", "")}`;
    simulator = await startTelegram({ token, username: "own_bot" });
    own = await connectTelegram(node, company, { token, simulator: simulator.url });
  });
  afterAll(() => simulator?.close());

  /** A conversation that a person has. */
  async function talk() {
    const [from, name] = [newPerson(), newName()];
    await own.act({ from, name, text: "Ich möchte einen Menschen sprechen" });
    const { id } = await conversationOf(owner, name);
    await own.answers(from);
    await owner.call(api.takeConversation, { params: { id } });
    const before = (await own.sentTo(from)).length;
    const reply = (text: string) =>
      owner.call(api.sendMessage, { params: { id }, body: { clientId: randomUUID(), text } });
    const when = (messageId: string, status: api.Message["status"]) =>
      until(`message ${status}`, async () => {
        const message = (await messagesOf(owner, id)).find((m) => m.id === messageId);
        return message?.status === status && message;
      });
    return { from, id, reply, when, sent: async () => (await own.sentTo(from)).slice(before) };
  }

  test("429: waits as long as it is told, then sends once", async () => {
    const { reply, when, sent } = await talk();
    const begun = performance.now();
    await own.fail({ status: 429, code: 429, times: 1, retryAfter: 2 });
    const message = await reply("Geduld");
    await when(message.id, "sent");
    expect(performance.now() - begun).toBeGreaterThan(1_900);
    expect(await sent()).toHaveLength(1);
  });

  test("403: the message failed, and this person is written to no more", async () => {
    const { id, reply, when } = await talk();
    await own.fail({ status: 403, code: 403, times: 1 });
    const message = await reply("Hallo?");
    expect((await when(message.id, "failed")).error?.code).toBe(403);
    const refused = await owner.refused(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Hallo??" },
    });
    expect(refused.code).toBe("not_allowed_to_contact");
  });

  test.each(["arrived", "resend"] as const)(
    "a send whose answer is lost waits for a person, who says: %s",
    async (decision) => {
      const { id, reply, when, sent } = await talk();
      await own.fail({ mode: "lost", times: 1 });
      const message = await reply("Ist das angekommen?");
      await when(message.id, "uncertain");
      await quiet(4_000);
      expect(await sent()).toHaveLength(1);
      const settled = await owner.call(api.settleMessage, {
        params: { id: message.id },
        body: { conversationId: id, decision },
      });
      expect(settled.status).toBe(decision === "arrived" ? "sent" : "queued");
      await when(message.id, "sent");
      await quiet(500);
      expect(await sent()).toHaveLength(decision === "arrived" ? 1 : 2);
      const twice = await owner.refused(api.settleMessage, {
        params: { id: message.id },
        body: { conversationId: id, decision },
      });
      expect(twice.code).toBe("rule_broken");
    },
  );
});
