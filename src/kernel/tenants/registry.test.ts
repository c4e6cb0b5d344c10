import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "../testing/world.ts";
import { openRegistry } from "./registry.ts";

let here: World;
beforeAll(async () => {
  here = await world();
});
afterAll(() => here.close());

const run = (text: string, values: unknown[]) => here.kernel.db.node.query(text, values);

test("an announced change loads its company alone: moved numbers, new names, and what is gone", async () => {
  const { registry } = here.kernel;
  const appId = "app-of-two";
  const [first, second] = [await here.tenant(), await here.tenant({ name: "Zweite" })];
  const own = await here.channel(first.id, { kind: "whatsapp", appId, address: "111" });
  const gone = await here.channel(first.id, { kind: "whatsapp", appId, address: "222" });
  const others = await here.channel(second.id, { kind: "whatsapp", appId, address: "333" });
  const profileOfSecond = registry.tenant(second.id);

  await run("update kernel.channel set address = '444' where id = $1", [own]);
  await run("delete from kernel.channel where id = $1", [gone]);
  await run("update kernel.tenant set name = 'Neu' where id = $1", [first.id]);
  // Nobody announces this one: it waits for the whole load.
  await run("update kernel.channel set address = '555' where id = $1", [others]);
  await here.kernel.announce("registry", first.id);
  await expect.poll(() => registry.tenant(first.id)?.name, { timeout: 10_000 }).toBe("Neu");

  expect(registry.accountByAddress("whatsapp", "444")?.id).toBe(own);
  for (const address of ["111", "222"])
    expect(registry.accountByAddress("whatsapp", address)).toBeUndefined();
  expect(registry.account(gone)).toBeUndefined();
  expect(registry.accountByAddress("whatsapp", "333")?.id).toBe(others);
  expect(new Set(registry.accountsOfApp(appId).map(({ id }) => id))).toEqual(new Set([own, others]));
  expect(registry.tenant(second.id)).toBe(profileOfSecond);
  await registry.reload();
  expect(registry.accountByAddress("whatsapp", "555")?.id).toBe(others);
});

test("changes that are announced while another is loaded are not lost", async () => {
  const { registry } = here.kernel;
  const tenants = [await here.tenant(), await here.tenant(), await here.tenant()];
  for (const { id } of tenants) {
    await run("update kernel.tenant set name = 'Nach ' || id where id = $1", [id]);
    await here.kernel.announce("registry", id);
  }
  await expect
    .poll(() => tenants.map(({ id }) => registry.tenant(id)?.name), { timeout: 10_000 })
    .toEqual(tenants.map(({ id }) => `Nach ${id}`));
});

test("a change whose load failed is loaded soon after, and whoever asked for the load is told", async () => {
  const { id } = await here.tenant();
  const { db, wire, log } = here.kernel;
  let isAway = false;
  const registry = await openRegistry(
    { ...db, registry: (work) => (isAway ? Promise.reject(new Error("away")) : db.registry(work)) },
    wire,
    log,
  );
  try {
    isAway = true;
    await run("update kernel.tenant set name = 'Nach dem Ausfall' where id = $1", [id]);
    await expect(registry.reload()).rejects.toThrow("away");
    await here.kernel.announce("registry", id);
    await expect.poll(() => here.kernel.registry.tenant(id)?.name, { timeout: 10_000 }).toContain("Nach");
    expect(registry.tenant(id)?.name).not.toContain("Nach");
    isAway = false;
    // Long before the load of each minute.
    await expect.poll(() => registry.tenant(id)?.name, { timeout: 20_000 }).toBe("Nach dem Ausfall");
  } finally {
    registry.close();
  }
});
