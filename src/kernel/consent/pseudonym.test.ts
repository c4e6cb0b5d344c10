import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "../testing/index.ts";
import { pseudonyms } from "./pseudonym.ts";

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

test("the same subject has one pseudonym in a purpose, and another in every other purpose and company", async () => {
  const of = async (tenantId: number, purpose: string) =>
    (await pseudonyms(w.kernel, { tenantId, purpose }))("contract_end:7:2026-12-01");
  const one = await of(1, "advocate.warning");
  expect(one).toMatch(/^[0-9a-f]{32}$/);
  expect(await of(1, "advocate.warning")).toBe(one);
  const others = [
    await of(2, "advocate.warning"),
    await of(1, "notices.service"),
    await of(11, "advocate.warning"),
  ];
  expect(new Set([one, ...others]).size).toBe(4);
});

test("the role of the skills cannot read what the keys are made from", async () => {
  await pseudonyms(w.kernel, { tenantId: 1, purpose: "advocate.warning" });
  const tenantId = (await w.tenant()).id;
  const read = w.kernel.db.tenant(tenantId, (tx) =>
    tx.executeQuery({
      sql: "select value from auth.secret",
      parameters: [],
      query: { kind: "RawNode" },
      queryId: { queryId: "test" },
    } as never),
  );
  await expect(read).rejects.toThrow(/permission denied/);
});
