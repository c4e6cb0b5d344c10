import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";
import { searchAll } from "../../src/kernel/desk/search.ts";
import { gatherWords } from "../../src/kernel/desk/search-words.ts";

/** A message is found at once, whether a bite has sorted its words in or not; edits and erasure reach its words. */

let w: World;
let tenantId: number;
let channelId: number;

beforeAll(async () => {
  w = await world({ adapters: [whatsapp] });
  tenantId = (await w.tenant()).id;
  channelId = await w.channel(tenantId, { kind: "whatsapp", address: "10", appId: "wa1" });
});
afterAll(() => w.close());

async function write(text: string, from = "4915100000001"): Promise<void> {
  const value = {
    metadata: { phone_number_id: "10" },
    messages: [{ from, id: text, timestamp: "1795000000", type: "text", text: { body: text } }],
  };
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [{ id: "1", changes: [{ field: "messages", value }] }],
  });
  await w.ingest.enqueue({ appId: "wa1", channelId, tenantId, body: Buffer.from(body) });
  await w.settle();
}

const actorOf = (id: number) => ({ tenantId: id, role: "agent" as const, staffId: "anna", name: "Anna" });

async function found(q: string): Promise<string[]> {
  const { messages } = await searchAll(w.kernel, actorOf(tenantId), { q, limit: 10 });
  return messages.map((message) => message.excerpt);
}

const words = async (): Promise<number> =>
  Number((await w.kernel.db.node.query("select count(*) as n from kernel.message_words")).rows[0]?.n);

test("before its bite, after it, and after an edit", async () => {
  await write("Der Bräter aus Gusseisen rostet");
  expect(await words()).toBe(0);
  expect(await found("Bräter")).toEqual(["Der Bräter aus Gusseisen rostet"]);
  while ((await gatherWords(w.kernel.db.node)) > 0);
  expect(await words()).toBe(1);
  expect(await found("gusseis")).toEqual(["Der Bräter aus Gusseisen rostet"]);
  await write("Auch die Pfanne aus Gusseisen");
  expect(await found("Gusseisen")).toEqual([
    "Auch die Pfanne aus Gusseisen",
    "Der Bräter aus Gusseisen rostet",
  ]);
  // Changed after the bite, and changed before it.
  await w.kernel.db.node.query(
    `update kernel.message set content = '{"type":"text","text":"Kupfer"}' where content ->> 'text' like '%Gusseisen%'`,
  );
  expect(await found("Gusseisen")).toEqual([]);
  while ((await gatherWords(w.kernel.db.node)) > 0);
  expect(await found("Gusseisen")).toEqual([]);
  expect(await found("Kupfer")).toHaveLength(2);
});

test("the words go with the conversation, and another company never finds them", async () => {
  const other = (await w.tenant()).id;
  const { messages } = await searchAll(w.kernel, actorOf(other), { q: "Kupfer", limit: 10 });
  expect(messages).toEqual([]);
  await write("Noch eine Frage zum Kupfer", "4915100000002");
  while ((await gatherWords(w.kernel.db.node)) > 0);
  expect(await words()).toBe(3);
  await w.kernel.db.node.query("delete from kernel.conversation where tenant_id = $1", [tenantId]);
  expect(await words()).toBe(0);
  expect(await found("Kupfer")).toEqual([]);
});

test("a house sorts them in on its own", async () => {
  w.worker();
  await write("Eine Kaffeemühle", "4915100000003");
  await expect.poll(words, { timeout: 10_000 }).toBe(1);
});
