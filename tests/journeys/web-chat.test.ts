import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import * as api from "#kernel/api";
import { ApiClient } from "../outside/api-client.ts";
import { newCompany, query } from "../outside/company.ts";
import { conversationOf, messagesOf, originOf, ownerOf } from "../outside/desk.ts";
import { quiet, until } from "../outside/until.ts";
import { pageKey, Visitor } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** The chat on the company's page, spoken as the widget speaks. */

let node: SharedNode;
let base: string;
let key: string;
let desk: ApiClient;

beforeAll(async () => {
  node = await sharedNode();
  base = originOf(node.report);
  key = await pageKey(base, "hansekontor");
  desk = ownerOf(node.report);
});

const newName = (): string => `Gast-${randomUUID().slice(0, 8)}`;
type VisitorEvent = api.VisitorEvent;

describe("before anybody speaks", () => {
  test("the page shows what is asked most, in both languages, and the ways into the messengers", async () => {
    const client = new ApiClient(base, {});
    const settings = await client.call(api.visitorSettings, { params: { key } });
    expect(settings).toMatchObject({ company: "Hansekontor", language: "de" });
    expect(settings.mostAsked.de.length).toBeGreaterThanOrEqual(3);
    expect(settings.mostAsked.en.length).toBe(settings.mostAsked.de.length);
    expect(settings.whatsapp).toMatch(/^https:\/\/wa\.me\/\d+$/);
    expect(settings.telegram).toMatch(/^https:\/\/t\.me\/\w+$/);
    const reply = await client.raw("GET", `/web/${key}/settings`);
    expect(reply.headers.get("cache-control")).toContain("max-age");
    expect(reply.headers.get("set-cookie")).toBeNull();
  });

  test("no row is made by looking, listening or asking for the history", async () => {
    // A company of its own: on the demo, other journeys are speaking.
    const company = await newCompany(node);
    const channel = await company.owner.call(api.createChannel, {
      body: { kind: "web", name: "Shop", origins: ["https://shop.example"] },
    });
    expect(channel.snippet).toContain(channel.address);
    const visitor = new Visitor(base, channel.address);
    const countOf = (table: string) =>
      query(node, `select count(*)::int as n from kernel.${table} where tenant_id = $1`, [company.id]);
    expect(await visitor.history()).toMatchObject({ items: [], state: { speaker: "bot" } });
    const stream = await visitor.stream();
    expect(stream.status).toBe(200);
    await visitor.client.call(api.visitorTyping, { params: { key: channel.address } });
    await visitor.client.call(api.visitorSeen, {
      params: { key: channel.address },
      body: { ids: [randomUUID()], status: "read" },
    });
    await quiet(300);
    stream.close();
    for (const table of ["contact", "identity", "conversation", "message", "inbox_queue"])
      expect(await countOf(table), table).toEqual([{ n: 0 }]);
    await visitor.say("Moin");
    await visitor.answers();
    expect(await countOf("contact")).toEqual([{ n: 1 }]);
  });
});

describe("two clicks", () => {
  test.each(["de", "en"] as const)("in %s: a question asked most is answered at once", async (language) => {
    const settings = await new ApiClient(base, {}).call(api.visitorSettings, { params: { key } });
    for (const { id, title } of settings.mostAsked[language].slice(0, 3)) {
      const visitor = new Visitor(base, key);
      await visitor.say(title, { choice: id, language });
      const [answer] = await visitor.answers();
      expect(answer).toMatchObject({ author: "bot", language });
      expect(answer?.source, title).not.toBeNull();
    }
  });

  test("the answer comes down the stream, once, with who speaks", async () => {
    const visitor = new Visitor(base, key);
    const stream = await visitor.stream();
    await visitor.say("Wie kann ich etwas zurückgeben?", { language: "de" });
    const { message } = await stream.next<Extract<VisitorEvent, { type: "message" }>>(
      "the answer",
      (event) => event.type === "message" && event.message.author === "bot",
    );
    for (const { data } of stream.events) api.visitorEvent.parse(data);
    expect((await visitor.answers()).map(({ id }) => id)).toContain(message.id);
    stream.close();
  });
});

