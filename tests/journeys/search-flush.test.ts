import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { whatsapp } from "../../src/channels/whatsapp/index.ts";

/** New words must not pile up in the search index's waiting list, which every search has to read. */

let w: World;

beforeAll(async () => {
  w = await world({ adapters: [whatsapp] });
});
afterAll(() => w.close());

async function pagesFlushed(): Promise<number> {
  const { rows } = await w.kernel.db.node.query<{ n: number }>("select kernel.search_flush() as n");
  return rows[0]?.n ?? -1;
}

test("the node's role may sort new words into the search index, and does so on its own", async () => {
  const { id: tenantId } = await w.tenant();
  const channelId = await w.channel(tenantId, { kind: "whatsapp", address: "10", appId: "wa1" });
  const write = async (text: string): Promise<void> => {
    const value = {
      metadata: { phone_number_id: "10" },
      messages: [
        { from: "4915100000001", id: text, timestamp: "1795000000", type: "text", text: { body: text } },
      ],
    };
    const body = JSON.stringify({
      object: "whatsapp_business_account",
      entry: [{ id: "1", changes: [{ field: "messages", value }] }],
    });
    await w.ingest.enqueue({ appId: "wa1", channelId, tenantId, body: Buffer.from(body) });
    await w.settle();
  };
  w.worker();
  // The house's own flush may come between any two of these lines, but not every time.
  let pages = 0;
  for (let n = 0; n < 10 && pages === 0; n++) {
    await write(`Bräter aus Gusseisen ${n}`);
    pages = await pagesFlushed();
  }
  expect(pages).toBeGreaterThan(0);
  await write("Pfanne aus Kupfer");
  // Longer than the house waits between two flushes.
  await new Promise((wait) => setTimeout(wait, 4_000));
  expect(await pagesFlushed()).toBe(0);
});
