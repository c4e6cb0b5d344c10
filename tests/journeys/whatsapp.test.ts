import { createHmac, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import type { ApiClient } from "../outside/api-client.ts";
import { connectWhatsapp, newCompany } from "../outside/company.ts";
import {
  conversationOf,
  conversationsOf,
  messagesOf,
  messagesWhen,
  originOf,
  ownerOf,
} from "../outside/desk.ts";
import { quiet, until } from "../outside/until.ts";
import {
  envelope,
  newNumber,
  newWamid,
  saidValue,
  sign,
  tell,
  WhatsappLine,
  wordsOf,
} from "../outside/whatsapp.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A customer writes by WhatsApp, and is answered: everything as Meta sends it and takes it. */

let node: SharedNode;
let line: WhatsappLine;
let desk: ApiClient;

beforeAll(async () => {
  node = await sharedNode();
  line = new WhatsappLine(node.report.whatsapp, node.report.whatsapp.simulator);
  desk = ownerOf(node.report);
});

/** Nobody else in this run has this name. */
const newName = (): string => `Käthe ${randomUUID().slice(0, 8)}`;
const now = (): number => Math.floor(Date.now() / 1000);
const phoneId = (): string => node.report.whatsapp.phoneNumberId;

/** The simulator writes for an invented customer, as Meta would. */
const customer = (body: Record<string, unknown>) => tell(line.simulator, "/_customer", body);

describe("the door", () => {
  test("answers Meta's handshake, and nobody else's", async () => {
    const ask = (token: string, mode = "subscribe") =>
      fetch(
        `${line.access.webhook}?hub.mode=${mode}&hub.challenge=1158201444&hub.verify_token=${encodeURIComponent(token)}`,
      );
    const right = await ask(node.report.whatsapp.verifyToken);
    expect([right.status, await right.text()]).toEqual([200, "1158201444"]);
    for (const wrong of [await ask("wrong"), await ask(""), await ask(node.report.whatsapp.verifyToken, "x")])
      expect(wrong.status).toBe(403);
    expect((await fetch(`${originOf(node.report)}/hooks/nobody`)).status).toBe(404);
  });

  test("refuses a wrong signature with 401 and stores nothing", async () => {
    const name = newName();
    const raw = envelope(saidValue(phoneId(), { from: newNumber(), name, text: "Moin" }));
    const right = sign(raw, line.access.appSecret);
    for (const header of [
      sign(raw, "wrong"),
      sign(`${raw} `, line.access.appSecret),
      right.toUpperCase(),
      right.slice(0, -1),
      right.replace("sha256=", "sha1="),
      `sha256=${createHmac("sha1", line.access.appSecret).update(raw).digest("hex")}`,
      "",
    ])
      expect((await line.post(raw, { "x-hub-signature-256": header })).status, header).toBe(401);
    const missing = await fetch(line.access.webhook, { method: "POST", body: raw });
    expect(missing.status).toBe(401);
    expect(missing.headers.get("content-type")).toContain("application/problem+json");
    await quiet(700);
    expect(await conversationsOf(desk, name)).toEqual([]);
  });

  test("answers signed rubbish with 400 and too much with 413", async () => {
    for (const raw of ["", "not json", '{"object":', "[]", '{"entry":[,]}', '{"a":1} x', "{broken}"])
      expect((await line.post(raw)).status, raw).toBe(400);
    const huge = envelope(saidValue(phoneId(), { from: newNumber(), text: "x".repeat(3 * 1024 * 1024) }));
    const refused = await line.post(huge);
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([413, "too_large"]);
  });

  test("takes the bytes as they are: escaped unicode, white space, any order of fields", async () => {
    const [from, name] = [newNumber(), newName()];
    const raw = envelope(saidValue(phoneId(), { from, name, text: "Grüße aus Köln 🚲" }));
    const escaped = raw.replace(
      /[\u0080-\uffff]/g,
      (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    expect((await line.post(`\n  ${escaped.replaceAll("/", "\\/")}  \n`)).status).toBe(200);
    const { id } = await conversationOf(desk, name);
    expect((await messagesOf(desk, id))[0]?.text).toBe("Grüße aus Köln 🚲");
  });
});

describe("one question", () => {
  test.each([
    ["de", "Wann kommt meine Lieferung?"],
    ["en", "When will my delivery arrive?"],
  ])("in %s is answered in that language, once, and its ticks rise", async (language, text) => {
    const [from, name] = [newNumber(), newName()];
    const id = await line.say({ from, name, text });
    const [sent] = await line.answers(from);
    const { id: conversationId } = await conversationOf(desk, name);
    const read = (each: api.Message[]) => each.some((m) => m.author === "bot" && m.status === "read");
    const messages = await messagesWhen(desk, conversationId, { named: "read", holds: read });
    const [asked, answer] = messages;
    expect(asked).toMatchObject({ author: "customer", text, status: "received", authorName: name });
    expect(answer).toMatchObject({ author: "bot", language });
    expect(wordsOf(sent as never)).toContain(answer?.text.slice(0, 40));
    // The webhook comes again, as Meta does for seven days.
    for (let n = 0; n < 3; n++) await line.say({ from, name, text, id });
    await quiet(600);
    expect(await line.sentTo(from)).toHaveLength((await line.answers(from)).length);
    expect((await messagesOf(desk, conversationId)).filter((m) => m.author === "customer")).toHaveLength(1);
  });
});

describe("batches", () => {
  test("with broken elements: the rest is handled, what was broken stands in the parked list", async () => {
    const [first, second] = [newName(), newName()];
    const before = (await desk.call(api.listParked)).items.length;
    const body = JSON.parse(
      envelope(
        saidValue(phoneId(), { from: newNumber(), name: first, text: "Wo ist mein Paket?" }),
        saidValue(phoneId(), { from: newNumber(), name: second, text: "Was kostet der Versand?" }),
      ),
    );
    body.entry[0].changes[0].value.messages.unshift(null, 42, "x", { id: "wamid.x", type: "text" });
    body.entry[0].changes.splice(
      1,
      0,
      null,
      { field: "messages", value: "x" },
      { field: "brand_new", value: {} },
    );
    body.entry.push(null, { id: "1" }, { id: "2", changes: "x" });
    expect((await line.post(JSON.stringify(body))).status).toBe(200);
    await conversationOf(desk, first);
    await conversationOf(desk, second);
    const parked = await until("parked rows", async () => {
      const { items } = await desk.call(api.listParked);
      return items.length > before && items;
    });
    expect(parked[0]?.reason).not.toBe("");
    const { parked: count } = await desk.call(api.countConversations);
    expect(count).toBeGreaterThan(0);
    for (const { id } of parked)
      await desk.call(api.settleParked, { params: { id }, body: { decision: "dismiss" } });
    expect((await desk.call(api.listParked)).items).toEqual([]);
  });

  test("of kinds nobody knows become placeholders, and the conversation goes to a person", async () => {
    const [from, name] = [newNumber(), newName()];
    await line.say({ from, name, message: { type: "hologram", hologram: { id: "1" } } });
    await line.say({
      from,
      name,
      message: { type: "unsupported", errors: [{ code: 131051, title: "Message type unknown" }] },
    });
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "two placeholders",
      holds: (each) => each.filter((m) => m.author === "customer").length === 2,
    });
    expect(messages.filter((m) => m.author === "customer").map((m) => m.type)).toEqual([
      "unsupported",
      "unsupported",
    ]);
    const row = await until("handed over", async () => {
      const found = await desk.call(api.getConversation, { params: { id } });
      return found.state === "waiting" && found;
    });
    expect(row.handOver?.reason).toBe("media");
  });

  test("shuffled and doubled give the same conversation, in the provider's order", async () => {
    const [from, name] = [newNumber(), newName()];
    const start = now() - 60;
    const texts = ["eins eins", "zwei zwei", "drei drei", "vier vier", "fünf fünf"];
    const bodies = texts.map((text, n) => ({ from, name, text, at: start + n, id: newWamid() }));
    const order = [3, 0, 4, 1, 2, 0, 3, 4];
    for (const n of order) await line.say(bodies[n] as never);
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "all five",
      holds: (each) => each.filter((m) => m.author === "customer").length === 5,
    });
    expect(messages.filter((m) => m.author === "customer").map((m) => m.text)).toEqual(texts);
  });
});

