import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { portalRoutes } from "#kernel";
import type * as api from "#kernel/api";
import { createHttpServer } from "../../src/kernel/http/server.ts";
import { fragmentOf, mintLink, storeLink } from "../../src/kernel/portal/link.ts";
import { skills } from "../../src/skills.ts";
import { draft, type NoticesWorld, noticesWorld } from "./notices-world.ts";

/** What somebody subscribed to by chat stands on the own page, and the switch there decides what is sent. */

const YES = "Ja, abonnieren";

let here: NoticesWorld;
let app: FastifyInstance;
let topicId = 0;
beforeAll(async () => {
  here = await noticesWorld();
  topicId = await here.topic();
  app = createHttpServer(here.world.kernel, {
    routes: portalRoutes(here.world.kernel, { rooms: skills }),
    checkReplies: true,
  });
});
afterAll(async () => {
  await app?.close();
  await here?.close();
});

/** The link of a person who has written; how it gets into the conversation is told in portal-link.test.ts. */
async function keyOf(replyAddress: string): Promise<string> {
  const { tenantId, world } = here;
  const now = world.clock.now();
  const { rows } = await world.kernel.db.node.query<{ id: number; contact_id: number; asked: string }>(
    `select c.id, c.contact_id, (select m.id from kernel.message m where m.tenant_id = c.tenant_id and m.conversation_id = c.id
      and m.author = 'customer' order by m.id desc limit 1) as asked from kernel.conversation c
      where c.tenant_id = $1 and c.reply_address = $2`,
    [tenantId, replyAddress],
  );
  const [row] = rows;
  if (!row) throw new Error(`${replyAddress} has not written`);
  const link = mintLink(tenantId, now);
  const to = { contactId: row.contact_id, conversationId: row.id, askedBy: row.asked };
  await world.kernel.db.tenant(tenantId, (tx) => storeLink(tx, link, to));
  return fragmentOf(link);
}

async function call<Body>(key: string, method: "GET" | "POST", url: string, payload?: object): Promise<Body> {
  const answer = await app.inject({
    method,
    url,
    headers: { authorization: `Portal ${key}` },
    ...(payload ? { payload } : {}),
  });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json<Body>();
}

const textsTo = (to: string) =>
  here.phones.sent
    .filter((one) => one.to === to)
    .map(({ content }) => ("text" in content ? (content.text ?? "") : ""));

async function disruption(text: string): Promise<void> {
  const body = draft(topicId, { values: { line: ["U3"] }, texts: { de: text, en: text } });
  const { id } = await here.call(/Draft a notice/, { body });
  await here.call(/Send now, or at a time/, { params: { id }, body: {} });
  await here.run(3);
}

test("a subscription made by chat is switched off, and on again, on the own page", async () => {
  await here.say("katrin", "U3 abonnieren");
  await here.say("katrin", YES, { choice: "notices:yes" });
  const key = await keyOf("katrin");
  const page = await call<api.ReplyOf<typeof api.portalPage>>(key, "GET", "/me/data");
  const service = page.grants.find(({ purpose }) => purpose === "notices.service");
  expect(service).toMatchObject({ isOn: true, topic: "lines", how: "message" });
  // By its name, not by the short word that machines use.
  expect(service?.topicName?.de).toBe("Störungen");
  expect(service?.wording.text).toContain("Störungen: U3");
  // Agreed to topic by topic: there is no switch for all advertising that one could slip on.
  expect(page.grants.map(({ purpose }) => purpose)).not.toContain("notices.promotion");
  expect(page.stored.find(({ room }) => room === "notices")?.count).toBeGreaterThan(0);

  await disruption("Eins");
  const wish = { purpose: "notices.service", topic: "lines", channelId: service?.channel.id, language: "de" };
  await call(key, "POST", "/me/grants", { ...wish, on: false });
  await disruption("Zwei");
  await call(key, "POST", "/me/grants", { ...wish, on: true });
  await disruption("Drei");
  expect(textsTo("katrin").filter((text) => /^(Eins|Zwei|Drei)$/.test(text))).toEqual(["Eins", "Drei"]);
});
