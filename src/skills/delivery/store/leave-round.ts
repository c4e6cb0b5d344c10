import { sql } from "kysely";
import type { TenantProfile } from "#kernel";
import { doorNote } from "../flows/door-notes.ts";
import { teamWords } from "../flows/words.ts";
import type { Delivery } from "../plan/promises.ts";
import { appendOwn } from "./happened.ts";
import { writeRounds } from "./plan-rows.ts";
import type { DeliveryTx } from "./tx.ts";

/** Out of a round that is driven, into another evening: the courier brings the parcel back. */

interface Row {
  readonly shift_id: number;
  readonly route: number[];
  readonly frozen: number;
  readonly has_left: boolean;
  /** The courier was never heard of: nobody knows which stop is next. */
  readonly is_silent: boolean;
  readonly door_note: string;
}

/** A stop that leaves its round. */
export interface Leaving {
  readonly tenant: TenantProfile;
  readonly delivery: Delivery;
  /** Of its evening, under the lock. */
  readonly version: number;
  /** ms */
  readonly now: number;
}

/**
 * @returns what it needs to leave; null where the courier is on the way to it or may be, or has fetched it at a counter, where it
 *   lies no more on another evening
 */
export async function readLeaving(
  tx: DeliveryTx,
  { tenant, delivery, now }: Omit<Leaving, "version">,
): Promise<Row | null> {
  if (delivery.state !== "booked" && delivery.state !== "loaded") return null;
  const { rows } = await sql<Row>`select s.id as shift_id, to_jsonb(s.route) as route, s.frozen, d.door_note,
      s.left_at is not null as has_left,
      s.heard_at is null and s.earliest_at <= ${new Date(now)} and s.state not in ('dropped', 'done') as is_silent
    from delivery.delivery d join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
    where d.tenant_id = ${tenant.id} and d.id = ${delivery.id} and d.picked_up_at is null`.execute(tx);
  const [row] = rows;
  return row && !row.is_silent ? row : null;
}

/**
 * The round goes on without it, its courier reads why; of what was told and chosen for this evening nothing holds on. What is owed for
 * a promise that was broken by then stays owed; the next promise can be broken, too.
 */
export async function leaveRound(
  tx: DeliveryTx,
  { tenant, delivery, version, now }: Leaving,
  row: Row,
): Promise<void> {
  const { id, eveningId } = delivery;
  const tenantId = tenant.id;
  const at = row.route.indexOf(id);
  // With the visit that picks it up.
  const route = row.route.filter((one) => Math.abs(one) !== id);
  await writeRounds(tx, { tenantId, id: eveningId, version }, [{ shiftId: row.shift_id, route }]);
  await sql`update delivery.shift set frozen = ${at < row.frozen ? row.frozen - 1 : row.frozen},
      held_stops = least(held_stops, ${route.length})
    where tenant_id = ${tenantId} and id = ${row.shift_id}`.execute(tx);
  const kinds = doorNote(tenant, "home", "").kinds;
  const note = row.door_note.split("\n").filter((line) => !kinds.some((kind) => line.startsWith(kind)));
  await sql`update delivery.delivery set state = 'booked', choice = null, door_note = ${note.join("\n")}, arrived_at = null,
      told_first_from = null, told_first_expected_at = null, told_from = null, told_until = null, told_expected_at = null,
      told_at = null, late_said_at = null, broken_at = null, untold_reason = null
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  const words = teamWords(tenant, "note.putOff", { address: delivery.address });
  await appendOwn(tx, { tenantId, eveningId, now }, [
    { kind: "moved", by: "customer", shiftId: row.shift_id, deliveryId: id, route },
    ...(row.has_left ? [{ kind: "wrote", by: "dispatcher", shiftId: row.shift_id, words } as const] : []),
  ]);
}
