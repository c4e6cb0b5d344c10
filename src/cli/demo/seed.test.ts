import { afterAll, beforeAll, expect, test } from "vitest";
import { type World, world } from "#kernel/testing";
import { seedDemo } from "./seed.ts";

let w: World;
beforeAll(async () => {
  w = await world();
});
afterAll(() => w.close());

test("a demo that was broken off while it was made is not taken for a whole one", async () => {
  let kept: Record<string, string> = {};
  const parts = {
    remember: {
      load: () => kept,
      save(values: Record<string, string>) {
        kept = values;
      },
    },
    tell: () => {},
  };
  const { registry } = w.kernel;
  const broken = {
    ...w.kernel,
    registry: { ...registry, reload: () => Promise.reject(new Error("killed")) },
  };
  await expect(seedDemo(broken, parts)).rejects.toThrow("killed");
  await registry.reload();
  // Both companies stand there, and the next start finds them.
  expect(registry.tenantIds()).toHaveLength(2);
  await expect(seedDemo(w.kernel, parts)).rejects.toThrow("Remove the data folder");
});
