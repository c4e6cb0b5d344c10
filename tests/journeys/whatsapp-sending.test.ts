import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { type Company, connectWhatsapp, newCompany, query } from "../outside/company.ts";
import { conversationOf, messagesOf, messagesWhen } from "../outside/desk.ts";
import { quiet, until } from "../outside/until.ts";
import { newNumber, type SentMessage, type WhatsappLine, wordsOf } from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** What the provider answers decides: retried, given up, shown, or the channel goes red. One simulator of its own. */

let node: SharedNode;
let company: Company;
let connected: Awaited<ReturnType<typeof connectWhatsapp>>;
let line: WhatsappLine;
let channelId: number;
/** The adapter gives up after 20 s; what it did then is looked at in the end. */
let hung: Talk;
let hungAt: number;
const HUNG_MS = 25_000;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  connected = await connectWhatsapp(node, company);
  line = connected.line;
  channelId = connected.channel.id;
  hung = await talk();
  await line.fail({ mode: "hang", times: 1 });
  await hung.reply("Angekommen, die Antwort hängt.");
  await until("the request hangs", async () => (await hung.sent()).length === 1);
  hungAt = performance.now();
});
afterAll(() => connected?.close());

interface Talk {
  from: string;
  id: number;
  /** As an agent, at once. */
  reply(text: string): Promise<api.Message>;
  /** Waits until this message has one of these states. */
  when(messageId: string, ...status: api.Message["status"][]): Promise<api.Message>;
  sent(): Promise<SentMessage[]>;
}

/** A customer whose conversation a person has taken, so that the bot adds nothing. */
async function talk(): Promise<Talk> {
  const from = newNumber();
  const name = `Bo ${randomUUID().slice(0, 8)}`;
  await line.say({ from, name, text: "Ich möchte mit einem Menschen sprechen" });
  const { id } = await conversationOf(company.owner, name);
  await messagesWhen(company.owner, id, {
    named: "the bot's words have arrived",
    holds: (each) =>
      each.some((m) => m.author === "bot") && each.every((m) => m.author !== "bot" || m.status === "read"),
  });
  await company.owner.call(api.takeConversation, { params: { id } });
  const before = (await line.sentTo(from)).length;
  return {
    from,
    id,
    reply: (text) =>
      company.owner.call(api.sendMessage, { params: { id }, body: { clientId: randomUUID(), text } }),
    when: async (messageId, ...status) => {
      const found = await until(
        `message ${status.join(" or ")}`,
        async () => {
          const message = (await messagesOf(company.owner, id)).find((m) => m.id === messageId);
          return message && status.includes(message.status) && message;
        },
        30_000,
      );
      return found;
    },
    sent: async () => (await line.sentTo(from)).slice(before),
  };
}

const channel = async () => {
  const { items } = await company.owner.call(api.listChannels);
  return items.find((each) => each.id === channelId);
};

describe("an error that passes", () => {
  test.each([
    ["131056, too many to one person", { status: 400, code: 131056, times: 1 }],
    ["130429, the number is throttled", { status: 429, code: 130429, times: 2 }],
    ["131000, something went wrong", { status: 500, code: 131000, times: 1 }],
    ["503 of a gateway", { status: 503, code: 0, times: 1 }],
  ])("%s: sent again, once, in order", async (_, plan) => {
    const { reply, when, sent } = await talk();
    await line.fail(plan);
    const first = await reply("Erstens.");
    const second = await reply("Zweitens.");
    await when(second.id, "read");
    await when(first.id, "read");
    expect((await sent()).map(wordsOf)).toEqual(["Erstens.", "Zweitens."]);
  });

  test("a request whose answer is lost is not sent twice: its receipt settles it", async () => {
    const { reply, when, sent } = await talk();
    await line.fail({ mode: "lost", times: 1 });
    const message = await reply("Angekommen, aber ohne Antwort.");
    await when(message.id, "read");
    await quiet(4_500);
    expect(await sent()).toHaveLength(1);
  });

  test("a connection that is cut before anything was taken: sent after the doubt has passed", async () => {
    const { reply, when, sent } = await talk();
    await line.fail({ mode: "reset", times: 1 });
    const message = await reply("Beim zweiten Mal.");
    await when(message.id, "read");
    expect(await sent()).toHaveLength(1);
  });
});