test("a clock that runs ahead changes neither the order nor the window", async () => {
  const [from, name] = [newNumber(), newName()];
  await line.say({ from, name, text: "Was kostet der Versand?", at: now() + 3_600 });
  await line.answers(from);
  const row = await conversationOf(desk, name);
  expect(Date.parse(row.lastMessageAt)).toBeLessThanOrEqual(Date.now());
  expect(Date.parse(row.windowUntil ?? "")).toBeLessThanOrEqual(Date.now() + 24 * 3_600_000);
  await line.say({ from, name, text: "Ich möchte mit einem Menschen sprechen" });
  await line.answers(from, 2);
  const messages = await messagesOf(desk, row.id);
  expect(messages.map((m) => m.author)).toEqual(["customer", "bot", "customer", "bot", "system"]);
});

describe("people without a number", () => {
  test("are known by their user id, and answered to `recipient`", async () => {
    const [userId, name] = [`DE.${Date.now()}${Math.floor(Math.random() * 1e6)}`, newName()];
    await line.say({ userId, name, text: "Wie kann ich etwas zurückgeben?" });
    const [sent] = await line.answers(userId);
    expect(sent?.body).toMatchObject({ recipient: userId });
    expect(sent?.body).not.toHaveProperty("to");
    // The same person shows the number later: one contact, two more identities.
    const from = newNumber();
    await line.say({ userId, from, name, text: "Danke schön" });
    const { contact } = await conversationOf(desk, name);
    const identities = await until("both identities", async () => {
      const found = await desk.call(api.getContact, { params: { id: contact.id } });
      return found.identities.length >= 2 && found.identities;
    });
    expect(identities.map((each) => each.value)).toEqual(expect.arrayContaining([userId, from]));
  });
});

