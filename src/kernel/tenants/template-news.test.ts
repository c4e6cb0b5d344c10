import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChannelAdapter, Inbound } from "../channel.ts";
import { type World, world } from "../testing/index.ts";
import { hearTemplates, TEMPLATE_NEWS } from "./template-news.ts";

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

const news = { name: "lines", language: "de", state: "paused" as const, category: null, reason: "" };

/** An adapter that reads the same account event out of every body. */
function adapterOf(address: string): ChannelAdapter {
  const item: Inbound = { kind: "account", address, field: "any", health: "warn", text: "", template: news };
  return { kind: "whatsapp", parse: () => [item] } as unknown as ChannelAdapter;
}

async function timersOf(tenantId: number): Promise<unknown[]> {
  const { rows } = await w.kernel.db.node.query(
    "select kind, key, payload from kernel.timer where tenant_id = $1 and kind = $2",
    [tenantId, TEMPLATE_NEWS],
  );
  return rows;
}

test("reaches each company that speaks by this app, once, and no other", async () => {
  const [mine, others] = [(await w.tenant()).id, (await w.tenant()).id];
  await w.channel(mine, { kind: "whatsapp", address: "4911", appId: "mine" });
  await w.channel(others, { kind: "whatsapp", address: "4922", appId: "others" });
  const heard = hearTemplates(adapterOf("waba:1"), w.kernel);
  const app = { id: "mine", kind: "whatsapp", secret: "", verifyToken: null };
  for (let n = 0; n < 2; n++) expect(heard.parse(Buffer.from("{}"), app, 0)).toHaveLength(1);
  await expect
    .poll(() => timersOf(mine))
    .toEqual([{ kind: TEMPLATE_NEWS, key: "state de lines", payload: news }]);
  expect(await timersOf(others)).toEqual([]);
});
