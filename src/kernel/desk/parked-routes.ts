import { listParked, settleParked } from "../api/company.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type Actor, type AnyRoute, route } from "../http/route.ts";
import { inboxId } from "../ids.ts";
import type { Kernel } from "../kernel.ts";

const LIST_LIMIT = 100;
const EXCERPT_CHARACTERS = 300;
/** The column is a bigint; ids of the inbox stay below this. */
const ID = /^\d{1,16}$/;

/** What came in and could not be understood: nothing a customer sent vanishes unseen. */
export function parkedRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(listParked, async ({ actor }) => ({ items: await list(kernel, actor) })),
    route(settleParked, async ({ actor, params, body }) => {
      if (!ID.test(params.id)) throw new AppError("not_found");
      await settle(kernel, actor, { id: Number(params.id), isRetry: body.decision === "retry" });
      return { ok: true as const };
    }),
  ];
}

function list(kernel: Kernel, actor: Actor) {
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("kernel.parked as p")
      .leftJoin("kernel.channel as c", (join) =>
        join.onRef("c.tenant_id", "=", "p.tenant_id").onRef("c.id", "=", "p.channel_id"),
      )
      .select(["p.id", "p.reason", "p.received_at", "c.name as channel_name", "p.body"])
      .where("p.tenant_id", "=", actor.tenantId)
      .where("p.settled_at", "is", null)
      .orderBy("p.id", "desc")
      .limit(LIST_LIMIT)
      .execute();
    return rows.map((row) => ({
      id: String(row.id),
      channelName: row.channel_name ?? "",
      reason: row.reason,
      excerpt: row.body.toString("utf8", 0, EXCERPT_CHARACTERS * 4).slice(0, EXCERPT_CHARACTERS),
      receivedAt: row.received_at.toISOString(),
    }));
  });
}

/** Again: the body goes back into the inbox under a new id; what was understood the first time is a duplicate there. */
async function settle(kernel: Kernel, actor: Actor, wanted: { id: number; isRetry: boolean }): Promise<void> {
  const { tenantId } = actor;
  const now = kernel.clock.now();
  const client = await kernel.db.node.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query(
      `update kernel.parked set settled_at = $3 where tenant_id = $1 and id = $2 and settled_at is null
        returning app_id, channel_id, received_at, body`,
      [tenantId, wanted.id, new Date(now)],
    );
    const parked = rows[0];
    if (!parked) throw new AppError("not_found");
    if (wanted.isRetry) {
      const id = inboxId(now);
      await client.query(
        "insert into kernel.inbox (id, app_id, channel_id, tenant_id, received_at, body) values ($1, $2, $3, $4, $5, $6)",
        [id, parked.app_id, parked.channel_id, tenantId, parked.received_at, parked.body],
      );
      await client.query("insert into kernel.inbox_queue (id, tenant_id, size) values ($1, $2, $3)", [
        id,
        tenantId,
        parked.body.length,
      ]);
    }
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
  if (wanted.isRetry) kernel.wire.notify("inbox");
  await kernel.db.tenant(tenantId, (tx) =>
    appendEvents(tx, tenantId, [{ type: "parked.changed", ref: String(wanted.id) }], now),
  );
}
