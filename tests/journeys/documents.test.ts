import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey, createHttpServer, kernelRoutes } from "#kernel";
import * as api from "#kernel/api";
import { type TestTenant, type World, world } from "#kernel/testing";
import { channels } from "../../src/channels.ts";
import { skills } from "../../src/skills.ts";

/** The papers follow the configuration: what is connected, asked and kept stands in them, and nothing else. */

let node: World;
let app: FastifyInstance;
let company: TestTenant;
let key: string;
let agentKey: string;

beforeAll(async () => {
  node = await world({ adapters: channels });
  company = await node.tenant({ name: "Schrauben | Ohlsen <KG>" });
  const nowhere = "http://127.0.0.1:1";
  const kernels = kernelRoutes(node.kernel, {
    purposes: skills.flatMap(({ purposes }) => purposes),
    recipients: skills.flatMap(({ recipients }) => recipients ?? []),
    apiBases: { whatsapp: nowhere, telegram: nowhere },
  });
  const own = skills.find(({ id }) => id === "lookup")?.routes?.(node.kernel) ?? [];
  app = createHttpServer(node.kernel, { routes: [...kernels, ...own], checkReplies: true });
  const make = (role: "owner" | "agent") => createApiKey(node.kernel, company.id, { name: role, role });
  key = (await make("owner")).secret;
  agentKey = (await make("agent")).secret;
});
afterAll(async () => {
  await app.close();
  await node.close();
});

async function paper(name: string, language: "de" | "en" = "de") {
  const answer = await app.inject({
    url: `${api.getDocument.path.replace(":name", name)}?language=${language}`,
    headers: { "x-api-key": key },
  });
  expect(answer.statusCode).toBe(200);
  return answer.json() as { markdown: string; html: string; gaps: string[]; title: string };
}

test("connecting Telegram adds the recipient everywhere it belongs, switching it off removes it", async () => {
  expect((await paper("processing-record")).markdown).not.toContain("Telegram");
  const made = await app.inject({
    method: "POST",
    url: "/api/v1/channels",
    headers: { "x-api-key": key },
    payload: { kind: "telegram", name: "Bot", token: "123456:abcdefghijk", botName: "ohlsen_bot" },
  });
  expect(made.statusCode).toBe(201);
  const record = await paper("processing-record");
  expect(record.markdown).toMatch(/\| Telegram \| Befördert Nachrichten.*Art\. 44 bis 49/);
  expect((await paper("processor-contract", "en")).markdown).toContain("| Telegram | Carries messages");
  await app.inject({
    method: "PATCH",
    url: `/api/v1/channels/${made.json().id}`,
    headers: { "x-api-key": key },
    payload: { active: false },
  });
  expect((await paper("processing-record")).markdown).not.toContain("Telegram");
});

test("a mailbox names its provider, a live flow the service that it asks", async () => {
  const imap = { host: "imap.post.example", port: 993, security: "tls" };
  await node.channel(company.id, {
    kind: "email",
    address: "info@ohlsen.example",
    settings: { imap, smtp: { ...imap, host: "smtp.post.example" } },
  });
  const text = 'flow order "Order"\n  call GET "https://orders.service.example/v1/{number}" wait 5 s\n';
  const at = new Date(node.clock.now());
  await node.kernel.db.tenant(company.id, async (tx) => {
    await sql`insert into service.flow (tenant_id, name, draft, summary, changed_at)
      values (${company.id}, 'order', ${text}, '{}', ${at})`.execute(tx);
    await sql`insert into service.flow_version (tenant_id, flow_id, version, text, made_at, live_at)
      select tenant_id, id, 1, draft, ${at}, ${at} from service.flow where tenant_id = ${company.id}`.execute(
      tx,
    );
  });
  const before = (await paper("processing-record")).markdown;
  expect(before).toContain("Mail: imap.post.example, smtp.post.example");
  expect(before).not.toContain("orders.service.example"); // no version is live yet
  await node.kernel.db.tenant(company.id, (tx) =>
    sql`update service.flow set live_version = 1 where tenant_id = ${company.id}`.execute(tx),
  );
  expect((await paper("processing-record")).markdown).toContain("| orders.service.example |");
});

test("connected shops and registers are named, each with its host and what it learns; what is off is not", async () => {
  const connect = (kind: string, address: string, active = true) =>
    app.inject({
      method: "POST",
      url: "/api/v1/lookup-connections",
      headers: { "x-api-key": key },
      payload: {
        kind,
        name: `${kind} ${address}`,
        address,
        active,
        kinds: ["order"],
        keys: { consumerKey: "a", consumerSecret: "b", accessToken: "c", signingKey: "d" },
      },
    });
  const made = [
    await connect("woocommerce", "https://shop.ohlsen.example/laden"),
    await connect("shopify", "https://ohlsen.myshopify.example"),
    await connect("service", "https://register.ohlsen.example/v1", false),
    await connect("csv", ""),
  ];
  expect(made.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201, 201]);
  const { markdown } = await paper("processing-record");
  expect(markdown).toMatch(/\| WooCommerce: shop\.ohlsen\.example \| Wird gefragt.*Quelle der Auskunft/);
  expect(markdown).toMatch(/\| Shopify: ohlsen\.myshopify\.example \|.*Kanada.*Art\. 44 bis 49/);
  expect(markdown).not.toContain("register.ohlsen.example");
  expect((await paper("processor-contract", "en")).markdown).toContain(
    "| WooCommerce: shop.ohlsen.example | Is asked",
  );
});

test("every declared purpose stands in the record with its basis and in the retention table with its days", async () => {
  const [record, retention] = [await paper("processing-record"), await paper("retention-table")];
  for (const { text, keepDays } of skills.flatMap(({ purposes }) => purposes)) {
    expect(record.html).toContain(text.de);
    expect(retention.html).toContain(text.de);
    expect(retention.html).toMatch(new RegExp(`\\b${keepDays}\\b`));
  }
  expect(record.markdown).toContain("Art. 6 Abs. 1 lit. a DSGVO");
});

test("names cannot break the page or the table; what only the company knows is marked and counted", async () => {
  const { html, markdown, gaps, title } = await paper("processing-record");
  expect(title).toContain("Schrauben | Ohlsen <KG>");
  expect(html).toContain("Schrauben | Ohlsen &lt;KG&gt;");
  expect(markdown).toContain("Schrauben \\| Ohlsen \\<KG\\>");
  expect(gaps).toContain("[Anschrift]");
  expect(html).toContain("<mark>[Anschrift]</mark>");
});

test("all four are there in both languages, for owners only", async () => {
  for (const language of ["de", "en"]) {
    const url = `${api.listDocuments.path}?language=${language}`;
    const { items } = (await app.inject({ url, headers: { "x-api-key": key } })).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      "processing-record",
      "processor-contract",
      "retention-table",
      "works-agreement",
    ]);
    expect((await app.inject({ url, headers: { "x-api-key": agentKey } })).statusCode).toBe(403);
  }
  const unknown = await app.inject({
    url: "/api/v1/documents/constructor?language=de",
    headers: { "x-api-key": key },
  });
  expect(unknown.statusCode).toBe(404);
});
