import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callApi } from "../src/channels/telegram/client.ts";
import { telegram } from "../src/channels/telegram/index.ts";
import type { ChannelAccount, Content, Inbound, OutboundMessage, ProviderApp } from "../src/kernel/index.ts";
import type { Simulator } from "../src/simulator/http.ts";
import { startTelegram } from "../src/simulator/telegram.ts";

/** The adapter against the simulator, over real HTTP: what one sends the other must find good. */

const token = "7000000001:simulated";
const app: ProviderApp = { id: "shop", kind: "telegram", secret: "Geheim_1", verifyToken: null };
let simulator: Simulator;
let account: ChannelAccount;

beforeEach(async () => {
  simulator = await startTelegram({ token });
  account = {
    id: 1,
    tenantId: 1,
    kind: "telegram",
    appId: app.id,
    address: app.id,
    name: "Shop",
    apiBase: simulator.url,
    token,
    settings: {},
  };
});

afterEach(() => simulator.close());

interface Sent {
  at: string;
  to: string;
  type: string;
  body: Record<string, unknown>;
}

async function ask(path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${simulator.url}${path}`, {
    method: body ? "POST" : "GET",
    ...(body && { body: JSON.stringify(body) }),
  });
  return response.json();
}

const sent = async () => (await ask("/_sent")) as Sent[];
const stats = async () => (await ask("/_stats")) as Record<string, number>;

function send(content: Content, more: Partial<OutboundMessage> = {}) {
  return telegram.send({ correlation: "c1", to: "4711", content, ...more }, account);
}

const words: Content = { type: "text", text: "Moin" };

describe("sending", () => {
  it("is accepted with rising message ids, and logged in order as received", async () => {
    const one = await send(words);
    const two = await send(
      { type: "text", text: "Noch was", options: [{ id: "a", title: "A" }] },
      { replyTo: "4711:7" },
    );
    expect([one.outcome, two.outcome]).toEqual(["accepted", "accepted"]);
    const ids = [one, two].map((each) => ("externalId" in each ? Number(each.externalId.split(":")[1]) : 0));
    expect(ids[1]).toBe((ids[0] ?? 0) + 1);
    const log = await sent();
    expect(log.map(({ to, type }) => `${type} ${to}`)).toEqual(["sendMessage 4711", "sendMessage 4711"]);
    expect(log[1]?.body).toMatchObject({ chat_id: 4711, reply_parameters: { message_id: 7 } });
  });

  it("uploads a file with its name and type", async () => {
    const bytes = Buffer.from("%PDF-1.7 äöü");
    const readFile = async () => ({ bytes, mime: "application/pdf", name: "Rechnung.pdf" });
    const media = { fileId: "f1", mime: "application/pdf" };
    const result = await send({ type: "document", text: "Bitte", media }, { readFile, replyTo: "4711:7" });
    expect(result.outcome).toBe("accepted");
    const [entry] = await sent();
    expect(entry).toMatchObject({
      type: "sendDocument",
      body: {
        caption: "Bitte",
        document: { name: "Rechnung.pdf", mime: "application/pdf", size: bytes.length },
      },
    });
  });

  it("sends every kind of content that the simulator's schema accepts", async () => {
    const readFile = async () => ({ bytes: Buffer.from("x"), mime: "image/png", name: "x.png" });
    const media = { fileId: "f1", mime: "image/png" };
    const contents: Content[] = [
      { type: "text", text: "x".repeat(4096) },
      { type: "text", text: "x", image: media, options: [{ id: "i".repeat(200), title: "lang" }] },
      { type: "text", text: "x".repeat(2000), image: media, link: "https://example.org" },
      { type: "image", media },
      { type: "video", media: { fileId: "f1", mime: "video/mp4" } },
      { type: "audio", media: { fileId: "f1", mime: "audio/ogg", voice: true } },
      { type: "audio", media: { fileId: "f1", mime: "audio/mpeg" } },
      { type: "sticker", media: { fileId: "f1", mime: "image/webp" } },
      { type: "location", latitude: 53.5, longitude: 9.9, name: "Kontor" },
      { type: "location", latitude: 53.5, longitude: 9.9 },
      { type: "contacts", text: "", contacts: [{ name: "Ben", phones: ["+4940"] }] },
    ];
    for (const content of contents) {
      expect(await send(content, { readFile })).toMatchObject({ outcome: "accepted" });
    }
    // The third is two: its text is too long for a caption.
    expect(await sent()).toHaveLength(contents.length + 1);
  });

  it.each([
    [
      { status: 429, code: 429, retryAfter: 3 },
      { outcome: "retry", afterMs: 3000, scope: "account" },
    ],
    [
      { status: 403, code: 403 },
      { outcome: "failed", action: "blocked" },
    ],
    [
      { status: 400, code: 400 },
      { outcome: "failed", action: "never" },
    ],
    [
      { status: 401, code: 401 },
      { outcome: "failed", action: "red" },
    ],
    [{ status: 502, code: 502 }, { outcome: "uncertain" }],
    [{ status: 503, code: 503 }, { outcome: "retry" }],
    [{ mode: "reset" }, { outcome: "uncertain" }],
    [{ mode: "lost" }, { outcome: "uncertain" }],
  ])("failure %j becomes %j, once", async (plan, expected) => {
    await ask("/_fail", { ...plan, times: 1 });
    expect(await send(words)).toMatchObject(expected);
    expect(await send(words)).toMatchObject({ outcome: "accepted" });
    const isLost = "mode" in plan && plan.mode === "lost";
    expect(await sent()).toHaveLength(isLost ? 2 : 1);
  });

  it("is lost, not refused, when no answer comes in time", async () => {
    await ask("/_fail", { mode: "hang", times: 1 });
    const answer = await callApi(account, "sendMessage", { chat_id: 4711, text: "x" }, 100);
    expect(answer).toEqual({ kind: "lost", reason: "UND_ERR_HEADERS_TIMEOUT" });
    expect(await sent()).toHaveLength(1);
  });

  it("to nobody's port is tried again, as nothing left; with a wrong token the account is red", async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const nowhere = { ...account, apiBase: `http://127.0.0.1:${port}` };
    const message = { correlation: "c", to: "4711", content: words };
    expect(await telegram.send(message, nowhere)).toMatchObject({ outcome: "retry", error: { code: 0 } });
    const stranger = { ...account, token: "7000000002:wrong" };
    const result = await telegram.send(message, stranger);
    expect(result).toMatchObject({ outcome: "failed", action: "red" });
    expect(JSON.stringify(result)).not.toContain("wrong");
  });
});