describe("words as they come", () => {
  test.each([
    ["HTML", "<script>alert(1)</script><b>Moin</b> &amp;", "<script>alert(1)</script><b>Moin</b> &amp;"],
    ["emoji", "👩‍👩‍👧‍👦🇩🇪 ok?", "👩‍👩‍👧‍👦🇩🇪 ok?"],
    ["NUL", "vor\u0000nach", "vornach"],
    ["a lone surrogate", "vor\ud800nach", "vor\ufffdnach"],
    ["right to left", "مرحبا \u202Eabc", "مرحبا \u202Eabc"],
    ["9,000 characters", "ä".repeat(9_000), "ä".repeat(9_000)],
  ])("%s is text", async (_, text, stored) => {
    const name = newName();
    const from = newNumber();
    const raw = envelope(saidValue(phoneId(), { from, name, text }));
    expect((await line.post(raw)).status).toBe(200);
    const { id } = await conversationOf(desk, name);
    const messages = await messagesOf(desk, id);
    expect(messages[0]).toMatchObject({ type: "text", text: stored });
    // Whatever it was: the customer is not left without a word.
    expect((await line.answers(from)).length).toBeGreaterThan(0);
  });
});

describe("media", () => {
  const PNG = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  test("of a customer is fetched, checked, and served so that it cannot run", async () => {
    const [from, name] = [newNumber(), newName()];
    await customer({
      from,
      name,
      text: "So sieht es aus",
      media: { type: "image", mime: "image/png", base64: PNG.toString("base64") },
    });
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "the picture",
      holds: (each) => each.some((m) => m.media?.fileId),
    });
    const picture = messages.find((m) => m.media);
    expect(picture).toMatchObject({ type: "image", text: "So sieht es aus", media: { mime: "image/png" } });
    expect(picture?.media?.size).toBe(PNG.length);
    const served = await fetch(originOf(node.report) + picture?.media?.url, { headers: desk.headers });
    expect(Buffer.from(await served.arrayBuffer()).equals(PNG)).toBe(true);
    expect(served.headers.get("content-type")).toBe("image/png");
    expect(served.headers.get("content-disposition")).toMatch(/^inline/);
    expect(served.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(originOf(node.report) + picture?.media?.url)).status).toBe(401);
  });

  test("that says it is a picture and is a page is never shown as one", async () => {
    const [from, name] = [newNumber(), newName()];
    const page = Buffer.from("<!doctype html><script>alert(document.domain)</script>");
    await customer({
      from,
      name,
      media: { type: "document", mime: "text/html", name: "bild.html", base64: page.toString("base64") },
    });
    const { id } = await conversationOf(desk, name);
    const messages = await messagesWhen(desk, id, {
      named: "fetched or refused",
      holds: (each) => each.some((m) => m.media && (m.media.fileId !== null || m.detail !== null)),
    });
    const media = messages.find((m) => m.media)?.media;
    if (!media?.url) return;
    const served = await fetch(originOf(node.report) + media.url, { headers: desk.headers });
    expect(served.headers.get("content-type")).not.toMatch(/html/);
    expect(served.headers.get("content-disposition")).toMatch(/^attachment/);
  });
});

