import { createHmac, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as notices from "../../src/skills/notices/api.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** Sources of notices as an owner and another program use them, by HTTP on a running node. */

let node: SharedNode;
let company: Company;
let topicId: number;
let feed: Server;
let feedUrl: string;
let articles = ["Alt"];
beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  const topic = await company.owner.call(notices.createNoticeTopic, {
    body: {
      slug: "neues",
      title: { de: "Neues", en: "News" },
      description: { de: "Was es gibt.", en: "What there is." },
      kind: "service",
      parameters: [],
      isPublic: true,
      isUrgent: false,
    },
  });
  topicId = topic.id;
  feed = createServer((_request, response) => {
    const items = articles
      .map((title) => `<item><guid>${title}</guid><title>${title}</title></item>`)
      .join("");
    response.end(`<rss version="2.0"><channel>${items}</channel></rss>`);
  });
  await new Promise<void>((done) => feed.listen(0, "127.0.0.1", done));
  feedUrl = `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed`;
});
afterAll(() => {
  feed?.closeAllConnections();
  feed?.close();
});

const listed = async (id: number) => {
  const { items } = await company.owner.call(notices.listSources);
  const found = items.find((one) => one.id === id);
  if (!found) throw new Error(`source ${id} is not listed`);
  return found;
};

test("a feed is looked at, added, read by the node, changed and removed", async () => {
  const { owner } = company;
  const preview = await owner.call(notices.previewSource, {
    body: { kind: "feed", url: feedUrl, language: "de" },
  });
  expect(preview).toMatchObject({ health: { light: "ok" }, itemCount: 1 });
  const source = await owner.call(notices.createSource, {
    body: { name: "Blog", kind: "feed", url: feedUrl, language: "de", topicId },
  });
  expect(source.secret).toBeNull();
  await until("the first reading", async () => (await listed(source.id)).health.light === "ok");
  const { items } = await owner.call(notices.listSourceItems, { params: { id: source.id } });
  expect(items).toMatchObject([{ title: { de: "Alt", en: null }, parts: 0, isLive: true }]);
  const early = await owner.refused(notices.fetchSource, { params: { id: source.id } });
  expect(early.code).toBe("too_many_requests");
  articles = ["Neu", "Alt"];
  // A saved source is read at once.
  const renamed = await owner.call(notices.updateSource, {
    params: { id: source.id },
    body: { name: "Tagebuch" },
  });
  expect(renamed.name).toBe("Tagebuch");
  await until("the draft of the new article", async () => {
    const { items: drafts } = await owner.call(notices.listNotices, { query: { state: "draft" } });
    return drafts.some(({ title, phase }) => title === "Neu" && phase === "alert");
  });
  await owner.call(notices.deleteSource, { params: { id: source.id } });
  expect((await owner.call(notices.listSources)).items).toEqual([]);
});

test("an address in a private network is refused in one sentence", async () => {
  const { health } = await company.owner.call(notices.previewSource, {
    body: { kind: "gtfs_rt", url: "http://10.0.0.1/alerts.pb", language: "de" },
  });
  expect(health).toEqual({
    light: "bad",
    text: "Die Adresse führt in ein privates Netz. Von dort wird nichts geholt.",
  });
});

test("another program delivers: signed by webhook, with a key by API, as a table", async () => {
  const { owner } = company;
  const add = (kind: "webhook" | "api" | "csv") =>
    owner.call(notices.createSource, { body: { name: kind, kind, language: "de", topicId } });
  const hook = await add("webhook");
  const body = JSON.stringify({ items: [{ id: "1", title: "Grüße ✓" }] });
  const deliver = (sent: string) => {
    const id = randomUUID();
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const key = Buffer.from(String(hook.secret).replace("whsec_", ""), "base64");
    const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
    return fetch(originOf(node.report) + hook.inbound, {
      method: notices.deliverToSource.method,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": `v1,${mac}`,
      },
      body: sent,
    });
  };
  const taken = await deliver(body);
  expect([taken.status, await taken.json()]).toEqual([200, { items: 1, stories: 1 }]);
  expect((await deliver(body.replace("1", "2"))).status).toBe(401);
  const api = await add("api");
  expect(
    await owner.call(notices.pushSourceItems, {
      params: { id: api.id },
      body: { items: [{ id: "1", title: { de: "Hallo", en: "Hello" } }] },
    }),
  ).toEqual({ items: 1, stories: 1, problems: [] });
  const table = await add("csv");
  expect(
    await owner.call(notices.uploadSourceCsv, {
      params: { id: table.id },
      body: { csv: "id;title\n1;Sperrung\n2;\n" },
    }),
  ).toMatchObject({ items: 1, stories: 1, problems: [{ code: "no_text" }] });
});
