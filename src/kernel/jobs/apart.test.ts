import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { ApartError, workApart } from "./apart.ts";

const file = join(tmpdir(), `apart-${process.pid}.mjs`);
writeFileSync(
  file,
  `import { getPriority } from "node:os";
   const works = {
     double: ({ numbers }) => numbers.map((n) => 2 * n),
     refuse: () => { throw new RangeError("too much of it"); },
     crash: () => process.kill(process.pid, "SIGSEGV"),
     hang: () => { for (;;) ; },
     look: () => ({ priority: getPriority(), environment: Object.keys(process.env) }),
   };
   export const work = (order) => works[order.what](order);`,
);
afterAll(() => rmSync(file));

const apart = <Result>(order: object, signal?: AbortSignal, timeLimit_ms = 30_000) =>
  workApart<Result>(pathToFileURL(file), order, { timeLimit_ms, maxHeap_mb: 64, signal });

test("typed arrays go there and come back", async () => {
  const doubled = await apart({ what: "double", numbers: new Float32Array([1, 2.5]) });
  expect(doubled).toEqual(new Float32Array([2, 5]));
});

test("what the work throws is thrown here, of the same kind", async () => {
  const refused = apart({ what: "refuse" });
  await expect(refused).rejects.toThrow(RangeError);
  await expect(refused).rejects.toThrow("too much of it");
});

test("a crash there is an error here", async () => {
  await expect(apart({ what: "crash" })).rejects.toMatchObject({ reason: "crashed" });
  await expect(
    workApart(new URL("file:///nowhere.mjs"), {}, { timeLimit_ms: 30_000, maxHeap_mb: 64 }),
  ).rejects.toThrow();
});

test("work without an end is ended: by its limit, and by whoever ordered it", async () => {
  await expect(apart({ what: "hang" }, undefined, 500)).rejects.toMatchObject({ reason: "tookTooLong" });
  const controller = new AbortController();
  const running = apart({ what: "hang" }, controller.signal);
  setTimeout(() => controller.abort(), 200);
  await expect(running).rejects.toThrow(ApartError);
  await expect(apart({ what: "hang" }, AbortSignal.abort())).rejects.toMatchObject({ reason: "cancelled" });
});

test("it gives way to customers, and has none of the node's secrets", async () => {
  const seen = await apart<{ priority: number; environment: string[] }>({ what: "look" });
  expect(seen.priority).toBeGreaterThan(0);
  expect(
    seen.environment.filter((name) => name !== "NODE_CHANNEL_FD" && !name.startsWith("NODE_CHANNEL")),
  ).toEqual([]);
});
