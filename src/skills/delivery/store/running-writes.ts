import { sql } from "kysely";
import { AppError, jsonText } from "#kernel";
import type { Draft } from "../evening/draft.ts";
import type { RunningDelivery, RunningShift } from "../evening/stored.ts";
import type { TakeBack } from "../rules/take-back.ts";
import { appendOwn } from "./happened.ts";
import { type DeliveryTx, tell } from "./tx.ts";

/** Writes what a transaction made of an evening, set-wise. */

const at = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/**
 * Rounds, stops and log of a draft; a round in another order counts as a version.
 * @param tx holds the evening's lock
 * @throws AppError conflict when the rounds are of another version
 */
export async function saveDraft(tx: DeliveryTx, draft: Draft, now: number): Promise<void> {
  const { tenantId, id, version } = draft.before;
  const { head, changedShifts, changedDeliveries, reordered, isCounted } = draft;
  if (head || isCounted) {
    const { state, begunAt, overAt } = draft.evening;
    const { rows } =
      await sql`update delivery.evening set version = version + ${isCounted ? 1 : 0}, state = ${state},
        begun_at = ${at(begunAt)}::timestamptz, over_at = ${at(overAt)}::timestamptz
      where tenant_id = ${tenantId} and id = ${id} and version = ${version} returning id`.execute(tx);
    if (rows.length === 0) throw new AppError("conflict");
  }
  if (changedShifts.length > 0) await writeShifts(tx, tenantId, changedShifts);
  const proved = [...draft.proofs.keys()].map((one) => draft.delivery(one));
  const deliveries = [...new Set([...changedDeliveries, ...proved])];
  if (deliveries.length > 0) await writeDeliveries(tx, { tenantId, draft, deliveries, now });
  for (const { id: shiftId, route } of reordered)
    if (!draft.entries.some((entry) => entry.shiftId === shiftId && entry.route))
      draft.note({ kind: "replanned", by: "automatic", shiftId, route });
  await appendOwn(tx, { tenantId, eveningId: id, now }, draft.entries);
  if (changedShifts.length === 0 && deliveries.length === 0 && !head && draft.entries.length === 0) return;
  await tell(tx, tenantId, { deliveries: changedDeliveries.map((one) => one.id), evenings: [id] }, now);
}

async function writeShifts(tx: DeliveryTx, tenantId: number, shifts: readonly RunningShift[]): Promise<void> {
  const given = shifts.map((one) => ({
    id: one.id,
    courier_id: one.courierId,
    state: one.state,
    route: one.route,
    frozen: Math.min(one.frozen, one.route.length),
    held_stops: one.heldStops,
    fetches: one.fetches,
    accepted_at: at(one.acceptedAt),
    left_at: at(one.leftAt),
    back_at: at(one.backAt),
    heard_at: at(one.heardAt),
    at_delivery_id: one.atDeliveryId,
    is_serving: one.isServing,
    since: at(one.since),
    replanned_at: at(one.replannedAt),
  }));
  await sql`update delivery.shift s set courier_id = r.courier_id, state = r.state, frozen = r.frozen, held_stops = r.held_stops,
      route = array(select x::bigint from jsonb_array_elements_text(r.route) with ordinality t(x, n) order by n),
      fetches = r.fetches, accepted_at = r.accepted_at, left_at = r.left_at, back_at = r.back_at, heard_at = r.heard_at,
      at_delivery_id = r.at_delivery_id, is_serving = r.is_serving, since = r.since, replanned_at = r.replanned_at
    from jsonb_to_recordset(${jsonText(given)}::jsonb) r(id int, courier_id int, state text, route jsonb, frozen int, held_stops int,
      fetches jsonb, accepted_at timestamptz, left_at timestamptz, back_at timestamptz, heard_at timestamptz, at_delivery_id bigint,
      is_serving boolean, since timestamptz, replanned_at timestamptz)
    where s.tenant_id = ${tenantId} and s.id = r.id`.execute(tx);
}

const isOther = (a: TakeBack, b: TakeBack | undefined): boolean => a.state !== b?.state || a.why !== b.why;

interface Writing {
  readonly tenantId: number;
  readonly draft: Draft;
  readonly deliveries: readonly RunningDelivery[];
  readonly now: number;
}

async function writeDeliveries(tx: DeliveryTx, { tenantId, draft, deliveries, now }: Writing): Promise<void> {
  const before = new Map(draft.before.deliveries.map((one) => [one.id, one]));
  const given = deliveries.map((one) => ({
    id: one.id,
    state: one.state,
    shift_id: one.shiftId,
    outcome: one.outcome,
    arrived_at: at(one.arrivedAt),
    picked_up_at: at(one.pickedUpAt),
    ended_at: at(one.endedAt),
    told_from: at(one.told?.from ?? null),
    told_until: at(one.told?.until ?? null),
    told_expected_at: at(one.told?.expectedAt ?? null),
    told_at: one.told && one.told !== before.get(one.id)?.told ? at(now) : null,
    late_said_at: at(one.lateSaidAt),
    broken_at: at(one.brokenAt),
    compensation_minor: one.compensationMinor,
    live_key: one.liveKey,
    untold_reason: one.untoldReason,
    // What a customer asks for meanwhile is not behind this lock: only what the log changed is written.
    is_taking: isOther(one.takeBack, before.get(one.id)?.takeBack),
    take_back_state: one.takeBack.state,
    take_back_why: one.takeBack.why,
    outcome_words: one.outcomeWords,
    unproved: draft.proofs.get(one.id) === null,
    photo: draft.proofs.get(one.id)?.photoFileId ?? null,
    signature: draft.proofs.get(one.id)?.signature ?? null,
  }));
  await sql`update delivery.delivery d set state = r.state, shift_id = r.shift_id, outcome = r.outcome, arrived_at = r.arrived_at,
      ended_at = r.ended_at, picked_up_at = r.picked_up_at, told_from = r.told_from, told_until = r.told_until, told_expected_at = r.told_expected_at,
      told_at = coalesce(r.told_at, d.told_at), told_first_from = coalesce(d.told_first_from, r.told_from),
      told_first_expected_at = coalesce(d.told_first_expected_at, r.told_expected_at), late_said_at = r.late_said_at,
      broken_at = r.broken_at, compensation_minor = r.compensation_minor, live_key = coalesce(d.live_key, r.live_key),
      untold_reason = r.untold_reason, take_back_state = case when r.is_taking then r.take_back_state else d.take_back_state end,
      take_back_why = case when r.is_taking then left(r.take_back_why, 200) else d.take_back_why end, outcome_words = r.outcome_words,
      proof_file_id = coalesce(r.photo, case when not r.unproved then d.proof_file_id end),
      signature = coalesce(r.signature, case when not r.unproved then d.signature end), changed_at = ${new Date(now)}
    from jsonb_to_recordset(${jsonText(given)}::jsonb) r(id bigint, state text, shift_id int, outcome text, arrived_at timestamptz,
      picked_up_at timestamptz, ended_at timestamptz, told_from timestamptz, told_until timestamptz, told_expected_at timestamptz, told_at timestamptz,
      late_said_at timestamptz, broken_at timestamptz, compensation_minor int, live_key text, untold_reason text, outcome_words text,
      unproved boolean, photo text, signature text, is_taking boolean, take_back_state text, take_back_why text)
    where d.tenant_id = ${tenantId} and d.id = r.id`.execute(tx);
}