describe("nothing is lost or doubled", () => {
  test("the same clientId counts once, at once and later", async () => {
    const visitor = new Visitor(base, key);
    const clientId = randomUUID();
    await Promise.all([1, 2, 3, 4].map(() => visitor.say("Einmal bitte", { clientId })));
    await visitor.answers();
    await visitor.say("Einmal bitte", { clientId });
    await quiet(500);
    const { items } = await visitor.history();
    expect(items.filter((message) => message.author === "customer")).toMatchObject([
      { clientId, text: "Einmal bitte" },
    ]);
  });

  test("a stream resumes where it was: no gap, no double", async () => {
    const visitor = new Visitor(base, key);
    await visitor.say("Ich möchte mit einem Menschen sprechen", { name: newName() });
    await visitor.answers();
    const { cursor, items } = await visitor.history();
    const first = await visitor.stream(cursor);
    await visitor.say("während der Verbindung");
    await first.next<VisitorEvent>(
      "my own message",
      (event) => event.type === "message" && event.message.text === "während der Verbindung",
    );
    const place = first.lastId();
    first.close();
    await visitor.say("ohne Verbindung eins");
    await visitor.say("ohne Verbindung zwei");
    await until("both stored", async () => (await visitor.history()).items.length >= items.length + 3);
    const second = await visitor.stream(place ?? undefined);
    await second.next<VisitorEvent>(
      "what was missed",
      (event) => event.type === "message" && event.message.text === "ohne Verbindung zwei",
    );
    const texts = second.events.flatMap(({ data }) =>
      (data as VisitorEvent).type === "message"
        ? [(data as { message: api.VisitorMessage }).message.text]
        : [],
    );
    expect(texts).toEqual(["ohne Verbindung eins", "ohne Verbindung zwei"]);
    second.close();
  });

  test("tomorrow in the same browser the conversation is there", async () => {
    const visitor = new Visitor(base, key);
    await visitor.say("Was kostet die Lieferung?");
    await visitor.answers();
    const again = await visitor.history();
    expect(again.items[0]?.text).toBe("Was kostet die Lieferung?");
    await visitor.say("Und am Abend?");
    await until("one conversation", async () => (await visitor.history()).items.length >= 3);
  });
});

describe("a person", () => {
  test("is asked for, named, seen to write, and answers; notes stay inside; ticks rise", async () => {
    const [visitor, name] = [new Visitor(base, key), newName()];
    const stream = await visitor.stream();
    await visitor.say("Kann ich bitte einen Mitarbeiter sprechen?", { name, language: "de" });
    await stream.next<VisitorEvent>("waiting", (e) => e.type === "state" && e.state.speaker === "waiting");
    const { id } = await conversationOf(desk, name);
    await desk.call(api.takeConversation, { params: { id } });
    await stream.next<VisitorEvent>("a person", (e) => e.type === "state" && e.state.speaker === "person");
    await desk.call(api.typeInConversation, { params: { id } });
    await stream.next<VisitorEvent>("typing", (e) => e.type === "typing");
    await desk.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Vorsicht, Stammkunde", note: true },
    });
    const reply = await desk.call(api.sendMessage, {
      params: { id },
      body: { clientId: randomUUID(), text: "Guten Tag!" },
    });
    await stream.next<VisitorEvent>(
      "the answer",
      (e) => e.type === "message" && e.message.author === "agent" && e.message.text === "Guten Tag!",
    );
    for (const status of ["delivered", "read"] as const) {
      await visitor.client.call(api.visitorSeen, { params: { key }, body: { ids: [reply.id], status } });
      await until(
        status,
        async () => (await messagesOf(desk, id)).find((m) => m.id === reply.id)?.status === status,
      );
    }
    expect(JSON.stringify(stream.events)).not.toContain("Stammkunde");
    expect(JSON.stringify(await visitor.history())).not.toContain("Stammkunde");
    await desk.call(api.returnConversation, { params: { id } });
    await stream.next<VisitorEvent>(
      "the bot again",
      (e) => e.type === "state" && e.state.speaker === "bot",
      stream.events.findIndex(({ data }) => (data as VisitorEvent).type === "typing"),
    );
    stream.close();
  });
});

describe("files", () => {
  const PNG = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  test("are sent, checked, and seen by nobody else", async () => {
    const [visitor, stranger, name] = [new Visitor(base, key), new Visitor(base, key), newName()];
    const uploaded = await visitor.upload(PNG, "foto.png", "image/png");
    expect(uploaded.status).toBe(201);
    const { fileId } = (await uploaded.json()) as { fileId: string };
    await visitor.say("Mein Foto", { fileId, name });
    const { id } = await conversationOf(desk, name);
    const shown = (await messagesOf(desk, id)).find((m) => m.media);
    expect(shown?.media).toMatchObject({ mime: "image/png", name: "foto.png", size: PNG.length });
    const load = (who: Visitor) =>
      fetch(`${base}/web/${key}/files/${fileId}`, { headers: who.client.headers });
    expect((await load(visitor)).status).toBe(200);
    expect((await load(stranger)).status).toBe(404);
    expect((await fetch(`${base}/web/${key}/files/${fileId}`)).status).toBeGreaterThanOrEqual(401);
    await stranger.say("Hallo");
    const stolen = await stranger.client.refused(api.visitorSend, {
      params: { key },
      body: { clientId: randomUUID(), fileId },
    });
    expect(stolen.status).toBe(400);
    const { items } = await visitor.history();
    const url = items.find((m) => m.media)?.media?.url ?? "";
    const signed = await fetch(url.startsWith("http") ? url : base + url);
    expect([signed.status, signed.headers.get("content-type")]).toEqual([200, "image/png"]);
  });

  test("that are pages are refused, whatever they call themselves; too large ones as well", async () => {
    const visitor = new Visitor(base, key);
    const page = Buffer.from("<!doctype html><script>alert(1)</script>");
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    for (const [bytes, name, type] of [
      [page, "bild.png", "image/png"],
      [page, "seite.html", "text/html"],
      [svg, "logo.svg", "image/svg+xml"],
    ] as const) {
      const answer = await visitor.upload(bytes, name, type);
      expect([answer.status, ((await answer.json()) as { code: string }).code], name).toEqual([
        415,
        "unsupported_file",
      ]);
    }
    const large = await visitor.upload(Buffer.alloc(10 * 1024 * 1024 + 1), "gross.bin", "image/png");
    expect(large.status).toBe(413);
  });
});

