import { Worker } from "node:worker_threads";
import type { ApartOrder, ApartReply } from "./apart.ts";
import type { Watched } from "./apart-watchdog.ts";

/** The whole life of a process that works apart: one order, one answer. */

const reply = (answer: ApartReply) => process.send?.(answer);

process.once("message", async ({ module, order, timeLimit_ms }: ApartOrder) => {
  const watched: Watched = { parent: process.ppid, timeLimit_ms };
  new Worker(new URL("./apart-watchdog.ts", import.meta.url), { workerData: watched }).unref();
  try {
    const { work } = (await import(module)) as { work: (order: unknown) => unknown };
    reply({ result: await work(order) });
  } catch (error) {
    reply({ error });
  }
});
// Who ordered is gone: nobody would take the answer.
process.once("disconnect", () => process.exit());