describe("an error that stays", () => {
  test.each([
    [131026, "WhatsApp"],
    [131047, "24"],
    [131051, "WhatsApp"],
    [100, "WhatsApp"],
  ])("%i: failed, with a sentence, not sent again; the next one goes", async (code) => {
    const { reply, when, sent } = await talk();
    await line.fail({ status: 400, code, times: 1 });
    const message = await reply("Kommt nicht an.");
    const failed = await when(message.id, "failed");
    expect(failed.error?.code).toBe(code);
    expect(failed.error?.text.length).toBeGreaterThan(20);
    const next = await reply("Das hier schon.");
    await when(next.id, "read");
    expect((await sent()).map(wordsOf)).toEqual(["Das hier schon."]);
    // A person sends the failed one again.
    await company.owner.call(api.settleMessage, {
      params: { id: message.id },
      body: { conversationId: message.conversationId, decision: "resend" },
    });
    await when(message.id, "read");
    expect(await sent()).toHaveLength(2);
  });

  test("190: the channel is red until a send succeeds", async () => {
    const { reply, when } = await talk();
    await line.fail({ status: 401, code: 190, times: 1 });
    const message = await reply("Mit abgelaufenem Schlüssel.");
    expect((await when(message.id, "failed")).error?.code).toBe(190);
    const red = await until("a red light", async () => {
      const now = await channel();
      return now?.health.light === "bad" && now;
    });
    expect(red.health.text).toContain("190");
    expect(red.health.at).not.toBeNull();
    const next = await reply("Mit neuem Schlüssel.");
    await when(next.id, "read");
    await until("a green light", async () => (await channel())?.health.light === "ok");
  });
});

/** What the bot answered, before any receipt. */
async function answered(): Promise<{
  id: number;
  from: string;
  correlation: string;
  answer: () => Promise<api.Message>;
}> {
  const from = newNumber();
  const name = `Ada ${randomUUID().slice(0, 8)}`;
  await line.say({ from, name, text: "Hallo" });
  const [sent] = await line.answers(from);
  const { id } = await conversationOf(company.owner, name);
  return {
    id,
    from,
    correlation: String(sent?.body.biz_opaque_callback_data),
    answer: async () => {
      const found = (await messagesOf(company.owner, id)).find((m) => m.author === "bot");
      if (!found) throw new Error("no answer");
      return found;
    },
  };
}

function statusBody(correlation: string, status: string, more: Record<string, unknown> = {}): string {
  const entry = {
    id: `wamid.${correlation}`,
    status,
    timestamp: String(Math.floor(Date.now() / 1000)),
    recipient_id: "49151",
    biz_opaque_callback_data: correlation,
    ...more,
  };
  const metadata = { display_phone_number: "1", phone_number_id: line.access.phoneNumberId };
  const value = { messaging_product: "whatsapp", metadata, statuses: [entry] };
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value }] }],
  });
}