interface Hooked {
  headers: IncomingHttpHeaders;
  raw: Buffer;
}

/** A small node: keeps what comes in, answers with the next of `statuses`, then 200. */
async function webhook(statuses: number[] = []) {
  const got: Hooked[] = [];
  const waiting: ((value: Hooked) => void)[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(statuses.shift() ?? 200).end();
    const hooked = { headers: request.headers, raw: Buffer.concat(parts) };
    const next = waiting.shift();
    if (next) next(hooked);
    else got.push(hooked);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const next = (): Promise<Hooked> => {
    const first = got.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
  };
  return {
    url: `http://127.0.0.1:${port}/hooks/${app.id}`,
    next,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function read(hooked: Hooked): Inbound {
  expect(telegram.verify(hooked, app)).toHaveLength(16);
  expect(telegram.looksBroken(hooked.raw)).toBe(false);
  expect(telegram.addressOf(hooked.raw, app)).toBe(app.id);
  return telegram.parse(hooked.raw, app, Date.now())[0] as Inbound;
}

describe("a connected bot", () => {
  let hook: Awaited<ReturnType<typeof webhook>>;

  beforeEach(async () => {
    hook = await webhook();
    expect(await telegram.connect?.(account, { url: hook.url, secret: app.secret })).toMatchObject({
      ok: true,
    });
  });

  afterEach(() => hook.close());

  it("is well, and says so", async () => {
    expect(await telegram.check?.(account)).toEqual({
      ok: true,
      text: "@simulated_7000000001_bot: webhook set, 0 updates wait",
    });
    expect(await telegram.check?.({ ...account, token: "1:x" })).toMatchObject({ ok: false });
    await ask("/bot7000000001:simulated/deleteWebhook");
    expect(await telegram.check?.(account)).toMatchObject({ ok: false });
  });

  it("hears a customer: start, words, a press that is acknowledged, a block", async () => {
    await ask("/_customer", { from: 4711, name: "Ada Jansen", start: "u6" });
    expect(read(await hook.next())).toMatchObject({
      content: { text: "/start u6" },
      profileName: "Ada Jansen",
    });
    const question: Content = {
      type: "text",
      text: "Worum?",
      options: [{ id: "topic:a", title: "Rechnung" }],
    };
    const asked = await send(question);
    await ask("/_customer", { from: 4711, press: "topic:a" });
    const press = read(await hook.next());
    expect(press).toMatchObject({
      content: { type: "choice", id: "topic:a", text: "Rechnung" },
      replyTo: "externalId" in asked ? asked.externalId : "",
    });
    const replyTo = press.kind === "message" ? press.externalId : "";
    await telegram.acknowledge?.(account, replyTo);
    await telegram.typing?.(account, "4711", "4711:1");
    expect(await send(words, { replyTo })).toMatchObject({ outcome: "accepted" });
    expect(await stats()).toMatchObject({ answerCallbackQuery: 2, sendChatAction: 1, accepted: 2 });
    await ask("/_customer", { from: 4711, block: true });
    expect(read(await hook.next())).toMatchObject({ kind: "preference", preference: "stop" });
    expect(await send(words)).toMatchObject({ outcome: "failed", action: "blocked" });
  });

  it("fetches a file that the customer sent; one that is gone is unavailable", async () => {
    const base64 = Buffer.from("Grüße").toString("base64");
    await ask("/_customer", {
      from: 4711,
      text: "hier",
      file: { name: "a b.txt", mime: "text/plain", base64 },
    });
    const item = read(await hook.next());
    if (item.kind !== "message" || item.content.type !== "document") throw new Error("no document came");
    expect(item.content).toMatchObject({
      text: "hier",
      media: { mime: "text/plain", name: "a b.txt", size: 7 },
    });
    const providerId = item.content.media.providerId ?? "";
    expect(await telegram.fetchMedia?.(account, providerId)).toMatchObject({
      bytes: Buffer.from("Grüße"),
      mime: "text/plain",
    });
    await expect(telegram.fetchMedia?.(account, "gone")).rejects.toMatchObject({ code: "media_unavailable" });
  });
});

it("an update comes again until it is taken, in order, with the same bytes", async () => {
  const hook = await webhook([503, 500]);
  simulator.configure({ webhook: hook.url, secretToken: app.secret, token });
  await ask("/_customer", { from: 4711, text: "eins" });
  await ask("/_customer", { from: 4711, text: "zwei" });
  const bodies = [await hook.next(), await hook.next(), await hook.next(), await hook.next()];
  hook.close();
  const keys = bodies.map((hooked) => telegram.verify(hooked, app)?.toString("hex"));
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).toBe(keys[0]);
  expect(bodies.map(read).map((item) => (item.kind === "message" ? item.content : null))).toMatchObject([
    { text: "eins" },
    { text: "eins" },
    { text: "eins" },
    { text: "zwei" },
  ]);
});

describe("the simulator", () => {
  const call = (method: string, body: object) =>
    fetch(`${simulator.url}/bot${token}/${method}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }).then((response) => response.json());
  const button = (callback_data: string) => ({ inline_keyboard: [[{ text: "A", callback_data }]] });

  it.each([
    ["message text is empty", { chat_id: 1 }],
    ["message is too long", { chat_id: 1, text: "x".repeat(4097) }],
    ["chat_id is empty", { text: "x" }],
    ['parameter "chat_id" is no', { chat_id: true, text: "x" }],
    ["BUTTON_DATA_INVALID", { chat_id: 1, text: "x", reply_markup: button("ä".repeat(33)) }],
    ["BUTTON_DATA_INVALID", { chat_id: 1, text: "x", reply_markup: button("") }],
    ['unknown parameter "reply_to"', { chat_id: 1, text: "x", reply_to: 1 }],
    ['parameter "reply_parameters" is no', { chat_id: 1, text: "x", reply_parameters: {} }],
  ])("refuses a sendMessage: %s (%#)", async (description, body) => {
    expect(await call("sendMessage", body)).toMatchObject({
      ok: false,
      error_code: 400,
      description: expect.stringContaining(description),
    });
    expect(await sent()).toEqual([]);
  });

  it("knows no method that is not the Bot API's, and no other token", async () => {
    expect(await call("sendPigeon", {})).toMatchObject({ ok: false, error_code: 404 });
    expect(await ask("/bot1:other/getMe")).toMatchObject({ ok: false, error_code: 401 });
  });
});