describe("a person takes over", () => {
  test("when the customer asks for one; the answer leaves once, and its ticks come back", async () => {
    const [from, name] = [newNumber(), newName()];
    await line.say({ from, name, text: "Ich möchte mit einem Menschen sprechen" });
    const { id } = await conversationOf(desk, name);
    const row = await until("handed over", async () => {
      const found = await desk.call(api.getConversation, { params: { id } });
      return found.state === "waiting" && found;
    });
    expect(row).toMatchObject({ turn: "us", handOver: { reason: "asked" } });
    expect(row.waitingSince).not.toBeNull();
    expect(row.dueAt).not.toBeNull();
    const before = (await line.answers(from)).length;
    await desk.call(api.takeConversation, { params: { id } });
    const clientId = randomUUID();
    const body = { clientId, text: "Guten Tag, hier ist Jana. Wie kann ich helfen? 🙂" };
    const replies = await Promise.all(
      [1, 2, 3].map(() => desk.call(api.sendMessage, { params: { id }, body })),
    );
    expect(new Set(replies.map((reply) => reply.id)).size).toBe(1);
    const sent = await line.answers(from, before + 1);
    expect(sent.at(-1)?.body).toMatchObject({ to: from, type: "text", text: { body: body.text } });
    await messagesWhen(desk, id, {
      named: "read",
      holds: (each) => each.some((m) => m.author === "agent" && m.status === "read"),
    });
    // The bot is silent now.
    await line.say({ from, name, text: "Was kostet der Versand?" });
    await messagesWhen(desk, id, {
      named: "the question",
      holds: (each) => each.at(-1)?.text === "Was kostet der Versand?",
    });
    await quiet(700);
    expect(await line.sentTo(from)).toHaveLength(before + 1);
    const waiting = await desk.call(api.getConversation, { params: { id } });
    expect(waiting).toMatchObject({ state: "person", turn: "us" });
    expect(waiting.dueAt).not.toBeNull();
  });
});

test("whoever knows one app's secret cannot speak for a number of another app", async () => {
  const other = await newCompany(node);
  const theirs = await connectWhatsapp(node, other);
  const name = newName();
  const about = (phoneNumberId: string, who = name) =>
    envelope(saidValue(phoneNumberId, { from: newNumber(), name: who, text: "Moin" }));
  // Signed by their app, about our number; by ours, about theirs; and about a number that nobody has.
  expect((await theirs.line.post(about(phoneId()))).status).toBe(200);
  expect((await line.post(about(theirs.line.access.phoneNumberId))).status).toBe(200);
  expect((await line.post(about("99999999999999"))).status).toBe(200);
  const [last, theirLast] = [newName(), newName()];
  await line.post(about(phoneId(), last));
  await theirs.line.post(about(theirs.line.access.phoneNumberId, theirLast));
  await conversationOf(desk, last);
  await conversationOf(other.owner, theirLast);
  // What came before these is handled: it was for neither of the two.
  expect(await conversationsOf(desk, name)).toEqual([]);
  expect(await conversationsOf(other.owner, name)).toEqual([]);
  await theirs.close();
});
