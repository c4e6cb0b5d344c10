import { sql } from "kysely";
import type { NoticesTx } from "./tx.ts";

/** Moves due deliveries into the outbox, one for each company. */
export const FEED = "notices_feed";
/** Begins a scheduled notice; key = notice id. */
export const START = "notices_start";
export const FORGET = "notices_forget";

/**
 * Sets a timer in the caller's transaction. One that waits already comes earlier by it, never later: a feeder that
 * plans its next look must not push away what somebody else asked for meanwhile.
 */
export async function wakeBy(
  tx: NoticesTx,
  tenantId: number,
  timer: { kind: string; key: string; dueAt: number },
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${timer.kind}, ${timer.key}, ${new Date(timer.dueAt)})
    on conflict (tenant_id, kind, key) do update set due_at = least(timer.due_at, excluded.due_at), attempts = 0`.execute(
    tx,
  );
}

/** A notice that was planned anew begins at its new time, be it later or earlier. */
export async function planStart(
  tx: NoticesTx,
  tenantId: number,
  noticeId: number,
  dueAt: number,
): Promise<void> {
  await sql`insert into kernel.timer (tenant_id, kind, key, due_at) values (${tenantId}, ${START}, ${String(noticeId)}, ${new Date(dueAt)})
    on conflict (tenant_id, kind, key) do update set due_at = excluded.due_at, attempts = 0`.execute(tx);
}

export async function forgetStart(tx: NoticesTx, tenantId: number, noticeId: number): Promise<void> {
  await sql`delete from kernel.timer where tenant_id = ${tenantId} and kind = ${START} and key = ${String(noticeId)}`.execute(
    tx,
  );
}
