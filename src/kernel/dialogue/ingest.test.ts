import { expect, it } from "vitest";
import { world } from "#kernel/testing";
import { openIngest } from "./ingest.ts";

const row = (body: Buffer) => ({ appId: "app", channelId: null, tenantId: 0, body });

it("stores what it accepted, in groups that stay small, and refuses what would not fit into memory", async () => {
  const w = await world();
  const { address } = w.kernel.db;
  const ingest = openIngest({
    address,
    clock: w.clock,
    wire: w.kernel.wire,
    keepMinutes: 60,
    waitingBytes: 20 * 1024 * 1024,
  });
  const large = Buffer.alloc(3 * 1024 * 1024, "x");
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => ingest.enqueue(row(large))));
  expect(results.map((one) => (one.status === "rejected" ? one.reason.code : "stored"))).toEqual([
    ...Array.from({ length: 6 }, () => "stored"),
    "busy",
    "busy",
  ]);
  // Room again: nothing waits any more.
  await ingest.enqueue(row(large));
  const { rows } = await w.kernel.db.node.query(
    "select count(*)::int as n, count(distinct xmin::text)::int as commits from kernel.inbox",
  );
  expect(rows).toEqual([{ n: 7, commits: 4 }]);
  await ingest.close();
  await w.close();
});
