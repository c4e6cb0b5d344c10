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
  /** Of the open visits. */
  readonly held_stops: number;
  /** The visits of the route that are still to come, in its order. */
  readonly open: number[];
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
  const { rows } =
    await sql<Row>`select s.id as shift_id, to_jsonb(s.route) as route, s.frozen, s.held_stops, d.door_note,
      (select coalesce(json_agg(r.id order by r.n), '[]') from unnest(s.route) with ordinality r(id, n)
        join delivery.delivery o on o.tenant_id = s.tenant_id and o.id = abs(r.id)
        where o.state in ('booked', 'loaded', 'under_way') and not (r.id < 0 and o.picked_up_at is not null)) as open,
      s.left_at is not null as has_left,
      s.heard_at is null and s.earliest_at <= ${new Date(now)} and s.state not in ('dropped', 'done') as is_silent
    from delivery.delivery d join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
    where d.tenant_id = ${tenant.id} and d.id = ${delivery.id} and d.picked_up_at is null`.execute(tx);
  const [row] = rows;
  return row && !row.is_silent ? row : null;
}

/**
 * The round goes on without it, its courier reads why; of what was told and chosen for this evening nothing holds on. What is owed for
 * a promise that was broken by then stays owed, and that promise counts in this evening; the next one can be broken, too.
 */
export async function leaveRound(
  tx: DeliveryTx,
  { tenant, delivery, version, now }: Leaving,
  row: Row,
): Promise<void> {
  const { id, eveningId } = delivery;
  const tenantId = tenant.id;
  // With the visit that picks it up.
  const stays = (one: number) => Math.abs(one) !== id;
  const route = row.route.filter(stays);
  const firstOf = (visits: readonly number[], count: number) => visits.slice(0, count).filter(stays).length;
  // First, as never more is frozen than the route has visits.
  await sql`update delivery.shift set frozen = ${firstOf(row.route, row.frozen)}, held_stops = ${firstOf(row.open, row.held_stops)}
    where tenant_id = ${tenantId} and id = ${row.shift_id}`.execute(tx);
  await writeRounds(tx, { tenantId, id: eveningId, version }, [{ shiftId: row.shift_id, route }]);
  const kinds = doorNote(tenant, "home", "").kinds;
  const note = row.door_note.split("\n").filter((line) => !kinds.some((kind) => line.startsWith(kind)));
  await sql`insert into delivery.past_promise (tenant_id, delivery_id, evening_id, latest_at, late_said_at, broken_at, compensation_minor)
    select d.tenant_id, d.id, d.evening_id, d.latest_at, d.late_said_at, d.broken_at, d.compensation_minor - coalesce((
      select sum(p.compensation_minor) from delivery.past_promise p where p.tenant_id = d.tenant_id and p.delivery_id = d.id), 0)
    from delivery.delivery d where d.tenant_id = ${tenantId} and d.id = ${id} and d.broken_at is not null`.execute(
    tx,
  );
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
