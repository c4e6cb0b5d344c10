import type pg from "pg";
import { pgArray } from "../db/array.ts";
import { type Lease, LeaseLost } from "../db/lease.ts";
import { inboxIdAt } from "../ids.ts";
import { IN_DOUBT } from "./outbox.ts";
import { addEvent, emptyOutcome } from "./state.ts";
import { writeEvents } from "./write.ts";

/**
 * Sends in doubt: the request may have left, nobody knows. Where the provider sends receipts, one of them will
 * tell, so the row waits: leased by nobody (epoch 0), claimed by nobody, removed by its receipt. It goes again
 * when its wait is over and no receipt can be hidden in the inbox any more. Without receipts it is parked for a
 * person. Later messages of the same conversation wait as long, so that order holds.
 */

/** However long the node was away, nobody waits longer than this for a receipt. */
const WAIT_MAX_MS = 600_000;

export interface DoubtParts {
  lease: Lease;
  now: number;
  waitMs: number;
  /** Kinds whose receipts carry our correlation. */
  awaiting: readonly string[];
  /** Kinds where a second send has no effect. */
  harmless: readonly string[];
}

/**
 * Takes over what a dead sender had under way.
 * A provider that could not deliver a receipt tries again after pauses that double, so its next try may be as far
 * away as the time we were gone: that long the row waits, at least `waitMs`.
 * @returns how many go again at once, wait for a receipt, are parked for a person, had left for sure
 */
export async function recoverDoubtful(
  client: pg.PoolClient,
  parts: DoubtParts,
): Promise<{ again: number; waiting: number; parked: number; left: number }> {
  const { epoch } = parts.lease;
  const left = await client.query(
    `delete from kernel.outbox o using kernel.message m where o.state = 'leased' and o.lease_epoch < $1
      and m.tenant_id = o.tenant_id and m.conversation_id = o.conversation_id and m.id = o.id and m.status not in ('queued', 'uncertain')`,
    [epoch],
  );
  const again = await client.query(
    `update kernel.outbox o set state = 'queued', lease_epoch = null, due_at = $3
      from kernel.channel c where c.id = o.channel_id and c.tenant_id = o.tenant_id and o.state = 'leased' and o.lease_epoch < $1 and c.kind = any($2)`,
    [epoch, parts.harmless, new Date(parts.now)],
  );
  const waiting = await client.query(
    `update kernel.outbox o set lease_epoch = $5, due_at = $3::timestamptz + least(greatest($4 * interval '1 ms', $3::timestamptz - o.leased_at), $6 * interval '1 ms')
      from kernel.channel c where c.id = o.channel_id and c.tenant_id = o.tenant_id and o.state = 'leased' and o.lease_epoch < $1 and c.kind = any($2)`,
    [epoch, parts.awaiting, new Date(parts.now), parts.waitMs, IN_DOUBT, WAIT_MAX_MS],
  );
  const parked = await parkTheRest(client, parts);
  return {
    again: again.rowCount ?? 0,
    waiting: waiting.rowCount ?? 0,
    parked,
    left: left.rowCount ?? 0,
  };
}

async function parkTheRest(client: pg.PoolClient, { lease, now }: DoubtParts): Promise<number> {
  const { rows } = await client.query<{ tenant_id: number; conversation_id: number; id: string }>(
    `with o as (update kernel.outbox set state = 'uncertain' where state = 'leased' and lease_epoch < $1 and lease_epoch <> $2 returning tenant_id, conversation_id, id),
      m as (update kernel.message m set status = 'uncertain' from o where m.tenant_id = o.tenant_id and m.conversation_id = o.conversation_id and m.id = o.id and m.status = 'queued')
      select * from o order by tenant_id, id`,
    [lease.epoch, IN_DOUBT],
  );
  const outcome = emptyOutcome();
  for (const row of rows)
    addEvent(outcome, row.tenant_id, {
      type: "message.changed",
      conversationId: row.conversation_id,
      messageId: row.id,
    });
  await writeEvents(client, outcome, now);
  return rows.length;
}

/** Conversations whose next queued message may not go yet, with the moment (ms) it may: after a crash nobody remembers. */
export async function heldConversations(client: pg.PoolClient, now: number): Promise<Map<number, number>> {
  const { rows } = await client.query<{ conversation_id: number; until: Date }>(
    "select conversation_id, max(due_at) as until from kernel.outbox where state = 'queued' and due_at > $1 group by conversation_id",
    [new Date(now)],
  );
  return new Map(rows.map((row) => [row.conversation_id, row.until.getTime()]));
}

interface DoubtfulRow {
  tenant_id: number;
  id: string;
  conversation_id: number;
  due_at: Date;
}

/**
 * Looks at the sends in doubt once more: those whose wait is over are queued again, if everything that was received
 * until then has been read.
 * @returns the conversations that still hold a send in doubt
 * @throws LeaseLost when a newer sender exists
 */
export async function reviewDoubtful(pool: pg.Pool, lease: Lease, now: number): Promise<Set<number>> {
  const { rows } = await pool.query<DoubtfulRow>({
    name: "doubt-rows",
    text: "select tenant_id, id, conversation_id, due_at from kernel.outbox where state = 'leased' and lease_epoch = $1",
    values: [IN_DOUBT],
  });
  const over = rows.filter((row) => row.due_at.getTime() <= now);
  const oldest = over.length > 0 ? await oldestInInbox(pool) : null;
  const released = over.filter((row) => oldest === null || oldest > inboxIdAt(row.due_at.getTime()));
  if (released.length > 0) await release(pool, lease, released);
  const gone = new Set(released);
  return new Set(rows.filter((row) => !gone.has(row)).map((row) => row.conversation_id));
}

async function oldestInInbox(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ id: number | null }>("select min(id) as id from kernel.inbox_queue");
  return rows[0]?.id ?? null;
}

/** A receipt that comes at this very moment wins: it has removed the row. */
async function release(pool: pg.Pool, lease: Lease, rows: readonly DoubtfulRow[]): Promise<void> {
  const result = await pool.query<{ held: boolean }>({
    name: "doubt-release",
    text: `with fence as materialized (select 1 from kernel.lease where name = $1 and epoch = $2 for share),
      u as (update kernel.outbox o set state = 'queued', lease_epoch = null from unnest($3::int[], $4::uuid[]) t(tenant_id, id), fence
        where o.tenant_id = t.tenant_id and o.id = t.id and o.state = 'leased' and o.lease_epoch = $5)
      select exists (select from fence) as held`,
    values: [
      lease.name,
      lease.epoch,
      pgArray.int4(rows.map((row) => row.tenant_id)),
      pgArray.uuid(rows.map((row) => row.id)),
      IN_DOUBT,
    ],
  });
  if (!result.rows[0]?.held) throw new LeaseLost(lease.name);
}
