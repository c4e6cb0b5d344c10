import { expect, it, vi } from "vitest";
import { readConfig } from "#kernel";
import { startWorkerProcess } from "./processes.ts";

it("a worker that dies before it works is started again", { timeout: 60_000 }, async () => {
  const worker = await startWorkerProcess({
    config: readConfig({ dataDir: "./no-such-data", logLevel: "silent" }, {}),
    database: { host: "/no/such/socket", port: 5432, database: "none" },
  });
  const first = worker.pid();
  try {
    await vi.waitFor(() => expect(worker.pid()).not.toBe(first), { timeout: 40_000, interval: 100 });
  } finally {
    await worker.stop();
  }
});
