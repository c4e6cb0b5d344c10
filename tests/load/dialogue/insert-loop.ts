import pg from "pg";
import { inboxIdAt } from "../../../src/kernel/ids.ts";
import type { Installation } from "../node/installation.ts";

const CLIENTS = 8;

/** Where pgbench is missing: eight connections that insert the same row, prepared, one transaction each. */
export async function insertLoop(
  { sql }: Installation,
  order: { seconds: number; body: string; round: number },
): Promise<number> {
  const { host, port, database } = sql.options;
  const body = Buffer.from(order.body);
  const until = performance.now() + order.seconds * 1000;
  const base = inboxIdAt(Date.now()) + order.round * 100_000_000;
  let done = 0;
  const client = async (number: number): Promise<void> => {
    const connection = new pg.Client({ host, port, database, user: "ah_node" });
    await connection.connect();
    for (let n = 1; performance.now() < until; n++) {
      await connection.query({
        name: "peer",
        text: `with i as (insert into kernel.inbox (id, app_id, channel_id, tenant_id, received_at, body) values ($1, 'bench-whatsapp', 1, $2, '2026-01-01T00:00:00Z', $3))
          insert into kernel.inbox_queue (id, tenant_id, size) values ($1, $2, octet_length($3))`,
        values: [base + number * 10_000_000 + n, 1 + (n % 1_600), body],
      });
      done += 1;
    }
    await connection.end();
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return done / order.seconds;
}
