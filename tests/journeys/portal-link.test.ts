import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import {
  askFor,
  Customer,
  fragmentOf,
  MINUTE_MS,
  messengerContact,
  type PortalNode,
  pageOf,
  startPortalNode,
} from "./portal-node.ts";

/** The link to the customer's page: who gets it, who can read it, how long it works. */

let node: PortalNode;
beforeAll(async () => {
  node = await startPortalNode();
});
afterAll(() => node?.close());

test("who asks in the chat gets a link in the same conversation, and it opens the page without a password", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  await customer.say("Wo ist mein Paket?", { name: "Katrin Brandt" });
  const page = await customer.page();
  const { text } = await customer.heard();
  // 10:00 in Berlin and half an hour.
  expect(text).toContain("gilt bis 10:30 Uhr (Zeit in Berlin)");
  const data = await page.call(api.portalPage);
  expect(data).toMatchObject({
    name: "Katrin Brandt",
    company: { name: "Hansekontor", formOfAddress: "sie" },
    language: "de",
    link: { expiresAt: "2026-11-24T09:30:00.000Z" },
    readers: { items: [], more: 0 },
    decisions: { items: [], more: 0 },
  });
  const reply = await page.send(api.portalPage);
  expect(reply.headers.get("cache-control")).toBe("no-store");
  expect(reply.headers.get("set-cookie")).toBeNull();
});

test("the key is nowhere in the database as it is, and the desk sees the link without it", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const key = await customer.ask("Was wisst ihr über mich?");
  const secret = key.split(".")[1] ?? "";
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  for (const table of ["message", "outbox", "timer", "event", "portal_link"]) {
    const [found] = await node.world.kernel.db.tenant(company.id, async (tx) => {
      const { rows } = await sql<{ n: number }>`
        select count(*) as n from kernel.${sql.raw(table)} t where to_jsonb(t)::text like ${`%${secret}%`}`.execute(
        tx,
      );
      return rows;
    });
    expect([table, found?.n]).toEqual([table, 0]);
  }
  const { items } = await company.desk.call(api.listConversations, { query: { view: "all" } });
  const [conversation] = items;
  const seen = await company.desk.call(api.listMessages, { params: { id: conversation?.id ?? 0 } });
  const said = seen.items.find(({ link }) => link !== null);
  expect(said?.link).toMatch(/\/me$/);
  expect(JSON.stringify(seen)).not.toContain(secret);
});

test("in a messenger the whole link is sent, once for each message however often the timer runs", async () => {
  const company = await node.company();
  const asked = await messengerContact(node, company, "Łukasz Żak");
  await askFor(node, company, asked);
  await askFor(node, company, asked);
  const mine = node.sent.filter(({ to }) => to === String(900_000 + asked.contactId));
  expect(mine).toHaveLength(1);
  const page = pageOf(node, fragmentOf(mine[0]?.link));
  expect((await page.call(api.portalPage)).name).toBe("Łukasz Żak");
  const [stored] = await node.rows(
    "select content ->> 'link' as link, purpose, basis_message from kernel.message where tenant_id = $1 and author = 'bot'",
    [company.id],
  );
  expect(stored?.link).toMatch(/\/me$/);
  expect(stored).toMatchObject({ purpose: "portal.link", basis_message: asked.messageId });
});

test("it is answered while a person has the conversation, and leaves an open question open", async () => {
  const company = await node.company();
  const waiting = new Customer(node, company);
  await waiting.say("Mensch");
  await waiting.page();
  const [state] = await node.rows("select state, unread from kernel.conversation where tenant_id = $1", [
    company.id,
  ]);
  expect(state?.state).toBe("waiting");
  const asked = new Customer(node, company);
  await asked.say("Frag mich");
  await asked.page();
  await asked.say("4711");
  expect((await asked.heard()).text).toBe("Nummer: 4711");
});

test("a link ends after half an hour, can be extended up to four hours, and says what to do then", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const page = await customer.page();
  node.world.clock.advance(29 * MINUTE_MS);
  const { expiresAt } = await page.call(api.portalExtend);
  expect(Date.parse(expiresAt)).toBe(node.world.clock.now() + 30 * MINUTE_MS);
  for (let n = 0; n < 8; n++) {
    node.world.clock.advance(29 * MINUTE_MS);
    if ((await page.send(api.portalExtend)).status !== 200) break;
  }
  const problem = await page.refused(api.portalPage);
  expect(problem).toMatchObject({ status: 401, code: "not_signed_in" });
  expect(problem.detail).toContain("my data");
});

test("the newest link is the only one; leaving ends it", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  const first = await customer.page();
  const second = await customer.page();
  expect((await first.refused(api.portalPage)).status).toBe(401);
  await second.call(api.portalLeave);
  expect((await second.refused(api.portalPage)).status).toBe(401);
});

test("six links an hour, then a sentence says when there is the next", async () => {
  const company = await node.company();
  const customer = new Customer(node, company);
  for (let n = 0; n < 6; n++) await customer.ask();
  await customer.say("Meine Daten");
  const { text, link } = await customer.heard();
  expect(text).toContain("schon 6 Links");
  expect(link).toBeNull();
  node.world.clock.advance(61 * MINUTE_MS);
  expect(await customer.ask()).toMatch(/^\d+\.[0-9a-f]{64}$/);
});

test("no key, a made-up key, another company's number and a key in the query open nothing", async () => {
  const company = await node.company();
  const other = await node.company();
  const key = await new Customer(node, company).ask();
  const wrong = [`${other.id}.${key.split(".")[1]}`, `${company.id}.${"0".repeat(64)}`, "x", `${key}0`];
  for (const one of wrong) expect((await pageOf(node, one).refused(api.portalPage)).status).toBe(401);
  const bare = await fetch(`${node.url}/me/data?key=${key}`);
  expect(bare.status).toBe(401);
  expect(bare.headers.get("content-type")).toContain("application/problem+json");
});

test("rows of ended links are removed a day later", async () => {
  const company = await node.company();
  await new Customer(node, company).ask();
  node.world.clock.advance(26 * 60 * MINUTE_MS);
  await node.settle();
  const left = await node.world.kernel.db.tenant(company.id, async (tx) => {
    return (await sql`select from kernel.portal_link`.execute(tx)).rows.length;
  });
  expect(left).toBe(0);
});
