import { createHash, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitorEvent } from "#kernel/api";
import { typingTopic } from "../../src/kernel/desk/typing.ts";
import { type History, Stream, startWebNode, type WebNode } from "./web-node.ts";

const SITE = "https://www.hansekontor.example";
let node: WebNode;
let company: Awaited<ReturnType<WebNode["company"]>>;

beforeAll(async () => {
  node = await startWebNode({
    hooks: {
      mostAsked: async () => ({
        de: [{ id: "topic:delivery", title: "Wo ist meine Bestellung?" }],
        en: [{ id: "topic:delivery", title: "Where is my order?" }],
      }),
    },
  });
  company = await node.company("visitor-key", { origins: [`${SITE}/shop/`] });
});
afterAll(() => node.close());

let visitors = 0;
/** A browser that comes for the first time. */
function browser(key = "visitor-key") {
  const visitor = createHash("sha256").update(`visitor ${visitors++}`).digest("base64url");
  const headers = { authorization: `Visitor ${visitor}` };
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${node.url}/web/${key}${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    });
  const post = (path: string, body: unknown) =>
    call(path, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });
  return {
    visitor,
    call,
    post,
    say: (text: string, more: object = {}) => post("/messages", { clientId: randomUUID(), text, ...more }),
    history: async (): Promise<History> => (await call("/messages")).json(),
    stream: (lastId?: string | null) => Stream.open(`${node.url}/web/${key}/stream`, headers, lastId),
  };
}

const count = async (table: string): Promise<number> => {
  const { rows } = await node.world.kernel.db.node.query<{ n: number }>(
    `select count(*)::int n from kernel.${table}`,
  );
  return (rows[0] as { n: number }).n;
};