describe("receipts", () => {
  const failure = { errors: [{ code: 131026, title: "Message undeliverable" }] };

  test("only move a message up, in whatever order and however often they come", async () => {
    await line.receipts({ off: true });
    try {
      const { correlation, answer } = await answered();
      const post = async (status: string, expected: string, more = {}) => {
        expect((await line.post(statusBody(correlation, status, more))).status).toBe(200);
        await until(`${status} -> ${expected}`, async () => (await answer()).status === expected);
        await quiet(150);
        expect((await answer()).status).toBe(expected);
      };
      await post("delivered", "delivered");
      await post("sent", "delivered");
      await post("delivered", "delivered");
      await post("failed", "delivered", failure);
      await post("read", "read");
      await post("delivered", "read");
      await post("warp", "read");
      await post("played", "played");
      await post("read", "played");
      // Of nobody's message.
      expect((await line.post(statusBody(`1.${randomUUID()}`, "read"))).status).toBe(200);
      expect((await line.post(statusBody("x", "read"))).status).toBe(200);
    } finally {
      await line.receipts({ off: false });
    }
  });

  test("failed shows the reason and calls a person; a later delivered overrules it", async () => {
    await line.receipts({ off: true });
    try {
      const { id, correlation, answer } = await answered();
      await line.post(statusBody(correlation, "sent"));
      await line.post(statusBody(correlation, "failed", failure));
      await until("failed", async () => (await answer()).status === "failed");
      expect((await answer()).error).toMatchObject({ code: 131026 });
      const row = await company.owner.call(api.getConversation, { params: { id } });
      expect(row).toMatchObject({ state: "waiting", turn: "us" });
      expect(row.dueAt).not.toBeNull();
      await line.post(statusBody(correlation, "delivered"));
      await until("delivered", async () => (await answer()).status === "delivered");
      expect((await answer()).error).toBeNull();
    } finally {
      await line.receipts({ off: false });
    }
  });

  test("shuffled and doubled end where they should", async () => {
    await line.receipts({ delayMs: 200, shuffle: true, double: true });
    try {
      const talks = await Promise.all(Array.from({ length: 8 }, () => answered()));
      for (const { answer } of talks) await until("read", async () => (await answer()).status === "read");
      for (const { from } of talks) expect(await line.sentTo(from)).toHaveLength(1);
    } finally {
      await line.receipts({ delayMs: [20, 100, 200], shuffle: false, double: false });
    }
  });
});

describe("24 hours after the customer's last message", () => {
  test("no free text goes out: not the bot's, not a person's; a template does", async () => {
    const [from, name] = [newNumber(), `Old ${randomUUID().slice(0, 8)}`];
    await line.say({
      from,
      name,
      text: "Wann haben Sie geöffnet?",
      at: Math.floor(Date.now() / 1000) - 25 * 3600,
    });
    const row = await conversationOf(company.owner, name);
    const late = await until("a case for a person", async () => {
      const found = await company.owner.call(api.getConversation, { params: { id: row.id } });
      return found.state === "waiting" && found;
    });
    expect(Date.parse(late.windowUntil ?? "")).toBeLessThan(Date.now());
    const refused = await company.owner.refused(api.sendMessage, {
      params: { id: row.id },
      body: { clientId: randomUUID(), text: "Zu spät" },
    });
    expect(refused).toMatchObject({ status: 422, code: "window_closed" });
    expect(await line.sentTo(from)).toEqual([]);
    const template = { name: "wieder_da", language: "de", parameters: ["Ada"] };
    const message = await company.owner.call(api.sendMessage, {
      params: { id: row.id },
      body: { clientId: randomUUID(), template },
    });
    expect(message.type).toBe("template");
    const [sent] = await line.answers(from);
    expect(sent?.body).toMatchObject({
      type: "template",
      template: { name: "wieder_da", language: { code: "de" } },
    });
    await until("Meta's receipt says what it bills the template as", async () => {
      const rows = await query(node, "select billed from kernel.message where id = $1", [message.id]);
      return rows[0]?.billed === "utility";
    });
    // The customer writes again: the window is open again.
    await line.say({ from, name, text: "Ja bitte" });
    await until("an open window", async () => {
      const found = await company.owner.call(api.getConversation, { params: { id: row.id } });
      return Date.parse(found.windowUntil ?? "") > Date.now();
    });
  });
});

test("a request that hung until it timed out is not sent twice: its receipt counts", async () => {
  await quiet(Math.max(0, HUNG_MS - (performance.now() - hungAt)));
  expect(await hung.sent()).toHaveLength(1);
});
