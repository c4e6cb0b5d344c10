import { afterEach, expect, it } from "vitest";
import { type World, world } from "#kernel/testing";
import type { Kernel } from "./kernel.ts";
import { startWorker, type Worker } from "./worker.ts";

let node: World;
let worker: Worker | undefined;

afterEach(async () => {
  await worker?.stop();
  await node.close();
});

/** The node role's pool, whose first queries fail. */
function failing(kernel: Kernel, failures: number): Kernel {
  let left = failures;
  const pool = new Proxy(kernel.db.node, {
    get(target, name) {
      if (name === "query" && left > 0) {
        left -= 1;
        return () => Promise.reject(new Error("the database system is starting up"));
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...kernel, db: { ...kernel.db, node: pool } };
}

it("works as soon as it can when the database goes away between the lease and the first step", async () => {
  node = await world();
  worker = startWorker(failing(node.kernel, 2), {
    flows: [],
    timers: {},
    readFile: () => Promise.reject(new Error("no files here")),
  });
  await worker.settle();
  expect(worker.isWorking()).toBe(true);
});