describe("before the customer speaks", () => {
  it("the chat gets its settings and nothing is stored", async () => {
    const before = await Promise.all([
      count("contact"),
      count("conversation"),
      count("inbox"),
      count("event"),
    ]);
    const response = await fetch(`${node.url}/web/visitor-key/settings`);
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.json()).toMatchObject({
      company: "Kontor visitor-key",
      greeting: { de: "Moin." },
      mostAsked: { en: [{ id: "topic:delivery", title: "Where is my order?" }] },
      accent: { light: { "--ah-accent": expect.stringMatching(/^#/) } },
      people: { here: true, next: null },
      whatsapp: null,
    });
    expect(await browser().history()).toMatchObject({ items: [], state: { speaker: "bot" } });
    expect(
      await Promise.all([count("contact"), count("conversation"), count("inbox"), count("event")]),
    ).toEqual(before);
  });

  it("links to the company's messengers, and its page has the key", async () => {
    const other = await node.company("links-key");
    await node.world.channel(other.id, {
      kind: "whatsapp",
      address: "10001",
      settings: { displayPhone: "+49 40 6696 9148" },
    });
    await node.world.channel(other.id, {
      kind: "telegram",
      address: "77",
      settings: { botName: "@kontor_bot" },
    });
    expect(await (await fetch(`${node.url}/web/links-key/settings`)).json()).toMatchObject({
      whatsapp: "https://wa.me/494066969148",
      telegram: "https://t.me/kontor_bot",
    });
    const slug = node.world.kernel.registry.tenant(other.id)?.slug;
    expect(await (await fetch(`${node.url}/c/${slug}/data`)).json()).toMatchObject({ key: "links-key" });
    expect((await fetch(`${node.url}/c/nobody/data`)).status).toBe(404);
  });
});

describe("the conversation", () => {
  it("a question is answered: the stream opened before the first message was handled brings both", async () => {
    const customer = browser();
    const clientId = randomUUID();
    const sent = await customer.post("/messages", { clientId, text: "Menü", name: "Käthe" });
    expect([sent.status, await sent.json()]).toEqual([202, { accepted: true }]);
    const { cursor } = await customer.history();
    const stream = await customer.stream(cursor);
    await node.world.settle();
    await stream.until((one) => one.of("message").some(({ message }) => message.author === "bot"));
    for (const { data } of stream.events) visitorEvent.parse(data);
    expect(stream.of("message").map(({ message }) => message)).toMatchObject([
      { author: "customer", text: "Menü", clientId, status: "received" },
      {
        author: "bot",
        text: "Echo: Menü",
        clientId: null,
        source: "Echo",
        status: "sent",
        options: [{ id: "topic:delivery", title: "Lieferung" }],
      },
    ]);
    stream.close();
    const { items, state } = await customer.history();
    expect(items.map(({ text }) => text)).toEqual(["Menü", "Echo: Menü"]);
    expect(state).toEqual({ speaker: "bot", personName: null });
  });

  it("the same clientId is taken once, however often it is sent", async () => {
    const customer = browser();
    const body = { clientId: randomUUID(), text: "einmal" };
    await Promise.all([customer.post("/messages", body), customer.post("/messages", body)]);
    await node.world.settle();
    await customer.post("/messages", body);
    await node.world.settle();
    expect((await customer.history()).items).toHaveLength(2);
  });

  it("the key is nowhere: only its hash is stored", async () => {
    const customer = browser();
    await customer.say("Hallo");
    await node.world.settle();
    const hash = createHash("sha256").update(customer.visitor).digest("base64url");
    const { rows } = await node.world.kernel.db.node.query(
      "select value from kernel.identity where value = any($1)",
      [[hash, customer.visitor]],
    );
    expect(rows).toEqual([{ value: hash }]);
    const raw = await node.world.kernel.db.node.query<{ body: Buffer }>("select body from kernel.inbox");
    expect(raw.rows.some(({ body }) => body.includes(customer.visitor))).toBe(false);
  });

  it("a resumed stream brings what was missed, once; another visitor's stream brings none of it", async () => {
    const [customer, stranger] = [browser(), browser()];
    for (const one of [customer, stranger]) await one.say("eins");
    await node.world.settle();
    const first = await customer.stream((await customer.history()).cursor);
    const other = await stranger.stream((await stranger.history()).cursor);
    await customer.say("zwei");
    await node.world.settle();
    await first.until((one) => one.of("message").some(({ message }) => message.text === "Echo: zwei"));
    first.close();
    await customer.say("drei");
    await node.world.settle();
    const second = await customer.stream(first.lastId);
    await second.until((one) => one.of("message").some(({ message }) => message.text === "Echo: drei"));
    // A tick of "Echo: zwei" may still be on its way when the first stream closes: an update of a known row, no double.
    const known = new Set(first.of("message").map(({ message }) => message.id));
    const fresh = second.of("message").filter(({ message }) => !known.has(message.id));
    expect(fresh.map(({ message }) => message.text)).toEqual(["drei", "Echo: drei"]);
    await stranger.say("fertig");
    await node.world.settle();
    await other.until((one) => one.of("message").some(({ message }) => message.text === "Echo: fertig"));
    expect(new Set(other.of("message").map(({ message }) => message.text))).toEqual(
      new Set(["fertig", "Echo: fertig"]),
    );
    for (const stream of [second, other]) stream.close();
  });

  it("shows who speaks when it changes, and neither notes nor what has not left the house", async () => {
    const customer = browser();
    await customer.say("Hallo");
    await node.world.settle();
    const stream = await customer.stream((await customer.history()).cursor);
    await customer.say("Mensch");
    await node.world.settle();
    await stream.until((one) => one.of("state").some(({ state }) => state.speaker === "waiting"));
    const { items, state } = await customer.history();
    expect(state).toEqual({ speaker: "waiting", personName: null });
    expect(items.every(({ author }) => author !== "system")).toBe(true);
    await node.world.kernel.db.node.query(
      "update kernel.message set status = 'queued' where content ->> 'text' = 'Echo: Hallo'",
    );
    expect((await customer.history()).items.map(({ text }) => text)).toEqual(["Hallo", "Mensch"]);
    stream.close();
  });

  it("a person's writing is shown to this visitor, the visitor's to the desk", async () => {
    const customer = browser();
    await customer.say("Hallo", { name: "Uwe" });
    await node.world.settle();
    const { rows } = await node.world.kernel.db.node.query<{ conversation_id: number }>(
      "select conversation_id from kernel.message order by id desc limit 1",
    );
    const conversationId = (rows[0] as { conversation_id: number }).conversation_id;
    const { cursor } = await customer.history();
    const stream = await customer.stream(cursor);
    const desk = await Stream.open(`${node.url}/api/v1/events`, { "x-api-key": company.apiKey }, cursor);
    await customer.say("Noch da?");
    await node.world.settle();
    await Promise.all([stream, desk].map((one) => one.until(({ events }) => events.length > 0)));
    node.world.kernel.wire.notify(
      typingTopic({ tenantId: company.id, conversationId, side: "us", staffId: "u1", who: "Imke Petersen" }),
    );
    await stream.until((one) => one.of("typing").length > 0);
    expect(stream.of("typing")).toEqual([{ type: "typing", who: "Imke Petersen" }]);
    await customer.post("/typing", {});
    await desk.until((one) => one.of("typing").some(({ side }) => side === "customer"));
    expect(desk.of("typing").at(-1)).toEqual({
      type: "typing",
      conversationId,
      who: "Uwe",
      side: "customer",
      staffId: null,
    });
    for (const one of [stream, desk]) one.close();
  });

  it("what was seen moves the tick up, only in the own conversation, and is stored once", async () => {
    const [customer, stranger] = [browser(), browser()];
    for (const one of [customer, stranger]) await one.say("Hallo");
    await node.world.settle();
    const id = (await customer.history()).items[1]?.id;
    const statusOf = async () => (await customer.history()).items[1]?.status;
    await stranger.post("/seen", { ids: [id], status: "read" });
    await node.world.settle();
    expect(await statusOf()).toBe("sent");
    await customer.post("/seen", { ids: [id], status: "read" });
    await node.world.settle();
    expect(await statusOf()).toBe("read");
    const before = await count("inbox");
    expect((await customer.post("/seen", { ids: [id], status: "delivered" })).status).toBe(202);
    expect(await count("inbox")).toBe(before);
  });
});

describe("the door", () => {
  /** fetch forbids to set Origin. */
  const from = (origin: string, path: string, method = "GET", room = "web") =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const call = httpRequest(`${node.url}/${room}/${path}`, { method, headers: { origin } }, (response) => {
        let body = "";
        response.on("data", (piece) => {
          body += piece;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      call.on("error", reject);
      call.end();
    });

  it("lets the listed origin and our own in, with the answer that browsers ask for", async () => {
    for (const origin of [SITE, node.url]) {
      const { status, headers } = await from(origin, "visitor-key/settings");
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        vary: expect.stringContaining("origin"),
      });
      expect(headers["access-control-allow-credentials"]).toBeUndefined();
    }
    const preflight = await from(SITE, "visitor-key/messages", "OPTIONS");
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-headers"]).toBe(
      "authorization, content-type, last-event-id",
    );
  });

  it.each([
    "https://thief.example",
    "null",
    "http://www.hansekontor.example",
    "https://www.hansekontor.example.thief.example",
  ])("a page of %s cannot use the key", async (origin) => {
    for (const [path, method] of [
      ["settings", "GET"],
      ["messages", "OPTIONS"],
      ["messages", "POST"],
      ["stream", "GET"],
    ] as const) {
      const { status, headers, body } = await from(origin, `visitor-key/${path}`, method);
      expect(status).toBe(403);
      expect(JSON.parse(body).code).toBe("origin_not_allowed");
      // The widget may read why, and nothing else.
      expect(headers["access-control-allow-origin"]).toBe("*");
      expect(headers["access-control-allow-credentials"]).toBeUndefined();
    }
  });

  it("an address that is written differently leads through the same door", async () => {
    const { status, body } = await from("https://thief.example", "visitor-key/settings", "GET", "%77eb");
    expect([status, JSON.parse(body).code]).toEqual([403, "origin_not_allowed"]);
  });

  it("unknown and switched-off keys are 404, a missing visitor is 401, an empty message 400, a flood 429", async () => {
    await node.company("off-key");
    await node.world.kernel.db.node.query(
      "update kernel.channel set active = false where address = 'off-key'",
    );
    await node.world.kernel.registry.reload();
    for (const key of ["nobodys-key", "off-key"]) {
      expect((await browser(key).say("Hallo")).status).toBe(404);
      expect((await fetch(`${node.url}/web/${key}/settings`)).status).toBe(404);
    }
    const stranger = await fetch(`${node.url}/web/visitor-key/messages`, {
      headers: { authorization: "Visitor short" },
    });
    expect(stranger.status).toBe(401);
    expect((await browser().say("   ")).status).toBe(400);
    const flooder = browser();
    const answers = await Promise.all(Array.from({ length: 70 }, () => flooder.say("x")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });
});