describe("the door", () => {
  test("opens for the pages on the list and no other", async () => {
    const company = await newCompany(node);
    const channel = await company.owner.call(api.createChannel, {
      body: { kind: "web", name: "Shop", origins: ["https://shop.example"] },
    });
    const params = { key: channel.address };
    const page = new Visitor(base, channel.address, "https://shop.example");
    await page.say("Moin");
    const reply = await page.client.send(api.visitorHistory, { params });
    expect(reply.headers.get("access-control-allow-origin")).toBe("https://shop.example");
    expect(reply.headers.get("access-control-allow-credentials")).toBeNull();
    for (const origin of [
      "https://evil.example",
      "http://shop.example",
      "https://shop.example.evil.example",
      "null",
    ]) {
      const foreign = new Visitor(base, channel.address, origin);
      const refused = await foreign.client.refused(api.visitorSend, {
        params,
        body: { clientId: randomUUID(), text: "Moin" },
      });
      expect([origin, refused.code]).toEqual([origin, "origin_not_allowed"]);
      const preflight = await fetch(`${base}/web/${channel.address}/messages`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
      // A page may read why it was refused; it is allowed nothing.
      expect(preflight.status).toBe(403);
      expect(preflight.headers.get("access-control-allow-headers")).toBeNull();
    }
    const allowed = await fetch(`${base}/web/${channel.address}/messages`, {
      method: "OPTIONS",
      headers: {
        origin: "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type",
      },
    });
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get("access-control-allow-headers")).toContain("authorization");
    // Switched off, the key is nobody's.
    await company.owner.call(api.updateChannel, { params: { id: channel.id }, body: { active: false } });
    expect((await page.client.refused(api.visitorHistory, { params })).status).toBe(404);
  });

  test("names what is wrong", async () => {
    const visitor = new Visitor(base, key);
    const send = (body: Record<string, unknown>) => visitor.client.raw("POST", `/web/${key}/messages`, body);
    for (const body of [
      {},
      { clientId: "x", text: "a" },
      { clientId: randomUUID() },
      { clientId: randomUUID(), text: "   " },
      { clientId: randomUUID(), text: "x".repeat(4097) },
      { clientId: randomUUID(), text: "a", fileId: "nope" },
    ])
      expect((await send(body)).status, JSON.stringify(body).slice(0, 60)).toBe(400);
    expect((await send({ clientId: randomUUID(), text: "x".repeat(70_000) })).status).toBe(413);
    const nobody = new ApiClient(base, {});
    const history = { params: { key } };
    expect((await nobody.refused(api.visitorHistory, history)).status).toBe(401);
    const weak = new ApiClient(base, { authorization: "Visitor short" });
    expect((await weak.refused(api.visitorHistory, history)).status).toBe(401);
    expect(
      (await visitor.client.refused(api.visitorHistory, { params: { key: "A".repeat(20) } })).status,
    ).toBe(404);
    const broken = await fetch(`${base}/web/${key}/messages`, {
      method: "POST",
      headers: { ...visitor.client.headers, "content-type": "application/json" },
      body: "{",
    });
    expect(broken.status).toBe(400);
  });

  test("a flood is slowed with 429 and a time to wait; HTML stays text", async () => {
    const [visitor, name] = [new Visitor(base, key), newName()];
    await visitor.say("<img src=x onerror=alert(1)>", { name });
    const { id } = await conversationOf(desk, name);
    expect((await messagesOf(desk, id))[0]?.text).toBe("<img src=x onerror=alert(1)>");
    const answers = await Promise.all(
      Array.from({ length: 90 }, () =>
        visitor.client.send(api.visitorSend, {
          params: { key },
          body: { clientId: randomUUID(), text: "x" },
        }),
      ),
    );
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThan(0);
    expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThan(30);
  });
});
