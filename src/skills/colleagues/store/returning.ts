import { sql } from "kysely";
import type { House } from "#kernel";
import type { Desk } from "../ports.ts";
import { wayBack } from "../rules/judge.ts";
import type { Place } from "./place.ts";
import type { OwnTx } from "./tx.ts";

/** The case comes back to whoever asked; where they are away it waits in the list. */

const MINUTE_MS = 60_000;
/** Whose desk has asked for nothing for so long is away. */
const AWAY_MS = 60 * MINUTE_MS;

export interface Return {
  tenantId: number;
  place: Place;
  askedBy: string;
  now: number;
}

export async function returnCase(house: House, tx: OwnTx, desk: Desk, back: Return): Promise<void> {
  const { tenantId, place, askedBy, now } = back;
  const way = wayBack(place, { id: askedBy, isThere: await isThere(tx, tenantId, askedBy, now) });
  const at = new Date(now);
  const due = new Date(desk.dueAt(await house.profile(tenantId), now));
  const holder = way === "stay" ? place.assigneeId : way === "asker" ? askedBy : null;
  const state = holder === null ? "waiting" : "person";
  await sql`update kernel.conversation set state = ${state}, assignee_id = ${holder}, closed_at = null, flow = null,
      unread = greatest(unread, 1), waiting_since = coalesce(waiting_since, ${at}), due_at = coalesce(due_at, ${due})
    where tenant_id = ${tenantId} and id = ${place.id}`.execute(tx);
}

/** A program that asked by its key is always there: it looks when it likes. */
async function isThere(tx: OwnTx, tenantId: number, staffId: string, now: number): Promise<boolean> {
  if (staffId.startsWith("key:")) return true;
  const row = await tx
    .selectFrom("kernel.staff")
    .select("last_seen_at")
    .where("tenant_id", "=", tenantId)
    .where("user_id", "=", staffId)
    .where("active", "=", true)
    .executeTakeFirst();
  return row?.last_seen_at != null && row.last_seen_at.getTime() >= now - AWAY_MS;
}
